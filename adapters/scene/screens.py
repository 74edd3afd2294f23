"""What everybody's screens show, and have shown: messages, and a log of what happened to them, in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from core.fit import KEYCAPS
from core.messages import Action, Chat, Mention, Message, Person

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Characters without a shape. Isolates around a name must not stand between a check and what it names."""

_LEGEND = " · "


@dataclass(slots=True)
class Shown:
    """One message of the bot: every version of it, the newest last. `order` is its place in the log."""

    id: str
    chat: Chat
    order: int
    versions: list[Message]
    removed: bool = False
    seeds: list[str] = field(default_factory=list)
    pinned: bool = False
    past: bool = False  # from before the scene: nobody looks at it any more

    @property
    def message(self) -> Message:
        return self.versions[-1]

    @property
    def text(self) -> str:
        """The words as they are read now, a legend included."""
        return self.message.plain()

    def names(self, person: Person) -> bool:
        """Whether it notifies this person."""
        return any(isinstance(span, Mention) and span.person.id == person.id for span in self.message.text)


Kind = Literal["said", "rewrote", "pressed", "put", "changed", "removed", "toast", "mark"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. `who` is a person's id, or '' for the bot; `to` the person's id a toast was shown to."""

    order: int
    kind: Kind
    chat: Chat
    who: str = ""
    to: str = ""
    text: str = ""
    labels: tuple[str, ...] = ()
    message: str = ""


class Screens:
    """Every chat of one network. Nothing in here knows what time it is: order is all that checks need."""

    def __init__(self) -> None:
        self.log: list[Moment] = []
        self._messages: dict[str, Shown] = {}
        self._order = 0
        self._ids = 0

    @property
    def order(self) -> int:
        """Where the log has come to: what is noted from now on has a higher `Moment.order`."""
        return self._order

    def id(self) -> str:
        """A fresh id: of a message, an event, whatever needs one."""
        self._ids += 1
        return str(self._ids)

    def note(self, kind: Kind, chat: Chat, **facts: object) -> Moment:
        self._order += 1
        moment = Moment(self._order, kind, chat, **facts)  # type: ignore[arg-type]  # whoever notes it names fields of `Moment`
        self.log.append(moment)
        return moment

    # ------------------------------------------------------------ what the bot does

    def put(self, chat: Chat, message: Message) -> str:
        new = self.id()
        moment = self.note("put", chat, text=message.plain(), labels=_labels(message), message=new)
        self._messages[new] = Shown(new, chat, moment.order, [message])
        return new

    def change(self, id: str, message: Message) -> None:
        """Show `message` instead. Showing the same again leaves no trace."""
        shown = self._messages[id]
        if shown.message == message:
            return
        shown.versions.append(message)
        self.note("changed", shown.chat, text=message.plain(), labels=_labels(message), message=id)

    def take(self, id: str) -> None:
        shown = self._messages[id]
        shown.removed = True
        self.note("removed", shown.chat, text=shown.text, message=id)

    # ------------------------------------------------------------ what is on them

    def find(self, id: str) -> Shown | None:
        """The message with this id if it is still there."""
        shown = self._messages.get(id)
        return None if shown is None or shown.removed else shown

    def put_on(self, chat: Chat) -> list[Shown]:
        """All that was ever put there, what is gone included, in the order in which it was put there."""
        return [shown for shown in self._messages.values() if shown.chat.id == chat.id and not shown.past]

    def now_on(self, chat: Chat) -> list[Shown]:
        return [shown for shown in self.put_on(chat) if not shown.removed]

    def newest(self, chats: list[Chat], containing: str = "") -> Iterator[Shown]:
        """What is on these screens now and contains a text, the newest first, by when it was first put there."""
        found = (shown for chat in chats for shown in self.now_on(chat) if contains(shown.text, containing))
        yield from sorted(found, key=lambda shown: shown.order, reverse=True)

    def forget(self, since: int) -> None:
        """What happened after `since` was long ago: nobody looks at it. The bot can still change it."""
        for shown in self._messages.values():
            shown.past = shown.past or shown.order > since
        self.log = [moment for moment in self.log if moment.order <= since]


# ---------------------------------------------------------------- texts and labels


def contains(text: str, part: str) -> bool:
    """Whether a reader of `text` sees `part` in it: runs of white space are one space, case counts."""
    return _read(part) in _read(text)


def _read(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a reader may do: `action` where there is a button, else the `sign` to react with or to type."""

    label: str
    action: str = ""
    sign: str = ""


def offers(message: Message) -> tuple[Offer, ...]:
    """What a reader of `message` may do: its buttons, or the entries of the legend in its last line."""
    if message.actions:
        return tuple(Offer(action.label, action=action.id) for action in message.actions)
    found: list[Offer] = []
    for entry in message.plain().rpartition("\n")[2].split(_LEGEND):
        sign, _, label = entry.partition(" ")
        if label and _sign(sign, len(found) + 1):
            found.append(Offer(label, sign=sign))
        elif found:  # a label with a dot of its own
            found[-1] = replace(found[-1], label=f"{found[-1].label}{_LEGEND}{entry}")
        else:
            return ()
    return tuple(found)


def _sign(text: str, place: int) -> bool:
    """Whether a legend's entry may begin so: a keycap, its own number, or an emoji."""
    return text in (str(place), *KEYCAPS) or (text != "" and unicodedata.category(text[0]) in ("So", "Sm", "Sk"))


def choose(label: str, among: tuple[Offer, ...], *, exactly: bool) -> Offer | None:
    """The first of `among` with this label, emoji left aside; if not `exactly`, the first that contains it."""
    wanted = bare(label)
    for offer in among:
        has = bare(offer.label)
        if has == wanted or (not exactly and wanted in has):
            return offer
    return None


def bare(label: str) -> str:
    """A label without emoji: letters, digits, marks and punctuation stay."""
    kept = (c for c in unicodedata.normalize("NFC", label) if unicodedata.category(c) not in ("So", "Sk", "Cf", "Cs"))
    return " ".join("".join(kept).replace("\ufe0f", "").replace("\u20e3", "").split())


def _labels(message: Message) -> tuple[str, ...]:
    return tuple(show(action) for action in message.actions)


def show(action: Action) -> str:
    """An action as it is read: its emoji, if any, and its label."""
    return f"{action.emoji} {action.label}".strip()
