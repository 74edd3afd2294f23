"""From rows to a month that can be solved: the open duties, their rosters up or not, and who may be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from core.activities import AHEAD, CANCELLED, CLOSED, OPEN, PERSON, Occurrence, Series
from core.attendance import attendance_of, served
from core.away import absences
from core.claims import CLAIMED, LIVE, ON_ROSTERS, TAKING, Claim, Roster, roster_of
from core.deeds.passing import reachable
from core.features.rota.parts import said_of
from core.features.rota.problem import Duty, Limits, Month, Person
from core.features.rota.settings import Table
from core.manners import wall
from core.members import member, members
from core.regulars import regulars
from core.repeating import local, made, pattern_of, repeating, starts
from core.work import Work

SINCE = timedelta(days=183)
"""Half a year: what is served in it is to be alike."""


def part_of(at: datetime) -> str:
    """Of a local moment: morning, afternoon or evening."""
    return "morning" if 5 <= at.hour < 12 else "afternoon" if 12 <= at.hour < 17 else "evening"


def month_of(work: Work, first: date, last: date) -> Month:
    """What is open on these days, of the kinds that are duty, and who may be asked for it."""
    said = work.here.settings(Table)
    limits = Limits(said.nights_a_week, timedelta(hours=said.rest_hours), said.times_a_month)
    tz = work.here.tz
    after = max(work.now, wall(first, time(0), tz) - timedelta(seconds=1))
    until = wall(last + timedelta(days=1), time(0), tz) - timedelta(seconds=1)
    duties = [*posted(work, after, until), *to_come(work, after, until)]
    return Month(sorted(duties, key=lambda duty: (duty.starts, duty.key)), people(work, first, last), limits)


def on_duty(work: Work, o: Occurrence) -> bool:
    return work.here.kind(o).on_duty and not o.all_day


def posted(work: Work, after: datetime, until: datetime) -> list[Duty]:
    """Those whose roster is up, or which somebody promised already."""
    rows = work.session.exec(
        select(Occurrence).where(
            Occurrence.community_id == work.here.id,
            col(Occurrence.state).in_((OPEN, AHEAD)),
            col(Occurrence.starts_at) > after,
            col(Occurrence.starts_at) <= until,
        )
    ).all()
    found = []
    for o in rows:
        if on_duty(work, o) and o.starts_at is not None:
            on = roster_of(work.session, o)
            there = tuple(dict.fromkeys(c.member_id for c in on.claims))
            found += duty(work, f"o{o.id}", o.starts_at, o.ends(), places(on), there)
    return found


def places(on: Roster) -> int:
    """How many are wanted still; none where as many as like may come."""
    return sum(max(0, on.left(slot) or 0) for slot in on.slots if slot.unit == PERSON)


def to_come(work: Work, after: datetime, until: datetime) -> list[Duty]:
    """Those of series of which there is no row yet; who comes every week is there."""
    found = []
    for row in repeating(work.session, work.here.id):
        like = pattern_of(work.session, row)
        if like is None or like.starts_at is None or not on_duty(work, like):
            continue
        wanted, length = places(roster_of(work.session, like)), like.ends() - like.starts_at
        weekly = regulars(work.session, row)
        for start in starts(work.session, work.here, row, after, until):
            if made(work.session, work.here, row, start) is not None:
                continue
            day = start.astimezone(work.here.tz).date()
            there = tuple(who.member_id for who in weekly if who.comes(day))
            key = f"s{row.id}@{local(start, work.here)}"
            found += duty(work, key, start, start + length, wanted - len(there), there)
    return found


def duty(work: Work, key: str, begins: datetime, ends: datetime, wanted: int, there: tuple[int, ...]) -> list[Duty]:
    at = begins.astimezone(work.here.tz)
    return [Duty(key, begins, ends, at.date(), part_of(at), wanted, there)] if wanted > 0 else []


# ------------------------------------------------------------ people


@dataclass(slots=True)
class Known:
    """What rows say of one member."""

    minutes: int = 0
    times: int = 0
    parts: set[str] = field(default_factory=set)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    nights: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))


def people(work: Work, first: date, last: date) -> list[Person]:
    """Who did duty within half a year or comes every week, can be told, and has not asked to be left in peace."""
    known = history(work)
    for row in repeating(work.session, work.here.id):
        for who in regulars(work.session, row):
            known.setdefault(member(work.session, work.here.id, who.member_id).id, Known())
    promised(work, known, first, last)
    off = away(work, first, last)
    for id, days in paused(work, first, last).items():
        off[id] |= days
    said = said_of(work.session, work.here, first)
    for id, answer in said.items():
        if answer.answer == "none":
            off[id] |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
        elif id in known:
            known[id].parts = set(answer.parts)
    here = {row.id: row for row in members(work.session, work.here.id)}
    return [
        Person(
            id,
            here[id].name,
            each.minutes,
            each.times,
            frozenset(each.parts),
            frozenset(off.get(id, ())),
            tuple(each.busy),
            dict(each.nights),
        )
        for id, each in sorted(known.items())
        if id in here and not here[id].quiet and reachable(work, id)
    ]


def paused(work: Work, first: date, last: date) -> dict[int, set[date]]:
    """Days of what they come to every week, on which they have said that they do not."""
    found: dict[int, set[date]] = defaultdict(set)
    after, until = (wall(day, time(0), work.here.tz) for day in (first, last + timedelta(days=1)))
    for row in repeating(work.session, work.here.id):
        resting = [who for who in regulars(work.session, row) if who.paused_until]
        begins = starts(work.session, work.here, row, after, until) if resting else ()
        days = {start.astimezone(work.here.tz).date() for start in begins}
        for who in resting:
            here = member(work.session, work.here.id, who.member_id).id
            found[here] |= {day for day in days if day.isoformat() <= who.paused_until}
    return found


def history(work: Work) -> dict[int, Known]:
    """What everybody served of duty in half a year, and in which part of the day they come."""
    rows = rosters_between(work, work.now - SINCE, work.now)
    rows = [(o, claim) for o, claim in rows if claim.promised in TAKING and on_duty(work, o)]
    attended = attendance_of(work.session, work.here.id, [claim.id for _, claim in rows])
    known: dict[int, Known] = {}
    for o, claim in rows:
        who = known.setdefault(member(work.session, work.here.id, claim.member_id).id, Known())
        hours = served(o, claim, attended.get(claim.id))
        who.minutes += int(hours / timedelta(minutes=1))
        who.times += bool(hours)
        if o.starts_at is not None and claim.promised == CLAIMED:
            who.parts.add(part_of(o.starts_at.astimezone(work.here.tz)))
    return known


def promised(work: Work, known: dict[int, Known], first: date, last: date) -> None:
    """What they have promised around these days: it counts, and at that time they are asked for nothing else."""
    around = (
        wall(first, time(0), work.here.tz) - timedelta(days=7),
        wall(last, time(0), work.here.tz) + timedelta(days=8),
    )
    for o, claim in rosters_between(work, *around):
        who = known.get(member(work.session, work.here.id, claim.member_id).id)
        if who is None or o.starts_at is None or o.ends() <= work.now:
            continue
        who.busy.append((o.starts_at, o.ends()))
        if not on_duty(work, o):
            continue
        who.minutes += int((o.ends() - o.starts_at) / timedelta(minutes=1))
        at = o.starts_at.astimezone(work.here.tz)
        if part_of(at) == "evening":
            who.nights[at.date().isocalendar()[:2]] += 1


def rosters_between(work: Work, after: datetime, until: datetime) -> Sequence[tuple[Occurrence, Claim]]:
    return work.session.exec(
        ON_ROSTERS.where(
            Occurrence.community_id == work.here.id,
            col(Occurrence.state).in_((OPEN, CLOSED, AHEAD)),
            Occurrence.state != CANCELLED,
            col(Occurrence.starts_at) > after,
            col(Occurrence.starts_at) <= until,
            col(Claim.promised).in_(LIVE),
            Claim.ordinal == 0,
        )
    ).all()


def away(work: Work, first: date, last: date) -> dict[int, set[date]]:
    """The days of these on which somebody is away."""
    found: dict[int, set[date]] = defaultdict(set)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for row in absences(work.session, work.here.id, first):
        who = member(work.session, work.here.id, row.member_id).id
        found[who] |= {day for day in days if row.covers(day)}
    return found


def series_of_key(session: Session, community_id: int, key: str) -> tuple[Series | None, str]:
    """The series and the start it is known by, of one that had no row."""
    id, _, known_by = key.removeprefix("s").partition("@")
    return session.get(Series, (community_id, int(id or 0))), known_by
