"""Minutes written down, with the pictures of the meeting, and on their way to who was not there."""

from __future__ import annotations

from collections.abc import Sequence

from core import posts
from core.activities import Occurrence
from core.claims import EXCUSED as STAYED_AWAY
from core.claims import NO_SHOW, Roster
from core.confided import Confided
from core.deeds.meetings import hears, of
from core.deeds.whole import deed
from core.ids import new_id
from core.manners import morning_after
from core.minutes import MOST, Minutes, MinutesPicture, minutes_of, picture, pictures_of
from core.posts import ANSWER, Post
from core.reminders import stamp
from core.work import Work


@deed
def write_down(work: Work, o: Occurrence, words: str) -> int:
    """One part more of the minutes; returns its id. Who was not there reads them at nine of the next day."""
    row = Minutes(
        community_id=work.here.id,
        id=new_id(work.now),
        occurrence_id=o.id,
        by_member=work.by.member,
        at=work.now,
        words=Confided(words),
    )
    work.session.add(row)
    work.session.flush()
    carry_next(work, o)
    work.log("minutes", o)
    return row.id


def carry_next(work: Work, o: Occurrence) -> None:
    """Owe the morning at which what is in the minutes now goes to who was not there."""
    due = morning_after(max(work.now, o.ends()), work.here.tz)
    work.owe("meeting.carry", due=due, occurrence_id=o.id, occasion=f"{stamp(o.starts_at)} {due:%Y%m%d}")


@deed
def strike_out(work: Work, ids: Sequence[int], picture_ids: Sequence[int] = ()) -> None:
    """These parts, and these pictures, are in the minutes no more; whoever has such a picture keeps it not."""
    for id in ids:
        row = work.session.get(Minutes, (work.here.id, id))
        if row is not None:
            work.session.delete(row)
    struck = [each for id in picture_ids if (each := picture(work.session, work.here.id, id)) is not None]
    for each in struck:
        work.session.delete(each)
    work.session.flush()
    for occurrence_id in {each.occurrence_id for each in struck}:
        take_away(work, occurrence_id)
    work.log("minutes_struck")


def not_there(on: Roster) -> list[int]:
    """Who is invited and was not there, as far as anybody said; who promised to come and of whom nothing was said
    may have been there.
    """
    stayed = [claim.member_id for claim in on.taking() if claim.happened in (NO_SHOW, STAYED_AWAY)]
    return list(dict.fromkeys((*on.excused(), *on.unheard(), *(id for id in stayed if id in on.invited))))


def carry(work: Work, post: Post) -> None:
    """Next morning: who was not there gets the minutes; for whom nobody can be written to a round may be made."""
    on = of(work, post)
    if on is None or not on.occurrence.made_by:
        return
    away = not_there(on)
    if not away:
        return
    written = minutes_of(work.session, work.here.id, on.occurrence.id)
    pictured = pictures_of(work.session, work.here.id, on.occurrence.id)
    for id in away if written or pictured else ():
        if hears(work, id):
            bring(work, on.occurrence, id, pictured[:1], written=bool(written))
    day = f"{work.now.astimezone(work.here.tz):%Y%m%d}"  # once a morning, whatever it is about
    work.owe("meeting.carried", member_id=on.occurrence.made_by, occurrence_id=on.occurrence.id, occasion=day)


def bring(work: Work, o: Occurrence, member_id: int, first: Sequence[MinutesPicture], *, written: bool) -> None:
    """Somebody reads the minutes, and sees the first picture: the others come when they ask for them."""
    if written:
        work.owe("meeting.minutes", member_id=member_id, occurrence_id=o.id, occasion="minutes")
    for each in first:
        show_to(work, member_id, each)


# ------------------------------------------------------------ pictures


@deed
def put_picture(work: Work, o: Occurrence, name: str) -> int:
    """Keep a picture with the minutes; returns its id, 0 where they have enough of them."""
    before = pictures_of(work.session, work.here.id, o.id)
    same = next((each.id for each in before if each.name == name), 0)
    if same or len(before) >= MOST:
        return same
    row = MinutesPicture(
        community_id=work.here.id,
        id=new_id(work.now),
        occurrence_id=o.id,
        name=name,
        by_member=work.by.member,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    carry_next(work, o)
    work.log("minutes_pictured", o)
    return row.id


@deed
def release(work: Work, o: Occurrence, *, released: bool) -> int:
    """The pictures of a meeting may stand where everybody reads, or no more; returns how many there are."""
    found = pictures_of(work.session, work.here.id, o.id)
    for row in found:
        row.released = released
        work.session.add(row)
    work.session.flush()
    posts.touch(work.session, posts.standing(work.session, work.here.id, o.id, "meeting.kept"), work.now)
    if found:
        work.log("minutes_released" if released else "minutes_withheld", o)
    return len(found)


def show_to(work: Work, member_id: int, row: MinutesPicture, *, asked: bool = False) -> Post:
    """Owe somebody a look at it; below everything else where they asked for it."""
    return work.owe(
        "meeting.picture",
        urgency=ANSWER if asked else None,
        member_id=member_id,
        occurrence_id=row.occurrence_id,
        occasion=str(row.id),
        again=asked,
    )


def take_away(work: Work, occurrence_id: int) -> None:
    """What is a picture of the meeting no more stands on nobody's screen: an edit would leave it there."""
    kept = {str(each.id) for each in pictures_of(work.session, work.here.id, occurrence_id)}
    for post in posts.standing(work.session, work.here.id, occurrence_id, "meeting.picture"):
        if post.occasion not in kept:
            if post.message is not None:
                posts.put_below(post)
            posts.touch(work.session, [post], work.now)
