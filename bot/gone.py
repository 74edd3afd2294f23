"""The database's file, taken away or replaced while the bot runs: nothing more is taken in, and people are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from bot.backup import check
from bot.lease import Lease
from bot.wording import catalogue
from core.db import Database
from core.here import Here
from core.heres import Heres
from core.members import Account, KnownChat, coordinators
from core.messages import Chat, Message
from core.network import Network, UnusableError
from core.words import text

log = logging.getLogger("xiaobandeng.gone")

LOOKS = 5.0
"""Seconds between two looks; besides, each transaction looks before it commits."""
PATIENCE = 10.0
"""Seconds within which coordinators are told, or not at all."""


async def watch(database: Database, heres: Heres, networks: Mapping[str, Network]) -> None:
    """As long as the file lies where it lay. Then coordinators are told, and `UnusableError` ends the bot.

    What people say meanwhile is refused by each transaction, so that networks hand it over again to the next process.
    """
    while True:
        await asyncio.sleep(LOOKS)
        if not database.there():
            break
    log.critical("the database is gone, or another lies in its place: stopping")
    try:
        async with asyncio.timeout(PATIENCE):
            await tell(database, heres, networks)
    except (TimeoutError, SQLAlchemyError) as error:
        log.warning("coordinators could not be told", extra={"why": type(error).__name__})
    raise UnusableError(catalogue().text(heres.first.lang, "gone.file", file=str(database.file)))


def whole_and_there(file: Path, held: Lease, lang: str, *, trying: bool) -> None:
    """Before a start. Raises `UnusableError` where a bot has served from this file, and there is none, or an empty one;
    `NotDone` for one that is damaged. What was only tried out may be begun anew.
    """
    if held.lived and not trying and not (file.exists() and file.stat().st_size):
        raise UnusableError(catalogue().text(lang, "gone.begun", file=str(file), lock=str(held.lock)))
    if file.exists():
        check(file)


async def tell(database: Database, heres: Heres, networks: Mapping[str, Network]) -> None:
    """Without a post, which nothing would keep. What was opened can be read as long as the process lives."""
    for here in heres:
        for chat in await database.read(partial(chats, here=here)):
            network = networks.get(chat.network)
            if network is None:
                continue
            said = Message((text(chat.lang or here.lang, "trouble.gone"),))
            try:
                await network.send(Chat(chat.network, chat.address, private=True), said, f"gone:{chat.id}")
            except Exception as error:  # noqa: BLE001 - the others are to be told all the same
                log.info("not told", extra={"network": network.name, "why": type(error).__name__})


def chats(session: Session, here: Here) -> list[KnownChat]:
    """The private chats of a community's coordinators."""
    leading = coordinators(session, here.id, administrators=here.manners.administrators_coordinate)
    rows = session.exec(
        select(KnownChat)
        .join(
            Account,
            (col(Account.community_id) == KnownChat.community_id)
            & (col(Account.network) == KnownChat.network)
            & (col(Account.id) == KnownChat.account),
        )
        .where(
            KnownChat.community_id == here.id,
            col(KnownChat.private).is_(True),
            col(KnownChat.closed).is_(False),
            col(Account.member_id).in_(leading),
        )
    ).all()
    return list(rows)
