"""Posting: from a draft to an open activity in the groups, and from one of a series to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import col, select

from core import drafts
from core.activities import AHEAD, CANCELLED, DISCARDED, DRAFT, OPEN, Occurrence, Series, Slot, next_number, slots_of
from core.deeds import watching
from core.deeds.inviting import invite, set_audience
from core.deeds.reminding import watch
from core.deeds.series import ahead, due, keep_pattern
from core.deeds.whole import deed
from core.drafts import Read
from core.ids import new_id
from core.kind import Arrangement, Wanted
from core.manners import wall
from core.members import groups
from core.posts import Asked, Post
from core.repeating import local, made, moment, series_of, starts
from core.safety import TOGETHER, asks_for_two
from core.work import Work


@dataclass(frozen=True, slots=True)
class Moments:
    """When something is, in UTC. `all_day`: a day was said and no hour; `daypart`: but a part of the day."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    report_at: datetime | None = None
    all_day: bool = False
    daypart: str = ""

    def onto(self, o: Occurrence) -> None:
        o.starts_at, o.ends_at, o.report_at = self.starts_at, self.ends_at, self.report_at
        o.all_day, o.daypart = self.all_day, self.daypart


def fresh(work: Work, kind: str) -> Occurrence:
    """A draft in which nothing stands yet, by who acts."""
    return Occurrence(community_id=work.here.id, id=new_id(work.now), kind=kind, made_by=work.by.member)


@deed
def lay_out(
    work: Work,
    o: Occurrence,
    kind: str,
    plan: Arrangement,
    moments: Moments,
    chats: Sequence[int],
    read: Read,
    audience: Sequence[int] = (),
) -> None:
    """Write into a draft's rows what was understood, in place of what they said before. `audience`: lists it is for."""
    o.kind, o.state = kind, DRAFT
    plan.onto(o)
    o.chats = list(chats)
    moments.onto(o)
    drafts.keep_in_place(work.session, o, read, work.now)
    work.session.add(o)
    for slot in slots_of(work.session, o):
        work.session.delete(slot)
    work.session.flush()
    add_slots(work, o, plan.slots)
    set_audience(work, o, audience, only=read.posting.only)


def add_slots(work: Work, o: Occurrence, wanted: Sequence[Wanted]) -> None:
    for position, each in enumerate(wanted):
        work.session.add(slot_row(o, each, position, work.now))
    work.session.flush()


def slot_row(o: Occurrence, wanted: Wanted, position: int, now: datetime) -> Slot:
    return Slot(
        community_id=o.community_id,
        id=new_id(now),
        occurrence_id=o.id,
        position=position,
        label=wanted.label,
        confided=wanted.confided,
        min=wanted.min,
        max=wanted.max,
        unit=wanted.unit,
        elder_id=wanted.elder,
    )


@deed
def publish(work: Work, o: Occurrence) -> None:
    """A draft becomes an open activity."""
    put_up(work, o)
    work.log("post", o)
    watching.put_up(work, o)


@deed
def discard(work: Work, o: Occurrence) -> None:
    """A draft is thrown away: nothing of it ever reached a group."""
    o.state = DISCARDED
    work.session.add(o)
    work.log("discard", o)


def put_up(work: Work, o: Occurrence, *, own: bool = False) -> None:
    """Make a draft an open activity, with a number, a series and a roster in every group it goes to.

    `own`: the bot posts it of its own accord, as the next of a series.
    """
    session, here = work.session, work.here
    o.number, o.state = next_number(session, here.id), OPEN
    if o.starts_at is not None and not o.original:
        o.original = local(o.starts_at, here)
    if not o.series_id:
        o.series_id = begin_series(work, o).id
    session.add(o)
    session.flush()
    if o.bidden:
        invite(work, o)
    room_for_two(work, o)
    threads = threads_of(work, o)
    for chat in groups(session, here.id):
        if not o.chats or chat.id in o.chats:
            body = Asked(thread=threads.get(chat.id, ""))
            work.owe("roster", chat_id=chat.id, occurrence_id=o.id, own=own, body=body)
    watch(work, o)
    follow_on(work, rest_of_week(work, o))


def rest_of_week(work: Work, first: Occurrence) -> Occurrence:
    """Where a week is to stand in one message, all that follow in it are up now, shown by the roster of the first.

    Returns the last of them.
    """
    row = series_of(work.session, first)
    if not work.here.manners.weekly_roster or row is None or not first.original:
        return first
    begins = moment(first.original, work.here)
    day = begins.astimezone(work.here.tz).date()
    until = wall(day + timedelta(days=7 - day.weekday()), time.min, work.here.tz) - timedelta(seconds=1)
    last = first
    for start in starts(work.session, work.here, row, begins, until):
        o = ahead(work, row, start)
        if o.state == AHEAD:
            first.shown_with = o.shown_with = first.id
            o.number, o.state = next_number(work.session, work.here.id), OPEN
            work.session.add(o)
            work.session.flush()
            if o.bidden:
                invite(work, o)
            room_for_two(work, o)
            watch(work, o)
            last = o
    return last


def room_for_two(work: Work, o: Occurrence) -> None:
    """Where two are needed to be safe, there is room for two."""
    slots = slots_of(work.session, o)
    for slot in slots:
        if slot.max == 1 and slot.id in asks_for_two(work.session, work.here, o, slots):
            slot.max = TOGETHER
            work.session.add(slot)
    work.session.flush()


def threads_of(work: Work, o: Occurrence) -> dict[int, str]:
    """The topic in which its roster stands, by group: where it was posted, or the one before stands."""
    chat, thread = drafts.read_of(work.session, o).thread
    if thread:
        return {chat: thread}
    same = select(Post).join(
        Occurrence, (col(Occurrence.community_id) == Post.community_id) & (col(Occurrence.id) == Post.occurrence_id)
    )
    before = same.where(
        Post.community_id == work.here.id, Post.kind == "roster", Post.chat_id != 0, Occurrence.series_id == o.series_id
    )
    return {post.chat_id: thread for post in work.session.exec(before).all() if (thread := Asked.of(post).thread)}


def begin_series(work: Work, o: Occurrence) -> Series:
    """The series of which this is the first: of one, where no rule was said."""
    posting = drafts.read_of(work.session, o).posting
    row = Series(community_id=work.here.id, id=new_id(work.now), kind=o.kind, rrule=posting.rrule)
    row.except_days = [day.isoformat() for day in posting.except_]
    row.first = "" if o.starts_at is None else o.starts_at.astimezone(work.here.tz).isoformat()
    work.session.add(row)
    work.session.flush()  # a row must be there before another refers to it
    if row.rrule is not None:
        o.series_id = row.id
        keep_pattern(work, o)
    return row


def follow_on(work: Work, o: Occurrence) -> None:
    """Owe the roster of the next of a series, at its time."""
    row = work.session.get_one(Series, (work.here.id, o.series_id))
    coming = next_start(work, row, o) if row.repeats else None
    if coming is None:
        return
    work.owe_at("next", due(work, o, coming), occurrence_id=o.id, occasion="next")


def next_start(work: Work, row: Series, o: Occurrence) -> datetime | None:
    """When the next of a series begins that was not called off."""
    if not o.original or o.starts_at is None:
        return None
    after = max(work.now, moment(o.original, work.here))
    for start in starts(work.session, work.here, row, after, after + FURTHEST):
        there = made(work.session, work.here, row, start)
        if there is None or there.state != CANCELLED:
            return start
    return None


FURTHEST = timedelta(days=800)
"""Two years, for what takes place once a year."""


def next_of(work: Work, o: Occurrence) -> None:
    """It is time for the next of a series: put it up, with those who have promised it already."""
    row = work.session.get_one(Series, (work.here.id, o.series_id))
    coming = next_start(work, row, o) if row.repeats else None
    if coming is None:
        return
    if due(work, o, coming) > work.now:
        follow_on(work, o)  # what was to be next was called off since
        return
    there = ahead(work, row, coming)
    if there.state == AHEAD:
        put_up(work, there, own=True)
