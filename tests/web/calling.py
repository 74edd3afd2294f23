"""A page for real people, with somebody who is in and a push service that may call their browsers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel, select

from adapters.web.ids import private_chat
from adapters.web.network import WebNetwork
from core.db import Database
from core.messages import Message, Unread
from tests.web.house import Bot, Browser, HandClock
from tests.web.push_service import PushService

SECRET = Message(("明天上午9点，去3号楼402看看王奶奶。",))
JSON = {"Accept": "application/json"}


@dataclass
class Calling:
    """A page for real people, somebody who is in, and a push service."""

    network: WebNetwork
    database: Database
    clock: HandClock
    bot: Bot
    browser: Browser
    service: PushService
    person: str

    async def answer(self, **fields: str) -> dict[str, str]:
        csrf = (await self.browser.look()).form("/say")["csrf"]
        async with self.browser.session.post(
            f"{self.network.url}/remind", data={"csrf": csrf, **fields}, headers=JSON
        ) as response:
            assert response.status == 200
            said: dict[str, str] = await response.json()
            return said

    async def subscribe(self, path: str = "phone") -> None:
        self.service.browser(path)
        said = await self.answer(**self.service.fields(path))
        assert said == {"said": "好，有事我叫您。不想要了，到“更多”里关掉。", "answer": "yes"}

    async def tell(self, key: str = "k1", message: Message = SECRET) -> str:
        """The bot says something privately, after the page was closed."""
        await self.clock.push(timedelta(seconds=1))
        return await self.network.send(private_chat(self.person), message, key)

    def rows(self, table: type[SQLModel]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.exec(select(table)).all())

    async def pass_time(self, by: timedelta) -> None:
        await self.clock.push(by)
        self.network._unseen.stir()

    @property
    def unread(self) -> list[Unread]:
        return [event for event in self.bot.heard if isinstance(event, Unread)]
