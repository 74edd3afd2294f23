"""What is looked up while rendering, each thing once for all the posts that are rendered together."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from sqlalchemy import BindParameter, String, bindparam
from sqlmodel import Session

from core import members, when
from core.activities import Occurrence, slots_of
from core.claims import LIVE, Claim, Sheet
from core.feature import Feature
from core.house import House
from core.members import Account, Community, KnownChat, Member
from core.plain import Plain, among

T = TypeVar("T")

CLAIMS, MEMBERS, ACCOUNTS, CHATS = Plain(Claim), Plain(Member), Plain(Account), Plain(KnownChat)
HERE: BindParameter[int] = bindparam("community")
CLAIMS_BY_ID = CLAIMS.where(CLAIMS.columns.community_id == HERE, among(CLAIMS.columns.id, "ids"))
LIVE_CLAIMS = CLAIMS.where(
    CLAIMS.columns.community_id == HERE,
    CLAIMS.columns.occurrence_id == bindparam("occurrence"),
    CLAIMS.columns.promised.in_(LIVE),
    order=(CLAIMS.columns.position, CLAIMS.columns.id),
)
MEMBERS_BY_ID = MEMBERS.where(MEMBERS.columns.community_id == HERE, among(MEMBERS.columns.id, "ids"))
ACCOUNTS_OF = ACCOUNTS.where(
    ACCOUNTS.columns.community_id == HERE,
    among(ACCOUNTS.columns.member_id, "ids"),
    order=(ACCOUNTS.columns.reachable.desc(), ACCOUNTS.columns.last_used.desc()),
)
CHAT_BY_ID = CHATS.where(CHATS.columns.community_id == HERE, CHATS.columns.id == bindparam("id"))
PRIVATE_CHATS_OF = CHATS.where(
    CHATS.columns.community_id == HERE,
    among(CHATS.columns.account, "ids", String),
    CHATS.columns.private,
    ~CHATS.columns.closed,
)


@dataclass(slots=True)
class Books:
    """Rows read in one session at one moment, to be looked at and not changed. `networks`: those that can be written
    to now; None for all.
    """

    session: Session
    community: Community
    house: House
    now: datetime
    networks: frozenset[str] | None = None
    _sheets: dict[int, Sheet | None] = field(default_factory=dict)
    _members: dict[int, Member] = field(default_factory=dict)
    _accounts: dict[int, list[Account]] = field(default_factory=dict)
    _spans: dict[tuple[int, str], str] = field(default_factory=dict)
    _privates: dict[tuple[str, str], KnownChat] = field(default_factory=dict)
    _made: dict[Hashable, object] = field(default_factory=dict)
    _chats: dict[int, KnownChat | None] = field(default_factory=dict)

    def sheet(self, occurrence_id: int) -> Sheet | None:
        if occurrence_id not in self._sheets:
            row = self.session.get(Occurrence, (self.community.id, occurrence_id))
            self._sheets[occurrence_id] = None if row is None else self._sheet(row)
        return self._sheets[occurrence_id]

    def _sheet(self, row: Occurrence) -> Sheet:
        claims = CLAIMS.all(self.session, LIVE_CLAIMS, community=self.community.id, occurrence=row.id)
        return Sheet(row, slots_of(self.session, row), claims)

    def feature(self, on: Sheet) -> Feature:
        return self.house.features[on.occurrence.kind]

    def member(self, id: int) -> Member:
        """A member by id; who was found to be the same as another is that other."""
        if id not in self._members:
            self.expect({id})
        row = self._members[id]
        while row.merged_into is not None:
            self.expect({row.merged_into})
            row = self._members[row.merged_into]
        return row

    def name(self, id: int) -> str:
        return self.member(id).name or "?"

    def chat(self, id: int) -> KnownChat | None:
        if id not in self._chats:
            self._chats[id] = next(iter(CHATS.all(self.session, CHAT_BY_ID, community=self.community.id, id=id)), None)
        return self._chats[id]

    def private_chat(self, account: Account) -> KnownChat | None:
        """The private chat of an account, once it is known."""
        self.accounts(account.member_id)
        return self._privates.get((account.network, account.id))

    def accounts(self, member_id: int) -> list[Account]:
        """A member's accounts, the one to try first first: reachable, then last used."""
        if member_id not in self._accounts:
            self.expect({member_id})
        return self._accounts[member_id]

    def expect(self, member_ids: set[int]) -> None:
        """Read these members, their accounts and private chats in three queries, instead of three for each."""
        missing = member_ids - self._accounts.keys() - {0}
        if not missing:
            return
        session, community = self.session, self.community.id
        for row in MEMBERS.all(session, MEMBERS_BY_ID, community=community, ids=missing):
            self._members[row.id] = row
        for id in missing:
            self._accounts[id] = []
        accounts = ACCOUNTS.all(session, ACCOUNTS_OF, community=community, ids=missing)
        for account in accounts:
            self._accounts[account.member_id].append(account)
        ids = {account.id for account in accounts}
        for chat in CHATS.all(session, PRIVATE_CHATS_OF, community=community, ids=ids):
            self._privates[chat.network, chat.account] = chat
            self._chats[chat.id] = chat

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made once for all posts rendered together that have the same key."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def claims(self, ids: list[int]) -> list[Claim]:
        """Claims by id, ended ones included, in the order asked for."""
        rows = CLAIMS.all(self.session, CLAIMS_BY_ID, community=self.community.id, ids=ids)
        by_id = {row.id: row for row in rows}
        return [by_id[id] for id in ids if id in by_id]

    def when(self, on: Sheet, lang: str) -> str:
        """When it is, in words."""
        key = (on.occurrence.id, lang)
        if key not in self._spans:
            self._spans[key] = when.span(on.occurrence, self.community.tz, lang, self.now)
        return self._spans[key]

    def coordinators(self) -> set[int]:
        return members.coordinators(
            self.session, self.community.id, administrators=self.house.manners.administrators_coordinate
        )

    # ------------------------------------------------------------ who hears what is for a member

    def ear(self, member_id: int) -> Account | None:
        """The account that hears what is for this member: their own, else their proxy's; None: neither is reachable."""
        own = self._reachable(member_id)
        if own is not None:
            return own
        proxy = self.member(member_id).proxy_id
        return None if proxy is None else self._reachable(proxy)

    def _reachable(self, member_id: int) -> Account | None:
        for account in self.accounts(member_id):
            if account.reachable and (self.networks is None or account.network in self.networks):
                return account
        return None
