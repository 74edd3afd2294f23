"""Reminding: which posts remind whom of what is to come, and when they fall due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from core import posts
from core.activities import Occurrence
from core.claims import TAKING, roster_of
from core.confiding import fade
from core.deeds.looking_after import look_after
from core.deeds.meetings import watch_meeting
from core.deeds.round_times import schedule_round, watch_round
from core.deeds.underfilled import seek_more
from core.manners import Reminder
from core.members import groups
from core.posts import Body, Post
from core.reminders import expiry, occasion, reminders_of, stamp, unsaid
from core.visiting import Visiting
from core.work import Work

EVENING = time(19)


def schedule(work: Work, occurrence: Occurrence, people: Collection[int]) -> None:
    """Owe these members the reminders of an occurrence that are still to come.

    What is due is derived from the start as it is now; whether it is said at all is decided when it is due, from the
    claims as they are then. Nothing needs to be cancelled.
    """
    if occurrence.starts_at is None:
        return
    if work.kind(occurrence).rounds(occurrence):
        schedule_round(work, occurrence, people)
        return
    early, later = occurrence.report_at or occurrence.starts_at, to_the_start(work, occurrence, people)
    reminded = posts.members_owed(work.session, work.here.id, occurrence.id, "remind") if len(people) > 1 else people
    for reminder in reminders_of(work.here, occurrence):
        if unsaid(reminder, occurrence):
            continue
        for member_id in people:
            due = reminder.due(occurrence.starts_at if member_id in later else early, work.here.tz)
            if due <= work.now:
                continue
            work.owe(
                "remind",
                member_id=member_id,
                occurrence_id=occurrence.id,
                occasion=occasion(reminder, occurrence),
                due=due,
                expires=expiry(reminder, occurrence, work.here),
                fresh=member_id not in reminded,
            )


def to_the_start(work: Work, occurrence: Occurrence, people: Collection[int]) -> frozenset[int]:
    """Those of these members who need not be there before it begins, though others are."""
    if occurrence.report_at is None or not work.kind(occurrence).apart:
        return frozenset()
    on, kind = roster_of(work.session, occurrence), work.kind(occurrence)
    return frozenset(id for id in people if not kind.comes_early(on, on.of(id)))


def lines(work: Work, occurrence: Occurrence, reminder: Reminder) -> None:
    """Owe each group the one line for those whom this reminder cannot reach privately.

    One line per chat and moment, whatever it is about. A line that would fall into the quiet time is said before it.
    Nobody to name when it is due: nothing is said.
    """
    assert occurrence.starts_at is not None  # noqa: S101 - only scheduled ones have reminders
    due = reminder.due(occurrence.report_at or occurrence.starts_at, work.here.tz)
    if by_day(work, due) <= work.now or said_before(work, occurrence, due):
        return
    for chat in groups(work.session, work.here.id):
        if occurrence.chats and chat.id not in occurrence.chats:
            continue
        gather(work, chat.id, occurrence, due=due, expires=occurrence.starts_at)


def said_before(work: Work, occurrence: Occurrence, due: datetime) -> bool:
    """Whether a line that is moved before the night would say the same evening what another says: once is enough."""
    early = by_day(work, due)
    begins = occurrence.report_at or occurrence.starts_at
    if early == due or begins is None:
        return False
    others = (reminder.due(begins, work.here.tz) for reminder in reminders_of(work.here, occurrence))
    return any(max(work.now, early - SAME_EVENING) < other < early for other in others)


SAME_EVENING = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Lines(Body):
    """The activities that a group's line for a moment is about."""

    about: tuple[tuple[int, str], ...] = ()  # each with for_start(); older ones have a reminder's name, or nothing

    def holds(self, occurrence: Occurrence) -> bool:
        """Whether this moment still belongs to the start: a duty that moved is not called out at its old hour."""
        said = dict(self.about).get(occurrence.id, "")
        return not said.startswith("@") or said == for_start(occurrence)


def for_start(occurrence: Occurrence) -> str:
    return f"@{stamp(occurrence.starts_at)}"


def gather(work: Work, chat_id: int, occurrence: Occurrence, *, due: datetime, expires: datetime | None) -> Post:
    """The one line of a group for the reminders of this moment, with one activity more that it is about."""
    due = by_day(work, due)
    post = work.owe(
        "lines",
        chat_id=chat_id,
        occasion=stamp(due),
        due=due,
        expires=expires,
        own=True,
    )
    body = Lines.of(post)
    about = {**dict(body.about), occurrence.id: for_start(occurrence)}
    if tuple(about.items()) != body.about:
        post.body = replace(body, about=tuple(about.items())).stored()
        work.session.add(post)
    return post


def by_day(work: Work, due: datetime) -> datetime:
    """A moment at which a group may be spoken to: this, or before the quiet time that it is in."""
    quiet = work.here.manners.quiet
    return due if quiet is None else quiet.before(due, work.here.tz)


def reschedule(work: Work, occurrence: Occurrence) -> None:
    """The start moved: owe everybody who holds a place the reminders of the new one."""
    held = (c.member_id for c in roster_of(work.session, occurrence).claims if c.promised in TAKING)
    schedule(work, occurrence, list(dict.fromkeys(held)))
    watch(work, occurrence)


def watch(work: Work, occurrence: Occurrence) -> None:
    """Owe the groups their lines, the coordinator who posted it a word on the day before if nobody promised, and, where
    something is confided, the moment at which it goes from all screens.
    """
    if occurrence.starts_at is None:
        return
    if work.kind(occurrence).keeps(occurrence):
        fade(work.session, occurrence, work.now, work.here.settings(Visiting).lasts)
    if work.kind(occurrence).rounds(occurrence):
        watch_round(work, occurrence)
    if work.kind(occurrence).attends:
        watch_meeting(work, occurrence)
    if work.kind(occurrence).asks_thing(roster_of(work.session, occurrence)):
        work.owe_at("over", occurrence.ends(), occurrence_id=occurrence.id, occasion="over")
    for reminder in reminders_of(work.here, occurrence):
        lines(work, occurrence, reminder)
    look_after(work, occurrence)
    if seek_more(work, occurrence):
        return
    eve = next((r for r in reminders_of(work.here, occurrence) if r.days), Reminder("eve", days=1, at=EVENING))
    due = eve.due(occurrence.starts_at, work.here.tz)
    if due <= work.now:
        due = work.now + timedelta(hours=1)  # posted on the eve itself: give people an hour
        if due >= occurrence.starts_at:
            return
    work.owe(
        "empty",
        member_id=occurrence.made_by,
        occurrence_id=occurrence.id,
        occasion=stamp(occurrence.starts_at),
        due=due,
        expires=occurrence.starts_at,
    )
