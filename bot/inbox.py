"""Events come in here: one transaction each, on the writer thread; a defect is recorded, a full disk waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import OperationalError

from bot.patience import LOOKS, LOOKS_AGAIN, Patience
from bot.standing import standings
from core.db import Database, passing
from core.heres import Heres
from core.messages import Answer, Event
from core.network import Network
from core.standing import Found
from core.take_in import TooSoonError, give_up, take_in

log = logging.getLogger("xiaobandeng.inbox")


class Inbox:
    """Takes events in, one at a time and in order, on the database's writer thread."""

    def __init__(
        self, database: Database, heres: Heres, now: Callable[[], datetime], touched: Callable[[], None]
    ) -> None:
        self._database = database
        self._heres = heres
        self._now = now
        self._touched = touched
        self._patience = Patience()

    async def receive(self, network: Network, event: Event) -> Answer:
        """Commit what comes of an event and return the answer; the same event again gets the same answer.

        A defect of ours is recorded as a failed event and answered kindly: one poisoned event must not stop the
        village. Raises only when nothing could be stored, so that the adapter hands the event over again.
        """
        found = await standings(self._database, self._heres, network, event)
        looks = LOOKS if self._patience.has(event, self._now()) else 0
        for _ in range(looks):
            try:
                return await self._receive(network, event, found, patient=True)
            except TooSoonError:
                await asyncio.sleep(LOOKS_AGAIN)
        if looks:
            self._patience.waited_in_vain(event, self._now())
        return await self._receive(network, event, found, patient=False)

    async def _receive(self, network: Network, event: Event, found: Found, *, patient: bool) -> Answer:
        now = self._now()
        try:
            answer = await self._database.write(
                lambda s: take_in(s, self._heres, network, event, now, found, patient=patient)
            )
        except (OSError, TooSoonError):
            raise  # the disk, a message under way: not recorded, tried again
        except Exception as error:
            if isinstance(error, OperationalError) and passing(error):
                raise  # a lock, a full disk, a server that went away: the same
            log.exception("event failed", extra={"network": network.name, "event": event.event})
            answer = await self._database.write(lambda s: give_up(s, self._heres, network, event, now))
        self._touched()
        return answer
