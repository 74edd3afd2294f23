"""The lease on a database server: for each account one process that speaks, so that nothing is ever sent by two."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from bot.config import Config
from bot.lease import Taken
from core.db import Counter, open_engine
from core.network import UnusableError

log = logging.getLogger("xiaobandeng.lease")

LOOKS = 10.0
"""Seconds between two looks whether the lock is still held: a server that restarts lets go of it."""
ASKS = 0.5
"""Seconds between two questions of a process that stands by: so long nobody speaks after the other has ended."""
NEXT = text(
    "INSERT INTO counter (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
NOTICED = text(
    "SELECT set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false), "
    "set_config('tcp_keepalives_count', '3', false)"
)
"""A machine that vanishes says no goodbye: the server notices after some ten seconds, instead of two hours."""
TURNS = (
    select(col(Counter.name), col(Counter.value))
    .where(col(Counter.name).in_(bindparam("names", expanding=True)))
    .with_for_update(read=True)
)


def bot_accounts(config: Config) -> tuple[str, ...]:
    """The accounts that a bot with these settings speaks for, without anything secret in them."""
    return tuple(f"{adapter.name}:{config.section(adapter).account}" for adapter in config.running)


class Sole:
    """In place of a lease where the database is a file: its own lock has seen to it that nobody else speaks."""

    async def come(self) -> None:
        """At once."""

    def still(self, session: Session) -> None:
        """Always."""

    async def keep(self) -> None:
        """There is nothing to look after."""


class AccountLease:
    """Locks of a connection that stays open, one for each account; the server lets go of them when it ends.

    A lock may be lost without its holder noticing at once. So whoever begins to speak takes the next number of the
    account too, and before anything is sent it is looked whether that is still the newest.
    """

    def __init__(self, engine: Engine, accounts: Sequence[str]) -> None:
        self._engine = engine
        self._accounts = accounts
        self._connection: Connection | None = None
        self._turns: dict[str, int] = {}
        self._asking = threading.Lock()  # a thread that asks may outlive the task that waited for it
        self._over = False

    def take(self) -> None:
        """Take the locks. Raises `Taken` when another bot has one, SQLAlchemy's errors when the server is away."""
        self._connection = self._engine.connect()
        self._connection.execute(NOTICED)
        taken = next((account for account in self._accounts if not self._lock(self._connection, account)), None)
        if taken is not None:
            self.let_go()
            network = taken.partition(":")[0]
            raise Taken(
                f"a bot with this {network} account is already running on this database; stop it first, "
                "or let this one stand by: run --stand-by"
            )

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

    # ------------------------------------------------------------ whose turn it is

    async def come(self) -> None:
        """Return when this process may speak for its accounts: when nobody else does. The tables are there."""
        if await asyncio.to_thread(self._came):
            return
        log.info("another process speaks for this account: standing by")
        while not await asyncio.to_thread(self._came):  # noqa: ASYNC110 - what ends is in another process
            await asyncio.sleep(ASKS)
        log.warning("the process that spoke for this account has ended: taking over")

    def _came(self) -> bool:
        with self._asking:
            try:
                if self._over:
                    return False
                if not self.held():
                    self.take()
                self._begin()
            except (Taken, DBAPIError):
                return False
            return True

    def end(self) -> None:
        """Let go for good."""
        with self._asking:
            self._over = True
            self.let_go()

    def _begin(self) -> None:
        """From here on this process speaks, and whoever did before does not."""
        assert self._connection is not None  # noqa: S101 - see `_came`
        names = [turn_of(account) for account in self._accounts]
        self._turns = {name: self._connection.scalar(NEXT, {"name": name}) for name in names}

    def still(self, session: Session) -> None:
        """Nobody begins to speak before this transaction is over. Raises `UnusableError` when another has begun."""
        found = session.connection().execute(TURNS, {"names": list(self._turns)})
        if {name: turn for name, turn in found.all()} != self._turns:  # noqa: C416 - rows are no pairs to mypy
            raise UnusableError("another process speaks for this account now")

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


def turn_of(account: str) -> str:
    """The name of the counter of those who spoke for an account, one after another."""
    return f"speaks:{account}"


def key(account: str) -> int:
    """The number of an account's lock: PostgreSQL knows locks by 64-bit numbers that all programs share."""
    digest = hashlib.blake2b(f"xiaobandeng {account}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@contextmanager
def account_lease(url: str, accounts: Sequence[str], *, waits: bool = False) -> Iterator[AccountLease]:
    """Hold the lease of these accounts while inside. Raises `Taken` at once, unless it `waits`: see `come`."""
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    lease = AccountLease(engine, accounts)
    try:
        if not waits:
            lease.take()
        yield lease
    finally:
        lease.end()
        engine.dispose()
