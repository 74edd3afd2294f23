"""A running page for tests: real SQLite, a real port, a clock moved by hand, and people without any script."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import aiohttp
from sqlmodel import Session

from adapters.web.network import WebNetwork
from adapters.web.settings import WebSettings
from core.db import Database
from core.messages import Answer, Event
from core.network import Receive
from core.short_lives import empty
from tests.keys import KEYS

T = TypeVar("T")

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Shanghai
FREE = WebSettings(address="127.0.0.1:0")


class HandClock:
    """A clock that only a push moves."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    async def push(self, by: timedelta) -> None:
        self.time += by


@dataclass
class Bot:
    """A bot that keeps what it is told, and answers what it was told to answer."""

    heard: list[Event] = field(default_factory=list)
    answer: Answer = field(default_factory=Answer)

    async def receive(self, event: Event) -> Answer:
        self.heard.append(event)
        return self.answer


class BrittleDatabase(Database):
    """A real database whose disk breaks once when asked: before the next write, or after its commit."""

    breaks = ""

    async def write(self, work: Callable[[Session], T]) -> T:
        broken, self.breaks = self.breaks, ""
        if broken == "before":
            raise OSError("the disk is full")
        outcome = await super().write(work)
        if broken == "after":
            raise OSError("the line was cut")
        return outcome


def new_database(path: Path) -> Database:
    path.write_bytes(empty())
    return Database(f"sqlite:///{path}", KEYS)


@contextlib.asynccontextmanager
async def serving(network: WebNetwork, receive: Receive) -> AsyncIterator[None]:
    """Run the page for the length of a block; what breaks in it breaks the test."""
    task = asyncio.create_task(network.run(receive))
    started = asyncio.create_task(network.ready.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        started.cancel()
        await task
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            async with asyncio.timeout(10):
                await task


@dataclass
class Shown:
    """One message as a page shows it."""

    id: str
    bot: bool = False
    text: str = ""
    words: str = ""  # the message itself, without its name, time and links
    labels: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    names_me: bool = False


class Page:
    """A page as somebody reads it: messages by chat, forms with their fields, the lines of the bot to the reader.

    It is read when somebody looks at it, and most are only there or not there.
    """

    def __init__(self, html: str, status: int = 200, url: str = "") -> None:
        self.html, self.status, self.url = html, status, url

    @cached_property
    def _read(self) -> Reader:
        reader = Reader()
        reader.feed(self.html)
        return reader

    @property
    def chats(self) -> dict[str, list[Shown]]:
        return self._read.chats

    @property
    def forms(self) -> list[tuple[str, dict[str, str]]]:
        return self._read.forms

    @property
    def links(self) -> list[str]:
        return self._read.links

    @property
    def toast(self) -> str:
        return self._read.toast

    def form(self, action: str, **fields: str) -> dict[str, str]:
        """The fields of the first form that goes to `action` and has these fields already."""
        for target, filled in self.forms:
            if target.endswith(action) and fields.items() <= filled.items():
                return dict(filled)
        raise AssertionError(f"no form to {action} with {fields}")


class Reader(HTMLParser):
    """Reads a page from its first letter to its last."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[str, list[Shown]] = {}
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.links: list[str] = []
        self.toast = ""
        self._open: list[tuple[str, frozenset[str]]] = []  # with it <tag>, class and role, and those around it
        self._chat = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        classes = has.get("class", "").split()
        if tag == "section":
            self._chat = has.get("data-chat", "now")
            self.chats[self._chat] = []
        if tag == "article":
            self.chats[self._chat].append(Shown(has.get("data-id", ""), bot="bot" in classes))
        if tag == "form":
            self.forms.append((has.get("action", ""), {}))
        if tag == "input" and self.forms:
            self.forms[-1][1][has["name"]] = has.get("value", "")
        if tag == "a":
            self.links.append(has["href"])
        if tag == "button" and "<article>" in self._inside:
            self._line.labels.append("")
            self._line.actions.append(has.get("value", ""))
        if "me" in classes and "mention" in classes:
            self._line.names_me = True
        if tag not in {"input", "img", "meta", "link", "br", "rect", "path"}:
            self._open.append((tag, self._inside | {f"<{tag}>", *classes, *has.get("role", "").split()}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self._inside
        if inside & {"status", "alert"} and "offline" not in inside:
            self.toast += data.strip()
        if "<article>" not in inside:
            return
        self._line.text += data
        if "words" in inside:
            self._line.words += data
        if "<button>" in inside:
            self._line.labels[-1] = (self._line.labels[-1] + data).strip()

    @property
    def _inside(self) -> frozenset[str]:
        return self._open[-1][1] if self._open else frozenset()

    @property
    def _line(self) -> Shown:
        return self.chats[self._chat][-1]


class Browser:
    """Somebody without a script: looks at pages, fills in forms, presses buttons, follows where they lead."""

    def __init__(self, url: str, session: aiohttp.ClientSession, base: str = "") -> None:
        self.url, self.session, self.base = url, session, base

    async def look(self, path: str = "/") -> Page:
        async with self.session.get(f"{self.url}{self.base}{path}") as response:
            return Page(await response.text(), response.status, str(response.url))

    async def post(self, path: str, fields: dict[str, str] | aiohttp.FormData, **headers: str) -> Page:
        target = path if path.startswith("/as/") or not self.base else f"{self.base}{path}"
        async with self.session.post(f"{self.url}{target}", data=fields, headers=headers) as response:
            return Page(await response.text(), response.status, str(response.url))

    async def say(self, chat: str, text: str, reply: str = "") -> Page:
        page = await self.look(f"/chat/{chat}" + (f"?reply={reply}" if reply else ""))
        return await self.post("/say", page.form("/say", chat=chat) | {"text": text})

    async def rewrite(self, chat: str, text: str) -> Page:
        page = await self.look(f"/chat/{chat}")
        (link,) = [link for link in page.links if "?edit=" in link and f"/{chat}?" in link]
        page = await self.look(link.removeprefix(self.base))
        return await self.post("/say", page.form("/say", chat=chat) | {"text": text})

    async def press(self, chat: str, message: str, action: str) -> Page:
        page = await self.look(f"/chat/{chat}")
        return await self.post("/press", page.form("/press", message=message) | {"action": action})
