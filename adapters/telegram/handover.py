"""One update heard: handed over, committed, answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.ears import Ears
from adapters.telegram.failures import seconds
from adapters.telegram.hear import Reader, private_link
from adapters.telegram.ids import NETWORK
from adapters.telegram.show import cut
from adapters.telegram.standing import Standings
from core.messages import Answer, Entered, Event, Joined, Left, Person, Ranked, Said
from core.network import Receive, insist

log = logging.getLogger(__name__)

Call = Callable[[], Awaitable[object]]

LONGEST_TOAST = 200
WORTH = 12.0
"""Seconds for which trying to answer is of use: Telegram stops waiting for the answer to a press soon after."""


@dataclass(slots=True)
class Handover:
    """Hands updates over one after another, in the order they came."""

    client: Client
    reader: Reader
    standings: Standings
    ears: Ears
    receive: Receive
    _answering: set[asyncio.Task[None]] = field(default_factory=set)

    async def hear(self, raw: dict[str, Any]) -> None:
        """Returns when everything in this update is committed: it may be confirmed then.

        What cannot be read at all is passed by. What cannot be stored is handed over until it can, and the updates
        behind it wait: whatever keeps one from being stored keeps them all.
        """
        try:
            update = Update.de_json(raw, self.client)
            events = self.reader.events(update)
        except Exception:
            log.exception("Update %s cannot be read and is passed by", raw.get("update_id"))
            return
        press = update.callback_query
        answer = Answer()
        events = await self.ears.listen(update, events)
        for event in events:
            self._learn(event)
            answer = await insist(self.receive, event)
        if press:
            self.answer(self._to_press(press.id, answer))

    def foresee(self, raws: Sequence[dict[str, Any]]) -> None:
        """These updates are handed over next, one after another: what is to be asked of many is asked together."""
        self.standings.foresee([who for raw in raws if (who := privately(raw)) is not None])

    async def settle(self, patience: float) -> None:
        """Wait a little until all that was heard so far is answered: what is confirmed is never answered again."""
        await asyncio.sleep(0)  # a mark is put there beside what goes on: let the last one begin
        if self._answering:
            await asyncio.wait(self._answering, timeout=patience)

    async def close(self) -> None:
        """Nothing more is answered when this returns."""
        await self.standings.close()
        await self.settle(1.0)
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    def _learn(self, event: Event) -> None:
        """What happens tells where somebody stands: it need not be asked then."""
        match event:
            case Ranked(chat=chat):
                self.standings.ranked(chat)
            case Entered(chat=chat):
                self.standings.entered(chat)
            case Joined(chat=chat, person=who) | Left(chat=chat, person=who):
                self.standings.seen(chat, who, here=isinstance(event, Joined))
            case Said(chat=chat, person=who) if not chat.private:
                self.standings.seen(chat, who, here=True)

    def answer(self, call: Call) -> None:
        """Make a call that answers somebody, beside what goes on; before what they did is confirmed if it can be."""
        task = asyncio.create_task(self._insist(call))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def _to_press(self, press: str, answer: Answer) -> Call:
        """A press is answered once: even an empty answer takes the waiting sign off the button."""
        if answer.open:
            url = private_link(self.reader.username)
            return partial(self.client.answer_callback_query, press, url=url)
        text = cut(answer.toast, LONGEST_TOAST) or None
        return partial(self.client.answer_callback_query, press, text=text, show_alert=answer.alert)

    async def _insist(self, call: Call) -> None:
        """Make a call that answers somebody, again if it must be, while that is of use."""
        try:
            async with asyncio.timeout(WORTH):
                while True:
                    try:
                        await call()
                    except BadRequest:
                        raise
                    except RetryAfter as wait:
                        await asyncio.sleep(seconds(wait))
                    except NetworkError:
                        await asyncio.sleep(0.5)
                    else:
                        return
        except (TelegramError, TimeoutError) as error:
            log.info("Could not be answered: %s", error)


def privately(raw: dict[str, Any]) -> Person | None:
    """Who says or presses this, where it is in a private chat. None also for an update that cannot be read."""
    try:
        did = raw.get("message") or raw["callback_query"]
        private = did.get("message", did)["chat"]["type"] == ChatType.PRIVATE
        return Person(NETWORK, str(int(did["from"]["id"]))) if private else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
