"""The real bot with its real page, one life after another on one folder, as tests end and begin them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from tests.adapters.place import until
from tests.web.house import Browser

LIVES = """
import os, sys
{more}
import adapters.web.network, bot.app
from bot.__main__ import main
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        sys.argv = ["xiaobandeng", "run", "--config", "config.toml", "--no-browser"]
        main()
        os._exit(0)
    print("life", child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""
"""Everything is imported once, after what a test puts in; each line on standard input is one life of the bot."""

PEOPLE = ("li", "chen", "wang-bo", "wang-ayi")


class Lives:
    """One bot after another on one folder."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.child = 0

    async def line(self) -> str:
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), 60)).decode().strip()

    async def begin(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        said = [await self.line(), await self.line()]  # in either order
        assert "ready" in said, said
        self.child = int(next(words for words in said if words.startswith("life")).split()[1])

    async def begin_to_end(self) -> None:
        """A life that ends by itself, perhaps before it serves."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        assert "life" in await self.line()
        await self.dead()

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.child, how)
        await self.dead()

    async def dead(self) -> None:
        """Wait until this life is over. It may have said before that it served."""
        while (said := await self.line()) != "dead":
            assert said == "ready"

    async def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


class App:
    """The page, and what people were answered on it."""

    def __init__(self, session: aiohttp.ClientSession, url: str, database: Path) -> None:
        self.browsers = {who: Browser(url, session, f"/as/{who}") for who in ("yang", *PEOPLE)}
        self.database = database
        self.joined: dict[str, bool | None] = dict.fromkeys(PEOPLE, False)  # None: nobody answered

    async def post(self) -> None:
        yang = self.browsers["yang"]
        day = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)).date()
        await yang.say("private-yang", f"发布 巡逻 {day} 19:00-21:00 东门集合 2人")

        async def draft() -> str | None:
            lines = (await yang.look("/chat/private-yang")).chats["private-yang"]
            return next((f"{m.id} {a}" for m in lines for a in m.actions if a.endswith(".publish")), None)

        message, action = (await until(draft)).split()
        await yang.press("private-yang", message, action)

    async def speak(self, who: str) -> None:
        """Join, or leave if one is in; what is answered counts."""
        joins = not self.joined[who]
        self.joined[who] = None
        try:
            page = await self.browsers[who].say("group", "报名" if joins else "退出")
        except (aiohttp.ClientError, AssertionError, KeyError):
            return  # the bot died meanwhile: it may have been heard, or not
        if page.status == 200:
            self.joined[who] = joins

    def ask(self, query: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.database, timeout=10)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def do(self, statement: str) -> None:
        connection = sqlite3.connect(self.database)
        connection.execute(statement)
        connection.commit()
        connection.close()

    def live(self) -> set[str]:
        query = "SELECT speaker_account FROM claim WHERE promised IN ('claimed', 'waitlisted', 'offered')"
        return {str(row[0]) for row in self.ask(query)}

    def remind_now(self) -> None:
        """The reminders fall due while nobody is there: as if the machine had slept."""
        self.do("UPDATE post SET not_before = '2026-01-01 00:00:00.000000' WHERE kind = 'remind' AND pending")


async def born(folder: Path, more: str = "") -> tuple[Lives, int]:
    """A mother of lives on this folder, and the port of their page. `more` is run before the bot is imported."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config.toml").write_text(f'[web]\naddress = "127.0.0.1:{port}"\ndemo = true\n', "utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIVES.format(more=more), stdin=PIPE, stdout=PIPE, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    return Lives(process), port
