"""What the operator sees and decides at the machine: which groups are ours, who coordinates, the pairing code.

It works beside a running bot, which looks at the database again within half a minute.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from bot.backup import NotDone
from bot.config import Config
from bot.keys import open_database
from bot.owner import give
from bot.reached import reached
from bot.wording import catalogue
from core import audit, members, ranks
from core.belonging import pairing_codes as fresh_codes
from core.db import known_schemas
from core.deeds import groups as deciding
from core.deeds.cut_off import welcome
from core.here import Here
from core.members import CONFIRMED, SETTINGS, Account, Paired
from core.messages import Chat, Person
from core.serving import sown

security = logging.getLogger("xiaobandeng.security")


class NotReadyError(NotDone):
    """The database is of another version: it is brought up to date when the bot starts."""


@dataclass(frozen=True, slots=True)
class Known:
    """A group or a person, named as the settings would: "network:id". `state` is a key of the catalogue."""

    state: str
    address: str
    name: str
    community: str


@contextmanager
def opened(config: Config, *, make: bool = False) -> Iterator[Session]:
    """A transaction on the database; `make`: also on one that is not there yet. Raises `NotReadyError`."""
    file = config.database.file
    if file is not None and not file.exists() and not make:
        raise NotReadyError("there is no database yet; start the bot once: xiaobandeng run")
    new = file is not None and not file.exists()
    with reached(config), closing(open_database(config, datetime.now(UTC))) as database:
        schema = database.schema()
        if not schema and make:
            database.migrate()
            if new and file is not None:
                give(file, file.parent)
        elif schema != known_schemas()[-1]:
            raise NotReadyError("the database is of another version; start the bot once: xiaobandeng run")
        with database.writing() as session:
            yield session


def served(session: Session, config: Config, now: datetime) -> list[Here]:
    """The communities of the settings, as they are served."""
    return [sown(session, described, now) for described in config.described()]


def pairing_codes(config: Config, now: datetime) -> dict[str, str]:
    """A fresh pairing code for each community where nobody coordinates yet, by its name. Raises `NotReadyError`."""
    if all(each.coordinators for each in config.described()):
        return {}
    with opened(config, make=True) as session:
        return fresh_codes(session, served(session, config, now), now)


# ------------------------------------------------------------ groups


def groups(config: Config, now: datetime) -> list[Known]:
    """The groups that the bot is in, oldest first; none where it has never run."""
    file = config.database.file
    if file is not None and not file.exists():
        return []
    with opened(config) as session:
        return [
            Known(row.bound or "waits", f"{row.network}:{row.address}", row.name, here.community.name)
            for here in served(session, config, now)
            for row in members.open_groups(session, here.id)
        ]


def decide(config: Config, address: str, now: datetime, *, ours: bool) -> None:
    """The operator's word on a group. Raises `NotDone` for one that is not there, or that the settings name."""
    network, _, id = address.partition(":")
    with opened(config) as session:
        heres = served(session, config, now)
        known = [(here, members.chat_row(session, here.id, Chat(network, id))) for here in heres]
        here, row = next(((here, row) for here, row in known if row is not None), (heres[0], None))
        if row is None:
            raise NotDone(catalogue().text(config.community.lang, "groups.none", address=address))
        if row.bound == SETTINGS:
            raise NotDone(catalogue().text(config.community.lang, "groups.named", address=address))
        if ours:
            deciding.bind(session, row, CONFIRMED, now)
            welcome(session, here, row, now)
        else:
            deciding.refuse(session, row, now)
        session.flush()
        deciding.ask(session, here, now)


# ------------------------------------------------------------ coordinators


def coordinators(config: Config, now: datetime) -> list[Known]:
    """Everybody who coordinates: by the settings, by a pairing code, by their rank in a group that is ours."""
    found = []
    with opened(config) as session:
        for here, described in zip(served(session, config, now), config.described(), strict=True):
            found += [Known("settings", person, "", here.community.name) for person in described.coordinators]
            paired = session.exec(select(Paired).where(Paired.community_id == here.id).order_by(col(Paired.at))).all()
            found += [account(session, "paired", here, row.network, row.account) for row in paired]
            if here.ranks:
                found += [account(session, "ranked", here, *row) for row in sorted(ranks.ranked(session, here.id))]
    return found


def account(session: Session, state: str, here: Here, network: str, id: str) -> Known:
    row = session.get(Account, (here.id, network, id))
    name = members.member(session, here.id, row.member_id).name if row is not None else ""
    return Known(state, f"{network}:{id}", name, here.community.name)


def dismiss(config: Config, address: str, now: datetime) -> None:
    """Whom a pairing code made a coordinator is none any more. Raises `NotDone` for anybody else."""
    network, _, id = address.partition(":")
    with opened(config) as session:
        rows = [session.get(Paired, (here.id, network, id)) for here in served(session, config, now)]
        for row in (row for row in rows if row is not None):
            account = members.account_of(session, row.community_id, Person(network, id))
            whom = account.member_id if account is not None else 0
            audit.record(session, row.community_id, now, "dismissed", for_member=whom)
            session.delete(row)
            security.info("whom a pairing code made a coordinator is none any more", extra={"member": whom})
        if not any(rows):
            raise NotDone(catalogue().text(config.community.lang, "coordinators.none", address=address))
