"""Balconies as places that outlive an activity: how each stands, what grows there, who looks after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Index
from sqlmodel import AutoString, Field, Session, SQLModel, col, select, update

from core import columns, posts
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import roster_of
from core.deeds.whole import deed
from core.features.balcony.settings import Care
from core.features.balcony.told import Of
from core.ids import new_id
from core.kind import squeeze
from core.manners import NINE, wall
from core.members import member
from core.work import Work

State = Literal["empty", "to_plant", "planted", "thriving", "care", "dead"]
EMPTY: Final = "empty"
PLANTED: Final = "planted"
STATES: tuple[State, ...] = ("empty", "to_plant", "planted", "thriving", "care", "dead")
GROWING: tuple[State, ...] = ("planted", "thriving", "care")
KIND = "balcony"
NEVER = re.compile(r"浇|water", re.IGNORECASE)


class Balcony(SQLModel, table=True):
    """A place by its name (3号楼), and how it stands. `planted_by`: the activity at which it was planted last."""

    community_id: int = columns.key()
    id: int = columns.key()
    name: str
    state: State = Field(default=EMPTY, sa_type=AutoString)
    grows: str = ""
    carer_id: int = columns.ref(0)
    planted_by: int = columns.ref(0)
    watered_at: datetime | None = columns.moment()  # or rained on


class BalconyStep(SQLModel, table=True):
    """Something that happened at a place: `sort` is a key of the words; `picture` a file of the shelf, '' for none."""

    __table_args__ = (Index("ix_balconystep_balcony", "community_id", "balcony_id", "id"),)

    community_id: int = columns.key()
    id: int = columns.key()
    balcony_id: int = columns.ref(0)
    at: datetime = columns.moment()
    sort: str
    by_member: int = columns.ref(0)
    words: str = ""
    picture: str = ""


def order(name: str) -> tuple[int, str]:
    found = re.search(r"\d+", squeeze(name))
    return (int(found[0]) if found else 10_000, name)


def balconies(session: Session, community_id: int) -> list[Balcony]:
    """All places, by their numbers."""
    found = session.exec(select(Balcony).where(Balcony.community_id == community_id)).all()
    return sorted(found, key=lambda row: order(row.name))


def any_known(session: Session, community_id: int) -> bool:
    """Whether there is any place, or something was posted that makes one."""
    posted = select(Occurrence.id).where(
        Occurrence.community_id == community_id, Occurrence.kind == KIND, col(Occurrence.state).in_((OPEN, CLOSED))
    )
    place = select(Balcony.id).where(Balcony.community_id == community_id)
    return any(session.exec(query.limit(1)).first() is not None for query in (place, posted))


def balcony(session: Session, community_id: int, id: int) -> Balcony | None:
    return session.get(Balcony, (community_id, id)) if id else None


def key(name: str) -> str:
    """3号楼, 三号楼阳台, building 3: one and the same."""
    bare = squeeze(name)
    found = re.search(r"\d+", bare)
    return found[0] if found else bare.removesuffix("的").removesuffix("阳台").removeprefix("balcony")


def called(session: Session, community_id: int, name: str) -> Balcony | None:
    wanted = key(name)
    return next((row for row in balconies(session, community_id) if key(row.name) == wanted), None)


def steps(session: Session, community_id: int, balcony_id: int) -> Sequence[BalconyStep]:
    where = (BalconyStep.community_id == community_id, BalconyStep.balcony_id == balcony_id)
    return session.exec(select(BalconyStep).where(*where).order_by(col(BalconyStep.id))).all()


def carer(session: Session, row: Balcony) -> int:
    """Who looks after it: whoever was found to be the same as the one written down is that other. 0 for nobody."""
    return member(session, row.community_id, row.carer_id).id if row.carer_id else 0


def forget(session: Session, community_id: int, member_id: int) -> None:
    theirs = (col(Balcony.community_id) == community_id, col(Balcony.carer_id) == member_id)
    session.execute(update(Balcony).where(*theirs).values(carer_id=0))
    mine = (col(BalconyStep.community_id) == community_id, col(BalconyStep.by_member) == member_id)
    session.execute(update(BalconyStep).where(*mine).values(by_member=0))


def pictures(session: Session) -> set[str]:
    """The files of all pictures, of every community."""
    every = (col(BalconyStep.community_id).is_not(None), col(BalconyStep.picture) != "")
    return set(session.exec(select(BalconyStep.picture).where(*every)).all())


# ------------------------------------------------------------ how often

THRIFTY = re.compile(r"多肉|仙人|芦荟|景天|虎皮兰|succulent|cactus|aloe", re.IGNORECASE)
THIRSTY = re.compile(
    r"绣球|薄荷|菜|番茄|黄瓜|辣椒|铜钱草|矮牵牛|hydrangea|mint|tomato|vegetable|petunia", re.IGNORECASE
)


def interval(care: Care, grows: str, at: datetime) -> timedelta:
    """How long after a watering it is time for the next, by season and by what grows there."""
    days = (
        care.summer_days if at.month in (6, 7, 8, 9) else care.winter_days if at.month in (12, 1, 2) else care.mild_days
    )
    if THRIFTY.search(grows):
        days *= 3
    elif THIRSTY.search(grows):
        days = max(1, days // 2)
    return timedelta(days=days)


def overdue(work: Work, row: Balcony) -> int:
    """For how many days it has waited for water; below 0 where it is not time yet."""
    if row.state not in GROWING or row.watered_at is None:
        return -1
    tz = work.here.tz
    last = row.watered_at.astimezone(tz)
    days: int = (work.now.astimezone(tz).date() - last.date()).days
    return days - interval(work.here.settings(Care), row.grows, work.now.astimezone(tz)).days


# ------------------------------------------------------------ deeds


def note(work: Work, row: Balcony, sort: str, words: str = "", picture: str = "", by: int | None = None) -> None:
    who = work.by.member if by is None else by
    work.session.add(
        BalconyStep(
            community_id=work.here.id, id=new_id(work.now), balcony_id=row.id, at=work.now, sort=sort,
            by_member=who, words=words, picture=picture,
        )
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.log("balcony", member=who)


def make(work: Work, name: str) -> Balcony:
    row = Balcony(community_id=work.here.id, id=new_id(work.now), name=name)
    work.session.add(row)
    work.session.flush()
    return row


@deed
def learn(work: Work) -> None:
    """Every building at which something was posted to be planted is a place, and is planted once that is over."""
    rows = work.session.exec(
        select(Occurrence).where(
            Occurrence.community_id == work.here.id, Occurrence.kind == KIND, col(Occurrence.state).in_((OPEN, CLOSED))
        )
    ).all()
    known = {key(row.name): row for row in balconies(work.session, work.here.id)}
    for o in sorted(rows, key=lambda o: str(o.starts_at)):
        on = roster_of(work.session, o)
        for slot in on.slots:
            if not slot.label:
                continue
            row = known.get(key(slot.label)) or make(work, slot.label)
            known[key(slot.label)] = row
            if NEVER.search(o.title) or o.starts_at is None or not on.taking(slot):
                continue
            if o.ends() > work.now:
                if row.state in (EMPTY, "dead"):
                    row.state = "to_plant"
                    work.session.add(row)
            elif row.planted_by < o.id:
                row.planted_by, row.state, row.watered_at = o.id, PLANTED, o.ends()
                planter = on.taking(slot)[0].member_id
                note(work, row, "planted", by=planter)
                if not row.carer_id:
                    ask_planters(work, row, o, [claim.member_id for claim in on.taking(slot)])
    work.session.flush()


def ask_planters(work: Work, row: Balcony, o: Occurrence, people: Sequence[int]) -> None:
    """At nine on the day after, who planted it is asked whether they look after it."""
    at = wall(o.ends().astimezone(work.here.tz).date() + timedelta(days=1), NINE, work.here.tz)
    if work.now - at > timedelta(days=7):
        return  # it was long ago
    for id in dict.fromkeys(people):
        if not member(work.session, work.here.id, id).unit:
            work.owe("balcony.adopt", member_id=id, claim_id=row.id, occasion="adopt", due=max(at, work.now))


@deed
def water(work: Work, rows: Sequence[Balcony], sort: str = "watered", picture: str = "") -> None:
    """They were watered, by whomever, or it rained on them."""
    for row in rows:
        row.watered_at = work.now
        note(work, row, sort, picture=picture)
        settle(work, row, sort)


@deed
def stand(work: Work, row: Balcony, state: State, grows: str = "", picture: str = "") -> None:
    """How it stands now, and what grows there."""
    row.state = state
    row.grows = grows or ("" if state in (EMPTY, "dead") else row.grows)
    if state in GROWING and row.watered_at is None:
        row.watered_at = work.now
    note(work, row, state, row.grows, picture)


@deed
def give(work: Work, row: Balcony, member_id: int) -> None:
    """Who looks after it from now on; 0: nobody, and those who coordinate hear of that.

    Whoever looked after it is asked for nothing more; whoever does so now reads that it is dry, where it is.
    """
    had = carer(work.session, row)
    row.carer_id = member_id
    note(work, row, "adopted" if member_id else "given_back", by=member_id or work.by.member)
    dry = asking(work, row, FOR_WATER)
    if member_id or had:
        settle(work, row, "adopted" if member_id else "given_back", to=0 if member_id else had)
    for post in asking(work, row, ("balcony.free",)) if member_id else ():
        posts.settle(work.session, post, work.now)
    if member_id and dry:
        work.owe("balcony.water", member_id=member_id, claim_id=row.id, occasion=work.once(), body=Of(was=had))
    elif had and not member_id:
        posts.touch(work.session, asking(work, row), work.now)  # what coordinators read names the carer
        for id in sorted(work.coordinators - {work.by.member}):
            body = Of(by=had, said="dry" if dry else "")
            work.owe("balcony.free", member_id=id, claim_id=row.id, occasion=work.once(), body=body)


@deed
def tell_picture(work: Work, row: Balcony, sort: str, name: str) -> None:
    note(work, row, sort, picture=name)


FOR_WATER = ("balcony.water", "balcony.needs")
ASKING = (*FOR_WATER, "balcony.gentle", "balcony.neglected")


def asking(work: Work, row: Balcony, kinds: Sequence[str] = ASKING) -> Sequence[posts.Post]:
    """What asks for water, or for somebody who looks after it, and was not answered."""
    found: Sequence[posts.Post] = work.session.exec(
        select(posts.Post)
        .where(
            posts.Post.community_id == work.here.id,
            posts.Post.claim_id == row.id,
            col(posts.Post.kind).in_(kinds),
            posts.Post.state == posts.OPEN,
        )
        .order_by(col(posts.Post.id))
    ).all()
    return found


def settle(work: Work, row: Balcony, how: str, to: int = 0) -> None:
    """What asked for it asks no more, and says what happened; `to`: of one member alone, 0 for all."""
    for post in asking(work, row):
        if to in (0, post.member_id):
            posts.settle(work.session, post, work.now, replace(Of.of(post), answer=how))


def told_today(work: Work, row: Balcony, member_id: int) -> posts.Post | None:
    """What asks this member since today to look after it."""
    today = work.now.astimezone(work.here.tz).date()
    mine = (post for post in asking(work, row, FOR_WATER) if post.member_id == member_id)
    return next((post for post in mine if post.due.astimezone(work.here.tz).date() == today), None)
