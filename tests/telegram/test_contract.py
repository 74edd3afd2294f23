"""Telegram keeps the contract of every network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.telegram import CAN
from adapters.telegram.ids import parts
from adapters.telegram.settings import TelegramSettings
from core.messages import Action, Chat, Person
from tests.adapters.contract import NetworkContract
from tests.adapters.place import Ear, OnScreen, listening
from tests.telegram import world as worlds
from tests.telegram.faults import Fault
from tests.telegram.server import Server
from tests.telegram.unpaced import Unpaced
from tests.telegram.waiting import until
from tests.telegram.world import World


class TelegramPlace:
    """People with phones in one group of a world."""

    def __init__(self, world: World, server: Server) -> None:
        self.world, self.server, self.ear = world, server, Ear()
        self.network = Unpaced(TelegramSettings(world.token, base_url=server.url, confide=True))
        self.room = world.group("邻里", world.person("杨老师"))
        self.group = Chat("telegram", str(self.room.id), name="邻里")
        self._last: worlds.Letter | None = None

    def _user(self, who: Person) -> worlds.User:
        return self.world.users[int(who.id)]

    def _room(self, chat: Chat) -> worlds.Chat:
        return self.world.private(self.world.users[int(chat.id)]) if chat.private else self.world.chats[int(chat.id)]

    async def person(self, name: str, *, opened: bool = True) -> Person:
        user = self.world.person(name, opened=False)
        self.room.ranks[user.id] = "member"
        if opened:
            self.world.say(user, self.world.private(user), "/start")
            await until(lambda: not self.world.updates)
        return Person("telegram", str(user.id), name)

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None:
        room = self._room(chat)
        answered = room.letters[parts(reply_to)[-1]] if reply_to else None
        self._last = self.world.say(self._user(who), room, text, reply_to=answered)

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        assert self._last is not None
        self.world.rewrite(self._last, text)

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        letter = self._room(chat).letters[parts(message)[-1]]
        [data] = [button["callback_data"] for button in letter.buttons() if button["text"].endswith(action.label)]
        self.world.press(self._user(who), letter, data)

    async def leave(self, who: Person) -> None:
        self.world.leave(self._user(who), self.room)

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        return [
            OnScreen(str(letter.number), letter.text.plain, tuple(button["text"] for button in letter.buttons()))
            for letter in self._room(chat).shown()
            if letter.author is self.world.me
        ]

    async def vanish(self, chat: Chat, message: str) -> None:
        self._room(chat).letters[int(message)].gone = True

    async def pinged(self, who: Person) -> int:
        return sum(int(who.id) in letter.notified() for letter in self.room.shown())

    async def again(self) -> None:
        update = self.server.told[-1]
        await until(lambda: not self.world.updates)
        self.world.updates.append(update)
        self.world.arrived.set()

    async def fail(self, call: str, *, after: bool) -> None:
        method = {"send": "sendMessage", "edit": "editMessageText"}[call]
        self.server.faults.plan(method, Fault("cut after" if after else "cut before"))


class TestTelegram(NetworkContract, can=CAN):
    @pytest.fixture
    async def place(self, world: World, server: Server) -> AsyncIterator[TelegramPlace]:
        server.flood.on = False
        place = TelegramPlace(world, server)
        async with listening(place.network, place.ear):
            await until(lambda: world.wanted)
            yield place
