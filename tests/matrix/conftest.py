"""One Synapse for all tests of Matrix; new people and rooms for each."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest

from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Store
from core.messages import Answer, Chat, Event
from core.network import Later
from tests.matrix.peer import Peer, install, installed
from tests.matrix.person import Person, until
from tests.matrix.synapse import Synapse, serving

E = TypeVar("E")


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    with serving() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


NewPerson = Callable[[str], Awaitable[Person]]


@pytest.fixture
def person(synapse: Synapse, http: aiohttp.ClientSession) -> NewPerson:
    """Makes a new person with a name."""

    async def make(name: str) -> Person:
        return await Person.log_in(synapse.url, synapse.register("p"), http, name)

    return make


@dataclass
class Bot:
    """The adapter with a core that only remembers what it was told. `fail` makes it unable to store, so many times."""

    settings: MatrixSettings
    user: str
    network: Matrix
    heard: list[Event] = field(default_factory=list)
    fail: int = 0
    _task: asyncio.Task[None] | None = None

    async def receive(self, event: Event) -> Answer:
        if self.fail:
            self.fail -= 1
            raise OSError("disk full")
        self.heard.append(event)
        return Answer()

    async def start(self) -> None:
        """Run, and return when it has caught up."""
        self.network = Matrix(self.settings)
        self._task = asyncio.create_task(self.network.run(self.receive))
        while True:
            try:
                await self.network._ready()
            except Later:
                if self._task.done():
                    self._task.result()
                await asyncio.sleep(0.01)
            else:
                return

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def settle(self) -> None:
        """Return when everything that was read has been taken and the place is on the disk."""
        stream = (await self.network._ready()).stream

        async def saved() -> bool:
            return stream._answer is None and Store(self.settings.store).place.token == stream._place.token

        await until(saved)

    async def hears(self, kind: type[E], count: int = 1) -> E:
        """The newest event of this kind, when there are `count` of them."""

        async def look() -> list[E]:
            return [event for event in self.heard if isinstance(event, kind)]

        found: list[E] = await until(look, lambda seen: len(seen) >= count)
        assert len(found) == count, found
        return found[-1]

    def all_of(self, kind: type[E]) -> list[E]:
        return [event for event in self.heard if isinstance(event, kind)]


@pytest.fixture
async def bot(synapse: Synapse, tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot that is logged in and running."""
    user = synapse.register("bot")
    settings = MatrixSettings(synapse.url, user, tmp_path / "matrix", patience=0.5)
    await login(settings, "password")
    made = Bot(settings, user, Matrix(settings))
    await made.start()
    yield made
    await made.stop()


NewGroup = Callable[..., Awaitable[Chat]]


@pytest.fixture
def group(bot: Bot) -> NewGroup:
    """Makes a room that somebody opened and the bot has joined."""

    async def make(owner: Person, *others: Person, encrypted: bool = False) -> Chat:
        room = await owner.create(bot.user, *(other.user for other in others), encrypted=encrypted)
        for other in others:
            await other.join(room)

        async def inside() -> bool:
            line = await bot.network._ready()
            return room in line.stream.rooms

        await until(inside)
        return Chat("matrix", room)

    return make


NewPeer = Callable[..., Awaitable[Peer]]


@pytest.fixture
async def peer(synapse: Synapse) -> AsyncIterator[NewPeer]:
    """Makes a new person with a current client; with `user`, one more device of that person."""
    if not installed():
        if "CI" in os.environ:
            install()
        else:
            pytest.skip("the client is not installed: python -m tests.matrix.peer")
    made: list[Peer] = []

    async def make(user: str | None = None, **more: bool) -> Peer:
        made.append(await Peer.start(synapse.url, user or synapse.register("peer"), **more))
        return made[-1]

    yield make
    for each in made:
        await each.stop()
