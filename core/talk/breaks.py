"""Leaving out several of what repeats: 春节停两周, 国庆停一次; and asking about holidays when a series is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import when
from core.activities import CANCELLED, Occurrence, Series
from core.claims import roster_of
from core.manners import wall
from core.posts import Body
from core.reading import Command
from core.reading.parts import public_holidays
from core.regulars import regulars
from core.repeating import local, made, repeating, series_of, starts
from core.rules import Refusal
from core.said.breaks import Break, read_break, within
from core.talk.ahead import of_rule
from core.talk.asking import ask, look_private
from core.talk.choosing import row_of
from core.talk.coordinating import BREAK, Confirm, cancel
from core.talk.wishes import Wish, wish
from core.turn import Turn
from core.words import text

ASKED_AHEAD = timedelta(days=62)
"""Holidays of these days after a series is posted are asked about."""
KEEPS_HOLIDAYS = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "PRC"})
"""The zones in which the public holidays are those that we know."""
MAY_BE = frozenset({None, "cancel", "stop", "regret", "undecided", "maybe", "nothing"})
"""What words about a break may look like to who reads commands."""


@dataclass(frozen=True, slots=True)
class Holidays(Body):
    """Public holidays on which one of a series falls: their names, and the starts, each as it is known by."""

    series: int = 0
    names: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    answer: str = ""


def on_break(turn: Turn, words: str, command: Command, occurrence: int) -> bool:
    """Whether these words leave out some of what repeats, and it was asked or answered. One single day is cancelled."""
    if command.intent not in MAY_BE or command.ref is not None:
        return False
    said = read_break(words, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    if said is None:
        return False
    wanted = wish(command, occurrence)
    rows = of(turn, said.kind, row_of(turn, wanted))
    if not turn.may("arrange"):
        if turn.chat.private and said.kind and rows:
            turn.refuse(Refusal("coordinators_only"))
            return True
        return False
    one_day = said.first == said.last and not (said.kind or occurrence)
    if not rows or (one_day and command.intent is None):
        return False  # 明天休息: who does?
    if not turn.chat.private and not any(standing(turn, row, said.first, said.last) for row in rows):
        return False
    if len(rows) > 1:
        ask(turn, "ask.which", [(of_rule(turn, row), Wish("break", series=row.id, day=words)) for row in rows])
        return True
    propose(turn, rows[0], said)
    return True


def carry(turn: Turn, wanted: Wish, _rest: str) -> bool:
    """The series is known now that some of it is left out."""
    said = read_break(wanted.day, base=turn.local, kinds=turn.kinds, lang=turn.lang)
    row = turn.session.get(Series, (turn.here.id, wanted.series))
    if said is None or row is None:
        return False
    propose(turn, row, said)
    return True


def of(turn: Turn, kind: str | None, answered: Occurrence | None) -> list[Series]:
    """The series that may be meant."""
    if answered is not None:
        row = series_of(turn.session, answered)
        return [row] if row is not None and row.repeats else []
    return [row for row in repeating(turn.session, turn.here.id) if kind in (None, row.kind)]


def propose(turn: Turn, row: Series, said: Break) -> None:
    """Name the days, and ask; of one day, whether it is that one only."""
    found = {start.astimezone(turn.here.tz).date(): start for start in standing(turn, row, said.first, said.last)}
    days = within(said, found.keys())
    if not days:
        turn.tell("break.none", what=of_rule(turn, row), first=day(turn, said.first), last=day(turn, said.last))
        return
    if len(days) == 1:
        cancel(turn, Wish("cancel", series=row.id, starts=local(found[days[0]], turn.here)))
        return
    chosen = [found[each] for each in days]
    facts: dict[str, str | int] = {"what": of_rule(turn, row), "days": listed(turn, chosen), "n": len(chosen)}
    people = len(promised(turn, row, chosen))
    key = "confirm.break" if people else "confirm.break_empty"
    body = Confirm(
        key=key,
        facts={**facts, "people": people},
        how=BREAK,
        series=row.id,
        starts=tuple(local(start, turn.here) for start in chosen),
    )
    turn.privately("confirm", body=body)
    look_private(turn)


def standing(turn: Turn, row: Series, first: date, last: date) -> list[datetime]:
    """The starts of a series on these days that are still to come and are not called off."""
    after = max(turn.now, wall(first, time(0), turn.here.tz) - timedelta(seconds=1))
    until = wall(last + timedelta(days=1), time(0), turn.here.tz) - timedelta(seconds=1)
    found = starts(turn.session, turn.here, row, after, until)
    return [s for s in found if (o := made(turn.session, turn.here, row, s)) is None or o.state != CANCELLED]


def promised(turn: Turn, row: Series, chosen: Sequence[datetime]) -> set[int]:
    """Who has promised one of these, or comes every week."""
    found: set[int] = set()
    for start in chosen:
        o = made(turn.session, turn.here, row, start)
        if o is not None:
            found |= {claim.member_id for claim in roster_of(turn.session, o).claims}
        else:
            on = start.astimezone(turn.here.tz).date()
            found |= {who.member_id for who in regulars(turn.session, row) if who.comes(on)}
    return found - {turn.member.id}


MOST = 8
"""So many days are named one by one."""


def listed(turn: Turn, chosen: Sequence[datetime]) -> str:
    days = [when.day(start, turn.here.tz, turn.lang, turn.now) for start in chosen]
    if len(days) > MOST:
        return text(turn.lang, "when.to", start=days[0], end=days[-1])
    return text(turn.lang, "list.comma").join(days)


def day(turn: Turn, at: date) -> str:
    return when.day_in_words(at, turn.lang, turn.local.date())


# ------------------------------------------------------------ holidays, when a series is posted


def ask_about_holidays(turn: Turn, o: Occurrence) -> None:
    """Once, to who posted it: does it take place on the public holidays of the next two months?"""
    row = series_of(turn.session, o)
    if row is None or not row.repeats or turn.here.tz.key not in KEEPS_HOLIDAYS:
        return
    today = turn.local.date()
    names: list[str] = []
    found: list[str] = []
    for name, (first, last) in public_holidays(today, today + ASKED_AHEAD):
        off = [local(start, turn.here) for start in standing(turn, row, max(first, today), last)]
        if off:
            names.append(name)
            found += off
    if found:
        body = Holidays(series=row.id, names=tuple(names), starts=tuple(dict.fromkeys(found)))
        turn.privately("holidays", member_id=turn.member.id, occurrence_id=o.id, body=body)
