"""Linking: two records are one person, with all their accounts, promises and hours; and two again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from core.away import Away
from core.claims import Claim
from core.confiding import look_again
from core.deeds.merging import move_promises, promises
from core.deeds.reminding import schedule
from core.deeds.telling import changed
from core.deeds.undoing import come_back
from core.deeds.whole import deed
from core.digest import DigestReader
from core.matters import MatterShare
from core.members import Account, Member
from core.posts import Body
from core.regulars import Regular
from core.work import Work


@dataclass(frozen=True, slots=True)
class Linked(Body):
    """What became another's: claims that moved, claims that ended with whether each only waited, accounts, and the ids
    of what else follows a person.
    """

    moved: tuple[int, ...] = ()
    ended: tuple[tuple[int, bool], ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()
    regulars: tuple[int, ...] = ()
    aways: tuple[int, ...] = ()
    wards: tuple[int, ...] = ()
    matters: tuple[int, ...] = ()
    digest: bool = False
    proxy: int = 0  # who spoke for the one


@deed
def link(work: Work, twin: Member, who: Member) -> Linked:
    """All that was `twin`'s is `who`'s; nothing of it is lost, and `unlink` can part them."""
    session, here = work.session, work.here.id
    moved, ended = move_promises(work, twin, who)
    accounts = of(work, Account, twin)
    for account in accounts:
        account.member_id = who.id
    theirs = {row.series_id for row in of(work, Regular, who)}
    regulars = [row for row in of(work, Regular, twin) if row.series_id not in theirs]
    aways = of(work, Away, twin)
    wards = session.exec(select(Member).where(Member.community_id == here, Member.proxy_id == twin.id)).all()
    for row in (*regulars, *aways):
        row.member_id = who.id
    for ward in wards:
        ward.proxy_id = who.id if ward.id != who.id else None
    shared = {row.matter_id for row in of(work, MatterShare, who)}
    matters = [row.matter_id for row in of(work, MatterShare, twin) if row.matter_id not in shared]
    share(work, matters, twin.id, who.id)
    reads = session.get(DigestReader, (here, twin.id)) is not None
    reads = reads and session.get(DigestReader, (here, who.id)) is None
    if reads:
        subscribe(work, twin.id, who.id)
    came = Linked(
        moved=tuple(moved),
        ended=tuple(ended),
        accounts=tuple((account.network, account.id) for account in accounts),
        regulars=tuple(row.id for row in regulars),
        aways=tuple(row.id for row in aways),
        wards=tuple(row.id for row in wards),
        matters=tuple(matters),
        digest=reads,
        proxy=twin.proxy_id or 0,
    )
    twin.merged_into, twin.proxy_id = who.id, None
    if who.proxy_id is not None and accounts:
        who.proxy_id = None  # they speak for themselves now
    session.add_all([twin, who, *accounts, *regulars, *aways, *wards])
    session.flush()
    work.log("linked", member=who.id, matter=twin.id)
    look_again(session, here, work.now, members={who.id, twin.id})
    return came


@deed
def unlink(work: Work, twin: Member, who: Member, came: Linked) -> None:
    """They are two again, each with what was theirs: what `link` returned says what that is."""
    session, here = work.session, work.here.id
    twin.merged_into, twin.proxy_id = None, came.proxy or None
    session.add(twin)
    for key in came.accounts:
        account = session.get(Account, (here, *key))
        if account is not None and account.member_id == who.id:
            account.member_id = twin.id
            session.add(account)
    for table, ids in ((Regular, came.regulars), (Away, came.aways)):
        rows: Any = table
        session.execute(
            update(table)
            .where(rows.community_id == here, rows.id.in_(ids), rows.member_id == who.id)
            .values(member_id=twin.id)
        )
    for id in came.wards:
        ward = session.get(Member, (here, id))
        if ward is not None:
            ward.proxy_id = twin.id
            session.add(ward)
    share(work, came.matters, who.id, twin.id)
    if came.digest:
        subscribe(work, who.id, twin.id)
    session.flush()
    work.log("unlinked", member=who.id, matter=twin.id)
    waited = [id for id, only_waited in came.ended if only_waited]
    over = {id for id, _ in came.ended}
    for on, theirs in promises(work, select(Claim).where(col(Claim.id).in_({*came.moved, *over}))):
        for claim in theirs:
            if claim.id in came.moved and claim.member_id == who.id:
                claim.member_id = twin.id
                session.add(claim)
                work.log("moved", on.occurrence, member=twin.id, claim=claim.id)
        session.flush()
        come_back(work, on, [claim for claim in theirs if claim.id in over], waited)
        schedule(work, on.occurrence, [twin.id])
        changed(work, on)
    look_again(session, here, work.now, members={who.id, twin.id})


def of(work: Work, table: Any, who: Member) -> list[Any]:
    """The rows of a table that are this member's own."""
    mine = select(table).where(table.community_id == work.here.id, table.member_id == who.id)
    return list(work.session.exec(mine).all())


def share(work: Work, matters: Sequence[int], one: int, other: int) -> None:
    """What mattered to one matters to the other; of a key no column is changed in place."""
    for id in matters:
        row = work.session.get(MatterShare, (work.here.id, id, one))
        if row is not None and work.session.get(MatterShare, (work.here.id, id, other)) is None:
            work.session.add(MatterShare(community_id=work.here.id, matter_id=id, member_id=other, at=row.at))
            work.session.delete(row)


def subscribe(work: Work, one: int, other: int) -> None:
    row = work.session.get(DigestReader, (work.here.id, one))
    if row is not None:
        work.session.add(DigestReader(community_id=work.here.id, member_id=other, at=row.at))
        work.session.delete(row)
