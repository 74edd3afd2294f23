"""Pictures of matters: kept with one, released to everybody, withheld again."""

from __future__ import annotations

from sqlmodel import col, select

from core import matters, posts
from core.deeds.matters import responsible, settle_cards, show
from core.deeds.whole import deed
from core.ids import new_id
from core.matter_pictures import LOOSE_FOR, MOST, MatterPicture, loose, pictures_of
from core.matters import JOINED, WAITING, Matter, MatterStep
from core.work import Work


@deed
def put(work: Work, row: Matter | None, name: str, *, step: int = 0, released: bool = False) -> MatterPicture | None:
    """Keep a picture with a matter, or with none yet. None where the matter has enough of them."""
    if row is not None and len(pictures_of(work.session, work.here.id, row.id)) >= MOST:
        return None
    found = MatterPicture(
        community_id=work.here.id,
        id=new_id(work.now),
        matter_id=0 if row is None else row.id,
        step_id=step,
        name=name,
        by_member=work.by.member,
        at=work.now,
        released=released and row is not None,
    )
    work.session.add(found)
    work.session.flush()
    work.log("matter_pictured", matter=found.matter_id)
    if row is not None:
        belongs(work, row, found)
    return found


def belongs(work: Work, row: Matter, found: MatterPicture) -> None:
    """What is not for everybody yet is shown to the coordinators; else the board says that there is a picture."""
    settle_cards(work, row)
    if found.released:
        show(work, row)
    elif row.number is not None:
        for id in sorted(work.coordinators) if row.state == WAITING else responsible(work, row):
            if id != found.by_member:
                show_to(work, id, found)


def tell(work: Work, row: Matter) -> None:
    """It has a number now: who is to see its pictures sees them."""
    for each in pictures_of(work.session, work.here.id, row.id):
        belongs(work, row, each)


def show_to(work: Work, member_id: int, found: MatterPicture, *, again: bool = False) -> None:
    """Owe somebody a look at it."""
    work.owe("matters.picture", member_id=member_id, occurrence_id=found.matter_id, occasion=str(found.id), again=again)


@deed
def gather(work: Work, row: Matter) -> int:
    """What its bringer sent without words a little before belongs to it; returns how many."""
    found = loose(work.session, work.here.id, work.by.member, work.now - LOOSE_FOR)
    room = MOST - len(pictures_of(work.session, work.here.id, row.id))
    for each in found[-room:] if room > 0 else ():
        each.matter_id = row.id
        work.session.add(each)
        work.session.flush()
        belongs(work, row, each)
    return min(len(found), max(room, 0))


@deed
def release(work: Work, row: Matter, *which: MatterPicture) -> None:
    """Everybody may see these, or all of them."""
    for each in which or pictures_of(work.session, work.here.id, row.id):
        each.released = True
        work.session.add(each)
        work.log("matter_picture_public", matter=row.id)
    work.session.flush()
    refresh(work, row)


@deed
def withhold(work: Work, row: Matter) -> None:
    """Nobody sees them any more but those who handle it."""
    for each in pictures_of(work.session, work.here.id, row.id):
        each.released = False
        work.session.add(each)
    work.session.flush()
    take_away(work, row)
    refresh(work, row)


def refresh(work: Work, row: Matter) -> None:
    posts.touch(work.session, posts.standing(work.session, work.here.id, row.id, "matters.picture"), work.now)
    show(work, row)


def take_away(work: Work, row: Matter) -> None:
    """Whoever may see them no more does not keep them on their screen: an edit would leave the picture there."""
    mine = {str(each.id): each.by_member for each in pictures_of(work.session, work.here.id, row.id)}
    for post in posts.standing(work.session, work.here.id, row.id, "matters.picture"):
        theirs = (*work.coordinators, row.given_to, mine.get(post.occasion, -1))
        if post.message is not None and (post.occasion not in mine or post.member_id not in theirs):
            posts.put_below(post)
            posts.touch(work.session, [post], work.now)


def moved(work: Work, row: Matter) -> None:
    """What is part of another now brings its pictures along; what only that one's people may see stays so."""
    into = matters.matter(work.session, work.here.id, row.joined_to)
    if row.state != JOINED or into is None:
        return
    for each in pictures_of(work.session, work.here.id, row.id):
        each.matter_id, each.released = into.id, each.released and into.public
        work.session.add(each)
    work.session.flush()


@deed
def discard(work: Work, row: Matter) -> None:
    """Its pictures are wanted no more: their files go with the next sweep."""
    for each in pictures_of(work.session, work.here.id, row.id):
        work.session.delete(each)
    work.session.flush()
    take_away(work, row)


def newest_step(work: Work, row: Matter) -> int:
    """The id of the step that was written last, 0 for none."""
    where = (MatterStep.community_id == work.here.id, MatterStep.matter_id == row.id)
    return work.session.exec(select(MatterStep.id).where(*where).order_by(col(MatterStep.id).desc())).first() or 0
