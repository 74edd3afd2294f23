"""One update heard: handed over, committed, answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from adapters.telegram.client import Line
from adapters.telegram.failures import seconds
from adapters.telegram.ranks import Ranks
from adapters.telegram.read import HELLO, Reader
from adapters.telegram.show import cut
from core.messages import Answer, Edited, Entered, Event, Expelled, Joined, Left, Moved, Opened, Pressed, Ranked, Said
from core.network import Receive

log = logging.getLogger(__name__)

Call = Callable[[], Awaitable[object]]

LONGEST_TOAST = 200
WORTH = 12.0
"""Seconds for which trying to answer is of use: Telegram stops waiting for the answer to a press soon after."""

AGAIN = (0.2, 1.0, 5.0, 15.0)
"""Seconds between tries to hand over what could not be stored; the last goes on."""


@dataclass(slots=True)
class Hearing:
    """Hands updates over one after another, in the order they came."""

    line: Line
    reader: Reader
    ranks: Ranks
    receive: Receive
    administrators_coordinate: bool
    _answering: set[asyncio.Task[None]] = field(default_factory=set)

    async def hear(self, raw: dict[str, Any]) -> None:
        """Returns when everything in this update is committed: it may be confirmed then.

        What cannot be read at all is passed by. What cannot be stored is handed over until it can, and the updates
        behind it wait: whatever keeps one from being stored keeps them all.
        """
        try:
            update = Update.de_json(raw, self.line)
            events = self.reader.events(update)
        except Exception:
            log.exception("Update %s cannot be read and is passed by", raw.get("update_id"))
            return
        press = update.callback_query
        answer = Answer()
        for event in events:
            answer = await self._hand_over(event)
        if press:
            self.answer(self._to_press(press.id, answer))

    async def settle(self, patience: float) -> None:
        """Wait a little until the presses heard so far are answered: one that is confirmed is never answered again."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=patience)

    async def close(self) -> None:
        """Nothing more is answered when this returns."""
        await self.settle(1.0)
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _hand_over(self, event: Event) -> Answer:
        match event:
            case Said() | Edited() | Pressed() | Opened():
                self.ranks.met(event.chat)
                await self._place(event)
            case Entered(chat=chat, person=who):
                if who:
                    await self._place(event)
                self.ranks.met(chat)
            case Expelled(chat=chat) | Moved(chat=chat):
                self.ranks.left(chat)
            case Ranked():
                self.ranks.told(event)
            case Joined(chat=chat, person=who) | Left(chat=chat, person=who):
                self.ranks.seen(chat, who, here=isinstance(event, Joined))
            case _:
                pass
        return await self._store(event)

    async def _place(self, event: Said | Edited | Pressed | Opened | Entered) -> None:
        """Hand over where this person is and what rank they have, before whatever they do that may need it."""
        for found in await self.ranks.whereabouts(event):
            await self._store(found)
        if self.administrators_coordinate and not isinstance(event, Opened):
            for ranked in await self.ranks.changed(event):
                await self._store(ranked)

    async def _store(self, event: Event) -> Answer:
        tries = 0
        while True:
            try:
                return await self.receive(event)
            except Exception:
                wait = AGAIN[min(tries, len(AGAIN) - 1)]
                log.exception("Could not be stored, tried again in %g s", wait)
                await asyncio.sleep(wait)
                tries += 1

    def answer(self, call: Call) -> None:
        """Make a call that answers somebody, beside what goes on; before what they did is confirmed if it can be."""
        task = asyncio.create_task(self._insist(call))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    def _to_press(self, press: str, answer: Answer) -> Call:
        """A press is answered once: even an empty answer takes the waiting sign off the button."""
        if answer.open:
            url = f"https://t.me/{self.reader.username}?start={HELLO}"
            return partial(self.line.answer_callback_query, press, url=url)
        text = cut(answer.toast, LONGEST_TOAST) or None
        return partial(self.line.answer_callback_query, press, text=text, show_alert=answer.alert)

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
