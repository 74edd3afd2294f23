"""The page keeps the contract of networks. Its far end is itself: people look and speak over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from sqlmodel import Session

from adapters.web import CAN
from adapters.web.ids import NETWORK
from adapters.web.network import WebNetwork
from adapters.web.people import dismiss
from adapters.web.store import WebEvent
from core.messages import Action, Chat, Person, Said
from tests.adapters.contract import NetworkContract
from tests.adapters.place import Ear, OnScreen
from tests.keys import KEYS
from tests.web.house import FREE, BrittleDatabase, Browser, HandClock, Page, new_database, serving


class WebPlace:
    """Hands and eyes of the page's people."""

    def __init__(
        self, network: WebNetwork, database: BrittleDatabase, session: aiohttp.ClientSession, ear: Ear
    ) -> None:
        self.network, self.ear = network, ear
        self.group = FREE.chats[0]
        self._database, self._session = database, session

    def _browser(self, who: Person) -> Browser:
        return Browser(self.network.url, self._session, f"/as/{who.id}")

    async def _newcomer(self, name: str) -> Page:
        door = Browser(self.network.url, self._session)
        return await door.post("/as", (await door.look()).form("/as") | {"name": name})

    async def person(self, name: str, *, opened: bool = True) -> Person:
        page = await self._newcomer(name)
        return Person(NETWORK, urlsplit(page.url).path.split("/")[2], name)

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None:
        await self._browser(who).say(chat.id, text, reply_to or "")

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        await self._browser(who).rewrite(chat.id, text)

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        await self._browser(who).press(chat.id, message, action.id)

    async def leave(self, who: Person) -> None:
        await dismiss(FREE, self._database, who.id, HandClock().now())
        await self._newcomer("还有人来")  # the box is opened at once when something is dropped by this process

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        page = await self._browser(who or Person(NETWORK, "li")).look(f"/chat/{chat.id}")
        return [OnScreen(line.id, line.words, tuple(line.labels)) for line in page.chats[chat.id] if line.bot]

    async def vanish(self, chat: Chat, message: str) -> None:
        await self.network.remove(chat, message)

    async def pinged(self, who: Person) -> int:
        page = await self._browser(who).look(f"/chat/{self.group.id}")
        return sum(line.names_me for line in page.chats[self.group.id])

    async def again(self) -> None:
        """The process dies after the bot took its last event, before that was written down."""
        last = [event for event in self.ear.events if isinstance(event, Said)][-1]

        def work(session: Session) -> None:
            row = session.get_one(WebEvent, int(last.event))
            row.taken_at, row.text = None, last.text

        await self._database.write(work)
        await self._newcomer("还有人来")

    async def fail(self, call: str, *, after: bool) -> None:
        self._database.breaks = "after" if after else "before"


class TestWebNetwork(NetworkContract, can=CAN):
    @pytest.fixture
    async def place(self, tmp_path: Path, session: aiohttp.ClientSession) -> AsyncIterator[WebPlace]:
        database = BrittleDatabase(new_database(tmp_path / "web.db").url, KEYS)
        network, ear = WebNetwork(FREE, database, HandClock()), Ear()
        async with serving(network, ear.receive):
            yield WebPlace(network, database, session, ear)
        database.close()
