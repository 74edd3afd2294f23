"""Events come in here: one transaction each, on the writer thread; a defect is recorded, a full disk waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from bot.at_once import AtOnce
from bot.busy import Busy, Done
from bot.damage import Damage, DamagedError, over_a_press
from bot.fetching import fetched
from bot.habits import Habits
from bot.later import Later
from bot.patience import LOOKS, LOOKS_AGAIN, Patience
from bot.shares import Queue, Shares
from bot.slate import Slate
from bot.standing import presence, standings
from core import attempts, seen
from core.attempts import MOST
from core.belonging import UnknownError
from core.db import Database, locked, passing
from core.heres import Heres
from core.messages import Answer, Arranged, Event, Pressed
from core.network import Network, Stands
from core.reading.parts import Ahead, UnreadError
from core.set_aside import set_aside, tell
from core.standing import Found
from core.take_in import TooSoonError, give_up, take_in
from core.words import text

log = logging.getLogger("xiaobandeng.inbox")

WAITS = 12
"""How often a transaction waits for another program, each time as long as SQLite does, before others may go first."""
UNSTORED = 1_000
"""Events that are remembered because they could not be stored."""
TOO_FAST = "refusal.too_fast"


class Inbox:
    """Takes events in, one at a time and in order, on the database's writer thread."""

    def __init__(
        self,
        database: Database,
        heres: Heres,
        now: Callable[[], datetime],
        touched: Callable[[], None],
        slate: Slate,
        damage: Damage,
        later: Later,
        done: Done,
    ) -> None:
        self._database = database
        self._heres = heres
        self._now = now
        self._touched = touched
        self._slate = slate
        self._patience = Patience()
        self._habits = Habits()
        self._shares = Shares(heres)
        self._queue = Queue()
        self._tried: dict[tuple[str, str], int] = {}
        self._unstored: set[tuple[str, str]] = set()
        self._damage = damage
        self._at_once = AtOnce(heres, now)
        self._busy = Busy(database, heres, later, self._at_once, done)

    async def prepare(self) -> None:
        """Count what the last process did not live through. Before anything is received."""
        self._tried = await self._database.write(self._count)
        self._slate.wipe()

    def _count(self, session: Session) -> dict[tuple[str, str], int]:
        left = self._slate.read()
        if left is not None:
            count = attempts.count(session, left.bot, left.event, left.life, self._now())
            log.warning("the bot ended while it took in an event", extra={"attempt": count})
            session.flush()
        return attempts.counted(session)

    async def receive(self, network: Network, event: Event, *, anew: bool = False) -> Answer:
        """Commit what comes of an event and return the answer; the same event again gets the same answer.

        A defect of ours is recorded as a failed event and answered kindly: one poisoned event must not stop the
        village; nor may one that no process lives through, which is set aside. `anew`: that is tried once more. While
        another program holds the database, it is kept beside it and done later.
        Raises only when nothing could be stored, so that the adapter hands the event over again.
        """
        if self._damage.found:
            return self._refused(network, event)
        if anew:
            return await self._received(network, event, anew=True)
        return await self._busy.within(network, event, lambda: self._received(network, event))

    def _refused(self, network: Network, event: Event) -> Answer:
        """The file is damaged: what is pressed is told so, what is said is handed over again to whoever comes after."""
        if (answer := over_a_press(event, self._heres.names(event.chat).lang)) is not None:
            return answer
        self._at_once.answer(network, event, "trouble.damaged")
        raise DamagedError("the database is damaged")

    async def _received(self, network: Network, event: Event, *, anew: bool = False) -> Answer:
        key = (network.bot, event.event)
        if not anew and self._tried.get(key, 0) >= MOST:
            return await self._set_aside(network, event)
        async with self._queue.place(event):
            if not anew and key not in self._unstored and not self._shares.serves(event, self._now()):
                return await self._held_back(network, event)
            self._begun(key)
            answer = await self._looked_at(network, event, anew=anew)
            self._unstored.discard(key)
            return answer

    def _begun(self, key: tuple[str, str]) -> None:
        """Until it is stored, it may be handed over again, and is weighed once: it was said once."""
        if len(self._unstored) >= UNSTORED:
            self._unstored.clear()  # what a page asked for is not always handed over again
        self._unstored.add(key)

    async def _looked_at(self, network: Network, event: Event, *, anew: bool) -> Answer:
        """Taken in, as soon as what it answers is known."""
        event = await fetched(self._database, self._heres, network, event)
        found = await standings(self._database, self._heres, network, event)
        try:
            return await self._soon(network, event, found, anew=anew, asks=isinstance(network, Stands))
        except UnknownError:
            found = await presence(network, event)
            return await self._soon(network, event, found, anew=anew, asks=False)

    async def _soon(self, network: Network, event: Event, found: Found, *, anew: bool, asks: bool) -> Answer:
        """As soon as what it answers is written down."""
        looks = LOOKS if self._patience.has(event, self._now()) else 0
        for _ in range(looks):
            try:
                return await self._receive(network, event, found, patient=True, asks=asks, anew=anew)
            except TooSoonError:
                await asyncio.sleep(LOOKS_AGAIN)
        if looks:
            self._patience.waited_in_vain(event, self._now())
        return await self._receive(network, event, found, patient=False, asks=asks, anew=anew)

    async def _receive(
        self, network: Network, event: Event, found: Found, *, patient: bool, asks: bool = False, anew: bool = False
    ) -> Answer:
        now, key = self._now(), (network.bot, event.event)
        tried = anew or key in self._tried

        def work(session: Session) -> Answer:
            self._as_new(session, key, anew=anew)
            answer = take_in(session, self._heres, network, event, now, found, patient=patient, asks=asks)
            if tried:
                attempts.taken_in(session, *key)
            return answer

        def failed(session: Session) -> Answer:
            self._as_new(session, key, anew=anew)
            if tried:
                attempts.taken_in(session, *key)
            return give_up(session, self._heres, network, event, now)

        try:
            answer = await self._database.on_writer(lambda: self._in_turn(network, event, work))
        except (OSError, TooSoonError, UnknownError):
            raise  # the disk, a message under way, somebody to be asked about: not recorded, tried again
        except Exception as error:
            if isinstance(error, OperationalError) and passing(error):
                raise  # a lock, a full disk, a server that went away: the same
            if isinstance(error, IntegrityError) and (before := await self._elsewhere(key)) is not None:
                return before
            if self._damage.meets(error):
                return self._refused(network, event)
            log.exception("event failed", extra={"network": network.name, "event": event.event})
            answer = await self._database.write(failed)
        self._tried.pop(key, None)
        self._touched()
        return answer

    async def _elsewhere(self, key: tuple[str, str]) -> Answer | None:
        """How another process answered this event, to which it was brought as well; None where none did."""
        return await self._database.read(lambda session: seen.answered(session, *key))

    def _in_turn(self, network: Network, event: Event, work: Callable[[Session], Answer]) -> Answer:
        """On the writer thread: what is long is read, then one transaction; where it asks for more, once again."""
        ahead, waits = Ahead(), 0
        with self._slate.at(network.bot, event.event):
            ahead.read(self._habits.of(event))
            while True:
                try:
                    with self._database.writing() as session, ahead.within():
                        answer = work(session)
                except UnreadError as unread:
                    ahead.read(unread.calls)
                except OperationalError as error:
                    waits += 1
                    if not locked(error) or waits >= WAITS:
                        raise  # else what came after it would be done before it
                else:
                    self._habits.learn(event, ahead.asked)
                    return answer

    @staticmethod
    def _as_new(session: Session, key: tuple[str, str], *, anew: bool) -> None:
        if anew:
            attempts.reopen(session, *key)

    async def _held_back(self, network: Network, event: Event) -> Answer:
        """Somebody took more than their share: they are told, over a press at once, else once a minute."""
        now = self._now()
        if isinstance(event, Pressed | Arranged):
            here = self._heres.names(event.chat)
            return Answer(toast=text(here.lang, TOO_FAST), alert=True)
        if self._shares.tells(event, now):
            log.warning("somebody sends more than their share", extra={"network": network.name})
            occasion = f"share:{network.bot}:{event.event}"
            await self._database.write(lambda s: tell(s, self._heres, event, TOO_FAST, occasion, now))
            self._touched()
        return Answer()

    async def _set_aside(self, network: Network, event: Event) -> Answer:
        now, key = self._now(), (network.bot, event.event)

        def work(session: Session) -> Answer:
            with self._slate.at(*key):
                return set_aside(session, self._heres, network, event, now)

        answer = await self._database.write(work)
        facts = {"network": network.name, "kind": attempts.sort_of(event), "attempt": self._tried.pop(key, 0)}
        log.error("an event was set aside: xiaobandeng events", extra=facts)
        self._touched()
        return answer

    async def try_again(self, networks: Sequence[Network]) -> None:
        """Take in what the operator wants tried once more."""
        for bot, event in await self._database.read(attempts.to_try):
            for network in networks:
                if network.bot == bot:
                    await self.receive(network, event, anew=True)

    async def take_up(self, networks: Sequence[Network]) -> None:
        """Take in what the last process was asked for while another program held the database."""
        await self._busy.take_up(networks, self._received)

    async def close(self) -> None:
        await self._busy.close()
