"""Lists of people: a branch, a team. Who is on one, by its name; names on it are never said in a group."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Session, SQLModel, col, delete, select

from core import columns
from core.invited import EVERYBODY
from core.members import Member, members
from core.said.audiences import key


class PeopleList(SQLModel, table=True):
    """A list of people that a coordinator keeps, by a name of its own: 第一支部."""

    __table_args__ = (UniqueConstraint("community_id", "name"),)

    community_id: int = columns.key()
    id: int = columns.key()
    name: str
    at: datetime = columns.moment()  # when it was last said


class Listed(SQLModel, table=True):
    """That somebody is on a list."""

    community_id: int = columns.key()
    list_id: int = columns.key()
    member_id: int = columns.key()
    position: int = 0


def lists(session: Session, community_id: int) -> Sequence[PeopleList]:
    """All lists, the oldest first."""
    return session.exec(
        select(PeopleList).where(PeopleList.community_id == community_id).order_by(col(PeopleList.id))
    ).all()


def list_by_id(session: Session, community_id: int, id: int) -> PeopleList | None:
    return session.get(PeopleList, (community_id, id)) if id else None


def list_called(session: Session, community_id: int, name: str) -> PeopleList | None:
    """The list of this name, however it is spelt: 第一支部, 第1支部, 一支部."""
    wanted = key(name)
    return next((row for row in lists(session, community_id) if key(row.name) == wanted), None)


def people_on(session: Session, community_id: int, *list_ids: int) -> list[int]:
    """Who is on any of these lists, each person once, in the order of the lists; who is forgotten is on none."""
    rows = session.exec(
        select(Listed)
        .where(Listed.community_id == community_id, col(Listed.list_id).in_(list_ids))
        .order_by(col(Listed.list_id), col(Listed.position))
    ).all()
    return persons(session, community_id, [row.member_id for row in rows])


def everybody(session: Session, community_id: int) -> list[int]:
    """全体: who is on any list; where nobody keeps lists, all whom the community knows."""
    kept = lists(session, community_id)
    if kept:
        return people_on(session, community_id, *(row.id for row in kept))
    return [each.id for each in members(session, community_id) if not each.unit]


def meant_by(session: Session, community_id: int, list_ids: Collection[int]) -> list[int]:
    """Who is meant by these lists, EVERYBODY among them perhaps; each person once."""
    if EVERYBODY in list_ids:
        return everybody(session, community_id)
    return people_on(session, community_id, *list_ids)


def persons(session: Session, community_id: int, ids: Sequence[int]) -> list[int]:
    """Members by id, each person once: who was found to be the same as another is that other."""
    rows = {row.id: row for row in session.exec(select(Member).where(Member.community_id == community_id)).all()}

    def person(id: int) -> int:
        row = rows[id]
        while row.merged_into is not None:
            row = rows[row.merged_into]
        return row.id

    return list(dict.fromkeys(person(id) for id in ids if id in rows))


def forget(session: Session, community_id: int, member_id: int) -> None:
    """Somebody is to be known no more: they are on no list."""
    theirs = (col(Listed.community_id) == community_id, col(Listed.member_id) == member_id)
    session.execute(delete(Listed).where(*theirs))
