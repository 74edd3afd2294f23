"""People: a community's members, the accounts they speak from, and the chats they are in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Index, UniqueConstraint, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import columns
from core.ids import new_id
from core.messages import Chat, Person
from core.tongues import CHOSEN, TOLD, ours, told
from core.way import New, Rows, Statement
from core.words.clean import tidy_name


class Community(SQLModel, table=True):
    """A neighbourhood with its own members, zone and language."""

    id: int = columns.key()
    name: str
    zone: str  # IANA name
    lang: str  # "zh" or "en"
    named: str = columns.added("")  # the word by which the settings know it, whatever it is called; "" for an only one

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Member(SQLModel, table=True):
    """A person, with several accounts, or none and then perhaps a proxy who speaks for them; or a partner unit."""

    __table_args__ = (
        Index("ix_member_name", "community_id", "name"),
        Index("ix_member_proxy", "community_id", "proxy_id"),
        Index("ix_member_unit", "community_id", sqlite_where=text("unit = 1"), postgresql_where=text("unit")),
    )

    community_id: int = columns.key()
    id: int = columns.key()
    name: str  # as they want to be called: what rosters show
    lang: str | None = None  # their own choice, else what they write or their network says, else that of the chat
    proxy_id: int | None = columns.ref()  # the member who speaks for them
    named: bool = False  # they said their name themselves, or were asked once
    quiet: bool = False  # 安静: wants reminders and answers only
    merged_into: int | None = columns.ref()  # found to be the same person as this member
    unit: bool = columns.added(False)  # not one person: counted by heads, and its proxy is who speaks for it
    lang_by: str = columns.added("")  # how `lang` is known: see `core.tongues`; "" for by the chat


class Account(SQLModel, table=True):
    """One person's identity on one network."""

    __table_args__ = (Index("ix_account_member", "community_id", "member_id"),)

    community_id: int = columns.key()
    network: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member_id: int = columns.ref(0)
    name: str = ""  # what the network shows
    reachable: bool = False  # a private message is expected to arrive
    last_used: datetime = columns.moment()
    handle: str = columns.added("")  # by what the network calls it after an @, where that is neither id nor name
    told_lang: str = columns.added("")  # the language that the network said last, if it is one of ours


SETTINGS, CONFIRMED, KEPT = "settings", "confirmed", "kept"
"""By what a group is the community's: the settings name it, somebody known confirmed it, or it had rosters before
groups were confirmed at all. The settings' word counts more than a confirmation, and that more than custom."""


class KnownChat(SQLModel, table=True):
    """A chat that the bot is or was in: a group, or one person's private chat with it.

    A group is the community's only while it is `bound`: in any other nothing is understood, nothing shown, and nobody
    there counts for anything.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "network", "address"),
        Index("ix_knownchat_account", "community_id", "account"),
        Index("ix_knownchat_address", "network", "address"),  # whose group is it?
    )

    community_id: int = columns.key()
    id: int = columns.key()
    network: str
    address: str  # the network's id of it
    private: bool
    name: str = ""
    lang: str | None = None
    account: str = ""  # of a private chat: the account's id
    greeted: bool = False
    closed: bool = False  # the bot was removed, or the person blocked it
    closed_at: datetime | None = columns.moment()  # since when the bot is out of this group
    asked_on: str = ""  # the local day on which somebody was last asked here to open a private chat
    bound: str = columns.added("")  # SETTINGS, CONFIRMED or KEPT; "" for a group that nobody has confirmed
    named: str = columns.added("")  # of one bound by the settings: how they name it, by its id or an alias
    refused: bool = columns.added(False)  # somebody known said that it is not ours: the bot is to leave
    brought_by: str = columns.added("")  # until that is decided: what the one who brought the bot in is called there
    deaf: bool = columns.added(False)  # the bot hears commands there, answers to it and its name, and nothing else
    mute: bool = columns.added(False)  # the bot may not write there
    keeps: bool = columns.added(False)  # of a closed group: who was in it counts for a while as if they still were
    before: str = columns.added("")  # the address that it had, where the network gave it another


class Presence(SQLModel, table=True):
    """That an account is in a group, and its rank there: fed by events, true at this moment as far as we know."""

    __table_args__ = (
        Index("ix_presence_account", "account"),  # to which communities does somebody belong?
        Index(
            "ix_presence_administrator",
            "community_id",
            sqlite_where=text("administrator = 1"),
            postgresql_where=text("administrator"),
        ),
    )

    community_id: int = columns.key()
    chat_id: int = columns.key()
    account: str = Field(primary_key=True)
    administrator: bool = False
    left: bool = False
    asked: bool = False  # was asked here, once, to open a private chat


class Appointment(SQLModel, table=True):
    """An account that the configuration names a coordinator. Rewritten at every start."""

    __table_args__ = (Index("ix_appointment_account", "network", "account"),)

    community_id: int = columns.key()
    network: str = Field(primary_key=True)
    account: str = Field(primary_key=True)


class Paired(SQLModel, table=True):
    """An account whose person typed the pairing code: a coordinator until the operator dismisses them."""

    __table_args__ = (Index("ix_paired_account", "network", "account"),)

    community_id: int = columns.key()
    network: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    at: datetime = columns.moment()


CHAT = Rows(
    KnownChat,
    KnownChat.community_id == bindparam("community"),
    KnownChat.network == bindparam("network"),
    KnownChat.address == bindparam("address"),
)


def as_chat(row: KnownChat) -> Chat:
    """A chat as it crosses to a network."""
    return Chat(row.network, row.address, bool(row.private), row.name)


def chat_row(session: Session, community_id: int, chat: Chat) -> KnownChat | None:
    return CHAT.first(session, community=community_id, network=chat.network, address=chat.id)


def know_chat(
    session: Session, community: Community, chat: Chat, now: datetime, account: str = "", there: KnownChat | None = None
) -> KnownChat:
    """The row of a chat, made if this is the first we see of it. `there`: the row, where it is looked up already."""
    row = there or chat_row(session, community.id, chat)
    if row is None:
        id = new_id(now)
        row = KnownChat(community_id=community.id, id=id, network=chat.network, address=chat.id, private=chat.private)
    row.closed = False
    row.private = chat.private
    row.account = account if chat.private else ""
    row.name = tidy_name(chat.name) or row.name
    session.add(row)
    return row


def move_chat(session: Session, row: KnownChat, to: Chat) -> KnownChat | None:
    """A chat has a new id. If the new one spoke first and was taken for a chat of its own, the two become one, and the
    row of the newcomer, which is none any more, is returned.
    """
    newcomer = chat_row(session, row.community_id, to)
    if newcomer is not None and newcomer.id != row.id:
        for seen in session.exec(
            select(Presence).where(Presence.community_id == row.community_id, Presence.chat_id == newcomer.id)
        ).all():
            here = present(session, row, seen.account)
            here.administrator, here.left = seen.administrator, seen.left
        row.greeted = row.greeted or newcomer.greeted
        if STRENGTH.index(newcomer.bound) < STRENGTH.index(row.bound):
            row.bound, row.named = newcomer.bound, newcomer.named
        row.refused = not row.bound and (row.refused or newcomer.refused)
        newcomer.closed, newcomer.address = True, f"{to.id} (until it became {row.id})"
        newcomer.bound, newcomer.named = "", ""
        session.add(newcomer)
        session.flush()
    else:
        newcomer = None
    row.address = to.id
    row.closed = False
    session.add(row)
    return newcomer


STRENGTH = (SETTINGS, CONFIRMED, KEPT, "")
"""What counts more comes first."""


def groups(session: Session, community_id: int) -> Sequence[KnownChat]:
    """The community's open groups, oldest first."""
    return [row for row in open_groups(session, community_id) if row.bound]


OPEN_GROUPS = Rows(
    KnownChat,
    KnownChat.community_id == bindparam("community"),
    KnownChat.account == "",  # no private chat is without one: the index finds the few groups among many chats
    ~col(KnownChat.private),
    ~col(KnownChat.closed),
    order=(col(KnownChat.id),),
)


def open_groups(session: Session, community_id: int) -> Sequence[KnownChat]:
    """All groups that the bot is in, those that nobody has confirmed included, oldest first."""
    return OPEN_GROUPS.all(session, community=community_id)


NEW_MEMBER, NEW_ACCOUNT, NEW_PRESENCE = New(Member), New(Account), New(Presence)


def account_of(session: Session, community_id: int, person: Person) -> Account | None:
    return session.get(Account, (community_id, person.network, person.id))


def accounts_of(session: Session, community_id: int, member_id: int) -> Sequence[Account]:
    """A member's accounts, the one to try first first: reachable, then last used."""
    return session.exec(
        select(Account)
        .where(Account.community_id == community_id, Account.member_id == member_id)
        .order_by(col(Account.reachable).desc(), col(Account.last_used).desc())
    ).all()


def member(session: Session, community_id: int, member_id: int) -> Member:
    """A member by id; who was found to be the same as another is that other."""
    row = session.get_one(Member, (community_id, member_id))
    while row.merged_into is not None:
        row = session.get_one(Member, (community_id, row.merged_into))
    return row


HERE = (Member.community_id == bindparam("community"), col(Member.merged_into).is_(None))
EVERYBODY = Rows(Member, *HERE, order=(col(Member.id),))
NAMESAKES = Rows(Member, *HERE, Member.name == bindparam("name"), order=(col(Member.id),))


def members(session: Session, community_id: int) -> Sequence[Member]:
    """Everybody, those merged into another left out, in the order in which they came."""
    return EVERYBODY.all(session, community=community_id)


def namesakes(session: Session, community_id: int, name: str) -> Sequence[Member]:
    """Those of them who have exactly this name."""
    return NAMESAKES.all(session, community=community_id, name=name)


def welcome(
    session: Session, community: Community, person: Person, now: datetime, lang: str | None, *, reachable: bool
) -> tuple[Account, Member]:
    """The account and the member behind a person who belongs here, made if this is the first we see of them."""
    account = account_of(session, community.id, person)
    shown = tidy_name(person.name)
    if account is None:
        reachable = reachable or opened_before(session, person)
        said = ours(person.lang)
        by = "" if said is None else CHOSEN if person.chosen else TOLD
        facts = {"name": shown, "lang": said or lang, "lang_by": by}
        who = NEW_MEMBER.row(session, community_id=community.id, id=new_id(now), **facts)
        account = NEW_ACCOUNT.row(
            session,
            community_id=community.id,
            network=person.network,
            id=person.id,
            member_id=who.id,
            name=shown,
            reachable=reachable,
            last_used=now,
            told_lang=said or "",
            handle=tidy_name(person.handle),
        )
        return account, who
    who = member(session, community.id, account.member_id)
    if shown and account.name != shown:
        if who.name == account.name and not who.named:
            who.name = shown
            session.add(who)
        account.name = shown
        session.add(account)
    if person.handle and account.handle != (handle := tidy_name(person.handle)):
        account.handle = handle
        session.add(account)
    told(session, account, who, person)
    if now - account.last_used >= timedelta(minutes=1):  # a row written at each word would cost a page each time
        account.last_used = now
        session.add(account)
    return account, who


OPENED = Statement(
    select(KnownChat.id)
    .where(
        KnownChat.network == bindparam("network"),
        KnownChat.account == bindparam("person"),
        col(KnownChat.private),
        col(KnownChat.community_id).is_not(None),  # a private chat is its person's, in whichever community
        ~col(KnownChat.closed),
    )
    .limit(1)
)


def opened_before(session: Session, person: Person) -> bool:
    """Whether somebody had opened their private chat before they were known to belong anywhere."""
    return bool(OPENED.rows(session, {"network": person.network, "person": person.id}))


def present(session: Session, chat: KnownChat, account: str) -> Presence:
    """The row that says this account is in this group, made or revived."""
    row = session.get(Presence, (chat.community_id, chat.id, account))
    if row is None:
        return NEW_PRESENCE.row(session, community_id=chat.community_id, chat_id=chat.id, account=account)
    if row.left:
        row.left = False
        session.add(row)
    return row
