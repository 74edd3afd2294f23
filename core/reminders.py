"""Reminders: which posts remind whom of what, and when they fall due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from sqlmodel import Session

from core import posts
from core.activities import Occurrence
from core.claims import TAKING, sheet
from core.confiding import fade
from core.house import House
from core.manners import Reminder, wall
from core.members import Community, groups


def occasion(reminder: Reminder, occurrence: Occurrence) -> str:
    """What tells this reminder from another: its name and the start it reminds of, so that a moved one reminds anew."""
    return f"{reminder.name}@{stamp(occurrence.starts_at)}"


@lru_cache(256)
def stamp(moment: datetime | None) -> str:
    """A moment as it stands in an occasion: in UTC, whatever zone it was said in."""
    return "" if moment is None else f"{moment.astimezone(UTC):%Y%m%dT%H%M}"


def reminders_of(house: House, occurrence: Occurrence) -> tuple[Reminder, ...]:
    return tuple(house.manners.reminders.get(house.features[occurrence.kind].name, ()))


def schedule(
    session: Session, community: Community, house: House, occurrence: Occurrence, member_id: int, now: datetime
) -> None:
    """Owe a member the reminders of an occurrence that are still to come.

    What is due is derived from the start as it is now; whether it is said at all is decided when it is due, from the
    claims as they are then. Nothing needs to be cancelled.
    """
    if occurrence.starts_at is None:
        return
    begins = occurrence.report_at or occurrence.starts_at
    for reminder in reminders_of(house, occurrence):
        if occurrence.all_day and reminder.before is not None:
            continue  # an hour before midnight helps nobody
        due = reminder.due(begins, community.tz)
        if due <= now:
            continue
        posts.want(
            session,
            community.id,
            now,
            "remind",
            urgency=posts.REMINDER,
            member_id=member_id,
            occurrence_id=occurrence.id,
            occasion=occasion(reminder, occurrence),
            due=due,
            expires=expiry(reminder, occurrence, community),
            body={"reminder": reminder.name},
        )


def expiry(reminder: Reminder, occurrence: Occurrence, community: Community) -> datetime:
    """After this a reminder is not sent: 明天 must not be said on the day itself, nor anything after the start."""
    starts = occurrence.starts_at
    assert starts is not None  # noqa: S101 - only scheduled ones have reminders
    if reminder.days is None or reminder.days == 0:
        return starts
    return min(starts, wall(starts.astimezone(community.tz).date(), datetime.min.time(), community.tz))


def lines(
    session: Session, community: Community, house: House, occurrence: Occurrence, reminder: Reminder, now: datetime
) -> None:
    """Owe each group the one line for those whom this reminder cannot reach privately.

    One line per chat and moment, whatever it is about. A line that would fall into the quiet time is said before it.
    Nobody to name when it is due: nothing is said.
    """
    assert occurrence.starts_at is not None  # noqa: S101 - only scheduled ones have reminders
    due = reminder.due(occurrence.report_at or occurrence.starts_at, community.tz)
    if house.manners.quiet is not None:
        due = house.manners.quiet.before(due, community.tz)
    if due <= now:
        return
    for chat in groups(session, community.id):
        if occurrence.chats and chat.id not in occurrence.chats:
            continue
        post = posts.want(
            session,
            community.id,
            now,
            "lines",
            urgency=posts.REMINDER,
            chat_id=chat.id,
            occasion=stamp(due),
            due=due,
            expires=occurrence.starts_at,
            own=True,
        )
        about = [occurrence.id, reminder.name]
        if about not in post.body.get("about", []):
            post.body = {**post.body, "about": [*post.body.get("about", []), about]}
            session.add(post)


def reschedule(session: Session, community: Community, house: House, occurrence: Occurrence, now: datetime) -> None:
    """The start moved: owe everybody who holds a place the reminders of the new one."""
    holders: Iterable[int] = dict.fromkeys(
        c.member_id for c in sheet(session, occurrence).claims if c.promised in TAKING
    )
    for member_id in holders:
        schedule(session, community, house, occurrence, member_id, now)
    watch(session, community, house, occurrence, now)


def watch(session: Session, community: Community, house: House, occurrence: Occurrence, now: datetime) -> None:
    """Owe the groups their lines, the coordinator who posted it a word on the day before if nobody promised, and, where
    something is confided, the moment at which it goes from all screens.
    """
    if occurrence.starts_at is None:
        return
    if house.features[occurrence.kind].confides:
        fade(session, occurrence, now)
    for reminder in reminders_of(house, occurrence):
        lines(session, community, house, occurrence, reminder, now)
    eve = next((r for r in reminders_of(house, occurrence) if r.days), Reminder("eve", days=1, at=EVENING))
    due = eve.due(occurrence.starts_at, community.tz)
    if due <= now:
        due = now + timedelta(hours=1)  # posted on the eve itself: give people an hour
        if due >= occurrence.starts_at:
            return
    posts.want(
        session,
        community.id,
        now,
        "empty",
        urgency=posts.NOTICE,
        member_id=occurrence.made_by,
        occurrence_id=occurrence.id,
        occasion=stamp(occurrence.starts_at),
        due=due,
        expires=occurrence.starts_at,
    )


EVENING = time(19)
