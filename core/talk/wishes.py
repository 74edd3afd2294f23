"""What somebody wants, as far as it is known: the missing pieces are found out or asked for, one at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from core.reading import Command

SWAPS = {"speaker": "in_their_place", "who": "in_my_place", "": "swap"}
"""The verbs of a swap, by who comes in the other's place."""


FLAT = re.compile(r"[楼栋幢号]\s*(?P<flat>[①-⑳])|building \d{1,3}\s*(?P<en>[①-⑳])", re.IGNORECASE)
"""3号楼①: of two flats in one house the first, and no activity's number."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A verb and what is known about its object. Ids are 0, words empty and tuples short until something is known."""

    verb: str
    occurrence: int = 0
    slot: int = 0
    number: int | None = None  # an activity's number as said
    kind: str = ""
    day: str = ""  # the words of a day as said
    names: tuple[str, ...] = ()  # people named whom nobody was found for yet
    lives: str = ""  # where those live, as said
    people: tuple[int, ...] = ()  # members found
    called: tuple[str, ...] = ()  # the names by which they were found, where they were
    strangers: tuple[str, ...] = ()  # names known to belong to nobody we know
    myself: bool = True  # the speaker is meant too
    guests: int = 0  # nameless people the speaker brings
    community: int = 0  # that which is spoken of, by who is in several
    series: int = 0  # the one that repeats, where it is known
    among: tuple[int, ...] = ()  # one of these is meant, where several stand in one message
    starts: str = ""  # which of it, whose roster is not up: the start that it is known by
    thing: str = ""
    portions: int | None = None
    said: str = ""  # all that was said, where it was more than the verb
    sure: bool = True  # said in a word of the bot's own, and nothing beside it
    typed: bool = True  # it began with words, so that it is said back where it can be undone

    def stored(self) -> dict[str, Any]:
        """As JSON, for the body of a question."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


def restored(body: Mapping[str, Any]) -> Wish:
    """What `stored` made, back again."""
    known = {f.name for f in fields(Wish)}
    facts: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in body.items() if k in known}
    return Wish(**facts)


def wish(command: Command, occurrence: int = 0, words: str = "") -> Wish:
    """What a command wants. `occurrence` is the one whose roster it answers, if it does; `words`: all that was said."""
    count = command.count or max(1, len(command.who))
    if command.ref is not None and command.thing and FLAT.search(words):
        command = replace(command, thing=f"{command.thing}{command.ref}", ref=None)
    myself = not command.who or count > len(command.who)
    return Wish(
        verb=SWAPS[command.stands_in] if command.intent == "swap" else command.intent or "",
        occurrence=0 if command.ref is not None else occurrence,
        number=command.ref,
        kind=command.kind or "",
        day=command.day or "",
        names=command.who,
        lives=command.lives if len(command.who) == 1 else "",
        myself=myself,
        guests=max(0, count - len(command.who) - 1) if myself else 0,
        thing=command.thing or "",
        portions=command.portions,
        said=words if command.around else "",
        sure=command.sure,
    )
