"""Where a network is tried: its far end, what stands on a screen, what was heard."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, overload

from core.messages import (
    Action,
    Answer,
    Chat,
    Event,
    Message,
    Person,
)
from core.network import Network

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a test gives up on something that should have come. No test passes by waiting."""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """One message of the bot as a person's program shows it."""

    id: str  # as the bot knows it
    text: str  # what is read, markup gone
    labels: tuple[str, ...] = ()  # of its buttons; reactions put under it by the bot where there are none


@dataclass(slots=True)
class Ear:
    """The bot's side of `Network.run`: keeps what it hears, and can be made to fail."""

    events: list[Event] = field(default_factory=list)
    tries: list[Event] = field(default_factory=list)  # those that could not be stored included
    failing: int = 0  # so many of the next events cannot be stored
    answer: Answer = field(default_factory=Answer)

    async def receive(self, event: Event) -> Answer:
        self.tries.append(event)
        if self.failing:
            self.failing -= 1
            raise OSError("the disk is full")
        self.events.append(event)
        return self.answer


class Place(Protocol):
    """A running network with one group in it, and hands to act as its people. Every test gets a fresh one."""

    network: Network
    group: Chat
    ear: Ear  # already listening: `network.run(ear.receive)` is under way

    async def person(self, name: str, *, opened: bool = True) -> Person:
        """Somebody new in the group called `name`; with their private chat opened, or not."""

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None: ...

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        """Change the last words of `who` in `chat`."""

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        """Press the button of `action`; where the network has none, react with its emoji."""

    async def leave(self, who: Person) -> None:
        """Leave the group."""

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        """What the bot wrote into `chat` and is visible there now, oldest first."""

    async def vanish(self, chat: Chat, message: str) -> None:
        """Somebody with the right to do so deletes a message of the bot."""

    async def pinged(self, who: Person) -> int:
        """How many messages of the bot in the group were marked as naming `who`."""

    async def again(self) -> None:
        """Make the far end deliver its last event a second time."""

    async def fail(self, call: str, *, after: bool) -> None:
        """The next `call` ('send', 'edit') breaks, before or after its effect."""


@overload
async def until(look: Callable[[], Awaitable[T | None]]) -> T: ...
@overload
async def until(look: Callable[[], T | None]) -> T: ...
async def until(look: Callable[[], Any]) -> Any:
    """What `look` finds as soon as it finds something."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = look()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def listening(network: Network, ear: Ear) -> AsyncIterator[None]:
    """Run a network for the length of a test. What breaks in there breaks the test."""
    task = asyncio.create_task(network.run(ear.receive))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            async with asyncio.timeout(10):
                await task


def plain(text: str) -> Message:
    return Message((text,))


def seen(text: str) -> str:
    """A text as a reader would repeat it: no white space, no characters without a shape."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+", "", text)
