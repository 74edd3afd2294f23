"""A series: what those that follow are made like, those promised before they are up, and when a roster goes up."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.activities import AHEAD, PATTERN, RETIRED, Occurrence, Series, Slot, slots_of
from core.deeds.inviting import copy_audience
from core.deeds.regulars import seat_all
from core.deeds.whole import deed
from core.ids import new_id
from core.manners import wall
from core.repeating import local, made, pattern_of
from core.work import Work

KEPT = (
    "community_id", "series_id", "kind", "title", "place", "bring", "note", "chats", "made_by", "all_day", "daypart",
    "draft_id", "bidden", "title_confided", "place_confided", "bring_confided", "confided",
)  # fmt: skip
"""What one of a series has from what it is made like."""


def pattern(work: Work, row: Series) -> Occurrence:
    """What all that follow are made like, to be changed: kept now where a series is from before that was kept."""
    like = pattern_of(work.session, row)
    if like is None:
        raise ValueError("a series of which nothing was ever put up")
    return like if like.state == PATTERN else keep_pattern(work, like)


def keep_pattern(work: Work, o: Occurrence) -> Occurrence:
    """From now on those that follow are made like this one."""
    row = Occurrence(
        **{name: getattr(o, name) for name in KEPT},
        id=new_id(work.now),
        state=PATTERN,
        original=PATTERN,
        starts_at=o.starts_at,
        ends_at=o.ends_at,
        report_at=o.report_at,
    )
    work.session.add(row)
    work.session.flush()
    copy_slots(work, o, row)
    copy_audience(work, o, row)
    return row


SAME = ("position", "label", "confided", "min", "max", "unit", "elder_id")


def copy_slots(work: Work, of: Occurrence, onto: Occurrence) -> None:
    for slot in slots_of(work.session, of):
        if slot.position < RETIRED:
            same = {name: getattr(slot, name) for name in SAME}
            work.session.add(Slot(community_id=onto.community_id, id=new_id(work.now), occurrence_id=onto.id, **same))
    work.session.flush()


@deed
def ahead(work: Work, row: Series, start: datetime) -> Occurrence:
    """The one that begins then: as it is, or made now, with its roster not up yet."""
    found = made(work.session, work.here, row, start)
    if found is not None:
        return found
    like = pattern(work, row)
    if like.starts_at is None:
        raise ValueError("a start by a rule, of a series that has none")
    o = Occurrence(
        **{name: getattr(like, name) for name in KEPT},
        id=new_id(work.now),
        state=AHEAD,
        original=local(start, work.here),
        starts_at=start,
        ends_at=shifted(like.ends_at, like.starts_at, start),
        report_at=shifted(like.report_at, like.starts_at, start),
    )
    work.session.add(o)
    work.session.flush()
    copy_slots(work, like, o)
    copy_audience(work, like, o)
    seat_all(work, row, o)
    return o


def shifted(moment: datetime | None, old: datetime, new: datetime) -> datetime | None:
    return None if moment is None else new + (moment - old)


def due(work: Work, before: Occurrence, start: datetime) -> datetime:
    """When the roster of the one that begins at `start` goes up: when the one before is over, at the latest some days
    ahead."""
    begins = start.astimezone(work.here.tz)
    early = timedelta(days=work.here.manners.roster_ahead)
    return min(before.ends(), wall(begins.date() - early, begins.time().replace(fold=0), work.here.tz))
