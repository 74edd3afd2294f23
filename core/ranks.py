"""Who is of a community, and who coordinates it: named by the settings, by the pairing code, or of rank in a group."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from core.members import Account, Appointment, KnownChat, Paired, Presence, member
from core.messages import Person


def named_coordinator(session: Session, community_id: int, person: Person) -> bool:
    """Whether the settings name this account a coordinator, or its person typed the pairing code."""
    key = (community_id, person.network, person.id)
    return session.get(Appointment, key) is not None or session.get(Paired, key) is not None


IN_OURS = (
    select(Presence.account)
    .join(KnownChat, (col(KnownChat.community_id) == Presence.community_id) & (col(KnownChat.id) == Presence.chat_id))
    .where(~col(Presence.left), or_(~col(KnownChat.closed), col(KnownChat.keeps)), KnownChat.bound != "")
)
"""The accounts that are in groups of the community now, or were in one that keeps its people though the bot is out."""


def in_ours(session: Session, community_id: int, person: Person, *also: Mapped[bool]) -> bool:
    """Whether this account is in one of the community's groups now; `also`: more that must hold of its presence."""
    there = IN_OURS.where(
        Presence.community_id == community_id,
        Presence.account == person.id,
        KnownChat.network == person.network,
        *also,
    )
    return session.exec(there.limit(1)).first() is not None


def belongs(session: Session, community_id: int, person: Person) -> bool:
    """Whether this account is in one of the community's groups, or is a coordinator by name."""
    return named_coordinator(session, community_id, person) or in_ours(session, community_id, person)


BY_NAME = (col(KnownChat.network), col(Presence.account))
RANKED = IN_OURS.with_only_columns(*BY_NAME).where(col(Presence.administrator)).distinct()
"""The accounts that administer groups of the community, by network and id: they may not have spoken yet."""


def ranked(session: Session, community_id: int) -> Sequence[tuple[str, str]]:
    rows = session.connection().execute(RANKED.where(col(Presence.community_id) == community_id))
    return [(network, account) for network, account in rows]


def coordinators(session: Session, community_id: int, *, administrators: bool) -> set[int]:
    """Members who coordinate now: named in the configuration, known by the pairing code, or, if `administrators`, of
    rank in one of the community's groups.
    """
    found: set[int] = set()
    for table in (Appointment, Paired):
        named = (
            select(Account.member_id)
            .join(
                table,
                (col(table.community_id) == Account.community_id)
                & (col(table.network) == Account.network)
                & (col(table.account) == Account.id),
            )
            .where(Account.community_id == community_id)
        )
        found.update(session.exec(named).all())
    if administrators:
        of_rank = tuple_(col(Account.network), col(Account.id)).in_(
            RANKED.where(col(Presence.community_id) == community_id)
        )
        found.update(session.exec(select(Account.member_id).where(Account.community_id == community_id, of_rank)).all())
    return {member(session, community_id, id).id for id in found}
