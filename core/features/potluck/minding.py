"""What somebody must not eat, talked of: asked once, written down with consent, told to those who cook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core import posts
from core.activities import PERSON
from core.claims import Claim, Roster, roster_of
from core.deeds.consenting import take_back
from core.features.potluck import diets
from core.messages import Confide, Message, Span
from core.posts import Body, Post, Press
from core.posts.kind import PostKind, Typed
from core.reading import Command
from core.said.yes_or_no import refuses
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.view import View, lines
from core.words import text
from core.words.clean import tidy_line
from core.work import Work

NAME = "potluck"
NOT_ANY_MORE = re.compile(
    r"(?:我的)?(?:忌口)?(?:请)?(?:不要|不用|别|不)(?:再)?(?:记|写|留|存)(?:着|下)?(?:了)?(?:吧)?[。.!！]?"
)
"""忌口不用记了: no food is called so."""

# ------------------------------------------------------------ on rosters and reminders


def people(on: Roster) -> list[int]:
    return list(dict.fromkeys(claim.member_id for claim in on.taking()))


def on_rosters(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """忌口：素2人、清真1人: for everybody only how many there are of each."""
    if on.occurrence.kind != NAME or not any(slot.of_things for slot in on.slots):
        return []
    session, here = view.lookup.session, view.lookup.here
    found = diets.kept(session, here.id, people(on))
    if not found:
        return []
    n = diets.counts(found.values())
    said = [
        view.text("potluck.diet_count", what=view.text(f"potluck.diet.{name}"), n=n[name])
        for name in (*diets.NAMES, diets.OTHER)
        if n[name]
    ]
    out = [view.say("potluck.diets", counts=view.text("list.comma").join(said))]
    cooks = any(claim.thing and view.lookup.member(claim.member_id).id == view.reader for claim in on.taking())
    if view.private and (cooks or view.lookup.reader(view.reader).coordinates):
        out += named(view, on)
    return out


def on_reminders(view: View, on: Roster, theirs: Sequence[Claim]) -> list[tuple[Span, ...]]:
    """Who cooks reads who must not eat what."""
    if on.occurrence.kind != NAME or not any(claim.thing for claim in theirs):
        return []
    return named(view, on)


def named(view: View, on: Roster) -> list[tuple[Span, ...]]:
    found = diets.kept(view.lookup.session, view.lookup.here.id, people(on))
    if not found:
        return []
    who = view.text("potluck.diet_between").join(
        f"{view.lookup.name(id)} {listed(view.lang, names)}" for id, names in found.items()
    )
    return [view.say("potluck.diet_names", who=(Confide(who, anywhere=True),))]


def listed(lang: str, names: Iterable[str]) -> str:
    return text(lang, "list.comma").join(
        text(lang, f"potluck.diet.{name}") if name in diets.NAMES else tidy_line(name, 30) for name in names
    )


def known(view: View, member_id: int) -> list[tuple[Span, ...]]:
    """What is kept of it, for the person themselves."""
    found = diets.kept(view.lookup.session, view.lookup.here.id, [member_id]).get(member_id)
    if not found:
        return []
    return [view.say("potluck.diet_data", what=(Confide(listed(view.lang, found), anywhere=True),))]


# ------------------------------------------------------------ asked


def asks(view: View, occurrence_id: int) -> bool:
    """Whether it is asked under what this reader reads back of this meal."""
    row = diets.diet_of(view.lookup.session, view.lookup.here.id, view.reader) if view.reader else None
    return row is not None and row.occurrence_id == occurrence_id and row.consented_at is None


def ask(turn: Turn, _press: Press | None = None) -> None:
    """忌口: the next words say what it is."""
    found = diets.kept(turn.session, turn.here.id, [turn.member.id]).get(turn.member.id, ())
    turn.privately("potluck.diet_asked", body=Minds(names=found))


@dataclass(frozen=True, slots=True)
class Minds(Body):
    """What somebody must not eat: as it is now, or as it is to be written down. `answer`: whether they agreed."""

    names: tuple[str, ...] = ()
    answer: str = ""


def shown_asked(view: View) -> Message:
    names = Minds.of(view.post).names
    now = view.say("potluck.diet_now", what=(Confide(listed(view.lang, names), anywhere=True),)) if names else ()
    return Message(lines(now, view.say("potluck.diet_ask")), view.open("no_diet"))


def no_diet(turn: Turn, press: Press) -> None:
    """没有忌口."""
    posts.settle(turn.session, press.post, turn.now)
    diets.keep(turn.work, turn.member.id, ())
    diets.show(turn.work, turn.member.id)
    turn.seen_done("potluck.diet_none")


def hear_asked(turn: Turn, post: Post, words: str, command: Command) -> bool:
    if post.state != posts.OPEN or command.intent not in (None, "undecided", "regret", "maybe"):
        return False
    names = diets.bare(words)
    if names != () and refuses(words):  # 不告诉你: nothing is written down, not even that there is nothing
        posts.settle(turn.session, post, turn.now)
        turn.tell("potluck.diet_dropped")
        return True
    if names is None:
        return False
    posts.settle(turn.session, post, turn.now)
    propose(turn, names)
    return True


def propose(turn: Turn, names: Sequence[str]) -> None:
    """What was understood is written down only after 确认."""
    if names:
        turn.privately("potluck.diet_kept", body=Minds(names=tuple(names)))
        return
    diets.keep(turn.work, turn.member.id, ())
    diets.show(turn.work, turn.member.id)
    turn.tell("potluck.diet_none")


def shown_kept(view: View) -> Message:
    body = Minds.of(view.post)
    what: tuple[Span, ...] = (Confide(listed(view.lang, body.names), anywhere=True),)
    if body.answer:
        return Message(view.say(f"potluck.diet_{body.answer}", what=what))
    return Message(view.say("potluck.diet_sure", what=what), view.open("confirm", "back"))


def confirm(turn: Turn, press: Press) -> None:
    body = Minds.of(press.post)
    if body.answer:
        return
    diets.keep(turn.work, turn.member.id, body.names)
    posts.settle(turn.session, press.post, turn.now, replace(body, answer="noted"))
    diets.show(turn.work, turn.member.id)
    turn.seen_done("potluck.diet_thanks")


def back(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Minds.of(press.post), answer="dropped"))
    turn.seen_done("potluck.diet_dropped")


ASK_DIET = PostKind("potluck.diet_asked", Minds, shown_asked, presses={"no_diet": no_diet}, hears=hear_asked)
KEEP_DIET = PostKind(
    "potluck.diet_kept",
    Minds,
    shown_kept,
    presses={"confirm": confirm, "back": back},
    means={"confirm": Typed(yes=True)},
)

# ------------------------------------------------------------ said


def off(turn: Turn, _wish: Wish, _rest: str) -> bool:
    """不记忌口: taken back at once."""
    if not turn.chat.private:
        return False
    had = diets.kept(turn.session, turn.here.id, [turn.member.id])
    if had:
        take_back(turn.work, turn.here.purposes[diets.PURPOSE], turn.member.id)
    turn.tell("potluck.diet_off" if had else "potluck.diet_off_already")
    return True


def said(turn: Turn, words: str, *, about: int) -> tuple[bool, str]:
    """Whether somebody said of themselves what they must not eat, and what else they said.

    In a group only in answer to the board; privately while there is a meal to speak of.
    """
    if turn.chat.private and NOT_ANY_MORE.fullmatch(words.strip()) and "忌口" in words:
        return off(turn, Wish("diet_off"), ""), ""
    meals = [row for row in turn.posted() if row.kind == NAME]
    found = diets.told(words) if meals and (turn.chat.private or about in {row.id for row in meals}) else None
    if found is None:
        return False, words
    names, rest = found
    before = diets.kept(turn.session, turn.here.id, [turn.member.id]).get(turn.member.id, ())
    if set(names) <= set(before):
        turn.tell("potluck.diet_known", what=listed(turn.lang, before))
    else:
        propose(turn, tuple(dict.fromkeys((*before, *names)))[: diets.MOST])
    turn.mark()
    return True, rest


def carry(turn: Turn, wish: Wish, rest: str) -> bool:
    """忌口: one's own; who cooks, and who coordinates, reads those of the next meal."""
    if not turn.chat.private:
        return False
    if NOT_ANY_MORE.fullmatch(rest):
        return off(turn, wish, rest)
    if rest:
        names = diets.bare(rest)
        if names is None:
            return False
        propose(turn, names)
        return True
    meals = [roster_of(turn.session, row) for row in turn.posted() if row.kind == NAME]
    theirs = [on for on in meals if turn.coordinates or any(c.thing for c in on.of(turn.member.id))]
    if theirs:
        turn.privately("potluck.diet_list", occurrence_id=theirs[0].occurrence.id)
    ask(turn)
    return True


def shown_list(view: View) -> Message | None:
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    cooks = any(claim.thing and view.lookup.member(claim.member_id).id == view.reader for claim in on.taking())
    if not (cooks or view.lookup.reader(view.reader).coordinates):
        return None
    return Message(lines(*named(view, on))) if people(on) and named(view, on) else None


LIST_DIETS = PostKind("potluck.diet_list", render=shown_list, later=False)


def first_time(work: Work, on: Roster, made: Sequence[Claim]) -> None:
    """Who comes to a meal for the first time is asked under what is read back to them."""
    mine = any(claim.member_id == work.by.member for claim in made)
    if mine and any(slot.unit != PERSON for slot in (*on.slots, *on.aside)):
        diets.ask_once(work, work.by.member, on.occurrence.id)
