"""The database's file, taken away or replaced while the bot runs: nothing more is taken in, and people are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.backup import check
from bot.lease import Lease
from bot.wording import catalogue
from core.db import Database
from core.here import Here
from core.heres import Heres
from core.members import KnownChat
from core.messages import Chat, Message
from core.network import Network, UnusableError
from core.views.lookup import Lookup
from core.words import text

log = logging.getLogger("xiaobandeng.gone")

LOOKS = 5.0
"""Seconds between two looks; besides, each transaction looks before it commits."""
PATIENCE = 10.0
"""Seconds within which coordinators are told, or not at all."""


async def watch(database: Database, heres: Heres, networks: Mapping[str, Network], now: Callable[[], datetime]) -> None:
    """As long as the file lies where it lay. Then coordinators are told, and `UnusableError` ends the bot.

    What people say meanwhile is refused by each transaction, so that networks hand it over again to the next process.
    """
    while True:
        await asyncio.sleep(LOOKS)
        if not database.there():
            break
    log.critical("the database is gone, or another lies in its place: stopping")
    await tell_in_time(database, heres, networks, now(), "trouble.gone")
    raise UnusableError(catalogue().text(heres.first.lang, "gone.file", file=str(database.file)))


def whole_and_there(file: Path, held: Lease, lang: str, *, trying: bool) -> None:
    """Before a start. Raises `UnusableError` where a bot has served from this file, and there is none, or an empty one;
    `NotDone` for one that is damaged. What was only tried out may be begun anew.
    """
    if held.lived and not trying and not (file.exists() and file.stat().st_size):
        raise UnusableError(catalogue().text(lang, "gone.begun", file=str(file), lock=str(held.lock)))
    if file.exists():
        check(file)


async def tell_in_time(
    database: Database, heres: Heres, networks: Mapping[str, Network], now: datetime, key: str
) -> None:
    """Tell coordinators of all communities this, as far as it goes. Raises nothing."""
    try:
        async with asyncio.timeout(PATIENCE):
            await tell(database, heres, networks, now, key)
    except (TimeoutError, SQLAlchemyError) as error:
        log.warning("coordinators could not be told", extra={"why": type(error).__name__})


async def tell(database: Database, heres: Heres, networks: Mapping[str, Network], now: datetime, key: str) -> None:
    """Without a post, which nothing would keep. What was opened can be read as long as the process lives."""
    for here in heres:
        for chat in await database.read(partial(chats, here=here, now=now)):
            network = networks.get(chat.network)
            if network is None:
                continue
            said = Message((text(chat.lang or here.lang, key),))
            try:
                await network.send(Chat(chat.network, chat.address, private=True), said, f"{key}:{chat.id}")
            except Exception as error:  # noqa: BLE001 - the others are to be told all the same
                log.info("not told", extra={"network": network.name, "why": type(error).__name__})


def chats(session: Session, here: Here, now: datetime) -> list[KnownChat]:
    """The private chats in which a community's coordinators can be told something."""
    lookup = Lookup(session, here, now)
    accounts = [lookup.recipient(id) for id in sorted(lookup.coordinators())]
    found = [lookup.private_chat(account) for account in accounts if account is not None]
    return [chat for chat in found if chat is not None and not chat.closed]
