"""Synapse as a place where the contract of all networks is kept: a group, people in it, and faults on the line."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp

from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Store
from core.messages import Action, Chat, Entered, Joined, Opened, Person
from core.network import Later
from tests.adapters.place import Ear, OnScreen
from tests.matrix.gate import Gate
from tests.matrix.nio_person import NioPerson
from tests.matrix.person import Person as PlainPerson
from tests.matrix.person import until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse

Hand = NioPerson | PlainPerson


@dataclass
class MatrixPlace:
    """One room, encrypted or not. People in an encrypted one have clients that can encrypt."""

    synapse: Synapse
    http: aiohttp.ClientSession
    gate: Gate
    settings: MatrixSettings
    encrypted: bool
    network: Matrix
    ear: Ear = field(default_factory=Ear)
    group: Chat = field(default_factory=lambda: Chat("matrix", ""))
    hands: dict[str, Hand] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    before: str = ""  # the bot's place in the stream before the last thing said
    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self.network.run(self.ear.receive))

        async def ready() -> bool:
            if self._task is not None and self._task.done():
                self._task.result()
            with contextlib.suppress(Later):
                await self.network._ready()
                return True
            return False

        await until(ready)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                async with asyncio.timeout(10):
                    await self._task

    async def open(self) -> None:
        """Somebody makes the group and brings the bot in."""
        owner = await self._hand("李阿姨")
        room = await owner.create(self.network.bot, encrypted=self.encrypted)
        self.hands["owner"] = owner
        self.group = Chat("matrix", room)
        await self._heard(Entered, room)
        self.ear.events.clear()

    async def _hand(self, name: str) -> Hand:
        user = self.synapse.register("p")
        if self.encrypted:
            hand: Hand = await NioPerson.log_in(self.synapse.url, user, name)
        else:
            hand = await PlainPerson.log_in(self.synapse.url, user, self.http, name)
        self.hands[user] = hand
        return hand

    async def _heard(self, kind: type[Entered | Joined | Opened], room: str, user: str | None = None) -> None:
        """Return when the bot has handed this over."""

        async def look() -> bool:
            heard = [event for event in self.ear.events if isinstance(event, kind) and event.chat.id == room]
            return any(user is None or (event.person is not None and event.person.id == user) for event in heard)

        await until(look)

    async def person(self, name: str, *, opened: bool = True) -> Person:
        hand = await self._hand(name)
        await self.hands["owner"].invite(self.group.id, hand.user)
        await hand.join(self.group.id)
        await self._heard(Joined, self.group.id, hand.user)
        who = Person("matrix", hand.user, name)
        if opened:
            room = await hand.create(self.network.bot, encrypted=self.encrypted, is_direct=True)
            await self._heard(Opened, room, hand.user)
        return who

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None:
        self.before = (self.settings.store / "place.json").read_text()
        self.words[who.id, chat.id] = await self.hands[who.id].say(chat.id, text, reply_to)

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        await self.hands[who.id].edit(chat.id, self.words[who.id, chat.id], text)

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        await self.hands[who.id].react(chat.id, message, action.emoji)

    async def leave(self, who: Person) -> None:
        await self.hands[who.id].leave(self.group.id)

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        bot = self.network.bot
        events = await self.hands[who.id if who else "owner"].events(chat.id)
        return [
            OnScreen(message.id, message.text, tuple(emoji for by, emoji in message.reactions if by == bot))
            for message in shown(events, bot)
        ]

    async def vanish(self, chat: Chat, message: str) -> None:
        await self.hands["owner"].withdraw(chat.id, message)

    async def pinged(self, who: Person) -> int:
        events = await self.hands["owner"].events(self.group.id)
        return sum(who.id in message.pings for message in shown(events, self.network.bot))

    async def again(self) -> None:
        """The bot forgets how far it was: what it heard last, it hears again."""
        store = Store(self.settings.store)

        async def saved() -> bool:
            stream = (await self.network._ready()).stream
            return stream._answer is None and store.place.token == stream._place.token

        await until(saved)
        await self.stop()
        (self.settings.store / "place.json").write_text(self.before)
        await self.start()

    async def fail(self, call: str, *, after: bool) -> None:
        assert call in ("send", "edit")
        self.gate.break_next(lambda method, path: method == "PUT" and "/send/" in path, after=after)


@contextlib.asynccontextmanager
async def place(
    synapse: Synapse, http: aiohttp.ClientSession, settings: MatrixSettings, *, encrypted: bool
) -> AsyncIterator[MatrixPlace]:
    """A running place for a bot that is logged in with these settings."""
    async with Gate(synapse.url).open() as gate:
        behind = MatrixSettings(gate.url, settings.user, settings.store, encrypted=encrypted)
        made = MatrixPlace(synapse, http, gate, behind, encrypted, Matrix(behind))
        await made.start()
        try:
            await made.open()
            yield made
        finally:
            await made.stop()
            for hand in {id(hand): hand for hand in made.hands.values()}.values():
                if isinstance(hand, NioPerson):
                    await hand.close()
