"""The lease on a database server: one running bot for each account, so that nothing is ever sent by two."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.config import Config
from bot.lease import Taken
from core.db import open_engine
from core.network import UnusableError

log = logging.getLogger("xiaobandeng.lease")

LOOKS = 10.0
"""Seconds between two looks whether the lock is still held: a server that restarts lets go of it."""


def bot_accounts(config: Config) -> tuple[str, ...]:
    """The accounts that a bot with these settings speaks for, without anything secret in them."""
    return tuple(f"{adapter.name}:{config.section(adapter).account}" for adapter in config.running)


class AccountLease:
    """Locks of a connection that stays open, one for each account; the server lets go of them when it ends."""

    def __init__(self, engine: Engine, accounts: Sequence[str]) -> None:
        self._engine = engine
        self._accounts = accounts
        self._connection: Connection | None = None

    def take(self) -> None:
        """Take the locks. Raises `Taken` when another bot has one, SQLAlchemy's errors when the server is away."""
        self._connection = self._engine.connect()
        taken = next((account for account in self._accounts if not self._lock(self._connection, account)), None)
        if taken is not None:
            self.let_go()
            network = taken.partition(":")[0]
            raise Taken(f"a bot with this {network} account is already running on this database; stop it first")

    @staticmethod
    def _lock(connection: Connection, account: str) -> bool:
        return bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key(account)}))

    def held(self) -> bool:
        """Whether the connection, and with it the locks, are still there."""
        try:
            return self._connection is not None and self._connection.scalar(text("SELECT 1")) == 1
        except DBAPIError:
            self.let_go()
            return False

    def let_go(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # it must not go back to a pool with the locks on it
            self._connection.close()
            self._connection = None

    async def keep(self) -> None:
        """Look again and again, and take the locks anew after the server was away.

        Raises `UnusableError` when another bot has taken one meanwhile: then this one must not go on.
        """
        while True:
            await asyncio.sleep(LOOKS)
            if await asyncio.to_thread(self.held):
                continue
            try:
                await asyncio.to_thread(self.take)
            except Taken as taken:
                raise UnusableError(str(taken)) from None
            except DBAPIError as error:
                log.warning("the database server is away", extra={"why": type(error).__name__})


def key(account: str) -> int:
    """The number of an account's lock: PostgreSQL knows locks by 64-bit numbers that all programs share."""
    digest = hashlib.blake2b(f"xiaobandeng {account}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@contextmanager
def account_lease(url: str, accounts: Sequence[str]) -> Iterator[AccountLease]:
    """Hold the lease of these accounts while inside. Raises `Taken` at once."""
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    lease = AccountLease(engine, accounts)
    try:
        lease.take()
        yield lease
    finally:
        lease.let_go()
        engine.dispose()
