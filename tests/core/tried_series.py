"""The deeds of series, for the test that fails every statement of every deed: what to do first, and then the deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.activities import Series
from core.claims import Claim, Roster, roster_of
from core.deeds import changing, claiming, exchanging, regulars, repeating
from core.deeds.claiming import Coming
from core.deeds.outcome import Outcome
from core.deeds.posting import Moments
from core.deeds.series import ahead
from core.drafts import Read
from core.kind import Arrangement, Wanted
from core.members import Member
from core.regulars import Regular
from core.repeating import series_of
from core.work import Work

Members = dict[str, Member]
WEST = Arrangement(title="", place="西门", bring="", note="", slots=(Wanted(min=3, max=3),))


def series(on: Roster, work: Work) -> Series:
    row = series_of(work.session, on.occurrence)
    assert row is not None
    return row


def weekly(work: Work, on: Roster, who: Member) -> Regular:
    """Somebody comes every week."""
    mine, _ = regulars.begin(work, series(on, work), who.id, [])
    return mine


def changed(work: Work, on: Roster) -> int:
    """This one of a series is changed: its place, how many, and when. Returns the draft of what it was."""
    assert on.occurrence.starts_at is not None
    begins = on.occurrence.starts_at + timedelta(hours=1)
    came = changing.change(work, on, WEST, Moments(begins, begins + timedelta(hours=2)), Read())
    assert isinstance(came, Outcome)
    return came.before or 0


def turned(work: Work, on: Roster) -> tuple[list[tuple[int, int]], tuple[str, str]]:
    """All that follow are so, with somebody on the next. Returns what takes it back."""
    row = series(on, work)
    rule = row.rrule or "", row.first or ""
    next_one(work, on)
    done = repeating.from_here_on(work, on, changed(work, on))
    assert isinstance(done, tuple)
    return [(each.occurrence, each.before or 0) for each in done], rule


def next_one(work: Work, on: Roster) -> Roster:
    """The one of the week after, which somebody has promised already."""
    assert on.occurrence.starts_at is not None
    there = roster_of(work.session, ahead(work, series(on, work), on.occurrence.starts_at + timedelta(days=7)))
    claiming.claim(work, there, [Coming(work.by.member, there.slots[0])])
    return there


def two_places(work: Work, on: Roster, members: Members) -> tuple[Claim, Claim]:
    there = next_one(work, on)
    return on.of(members["陈伯"].id)[0], there.of(work.by.member)[0]


def given(what: Any, do: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: do(what)


def paused(work: Work, on: Roster, who: Member) -> Regular:
    mine = weekly(work, on, who)
    next_one(work, on)
    regulars.pause(work, mine, UNTIL)
    return mine


UNTIL = date(2026, 12, 31)
WEEK = timedelta(days=7)
WEEK_AFTER = datetime(2026, 12, 4, 11, tzinfo=UTC)
SERIES: dict[str, Callable[[Work, Roster, Members], Callable[[], Any]]] = {
    "series.ahead": lambda work, on, members: given(
        weekly(work, on, members["赵叔"]), lambda _: ahead(work, series(on, work), WEEK_AFTER)
    ),
    "regulars.begin": lambda work, on, members: given(
        next_one(work, on), lambda _: regulars.begin(work, series(on, work), members["赵叔"].id, [])
    ),
    "regulars.end": lambda work, on, members: given(
        (weekly(work, on, members["赵叔"]), next_one(work, on)), lambda it: regulars.end(work, it[0])
    ),
    "regulars.pause": lambda work, on, members: given(
        (weekly(work, on, members["赵叔"]), next_one(work, on)), lambda it: regulars.pause(work, it[0], UNTIL)
    ),
    "regulars.resume": lambda work, on, members: given(
        paused(work, on, members["赵叔"]), lambda mine: regulars.resume(work, mine)
    ),
    "repeating.stop": lambda work, on, _: given(next_one(work, on), lambda _: repeating.stop(work, series(on, work))),
    "repeating.cancel_from": lambda work, on, _: given(next_one(work, on), lambda _: repeating.cancel_from(work, on)),
    "repeating.leave_out": lambda work, on, _: given(
        next_one(work, on), lambda there: repeating.leave_out(work, series(on, work), [WEEK_AFTER, WEEK_AFTER + WEEK])
    ),
    "repeating.from_here_on": lambda work, on, _: given(
        (next_one(work, on), changed(work, on)), lambda it: repeating.from_here_on(work, on, it[1])
    ),
    "repeating.as_it_was": lambda work, on, _: given(
        turned(work, on), lambda it: repeating.as_it_was(work, it[0], it[1])
    ),
    "exchanging.exchange": lambda work, on, members: given(
        two_places(work, on, members), lambda two: exchanging.exchange(work, two[0], two[1])
    ),
}
