"""A world, a server for it, and a bot account that speaks there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

import pytest

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from core.messages import Answer, Event
from tests.telegram.server import Server
from tests.telegram.world import World


class App:
    """Stands for the core: keeps what was handed over, and answers what it is told to."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.answer: Callable[[Event], Answer] = lambda _: Answer()
        self.broken = 0  # this many times nothing can be stored

    async def receive(self, event: Event) -> Answer:
        if self.broken:
            self.broken -= 1
            raise OSError("no space left")
        self.events.append(event)
        return self.answer(event)

    def heard(self, *kinds: type) -> list[Event]:
        """What happened, or of these kinds only."""
        return [event for event in self.events if not kinds or isinstance(event, kinds)]


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    assert world.violations == []


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    async with Server(world) as server:
        yield server


@pytest.fixture
def village() -> App:
    return App()


@pytest.fixture
def settings(server: Server, world: World) -> TelegramSettings:
    return TelegramSettings(world.token, base_url=server.url)


@pytest.fixture
async def telegram(settings: TelegramSettings) -> AsyncIterator[Telegram]:
    """Speaks, but does not listen yet: `run` is up to the test."""
    telegram = Telegram(settings)
    yield telegram
    await telegram._client.hang_up()


@pytest.fixture
async def listening(telegram: Telegram, village: App) -> AsyncIterator[Telegram]:
    """Listens, until the test ends."""
    running = asyncio.create_task(telegram.run(village.receive))
    yield telegram
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
