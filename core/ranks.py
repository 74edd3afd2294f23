"""Who is of a community, and who coordinates it: named by the settings, by the pairing code, or of rank in a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, or_, tuple_, union
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from core.members import Account, Appointment, KnownChat, Member, Paired, Presence, member
from core.messages import Person
from core.way import Statement


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


def coordinating(*, administrators: bool) -> Any:
    """A statement for the members whose accounts make them coordinators, of `:community`: each with whom they were
    found to be, if they were. Made once, at the top of a module.
    """
    whose = col(Account.member_id)
    ours = (col(Account.community_id) == bindparam("community"),)
    named = [
        select(whose).where(*ours).join(
            table,
            (col(table.community_id) == Account.community_id)
            & (col(table.network) == Account.network)
            & (col(table.account) == Account.id),
        )
        for table in (Appointment, Paired)
    ]  # fmt: skip
    of_rank = tuple_(col(Account.network), col(Account.id)).in_(
        RANKED.where(col(Presence.community_id) == bindparam("community"))
    )
    found = union(*named, select(whose).where(*ours, of_rank)) if administrators else union(*named)
    return select(col(Member.id), col(Member.merged_into)).where(
        Member.community_id == bindparam("community"), col(Member.id).in_(found)
    )


COORDINATING = {
    administrators: Statement(coordinating(administrators=administrators)) for administrators in (False, True)
}


def coordinators(session: Session, community_id: int, *, administrators: bool) -> set[int]:
    """Members who coordinate now: named in the configuration, known by the pairing code, or, if `administrators`, of
    rank in one of the community's groups.
    """
    rows = COORDINATING[administrators].rows(session, {"community": community_id})
    return {id if other is None else member(session, community_id, other).id for id, other in rows}
