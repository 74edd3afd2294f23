"""Who speaks, and where: the chat, that they are in it, their account and their record, asked for in one row."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, outerjoin
from sqlmodel import Session, col, select

from core.members import Account, KnownChat, Member, Presence, member
from core.messages import Chat
from core.way import Beside

THERE = outerjoin(
    KnownChat,
    Presence,
    and_(
        col(Presence.community_id) == KnownChat.community_id,
        col(Presence.chat_id) == KnownChat.id,
        col(Presence.account) == bindparam("person"),
    ),
)
WITH_ACCOUNT = outerjoin(
    THERE,
    Account,
    and_(
        col(Account.community_id) == KnownChat.community_id,
        col(Account.network) == KnownChat.network,
        col(Account.id) == bindparam("person"),
    ),
)
WHO = Beside(
    (KnownChat, Presence, Account, Member),
    lambda four: four.select_from(
        outerjoin(
            WITH_ACCOUNT,
            Member,
            and_(col(Member.community_id) == Account.community_id, col(Member.id) == Account.member_id),
        )
    ).where(
        KnownChat.community_id == bindparam("community"),
        KnownChat.network == bindparam("network"),
        KnownChat.address == bindparam("address"),
    ),
)


def looked_up(session: Session, community_id: int, chat: Chat, person: str) -> KnownChat | None:
    """The row of a chat, if it is known. The session has what is known of the person of this id there as well."""
    found = WHO.first(session, community=community_id, network=chat.network, address=chat.id, person=person)
    return None if found is None else found[0]


def moved_here(session: Session, community_id: int, chat: Chat) -> KnownChat | None:
    """The row of a group that had this address before it moved, where nobody is known under it any more."""
    return session.exec(
        select(KnownChat).where(
            KnownChat.community_id == community_id,
            KnownChat.account == "",
            KnownChat.network == chat.network,
            KnownChat.before == chat.id,
        )
    ).first()


def heard_in(session: Session, chat: KnownChat) -> set[int]:
    """The members to whom what is said in a private chat may be said: its own, and those it hears for."""
    account = session.get(Account, (chat.community_id, chat.network, chat.account)) if chat.private else None
    if account is None:
        return set()
    own = member(session, chat.community_id, account.member_id).id
    for_them = (col(Member.proxy_id) == own) | (col(Member.merged_into) == own)
    return {own, *session.exec(select(Member.id).where(Member.community_id == chat.community_id, for_them)).all()}
