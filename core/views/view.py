"""One look at one post: what a renderer is given."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from core.activities import CANCELLED
from core.claims import Roster
from core.messages import Action, Asking, Span
from core.posts import OPEN, Post
from core.views.lookup import Lookup
from core.words import catalogue, say, text

YES = frozenset({"join", "accept", "stand_in", "publish", "confirm", "agree", "here"})
NO = frozenset({"leave", "decline", "discard"})
"""What somebody who cannot read well is to find by its colour: to come, and not to."""
OF_A_PLACE = frozenset(
    {"undo", "another", "accept", "decline", "stand_in", "agree", "keep", "skip_week", "leave", "join", "on_the_way"}
    | {"here", "done", "change_dish", "drop_dish", "from_here_on"}
)
"""What is done about somebody's place in an activity, or takes back that something was done."""


class View(NamedTuple):
    """A post about to be rendered for one chat, in one language.

    `reader` is the member who will read it, 0 in a group. It may be the proxy of the member whom the post is for.
    """

    lookup: Lookup
    post: Post
    lang: str
    private: bool
    reader: int = 0

    def say(self, key: str, **facts: str | int | tuple[Span, ...]) -> tuple[Span, ...]:
        return say(self.lang, key, **facts)

    def text(self, key: str, **facts: str | int) -> str:
        return text(self.lang, key, **facts)

    def action(self, verb: str, arg: str = "", label: str = "") -> Action:
        """An action: the courier puts the post before its verb and argument. Label: `action.<verb>` unless given."""
        usual, emoji = face(self.lang, verb)
        tone: Literal["", "yes", "no"] = "yes" if verb in YES else "no" if verb in NO else ""
        return Action(f"{verb}.{arg}" if arg else verb, label or usual, emoji, tone)

    def keys(self) -> tuple[str, ...]:
        """The words that stand under a private chat: those that one needs most."""
        return tuple(self.text(f"keys.{word}") for word in ("list", "mine", "here", "help"))

    def open(self, *verbs: str) -> tuple[Action, ...]:
        """These actions, while the post may still be answered; of what is called off nothing is to be had or undone."""
        if self.post.state != OPEN:
            return ()
        off = OF_A_PLACE if OF_A_PLACE.intersection(verbs) and self.off(self.post.occurrence_id) else ()
        return tuple(self.action(verb) for verb in verbs if verb not in off)

    def over(self, on: Roster) -> bool:
        """Whether it has ended: then nothing is asked for any more."""
        return on.occurrence.starts_at is not None and self.lookup.now >= on.occurrence.ends()

    def off(self, occurrence_id: int) -> bool:
        """Whether an activity was called off."""
        on = self.lookup.roster(occurrence_id) if occurrence_id else None
        return on is not None and on.occurrence.state == CANCELLED


@cache
def face(lang: str, verb: str) -> tuple[str, str]:
    """The label and the sign of a verb, '' where it has none of its own."""
    label, sign = f"action.{verb}", f"emoji.{verb}"
    has = catalogue().has
    return text(lang, label) if has(label) else "", text(lang, sign) if has(sign) else ""


def asking(view: View, before: str = "") -> Asking:
    """A word on how to open the private chat; `before` stands between it and what is said before it."""
    words, link, invited = (view.say(f"line.{way}") for way in ("open", "link", "invited"))
    first = (before,) if before else ()
    return Asking((*first, *words), (*first, *link), (*first, *invited), view.text("line.button"))


def lines(*parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """Parts under one another, empty ones left out."""
    out: list[Span] = []
    for part in parts:
        if part:
            if out:
                out.append("\n")
            out.extend(part)
    return tuple(out)
