"""Who is known: whose word counts when it is asked which groups are the community's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from core.members import Appointment, Paired, Presence, account_of, member
from core.messages import Person
from core.ranks import coordinators, in_ours, named_coordinator, ranked


def coordinates(session: Session, community_id: int, person: Person, *, administrators: bool) -> bool:
    """Whether somebody coordinates now, by this account or by another of theirs. They need not have spoken yet.

    `administrators`: those of the community's groups coordinate. Of any other group they never do.
    """
    if named_coordinator(session, community_id, person):
        return True
    if administrators and in_ours(session, community_id, person, col(Presence.administrator)):
        return True
    account = account_of(session, community_id, person)
    if account is None:
        return False
    known = coordinators(session, community_id, administrators=administrators)
    return member(session, community_id, account.member_id).id in known


def somebody_coordinates(session: Session, community_id: int, *, administrators: bool) -> bool:
    """Whether anybody could confirm a group, even if they have not spoken yet."""
    for table in (Appointment, Paired):
        if session.exec(select(table.account).where(table.community_id == community_id).limit(1)).first() is not None:
            return True
    return administrators and bool(ranked(session, community_id))


def appoint(session: Session, community_id: int, names: Iterable[str]) -> None:
    """Make the configuration's coordinators ("network:id") the appointed ones, and nobody else."""
    for row in session.exec(select(Appointment).where(Appointment.community_id == community_id)).all():
        session.delete(row)
    session.flush()
    for name in dict.fromkeys(names):
        network, _, account = name.partition(":")
        session.add(Appointment(community_id=community_id, network=network, account=account))
