"""Under-filled: too few have promised. The coordinator is told, then those are asked who know it, then the group."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from core.activities import OPEN, Occurrence, Slot
from core.claims import Roster, roster_of
from core.deeds.ladders import Climb, Ladder, Rung
from core.deeds.seeking import AT_ONCE, LAST_MOMENT, all_asked, those_who_know
from core.here import Here
from core.members import groups
from core.posts import NOTICE, OFFER, Body, Post, members_owed
from core.reminders import stamp
from core.repeating import series_of
from core.safety import TOGETHER, asks_for_two, lacking
from core.searches import sought
from core.work import Work

BY_ITSELF = timedelta(hours=12)
"""So long people have to come by themselves after it was posted, before it is looked whether they do."""
AT_LEAST = timedelta(hours=1)
"""The same for one of a series, whose roster goes up when it can, and whose people know that it comes."""


class Gap(NamedTuple):
    """A slot for which too few have promised, and how many more it needs."""

    slot: Slot
    missing: int


def still_short(session: Session, here: Here, on: Roster) -> list[Gap]:
    """The gaps, and what it lacks to be safe: a slot that needs two is not filled before."""
    two = asks_for_two(session, here, on.occurrence, on.slots)
    found = {gap.slot.id: gap for gap in gaps(on)}
    out = []
    for slot in on.slots:
        gap = found.get(slot.id)
        missing = TOGETHER - len(on.taking(slot)) if slot.id in two else 0
        missing = max(missing, gap.missing if gap else 0)
        if missing > 0:
            out.append(Gap(slot, missing))
    return out


def gaps(on: Roster) -> list[Gap]:
    """The slots for which too few have promised, in their order: fewer than the least that was said, else than were
    wanted; where nobody said how many, nobody at all.
    """
    wanted = [slot for slot in on.slots if slot.max != 0]
    if all(slot.min is None and slot.max is None for slot in wanted):
        return [Gap(wanted[0], 1)] if wanted and not on.filling() else []
    found = [Gap(slot, (slot.min or slot.max or 1) - len(on.taking(slot))) for slot in wanted]
    return [gap for gap in found if gap.missing > 0]


def too_few(work: Work, post: Post) -> Roster | None:
    """The activity, where it still needs people."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.starts_at is None or o.state != OPEN or work.now > o.starts_at - LAST_MOMENT:
        return None
    times = {r.due(begins(o), work.here.tz) for r in work.here.manners.under_filled}
    if Climb.of(post).began not in times:
        return None  # it was moved since
    on = roster_of(work.session, o)
    return on if still_short(work.session, work.here, on) or lacking(work.session, work.here, on) else None


def begins(o: Occurrence) -> datetime:
    assert o.starts_at is not None  # noqa: S101 - what has no start is looked at no more
    return o.report_at or o.starts_at


def tell(work: Work, post: Post, on: Roster) -> None:
    """The coordinator who posted it: for what there are too few."""
    o = on.occurrence
    work.owe(
        "empty",
        member_id=o.made_by,
        occurrence_id=o.id,
        occasion=f"{post.occasion}@{stamp(o.starts_at)}",
        expires=o.starts_at,
    )


def ask_people(work: Work, _post: Post, on: Roster) -> None:
    """Privately those who know it, who served least lately first; each is asked once about it."""
    o = on.occurrence
    if wanted_by_search(work, on) or not work.kind(o).asks_around or not still_short(work.session, work.here, on):
        return
    asked = members_owed(work.session, work.here.id, o.id, "wanted") | all_asked(work, o) | {o.made_by}
    for id in [id for id in those_who_know(work, on) if id not in asked][:AT_ONCE]:
        work.owe(
            "wanted",
            urgency=OFFER,
            member_id=id,
            occurrence_id=o.id,
            occasion=stamp(o.starts_at),
            expires=o.starts_at,
            body=Body(),
        )


def ask_group(work: Work, _post: Post, on: Roster) -> None:
    """The groups that it stands in, after somebody was asked privately; once, however often it is looked at.

    Where nobody knows it yet there was nobody to ask: its roster is all that the group reads.
    """
    o = on.occurrence
    asked = members_owed(work.session, work.here.id, o.id, "wanted")
    if wanted_by_search(work, on) or not asked or 0 in asked:
        return
    for chat in groups(work.session, work.here.id):
        where = {"chat_id": chat.id, "occurrence_id": o.id, "occasion": stamp(o.starts_at)}
        if not o.chats or chat.id in o.chats:
            work.owe("wanted", urgency=NOTICE, expires=o.starts_at, own=True, body=Body(), **where)


def wanted_by_search(work: Work, on: Roster) -> bool:
    """Whether somebody is asked already, to stand in for who left late."""
    return bool(sought(work.session, on.occurrence))


def latest(work: Work, post: Post) -> datetime | None:
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    return None if o is None or o.starts_at is None else o.starts_at - LAST_MOMENT


SHORT: Ladder[Roster] = Ladder(
    "short",
    (
        Rung(timedelta(0), tell),
        Rung(timedelta(minutes=30), ask_people),
        Rung(timedelta(minutes=40), ask_people),
        Rung(timedelta(minutes=50), ask_group),
    ),
    too_few,
    latest=latest,
)


def seek_more(work: Work, o: Occurrence) -> bool:
    """Owe the moments at which it is looked whether enough have promised. Whether all of them are to come.

    Who posts something at short notice knows that they must look after it: it is not looked at, but on the eve.
    """
    times = sorted((r.due(begins(o), work.here.tz), r.name) for r in work.here.manners.under_filled)
    weekly = series_of(work.session, o) is not None
    coming = [(at, name) for at, name in times if at > work.now + (AT_LEAST if weekly else BY_ITSELF)]
    if weekly or len(coming) == len(times):
        for at, name in coming:
            SHORT.begin(work, at, occurrence_id=o.id, occasion=name)
    return bool(times) and len(coming) == len(times)
