"""What is looked up while rendering, each thing once for all the posts that are rendered together."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from sqlmodel import Session, col, select

from core import members, when
from core.activities import Occurrence
from core.claims import Claim, Sheet, sheet
from core.feature import Feature
from core.house import House
from core.members import Account, Community, KnownChat, Member

T = TypeVar("T")


@dataclass(slots=True)
class Books:
    """Rows read in one session at one moment. `networks`: those that can be written to now; None for all."""

    session: Session
    community: Community
    house: House
    now: datetime
    networks: frozenset[str] | None = None
    _sheets: dict[int, Sheet | None] = field(default_factory=dict)
    _members: dict[int, Member] = field(default_factory=dict)
    _accounts: dict[int, list[Account]] = field(default_factory=dict)
    _spans: dict[tuple[int, str], str] = field(default_factory=dict)
    _privates: dict[tuple[str, str], KnownChat | None] = field(default_factory=dict)
    _made: dict[Hashable, object] = field(default_factory=dict)
    _chats: dict[int, KnownChat | None] = field(default_factory=dict)

    def sheet(self, occurrence_id: int) -> Sheet | None:
        if occurrence_id not in self._sheets:
            row = self.session.get(Occurrence, (self.community.id, occurrence_id))
            self._sheets[occurrence_id] = None if row is None else sheet(self.session, row)
        return self._sheets[occurrence_id]

    def feature(self, on: Sheet) -> Feature:
        return self.house.features[on.occurrence.kind]

    def member(self, id: int) -> Member:
        if id not in self._members:
            self._members[id] = members.member(self.session, self.community.id, id)
        return self._members[id]

    def name(self, id: int) -> str:
        return self.member(id).name or "?"

    def chat(self, id: int) -> KnownChat | None:
        if id not in self._chats:
            self._chats[id] = self.session.get(KnownChat, (self.community.id, id))
        return self._chats[id]

    def private_chat(self, account: Account) -> KnownChat | None:
        """The private chat of an account, once it is known."""
        key = (account.network, account.id)
        if key not in self._privates:
            self._privates[key] = self.session.exec(
                select(KnownChat).where(
                    KnownChat.community_id == self.community.id,
                    KnownChat.network == account.network,
                    KnownChat.account == account.id,
                    col(KnownChat.private),
                    ~col(KnownChat.closed),
                )
            ).first()
        return self._privates[key]

    def accounts(self, member_id: int) -> list[Account]:
        if member_id not in self._accounts:
            self._accounts[member_id] = list(members.accounts_of(self.session, self.community.id, member_id))
        return self._accounts[member_id]

    def expect(self, member_ids: set[int]) -> None:
        """Load these members with their accounts in two queries, instead of two for each."""
        missing = list(member_ids - self._members.keys() - {0})
        if not missing:
            return
        rows = self.session.exec(
            select(Member).where(Member.community_id == self.community.id, col(Member.id).in_(missing))
        ).all()
        for row in rows:
            if row.merged_into is None:
                self._members[row.id] = row
        for id in missing:
            self._accounts.setdefault(id, [])
        for account in self.session.exec(
            select(Account)
            .where(Account.community_id == self.community.id, col(Account.member_id).in_(missing))
            .order_by(col(Account.reachable).desc(), col(Account.last_used).desc())
        ).all():
            self._accounts[account.member_id].append(account)
        self._expect_chats(missing)

    def _expect_chats(self, member_ids: list[int]) -> None:
        """Load the private chats of these members' accounts."""
        accounts = [a for id in member_ids for a in self._accounts[id]]
        for account in accounts:
            self._privates.setdefault((account.network, account.id), None)
        for chat in self.session.exec(
            select(KnownChat).where(
                KnownChat.community_id == self.community.id,
                col(KnownChat.account).in_({a.id for a in accounts}),
                col(KnownChat.private),
                ~col(KnownChat.closed),
            )
        ).all():
            self._privates[chat.network, chat.account] = chat
            self._chats[chat.id] = chat

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made once for all posts rendered together that have the same key."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def claims(self, ids: list[int]) -> list[Claim]:
        """Claims by id, ended ones included, in the order asked for."""
        rows = self.session.exec(
            select(Claim).where(Claim.community_id == self.community.id, col(Claim.id).in_(ids))
        ).all()
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
