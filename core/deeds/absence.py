"""Being away: from when to when, what pauses meanwhile, and coming back."""

from __future__ import annotations

from datetime import date, time, timedelta

from core.activities import Occurrence, Series
from core.away import Away, away_on, day_after, of_member
from core.claims import WAITLISTED, promised_ahead, roster_of
from core.deeds.outcome import Outcome
from core.deeds.regulars import seat
from core.deeds.whole import deed
from core.deeds.withdrawing import fill, withdraw
from core.ids import new_id
from core.manners import wall
from core.members import member
from core.posts import Post
from core.regulars import Regular, day_of
from core.regulars import of_member as regular_of_member
from core.repeating import later
from core.rules import Refusal
from core.work import Work


@deed
def go_away(work: Work, member_id: int, first: date, last: date | None) -> tuple[Away, list[Outcome]] | Refusal:
    """They are away in this time. What they come to every week pauses; what else they promised stays promised."""
    if not may_say(work, member_id):
        return Refusal("not_yours")
    today = work.now.astimezone(work.here.tz).date()
    for row in of_member(work.session, work.here.id, member_id, today):
        if overlap(row, first, last):  # said anew: the newest word counts
            row.over = True
            work.session.add(row)
    row = Away(
        community_id=work.here.id,
        id=new_id(work.now),
        member_id=member_id,
        first=first.isoformat(),
        last=last.isoformat() if last else "",
        said_at=work.now,
        network=work.by.account[0],
        account=work.by.account[1],
    )
    work.session.add(row)
    work.session.flush()
    work.log("away", member=member_id)
    until_back(work, row)
    return row, pause(work, row)


def overlap(row: Away, first: date, last: date | None) -> bool:
    """Whether two times of one person touch: 12月1日到20日, and then 到25日."""
    begins, ends = row.begins, row.ends
    return (last is None or begins <= last + timedelta(days=1)) and (ends is None or first <= ends + timedelta(days=1))


def may_say(work: Work, member_id: int) -> bool:
    """Whose word it is that somebody is away: theirs, of whoever speaks for them, or a coordinator's."""
    who = member(work.session, work.here.id, member_id)
    return work.by.member in (who.id, who.proxy_id) or work.coordinates


def until_back(work: Work, row: Away) -> None:
    """On the morning after, what they wait for is offered to them again."""
    if row.last:
        due = wall(day_after(row), time(8), work.here.tz)
        work.owe("away_over", member_id=row.member_id, occasion=str(row.id), due=due)


def pause(work: Work, row: Away) -> list[Outcome]:
    """Give back what they would come to because they come every week."""
    done = []
    for mine in regular_of_member(work.session, work.here.id, row.member_id):
        series = work.session.get_one(Series, (work.here.id, mine.series_id))
        for o in later(work.session, series, work.now):
            if within(work, row, o) and mine.comes(day_of(o, work.here)):
                on = roster_of(work.session, o, lock=True)
                if theirs := [c for c in on.of(row.member_id) if c.made_at >= mine.since]:
                    done.append(withdraw(work, on, theirs))
    return done


def within(work: Work, row: Away, o: Occurrence) -> bool:
    return o.starts_at is not None and row.covers(o.starts_at.astimezone(work.here.tz).date())


@deed
def come_back(work: Work, row: Away) -> list[Outcome] | Refusal:
    """They are back, or stay after all: what paused goes on, and what they wait for may be offered to them."""
    if not may_say(work, row.member_id):
        return Refusal("not_yours")
    row.over = True
    work.session.add(row)
    work.session.flush()
    work.log("back", member=row.member_id)
    done = []
    for mine in regular_of_member(work.session, work.here.id, row.member_id):
        done += seats(work, mine)
    offer_again(work, row.member_id)
    return done


def seats(work: Work, mine: Regular) -> list[Outcome]:
    """Where they come every week and are on no roster yet."""
    series = work.session.get_one(Series, (work.here.id, mine.series_id))
    if not series.repeats:
        return []
    return [came for o in later(work.session, series, work.now) if (came := seat(work, o, mine)) is not None]


def over(work: Work, post: Post) -> None:
    """The time is over by the calendar."""
    row = work.session.get(Away, (work.here.id, int(post.occasion)))
    if row is not None and not row.over:
        offer_again(work, member(work.session, work.here.id, row.member_id).id)


def offer_again(work: Work, member_id: int) -> None:
    """Places that are free while this member waits for them."""
    gone = away_on(work.session, work.here, work.now)
    if member_id in gone:
        return
    for o, _ in promised_ahead(work.session, work.here.id, member_id, work.now, (WAITLISTED,)):
        fill(work, roster_of(work.session, o, lock=True))
