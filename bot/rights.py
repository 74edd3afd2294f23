"""What the operator sees and decides at the machine: which groups are ours, who coordinates, the pairing code.

It works beside a running bot, which looks at the database again within half a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from bot.backup import NotDone
from bot.config import Config
from bot.owner import give
from bot.wording import catalogue
from core import audit, members
from core.belonging import community_of
from core.belonging import pairing_code as fresh_code
from core.db import Database, known_schemas
from core.deeds import groups as deciding
from core.deeds.arriving import greet
from core.features import enabled
from core.here import Here
from core.members import CONFIRMED, SETTINGS, Account, KnownChat, Paired, Presence
from core.messages import Person
from core.posts.kinds import POST_KINDS


class NotReadyError(NotDone):
    """The database is of another version: it is brought up to date when the bot starts."""


@dataclass(frozen=True, slots=True)
class Known:
    """A group or a person, named as the settings would: "network:id". `state` is a key of the catalogue."""

    state: str
    address: str
    name: str


@contextmanager
def opened(config: Config, *, make: bool = False) -> Iterator[Session]:
    """A transaction on the database; `make`: also on one that is not there yet. Raises `NotReadyError`."""
    file = config.database.file
    if file is not None and not file.exists() and not make:
        raise NotReadyError("there is no database yet; start the bot once: xiaobandeng run")
    new = file is not None and not file.exists()
    database = Database(config.database.url)
    try:
        schema = database.schema()
        if not schema and make:
            database.migrate()
            if new and file is not None:
                give(file, file.parent)
        elif schema != known_schemas()[-1]:
            raise NotReadyError("the database is of another version; start the bot once: xiaobandeng run")
        with database.writing() as session:
            yield session
    finally:
        database.close()


def community_id(session: Session, config: Config, now: datetime) -> int:
    return community_of(session, config.described(), now).id


def pairing_code(config: Config, now: datetime) -> str | None:
    """A fresh pairing code, where nobody coordinates yet; else None. Raises `NotReadyError`."""
    if config.community.coordinators:
        return None
    with opened(config, make=True) as session:
        community, ranks = community_id(session, config, now), config.community.administrators_coordinate
        return fresh_code(session, community, now, named=False, ranks=ranks)


# ------------------------------------------------------------ groups


def groups(config: Config) -> list[Known]:
    """The groups that the bot is in, oldest first; none where it has never run."""
    file = config.database.file
    if file is not None and not file.exists():
        return []
    with opened(config) as session:
        rows = session.exec(
            select(KnownChat).where(~col(KnownChat.private), ~col(KnownChat.closed)).order_by(col(KnownChat.id))
        ).all()
        return [Known(row.bound or "waits", f"{row.network}:{row.address}", row.name) for row in rows]


def decide(config: Config, address: str, now: datetime, *, ours: bool) -> None:
    """The operator's word on a group. Raises `NotDone` for one that is not there, or that the settings name."""
    network, _, id = address.partition(":")
    with opened(config) as session:
        where = (KnownChat.network == network, KnownChat.address == id, ~col(KnownChat.private))
        row = session.exec(select(KnownChat).where(*where)).first()
        if row is None:
            raise NotDone(catalogue().text(config.community.lang, "groups.none", address=address))
        if row.bound == SETTINGS:
            raise NotDone(catalogue().text(config.community.lang, "groups.named", address=address))
        if ours:
            deciding.bind(session, row, CONFIRMED, now)
            greet(session, row, now)
        else:
            deciding.refuse(session, row, now)
        session.flush()
        community = session.get_one(members.Community, row.community_id)
        deciding.ask(session, Here(community, config.rules(), enabled(config.features), posts=POST_KINDS), now)


# ------------------------------------------------------------ coordinators


def coordinators(config: Config) -> list[Known]:
    """Everybody who coordinates: by the settings, by a pairing code, by their rank in a group that is ours."""
    found = [Known("settings", str(person), "") for person in config.community.coordinators]
    with opened(config) as session:
        paired = session.exec(select(Paired).order_by(col(Paired.at))).all()
        found += [known_account(session, "paired", row.community_id, row.network, row.account) for row in paired]
        if config.community.administrators_coordinate:
            ranked = (
                select(Presence.community_id, KnownChat.network, Presence.account)
                .join(
                    KnownChat,
                    (col(KnownChat.community_id) == Presence.community_id) & (col(KnownChat.id) == Presence.chat_id),
                )
                .where(Presence.administrator, ~col(Presence.left), ~col(KnownChat.closed), KnownChat.bound != "")
            )
            found += [known_account(session, "ranked", *row) for row in sorted(set(session.exec(ranked).all()))]
    return found


def known_account(session: Session, state: str, community: int, network: str, account: str) -> Known:
    row = session.get(Account, (community, network, account))
    name = members.member(session, community, row.member_id).name if row is not None else ""
    return Known(state, f"{network}:{account}", name)


def dismiss(config: Config, address: str, now: datetime) -> None:
    """Whom the pairing code made a coordinator is none any more. Raises `NotDone` for anybody else."""
    network, _, id = address.partition(":")
    with opened(config) as session:
        row = session.exec(select(Paired).where(Paired.network == network, Paired.account == id)).first()
        if row is None:
            raise NotDone(catalogue().text(config.community.lang, "coordinators.none", address=address))
        account = members.account_of(session, row.community_id, Person(network, id))
        whom = account.member_id if account is not None else 0
        audit.record(session, row.community_id, now, "dismissed", for_member=whom)
        session.delete(row)
