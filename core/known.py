"""Who is known: whose word counts when it is asked which groups are the community's."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.members import (
    IN_OURS,
    Paired,
    Presence,
    account_of,
    coordinators,
    in_ours,
    member,
    named_coordinator,
)
from core.messages import Person


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
    """Whether anybody that the settings do not name could confirm a group, even if they have not spoken yet."""
    paired = select(Paired.account).where(Paired.community_id == community_id).limit(1)
    if session.exec(paired).first() is not None:
        return True
    ranked = IN_OURS.where(Presence.community_id == community_id, Presence.administrator).limit(1)
    return administrators and session.exec(ranked).first() is not None
