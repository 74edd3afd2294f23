"""Standing claims: somebody comes every week from now on, pauses, or comes no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from core.activities import CLOSED, Occurrence, Series
from core.away import away_on
from core.claims import roster_of
from core.deeds.claiming import Coming, claim
from core.deeds.outcome import Outcome
from core.deeds.whole import deed
from core.deeds.withdrawing import withdraw
from core.ids import new_id
from core.members import member
from core.regulars import Regular, day_of, regular_of, regulars
from core.repeating import later
from core.rules import Refusal
from core.work import Work


@deed
def begin(work: Work, row: Series, member_id: int, weekdays: Sequence[int]) -> tuple[Regular, list[Outcome]]:
    """From now on each roster has this member: those to come on it, and those that are up or promised already."""
    mine = regular_of(work.session, row, member_id)
    if mine is None:
        mine = Regular(
            community_id=work.here.id, id=new_id(work.now), series_id=row.id, member_id=member_id, since=work.now
        )
        mine.weekdays = list(weekdays)
    elif mine.ended or not weekdays:
        mine.weekdays = list(weekdays)
    elif mine.weekdays:
        mine.weekdays = sorted({*mine.weekdays, *weekdays})
    mine.ended, mine.paused_until, mine.since = False, "", work.now
    mine.network, mine.account = work.by.account
    work.session.add(mine)
    work.session.flush()
    work.log("regular", member=member_id)
    return mine, [came for o in later(work.session, row, work.now) if (came := seat(work, o, mine)) is not None]


def seat(work: Work, o: Occurrence, who: Regular) -> Outcome | None:
    """Put down one who comes every week, where they come that day and have not said otherwise before."""
    if not who.comes(day_of(o, work.here)) or o.state == CLOSED:
        return None
    on = roster_of(work.session, o, lock=True)
    whom = member(work.session, work.here.id, who.member_id).id
    if on.of(whom) or whom in away_on(work.session, work.here, o.starts_at):
        return None
    free = next((slot for slot in on.slots if on.room(slot)), on.slots[0])
    came = claim(work, on, [Coming(whom, free, anywhere=True)])
    return None if isinstance(came, Refusal) else came


def seat_all(work: Work, row: Series, o: Occurrence) -> None:
    """One of a series was made: those who come every week are on it."""
    for who in regulars(work.session, row):
        seat(work, o, who)


@deed
def end(work: Work, mine: Regular, weekdays: Sequence[int] = ()) -> list[Outcome] | Refusal:
    """They come no more: on these weekdays, or at all. What they had promised so is given back."""
    if not may(work, mine):
        return Refusal("not_yours")
    before = set(mine.weekdays)
    left = sorted(before - {*weekdays}) if weekdays and before else []
    mine.ended, mine.weekdays = not left, left or mine.weekdays
    work.session.add(mine)
    work.log("regular_ended", member=mine.member_id)
    off = before - {*left}
    return give_back(work, mine, lambda day: not off or day.weekday() in off)


@deed
def pause(work: Work, mine: Regular, until: date) -> list[Outcome] | Refusal:
    """They do not come up to and with this day; what they had promised until then is given back."""
    if not may(work, mine):
        return Refusal("not_yours")
    mine.paused_until = until.isoformat()
    work.session.add(mine)
    work.log("regular_paused", member=mine.member_id)
    return give_back(work, mine, lambda day: day <= until)


@deed
def resume(work: Work, mine: Regular) -> list[Outcome]:
    """They are back: on all rosters of theirs from now on."""
    mine.paused_until = ""
    work.session.add(mine)
    work.log("regular_resumed", member=mine.member_id)
    row = work.session.get_one(Series, (work.here.id, mine.series_id))
    return [came for o in later(work.session, row, work.now) if (came := seat(work, o, mine)) is not None]


def may(work: Work, mine: Regular) -> bool:
    """Whose word ends or pauses it: theirs, of whoever said it or speaks for them, or a coordinator's."""
    who = member(work.session, work.here.id, mine.member_id)
    said = (mine.network, mine.account) == work.by.account
    return said or work.by.member in (who.id, who.proxy_id) or work.coordinates


def give_back(work: Work, mine: Regular, which: Callable[[date], bool]) -> list[Outcome]:
    """Take back what one who comes every week has promised on these days and that is still to come."""
    row = work.session.get_one(Series, (work.here.id, mine.series_id))
    whom = member(work.session, work.here.id, mine.member_id).id
    done = []
    for o in later(work.session, row, work.now):
        if which(day_of(o, work.here)):
            on = roster_of(work.session, o, lock=True)
            if theirs := on.of(whom):
                done.append(withdraw(work, on, theirs))
    return done
