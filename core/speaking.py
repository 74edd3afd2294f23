"""Who speaks, and where: the chat, that they are in it, their account and their record, asked for in one row; with it
what the community has none of, so that nobody asks for that."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, bindparam, exists, outerjoin
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core.members import Account, KnownChat, Member, Presence, member
from core.messages import Chat
from core.way import Beside

if TYPE_CHECKING:
    from core.feature import Feature
    from core.here import Here

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
OTHER = aliased(Member)
TWIN = exists().where(
    col(OTHER.community_id) == Member.community_id,
    col(OTHER.name) == Member.name,
    col(OTHER.id) != Member.id,
    col(OTHER.proxy_id).is_not(None),
    col(OTHER.proxy_id) != Member.id,
    col(OTHER.merged_into).is_(None),
)
"""Whether a proxy has put somebody down who is called like the one who speaks."""
TWINS = "twins"


@lru_cache(64)
def who(features: tuple[Feature, ...]) -> tuple[Beside, tuple[str, ...]]:
    """The statement, and of what it says besides whether there is any at all."""
    asked = {TWINS: TWIN} | {feature.name: feature.keeps for feature in features if feature.keeps is not None}
    four = Beside((KnownChat, Presence, Account, Member), spoken_by, tuple(asked.values()))
    return four, tuple(asked)


def spoken_by(four: Any) -> Any:
    return four.select_from(
        outerjoin(
            WITH_ACCOUNT,
            Member,
            and_(col(Member.community_id) == Account.community_id, col(Member.id) == Account.member_id),
        )
    ).where(
        KnownChat.community_id == bindparam("community"),
        KnownChat.network == bindparam("network"),
        KnownChat.address == bindparam("address"),
    )


def looked_up(session: Session, here: Here, chat: Chat, person: str) -> KnownChat | None:
    """The row of a chat, if it is known. The session has what is known of the person of this id there as well, and
    what the community has none of: see `none_of`.
    """
    four, names = who(tuple(here.features.values()))
    found = four.first(session, community=here.id, network=chat.network, address=chat.id, person=person)
    if found is None:
        return None
    row, _, _, speaker, *there = found
    none = session.info[NONE, here.id] = {name for name, any_there in zip(names, there, strict=True) if not any_there}
    if speaker is not None and TWINS in none:
        none.add((speaker.id, speaker.name))
    return cast(KnownChat, row)


NONE = "none of"


def none_of(session: Session, community_id: int, name: str) -> bool:
    """Whether it is known from who spoke that the community has nothing at all of this feature, and need not be asked:
    most have no partner units, no things to lend, no action days.
    """
    return name in session.info.get((NONE, community_id), ())


def twinless(session: Session, who: Member) -> bool:
    """Whether it is known likewise that no proxy has put down anybody who is called as the speaker is now."""
    return (who.id, who.name) in session.info.get((NONE, who.community_id), ())


def begins(session: Session, community_id: int, name: str) -> None:
    """It has something of it from here on."""
    session.info.get((NONE, community_id), set()).discard(name)


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
