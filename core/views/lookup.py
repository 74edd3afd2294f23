"""What is looked up while rendering, each thing once for all the posts that are rendered together."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import BindParameter, String, and_, bindparam, exists, outerjoin
from sqlmodel import Session, col, select

from core import consents, elders, ranks, when
from core.activities import Occurrence, Slot
from core.claims import LIVE, Claim, Roster, parted, seen_slots
from core.confiding import NOBODY, Reader
from core.consents import VISITORS
from core.elders import ReadElder
from core.here import Here
from core.invited import answers
from core.kind import ActivityKind
from core.members import Account, KnownChat, Member
from core.messages import Person
from core.plain import Plain, among
from core.roles import Action, Role, may, roles
from core.way import Beside, one_of

T = TypeVar("T")

CLAIMS = Plain(Claim, without={"speaker_network", "speaker_account", "made_at"})
MEMBERS = Plain(Member, without={"named", "quiet"})
ACCOUNTS, CHATS = Plain(Account), Plain(KnownChat, without={"greeted", "asked_on", "named", "refused", "brought_by"})
HERE: BindParameter[int] = bindparam("community")
CLAIMS_BY_ID = CLAIMS.where(CLAIMS.columns.community_id == HERE, among(CLAIMS.columns.id, "ids"))
LIVE_CLAIMS = CLAIMS.where(
    CLAIMS.columns.community_id == HERE,
    among(CLAIMS.columns.occurrence_id, "ids"),
    one_of(CLAIMS.columns.promised, LIVE),
    order=(CLAIMS.columns.occurrence_id, CLAIMS.columns.position, CLAIMS.columns.id),
)
WITH_SLOTS = Beside(
    (Occurrence, Slot),
    lambda both: (
        both.select_from(
            outerjoin(
                Occurrence,
                Slot,
                and_(col(Slot.community_id) == Occurrence.community_id, col(Slot.occurrence_id) == Occurrence.id),
            )
        )
        .where(col(Occurrence.community_id) == HERE, among(Occurrence.id, "ids"))
        .order_by(col(Slot.position))
    ),
)
MEMBERS_BY_ID = MEMBERS.where(MEMBERS.columns.community_id == HERE, among(MEMBERS.columns.id, "ids"))
ACCOUNTS_OF = ACCOUNTS.where(
    ACCOUNTS.columns.community_id == HERE,
    among(ACCOUNTS.columns.member_id, "ids"),
    order=(ACCOUNTS.columns.reachable.desc(), ACCOUNTS.columns.last_used.desc()),
)
WARDS = select(Member.id).where(
    Member.community_id == HERE,
    Member.proxy_id == bindparam("proxy"),
    col(Member.merged_into).is_(None),
    ~exists().where(col(Account.community_id) == Member.community_id, col(Account.member_id) == Member.id),
)
CHAT_BY_ID = CHATS.where(CHATS.columns.community_id == HERE, CHATS.columns.id == bindparam("id"))
PRIVATE_CHATS_OF = CHATS.where(
    CHATS.columns.community_id == HERE,
    among(CHATS.columns.account, "ids", String),
    CHATS.columns.private,
    ~CHATS.columns.closed,
)


@dataclass(slots=True)
class Lookup:
    """Rows read in one session at one moment, to be looked at and not changed. `networks`: those that can be written
    to now; None for all.
    """

    session: Session
    here: Here
    now: datetime
    networks: frozenset[str] | None = None
    _rosters: dict[int, Roster | None] = field(default_factory=dict)
    _members: dict[int, Member] = field(default_factory=dict)
    _accounts: dict[int, list[Account]] = field(default_factory=dict)
    _spans: dict[tuple[int, str], str] = field(default_factory=dict)
    _privates: dict[tuple[str, str], KnownChat] = field(default_factory=dict)
    _made: dict[Hashable, object] = field(default_factory=dict)
    _chats: dict[int, KnownChat | None] = field(default_factory=dict)

    def knows(self, on: Roster, *people: Member) -> Lookup:
        """This, with what whoever asks has at hand."""
        self._rosters[on.occurrence.id] = on
        self._members.update({who.id: who for who in people})
        return self

    def roster(self, occurrence_id: int) -> Roster | None:
        if occurrence_id not in self._rosters:
            self.expect_rosters({occurrence_id})
        return self._rosters[occurrence_id]

    def expect_rosters(self, occurrence_ids: set[int]) -> None:
        """Read these activities with their slots and live claims in two queries, instead of two for each."""
        missing = occurrence_ids - self._rosters.keys()
        if not missing:
            return
        where = {"community": self.here.id, "ids": missing}
        self._rosters.update(dict.fromkeys(missing))
        found: dict[int, Roster] = {}
        for row, slot in WITH_SLOTS.all(self.session, **where):
            on = found.setdefault(row.id, Roster(row, []))
            if slot is not None:
                on.slots.append(slot)
        for claim in CLAIMS.all(self.session, LIVE_CLAIMS, **where) if found else ():
            found[claim.occurrence_id].claims.append(claim)
        bidden = [id for id, on in found.items() if on.occurrence.bidden]
        for id, invited in answers(self.session, self.here.id, bidden).items() if bidden else ():
            found[id].invited = invited
        for roster in found.values():
            roster.slots = seen_slots(roster.slots, roster.claims)
            parted(roster)
        self._rosters.update(found)

    def people(self, occurrence_ids: set[int]) -> set[int]:
        """The members who have claims in these activities."""
        rosters = [self.roster(id) for id in occurrence_ids]
        return {claim.member_id for on in rosters if on is not None for claim in on.claims}

    def kind(self, on: Roster) -> ActivityKind:
        return self.here.kind(on.occurrence)

    def member(self, id: int) -> Member:
        """A member by id; who was found to be the same as another is that other."""
        row = self._member(id)
        while row.merged_into is not None:
            row = self._member(row.merged_into)
        return row

    def _member(self, id: int) -> Member:
        if id not in self._members:
            self.expect_names({id})
        return self._members[id]

    def elder(self, id: int) -> ReadElder | None:
        """Somebody of the register; None for one who is of it no more, or cannot be read."""

        def found() -> ReadElder | None:
            row = elders.elder(self.session, self.here.id, id)
            return None if row is None or row.lost else row.read()

        return self.once(("elder", id), found)

    def shares(self, elder_id: int) -> bool:
        """Whether who visits somebody of the register may read who they are and where they live."""
        session, here = self.session, self.here.id
        return self.once(("shares", elder_id), lambda: consents.holds(session, here, VISITORS, elder=elder_id))

    def opens(self, on: Roster) -> datetime | None:
        """From when on who goes may read what is confided of it; None: as soon as they promise."""
        return self.once(("opens", on.occurrence.id), lambda: self.kind(on).opens(self.here, on.occurrence))

    def name(self, id: int) -> str:
        return self.member(id).name or "?"

    def chat(self, id: int) -> KnownChat | None:
        if id not in self._chats:
            self._chats[id] = next(iter(CHATS.all(self.session, CHAT_BY_ID, community=self.here.id, id=id)), None)
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

    def expect_names(self, member_ids: set[int]) -> None:
        """Read these members in one query: whoever only shows what they are called needs no more."""
        missing = {id for id in member_ids if id and id not in self._members}
        if missing:
            for row in MEMBERS.all(self.session, MEMBERS_BY_ID, community=self.here.id, ids=missing):
                self._members[row.id] = row

    def expect(self, member_ids: set[int]) -> None:
        """Read these members, their accounts and private chats in three queries, instead of three for each."""
        missing = {id for id in member_ids if id and id not in self._accounts}
        if not missing:
            return
        session, community = self.session, self.here.id
        self.expect_names(missing)
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
        try:
            return self._made[key]  # type: ignore[return-value]  # what `make` made for this key
        except KeyError:
            made = self._made[key] = make()
            return made

    def claims(self, ids: list[int]) -> list[Claim]:
        """Claims by id, ended ones included, in the order asked for."""
        found = {claim.id: claim for on in self._rosters.values() if on is not None for claim in on.claims}
        missing = [id for id in ids if id not in found]
        if missing:  # of one sort: what is found here is looked for in rosters that are read later
            rows = CLAIMS.all(self.session, CLAIMS_BY_ID, community=self.here.id, ids=missing)
            found.update((row.id, row) for row in rows)
        return [found[id] for id in ids if id in found]

    def when(self, on: Roster, lang: str) -> str:
        """When it is, in words."""
        key = (on.occurrence.id, lang)
        if key not in self._spans:
            self._spans[key] = when.span(on.occurrence, self.here.tz, lang, self.now)
        return self._spans[key]

    def roles(self) -> dict[int, Role]:
        return self.once(
            ("roles",),
            lambda: roles(self.session, self.here.id, administrators=self.here.manners.administrators_coordinate),
        )

    def who_may(self, action: Action) -> set[int]:
        return {id for id, role in self.roles().items() if may(role, action)}

    def coordinators(self) -> set[int]:
        return self.who_may("coordinate")

    def reader(self, member_id: int) -> Reader:
        """A member as a reader of what is confided; 0, as for a group, is nobody."""
        return self.once(("reader", member_id), lambda: self._reader(member_id)) if member_id else NOBODY

    def _reader(self, member_id: int) -> Reader:
        community = self.here.id
        wards = self.session.exec(WARDS, params={"community": community, "proxy": member_id}).all()
        return Reader(
            member_id,
            neighbour=any(
                ranks.belongs(self.session, community, Person(account.network, account.id))
                for account in self.accounts(member_id)
            ),
            role=self.roles().get(member_id),
            wards=frozenset(wards),
        )

    # ------------------------------------------------------------ who hears what is for a member

    def recipient(self, member_id: int) -> Account | None:
        """The account that hears what is for this member: their own, else their proxy's; None: neither is reachable."""
        person = self.member(member_id)
        own = self._reachable(person.id)
        if own is not None:
            return own
        proxy = person.proxy_id
        return None if proxy is None else self._reachable(proxy)

    def _reachable(self, member_id: int) -> Account | None:
        for account in self.accounts(member_id):
            if account.reachable and (self.networks is None or account.network in self.networks):
                return account
        return None
