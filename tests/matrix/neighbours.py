"""One community with a group on Telegram (the stand-in) and a room on Matrix (Synapse), and the whole bot between."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.manners import Manners
from core.network import Can, Network
from tests.keys import KEYS
from tests.matrix.person import Person, until
from tests.matrix.screen import Shown, shown
from tests.matrix.synapse import Synapse
from tests.telegram.server import Server
from tests.telegram.world import Chat, Letter, User, World


class Unpaced(Telegram):
    """As fast as a test likes: the stand-in's limits are off here."""

    @property
    def can(self) -> Can:
        return replace(super().can, overall=(), chat=(), group=())


@dataclass
class Neighbours:
    """Two groups of one community. 杨老师 coordinates on Telegram, 李阿姨 made the room on Matrix."""

    world: World
    yang: User
    chen: User
    group: Chat
    li: Person
    room: str
    bot: str
    synapse: Synapse

    async def newcomer(self, name: str) -> tuple[User, Person]:
        """Two people of one name: one comes into the group on Telegram, one into the room on Matrix."""
        user = self.world.person(name)
        self.world.enter(user, self.group)
        self.world.say(user, self.world.private(user), "/start")
        person = await Person.log_in(self.synapse.url, self.synapse.register("p"), self.li.session, name)
        await self.li.invite(self.room, person.user)
        await person.join(self.room)
        await person.create(self.bot, is_direct=True)
        return user, person

    async def post(self, places: int) -> None:
        """Post an activity with so many places, and return when it stands in both groups, ready to be pressed."""
        private = self.world.private(self.yang)
        day = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
        self.world.say(self.yang, private, f"发布 巡逻 {day.month}月{day.day}日 19:00-21:00 东门集合 {places}人")

        async def draft() -> Letter | None:
            return next((letter for letter in private.shown() if self.button(letter, "发布")), None)

        letter = await until(draft)
        self.world.press(self.yang, letter, self.button(letter, "发布"))

        async def there() -> bool:
            roster = await self.matrix_roster()
            return roster is not None and len(roster.reactions) >= 2 and self.telegram_roster() is not None

        await until(there)

    @staticmethod
    def button(letter: Letter, label: str) -> str | None:
        """What a button carries, by its label."""
        return next((b["callback_data"] for b in letter.buttons() if b["text"].endswith(label)), None)

    def telegram_roster(self) -> Letter | None:
        return next((letter for letter in self.group.shown() if self.button(letter, "我来")), None)

    async def matrix_roster(self) -> Shown | None:
        screen = shown(await self.li.events(self.room), self.bot)
        return next((message for message in screen if "🙋" in message.text), None)

    def press_on_telegram(self, who: User) -> None:
        letter = self.telegram_roster()
        assert letter is not None
        self.world.press(who, letter, self.button(letter, "我来"))

    async def press_on_matrix(self, who: Person) -> None:
        roster = await self.matrix_roster()
        assert roster is not None
        await who.react(self.room, roster.id, "🙋")

    async def rosters(self) -> tuple[str, str]:
        """What stands on both screens now."""
        letter, message = self.telegram_roster(), await self.matrix_roster()
        return (letter.text.plain if letter else "", message.text if message else "")


@contextlib.asynccontextmanager
async def neighbours(synapse: Synapse, folder: Path) -> AsyncIterator[Neighbours]:
    """Both groups are known to the community, and the bot runs."""
    world = World()
    yang, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", chen, admins=(yang,))
    settings = MatrixSettings(synapse.url, synapse.register("bot"), folder / "matrix", encrypted=False)
    await login(settings, "password")
    async with Server(world) as server, aiohttp.ClientSession() as http:
        networks: list[Network] = [Unpaced(TelegramSettings(world.token, base_url=server.url)), Matrix(settings)]
        database = Database(f"sqlite:///{folder}/village.db", KEYS)
        li = await Person.log_in(synapse.url, synapse.register("p"), http, "李阿姨")
        village = App(
            database,
            networks,
            WallClock(),
            Described(manners=Manners(quiet=None), coordinators=[f"matrix:{li.user}"], groups=[f"telegram:{group.id}"]),
        )
        await village.prepare()
        running = asyncio.create_task(village.run())
        try:
            room = await li.create(settings.user)
            here = Neighbours(world, yang, chen, group, li, room, settings.user, synapse)
            for user in (yang, chen):
                world.say(user, world.private(user), "/start")
                world.say(user, group, "大家好")

            async def greeted() -> list[Shown]:
                return shown(await li.events(room), settings.user)

            await until(greeted)
            await li.say(await li.create(settings.user, is_direct=True), "你好")
            yield here
        finally:
            running.cancel()
            await asyncio.wait([running])
            await village.close()
