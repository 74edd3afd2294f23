"""Meetings: who cannot come and why, who is asked once more, and whom to call."""

from __future__ import annotations

from datetime import timedelta

from core import rules
from core.activities import CANCELLED, Occurrence
from core.away import away_on
from core.claims import Roster, roster_of, take_back
from core.confided import Confided
from core.deeds.inviting import answered
from core.deeds.outcome import ClaimsBefore, Outcome
from core.deeds.passing import coordinators_of, reachable
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.invited import EXCUSED, Invited
from core.manners import NINE, morning_after, wall
from core.members import member
from core.news import Calls, Whose
from core.posts import Post
from core.reminders import occasion, reminders_of, stamp
from core.rules import Refusal
from core.work import Work

REPORTED = timedelta(minutes=30)
"""So long after the end its numbers are told."""

# ------------------------------------------------------------ who cannot come


def may_excuse(work: Work, on: Roster, member_id: int) -> Refusal | None:
    """Somebody excuses themselves, or who speaks for them does, or a coordinator."""
    who = member(work.session, work.here.id, member_id)
    speaks = work.coordinates or work.by.member in (member_id, who.proxy_id)
    invited = member_id in on.invited or on.of(member_id)
    return rules.first(
        [
            None if speaks else Refusal("not_yours"),
            rules.stands(on),
            rules.not_over(on, work.now),
            None if invited else Refusal("not_invited"),
        ]
    )


@deed
def excuse(work: Work, on: Roster, member_id: int) -> Outcome | Refusal:
    """They cannot come: what they promised is taken back, and it is known that they are not only silent."""
    if (refusal := may_excuse(work, on, member_id)) is not None:
        return refusal
    theirs = on.of(member_id)
    before = ClaimsBefore.of(theirs)
    take_back(work.session, on, theirs)
    answered(work, on, member_id, EXCUSED)
    work.session.flush()
    work.log("excuse", on.occurrence, member=member_id)
    changed(work, on, {member_id})
    return before.outcome("excuse", on.occurrence.id, theirs)


@deed
def give_reason(work: Work, o: Occurrence, member_id: int, words: str) -> None:
    """Why they cannot come: sealed, and told to the coordinators only."""
    row = work.session.get(Invited, (work.here.id, o.id, member_id))
    if row is None:
        return
    row.reason = Confided(words)
    work.session.add(row)
    for id in coordinators_of(work):
        body = Whose(whose=member_id)
        work.owe("meeting.reason", member_id=id, occurrence_id=o.id, occasion=work.once(), body=body, fresh=True)
    work.log("reason", o, member=member_id)


# ------------------------------------------------------------ its times


def watch_meeting(work: Work, o: Occurrence) -> None:
    """Owe what comes by itself: who is silent is asked, and rung up; then its numbers, and the way of its minutes."""
    if o.starts_at is None:
        return
    day = o.starts_at.astimezone(work.here.tz).date()
    asked = wall(day - timedelta(days=2), NINE, work.here.tz)
    eve = next((reminder for reminder in reminders_of(work.here, o) if reminder.days), None)
    rung = None if eve is None else eve.due(o.starts_at, work.here.tz)
    when = stamp(o.starts_at)
    if asked > work.now:
        work.owe("meeting.look", due=asked, occurrence_id=o.id, occasion=when, expires=o.starts_at)
    if rung is not None and rung > work.now:
        work.owe("meeting.ring", due=rung, occurrence_id=o.id, occasion=when, expires=o.starts_at)
    if o.made_by:
        work.owe("meeting.report", due=o.ends() + REPORTED, member_id=o.made_by, occurrence_id=o.id, occasion=when)
    work.owe("meeting.carry", due=morning_after(o.ends(), work.here.tz), occurrence_id=o.id, occasion=when)


def of(work: Work, post: Post) -> Roster | None:
    """The meeting that a post is of, while it stands, and at the hour for which the post was owed."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is None or o.state == CANCELLED or o.starts_at is None or not post.occasion.startswith(stamp(o.starts_at)):
        return None
    return roster_of(work.session, o)


def hears(work: Work, member_id: int) -> bool:
    """Whether somebody can be told privately, or who speaks for them."""
    who = member(work.session, work.here.id, member_id)
    return reachable(work, who.id) or (who.proxy_id is not None and reachable(work, who.proxy_id))


def look(work: Work, post: Post) -> None:
    """Two days before: who has said nothing is asked once more, privately."""
    on = of(work, post)
    if on is None:
        return
    gone = away_on(work.session, work.here, work.now, on.occurrence.starts_at)
    for id in on.unheard():
        if id not in gone and hears(work, id):
            work.owe(
                "meeting.ask",
                member_id=id,
                occurrence_id=on.occurrence.id,
                occasion=post.occasion,
                expires=on.occurrence.starts_at,
            )


def ring(work: Work, post: Post) -> None:
    """On the eve: who has said nothing and nobody can write to is on the list of people to call."""
    on = of(work, post)
    if on is None or not on.occurrence.made_by:
        return
    eve = next((reminder for reminder in reminders_of(work.here, on.occurrence) if reminder.days), None)
    if eve is None or all(hears(work, id) for id in on.unheard()):
        return
    call = work.owe(
        "call",
        member_id=on.occurrence.made_by,
        occurrence_id=on.occurrence.id,
        occasion=occasion(eve, on.occurrence),
        expires=on.occurrence.starts_at,
    )
    if not call.body and call.message is None:
        call.body = Calls(asks=True).stored()
        work.session.add(call)
