"""Wire up, run, stop: the communities, their database, networks, inbox and courier as one thing."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from bot import gone
from bot.account_lease import AccountLease, Sole, bot_accounts
from bot.clock import Clock, WallClock
from bot.config import Config
from bot.courier import Courier
from bot.damage import Damage
from bot.disclosing import Discloser
from bot.inbox import Inbox
from bot.keys import open_database
from bot.later import Later
from bot.later import beside as later_beside
from bot.slate import Slate, beside, beside_key
from bot.stalls import Stalls
from bot.tidying import KEPT, each_hour, sweep
from bot.wakening import listen
from bot.wording import catalogue
from core.attempts import forget_old as forget_attempts
from core.belonging import pairing_codes, settle, unled
from core.db import Database, passing
from core.deeds import consenting, retention, todays
from core.described import Described
from core.details import Discloses
from core.heres import Heres, Knows, Owes
from core.messages import Answer, Event
from core.network import MARK, Hosts, Names, Network, Opens, UnusableError, anywhere
from core.reading import Known, find_person, read_command, read_post
from core.reading.parts import Kinds
from core.served import speak_for
from core.serving import seed
from core.work import Work

log = logging.getLogger("xiaobandeng.app")

TRIES = 30.0
"""Seconds between two looks whether the operator wants something tried again."""
SPEAKS = 3600.0
"""Seconds between two times at which it is written down which networks this process speaks for."""


@cache
def warm_up(kinds: Kinds) -> None:
    """Load what reading needs now: else the first to say a word waits for it, and the writer thread with them."""
    day = datetime(2026, 1, 2, tzinfo=UTC)  # any will do
    for words in ("报名", "明天我跟老伴一起来", "is that you in the picture"):
        read_command(words, context="group", kinds=kinds, lang="zh")
    read_post("发布 巡逻 周五 19:00 东门 2人", base=day, kinds=kinds, lang="zh")
    find_person("王阿姨", [Known(0, "陈伯")])


def keep_what_is_loaded() -> None:
    """Tell the collector that what is loaded now stays, and to look for what is new less often.

    It would look through half a million objects again and again, 50 to 100 ms each time, with the event loop held. A
    round of the courier makes many thousand small ones that live just as long as the round.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


class App:
    """A running bot and the communities that it serves.

    `prepare` first; then `receive` and `deliver`, or `run`; `close` at the end.
    """

    def __init__(
        self,
        database: Database,
        networks: Sequence[Network],
        clock: Clock,
        *described: Described,
        slate: Path | None = None,
        kept: timedelta = KEPT,
        lease: AccountLease | Sole | None = None,
    ) -> None:
        self.database = database
        database.seconds = time.monotonic
        self.networks: Mapping[str, Network] = {network.name: network for network in networks}
        self.clock = clock
        self._described = described or (Described(),)
        self._kept = kept
        self._lease = lease or Sole()
        self._stalls = Stalls()
        self._slate = Slate(slate or beside(database), self._stalls)
        self._damage = Damage()
        self._later = Later(later_beside(database), database.keys)
        self._calls: set[asyncio.Task[None]] = set()
        self.heres: Heres
        self._inbox: Inbox
        self._courier: Courier

    async def prepare(self) -> None:
        """Bring the schema up to date and know whose communities these are."""
        await asyncio.to_thread(self.database.migrate)
        self.heres = await self.database.write(self._settle_in)
        for network in self.networks.values():
            if isinstance(network, Knows):
                network.know(self.heres)
        await asyncio.to_thread(warm_up, self.heres.first.kinds)
        facts = (self.database, self.heres, self.networks, self.clock)
        self._courier = Courier(*facts, self._damage, self._lease.still)
        for network in self.networks.values():
            if isinstance(network, Owes):
                network.owe_by(self._courier.touched)
        known = (self.database, self.heres, self.clock.now, self._courier.touched, self._slate)
        self._inbox = Inbox(*known, self._damage, self._later, self._mark)
        await self._inbox.prepare()
        self.discloser = Discloser(self.database, self.heres, self.networks, self.clock.now, self._courier.touched)
        for network in self.networks.values():
            if isinstance(network, Discloses):
                network.disclose_by(self.discloser.disclose)

    def _settle_in(self, session: Session) -> Heres:
        """The communities, their coordinators and their configured groups, as the configuration has them now."""
        now = self.clock.now()
        self.database.one_starts(session)
        heres = Heres(seed(session, described, now) for described in self._described)
        own = [chat for network in self.networks.values() if isinstance(network, Hosts) for chat in network.groups]
        for here in heres:
            settle(session, here, [chat for chat in own if heres.names(chat) is here], self.networks, now)
        for here in heres:
            todays.begin(Work(session, here, now))
            retention.begin(Work(session, here, now))
            consenting.begin(Work(session, here, now))
            for feature in here.features.values():
                if feature.begins is not None:
                    feature.begins(Work(session, here, now))
        forget_attempts(session, now - self._kept)
        sweep(self.database, session, now)
        if not self.database.sqlite:
            speak_for(session, self.networks, now)
        session.flush()
        session.expunge_all()
        return heres

    async def receive(self, network: Network, event: Event) -> Answer:
        """One event, one transaction. The mark on a person's words is put there after the commit, and may fail."""
        if isinstance(network, Names):
            self.heres.recognise(network.name, event.chat, network.called(event.chat))
        answer = await self._inbox.receive(network, event)
        self._mark(network, event, answer)
        return answer

    def _mark(self, network: Network, event: Event, answer: Answer) -> None:
        message = getattr(event, "message", None)
        if answer.mark and message and network.can.marks:
            self._aside(network, network.react(event.chat, message, answer.mark, f"{MARK}{event.event}"))

    async def try_again(self) -> None:
        """Take in once more what was set aside and what the operator wants tried."""
        await self._inbox.try_again([*self.networks.values()])

    async def _try_again_and_again(self) -> None:
        await self._inbox.take_up([*self.networks.values()])
        while True:
            try:
                await self.try_again()
            except Exception as error:  # noqa: BLE001 - a full disk, a server that is away: the next look comes
                log.warning("nothing could be tried again", extra={"why": type(error).__name__})
            await asyncio.sleep(TRIES)

    async def unled(self) -> list[str]:
        """The names of communities in which nobody is known who could confirm a group."""
        return await self.database.read(lambda s: [here.community.name for here in unled(s, self.heres)])

    async def pairing_codes(self) -> dict[str, str]:
        """A fresh pairing code for the operator to read, for each community that is unled, by its name."""
        now = self.clock.now()
        return await self.database.write(lambda s: pairing_codes(s, self.heres, now))

    def _aside(self, network: Network, call: Coroutine[Any, Any, None]) -> None:
        """Make a call that nobody waits for and that may fail: the next word must not queue behind a round trip."""

        async def made() -> None:
            try:
                await call
            except Exception as error:  # noqa: BLE001 - cosmetic: what was said is taken in
                log.info("cosmetic call failed", extra={"network": network.name, "why": type(error).__name__})

        task = asyncio.create_task(made())
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def deliver(self) -> datetime | None:
        """Do all that is due now until nothing is left; return when the next thing falls due (UTC), or None."""
        if self._calls:
            await asyncio.wait(list(self._calls))
        return await self._courier.deliver()

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until cancelled: every network, and the courier.

        Where another process speaks for these accounts, only what is brought to any of them is heard until that one
        ends. Raises what a network raises when it cannot be used at all.
        """

        async def serve(network: Network) -> None:
            await network.run(lambda event: self.receive(network, event))

        async with asyncio.TaskGroup() as tasks:
            heard = [network for network in self.networks.values() if anywhere(network)]
            for network in heard:
                tasks.create_task(serve(network), name=network.name)
            await self._lease.come()
            for network in self.networks.values():
                if network not in heard:
                    tasks.create_task(serve(network), name=network.name)
            tasks.create_task(self._lease.keep(), name="lease")
            tasks.create_task(self._courier.run(), name="courier")
            if not self.database.sqlite:
                tasks.create_task(listen(self.database, self._courier.touched), name="wakening")
                tasks.create_task(self._speak_on(), name="speaking")
            tasks.create_task(self._stalls.watch(), name="stalls")
            tasks.create_task(gone.watch(self.database, self.heres, self.networks, self.clock.now), name="gone")
            tasks.create_task(self._damage.watch(self.database, self.heres.first.lang, self._tell), name="damage")
            tasks.create_task(self._try_again_and_again(), name="set aside")
            tasks.create_task(each_hour(self.database, self.clock.now, self._kept), name="tidying")
            for network in self.networks.values():
                if isinstance(network, Opens):
                    await network.ready.wait()
            ready()

    async def _tell(self, key: str) -> None:
        """Tell coordinators, as far as that can be done without writing anything down."""
        await gone.tell_in_time(self.database, self.heres, self.networks, self.clock.now(), key)

    async def _speak_on(self) -> None:
        """Tell other processes of this database, again and again, that these networks are spoken for."""
        while True:
            await asyncio.sleep(SPEAKS)
            try:
                await self.database.write(lambda s: speak_for(s, self.networks, self.clock.now()))
            except DBAPIError as error:
                log.warning("database not reachable", extra={"why": type(error).__name__})

    def stir(self) -> None:
        """The clock was pushed, or something may be due: look again."""
        self._courier.stir()

    async def close(self) -> None:
        """Let what is under way end, and let go of the database."""
        if self._calls:
            await asyncio.wait(list(self._calls), timeout=1.0)
        if hasattr(self, "_inbox"):
            await self._inbox.close()
        if hasattr(self, "_courier"):  # not when preparing failed: that error must be the one that is seen
            await self._courier.close()
        await asyncio.to_thread(self.database.close)
        self._slate.close()


# ------------------------------------------------------------ from a configuration


async def run(
    config: Config,
    ready: Callable[[], None],
    *,
    show: Callable[[str, str], None] | None = None,
    lease: AccountLease | None = None,
) -> None:
    """Run the communities that a configuration describes, until cancelled; `ready` is called when it serves.

    `show` gets the name of a community where nobody coordinates yet, and a pairing code for the operator's eyes.
    Without it none is made: one that `check` has shown stays good. `lease`: by which on a database server it is known
    who speaks.

    Raises `UnusableError`, with a sentence for the operator, when a network cannot be used at all.
    """
    clock = WallClock()
    database = open_database(config, clock.now())
    networks = build(config, database, clock)
    app = App(
        database,
        networks,
        clock,
        *config.described(),
        slate=None if config.database.file else beside_key(config.database.key, bot_accounts(config)),
        kept=timedelta(days=config.database.seen_days),
        lease=lease,
    )
    try:
        await made_ready(app, config)
        if database.missing_keys:
            log.warning(
                "a key is missing: some of what was confided cannot be read",
                extra={"count": len(database.missing_keys)},
            )
        if config.pairs:
            await offer_pairing(app, show)
        keep_what_is_loaded()
        await app.run(ready)
    except* UnusableError as trouble:
        raise first_of(trouble) from None
    finally:
        await app.close()


async def made_ready(app: App, config: Config) -> None:
    """Prepare. Raises `UnusableError` where nothing can be written: the disk is full, or the file another's."""
    try:
        await app.prepare()
    except OperationalError as error:
        if not passing(error) or config.database.file is None:
            raise
        facts = {"file": str(config.database.file), "why": str(error.orig)}
        raise UnusableError(catalogue().text(config.community.lang, "gone.unwritable", **facts)) from None


def first_of(trouble: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error in a group, and in the groups in it."""
    error = trouble.exceptions[0]
    return first_of(error) if isinstance(error, BaseExceptionGroup) else error


async def offer_pairing(app: App, show: Callable[[str, str], None] | None) -> None:
    """Show the pairing codes that are wanted; where nobody would read them, say in the log how to get one."""
    if show is not None:
        for name, code in (await app.pairing_codes()).items():
            show(name, code)
    elif unled := await app.unled():
        log.warning("nobody coordinates yet: xiaobandeng check shows a pairing code", extra={"count": len(unled)})


def build(config: Config, database: Database, clock: WallClock) -> list[Network]:
    """The networks that a configuration names. Each library is imported only where it is used."""
    return [
        adapter.build(config.section(adapter), config.around(adapter), database, clock) for adapter in config.running
    ]
