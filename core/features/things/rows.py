"""Things of an activity: how many are wanted, who brings some, who has some, and what was given back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, bindparam, exists, or_
from sqlmodel import Session, SQLModel, col, delete, select

from core import columns
from core.activities import Occurrence
from core.claims import roster_of
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.ids import new_id
from core.kind import squeeze
from core.manners import NINE, wall
from core.plain import among
from core.speaking import begins, none_of
from core.way import Rows, Statement
from core.work import Work

LATER = timedelta(hours=1)
"""So long after who has something is asked, the coordinator is told what is still out."""


class Thing(SQLModel, table=True):
    """A sort of thing of one activity: 红袖章. `wanted`: how many; 0: as many as come."""

    __table_args__ = (Index("ix_thing_occurrence", "community_id", "occurrence_id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    occurrence_id: int = columns.ref(0)
    name: str
    wanted: int = 0


class ThingHeld(SQLModel, table=True):
    """How many of a thing somebody promised to bring, took, and gave back."""

    __table_args__ = (Index("ix_thingheld_member", "community_id", "member_id"),)

    community_id: int = columns.key()
    thing_id: int = columns.key()
    member_id: int = columns.key()
    promised: int = 0
    taken: int = 0
    returned: int = 0

    @property
    def out(self) -> int:
        """How many they still have."""
        return max(0, self.taken - self.returned)


KEEPS = or_(
    *(exists().where(col(table.community_id) == bindparam("community")) for table in (Thing, ThingHeld)),
)
OF_THESE = exists().where(col(Thing.community_id) == bindparam("community"), among(Thing.occurrence_id, "occurrences"))
OF_THEIRS = exists().where(
    col(ThingHeld.community_id) == bindparam("community"), col(ThingHeld.member_id) == bindparam("member")
)
ANY = Statement(select(or_(OF_THESE, OF_THEIRS)))


def any_things(session: Session, community_id: int, occurrences: Collection[int], member_id: int) -> bool:
    """Whether these activities have things, or this member ever had to do with any: else nothing said is about them."""
    if none_of(session, community_id, "things"):
        return False
    where = {"community": community_id, "occurrences": occurrences, "member": member_id}
    return bool(ANY.rows(session, where)[0][0])


THINGS = Rows(
    Thing,
    Thing.community_id == bindparam("community"),
    Thing.occurrence_id == bindparam("occurrence"),
    order=(col(Thing.id),),
)


def things_of(session: Session, community_id: int, occurrence_id: int) -> Sequence[Thing]:
    """The things of an activity, in the order in which they were said."""
    return THINGS.all(session, community=community_id, occurrence=occurrence_id)


def held(session: Session, community_id: int, *things: int) -> Sequence[ThingHeld]:
    where = (ThingHeld.community_id == community_id, col(ThingHeld.thing_id).in_(things))
    return session.exec(select(ThingHeld).where(*where).order_by(col(ThingHeld.member_id))).all()


def of_member(session: Session, thing: Thing, member_id: int) -> ThingHeld:
    """What somebody has to do with a thing: a row of nothing where that is nothing yet."""
    row = session.get(ThingHeld, (thing.community_id, thing.id, member_id))
    return row or ThingHeld(community_id=thing.community_id, thing_id=thing.id, member_id=member_id)


def occurrences_with(session: Session, community_id: int, member_id: int) -> set[int]:
    """The activities of which somebody still has something."""
    rows = session.exec(
        select(Thing.occurrence_id, ThingHeld)
        .join(
            ThingHeld,
            (col(ThingHeld.community_id) == Thing.community_id) & (col(ThingHeld.thing_id) == Thing.id),
        )
        .where(Thing.community_id == community_id, ThingHeld.member_id == member_id)
    ).all()
    return {occurrence for occurrence, row in rows if row.out}


def occurrences_out(session: Session, community_id: int) -> set[int]:
    """The activities of which anybody still has something."""
    rows = session.exec(
        select(Thing.occurrence_id)
        .join(
            ThingHeld,
            (col(ThingHeld.community_id) == Thing.community_id) & (col(ThingHeld.thing_id) == Thing.id),
        )
        .where(Thing.community_id == community_id, col(ThingHeld.taken) > col(ThingHeld.returned))
    ).all()
    return set(rows)


def any_ever(session: Session, community_id: int) -> bool:
    """Whether anything was ever wanted here."""
    return not none_of(session, community_id, "things")


def forget(session: Session, community_id: int, member_id: int) -> None:
    theirs = (col(ThingHeld.community_id) == community_id, col(ThingHeld.member_id) == member_id)
    session.execute(delete(ThingHeld).where(*theirs))


# ------------------------------------------------------------ deeds


@deed
def want(work: Work, o: Occurrence, wanted: Sequence[tuple[str, int]]) -> list[Thing]:
    """So many of each are wanted; said again it is the new number, -1: not any more, unless somebody has some."""
    there = {squeeze(each.name): each for each in things_of(work.session, work.here.id, o.id)}
    out = []
    for name, n in wanted:
        row = there.get(squeeze(name))
        if n < 0:
            if row is not None and not any(each.out for each in held(work.session, work.here.id, row.id)):
                for each in held(work.session, work.here.id, row.id):
                    work.session.delete(each)
                work.session.delete(row)
            continue
        if row is None:
            begins(work.session, work.here.id, "things")
            row = Thing(community_id=work.here.id, id=new_id(work.now), occurrence_id=o.id, name=name)
        row.wanted = n
        work.session.add(row)
        out.append(row)
    work.session.flush()
    work.log("things", o)
    look_after(work, o)
    changed(work, roster_of(work.session, o), ())
    return out


def again(work: Work, o: Occurrence, last: Occurrence) -> None:
    """The same things are wanted as last time."""
    wanted = [(each.name, each.wanted) for each in things_of(work.session, work.here.id, last.id)]
    if wanted:
        want(work, o, wanted)


@deed
def move(work: Work, thing: Thing, member_id: int, *, promised: int, taken: int, returned: int) -> None:
    """What somebody promised of a thing, has, and gave back is this many from now on."""
    row = of_member(work.session, thing, member_id)
    row.promised, row.taken, row.returned = max(0, promised), max(0, taken), max(0, returned)
    work.session.add(row)
    work.session.flush()
    o = work.session.get_one(Occurrence, (work.here.id, thing.occurrence_id))
    work.log("thing", o, member=member_id)
    look_after(work, o)
    changed(work, roster_of(work.session, o), ())


# ------------------------------------------------------------ the day after


def morning_after(work: Work, o: Occurrence) -> datetime | None:
    """Nine o'clock of the day after it, as it is now."""
    if o.starts_at is None:
        return None
    last = (o.ends() - timedelta(seconds=1)).astimezone(work.here.tz).date()
    return wall(last + timedelta(days=1), NINE, work.here.tz)


def look_after(work: Work, o: Occurrence) -> None:
    """Owe the morning on which it is looked what is still out."""
    at = morning_after(work, o)
    if at is not None and at > work.now:
        work.owe_at("things.look", at, occurrence_id=o.id, occasion="look")
