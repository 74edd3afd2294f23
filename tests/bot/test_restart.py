"""The real bot with its real page, killed again and again: what was answered stays, and nothing is shown twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from tests.adapters.place import until
from tests.web.house import Browser

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

LIVES = """
import os, sys
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
"""Everything is imported once; each line on standard input is one life of `xiaobandeng run`."""

PEOPLE = ("li", "chen", "wang-bo", "wang-ayi")
KILLS = 10


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

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.child, how)
        assert await self.line() == "dead"


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

    def live(self) -> set[str]:
        query = "SELECT speaker_account FROM claim WHERE promised IN ('claimed', 'waitlisted', 'offered')"
        return {str(row[0]) for row in self.ask(query)}

    def remind_now(self) -> None:
        """The reminders fall due while nobody is there: as if the machine had slept."""
        connection = sqlite3.connect(self.database)
        connection.execute(
            "UPDATE post SET not_before = '2026-01-01 00:00:00.000000' WHERE kind = 'remind' AND pending"
        )
        connection.commit()
        connection.close()


async def test_ten_kills_lose_nothing_that_was_answered_and_show_nothing_twice(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "config.toml").write_text(f'[web]\naddress = "127.0.0.1:{port}"\ndemo = true\n', "utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIVES, stdin=PIPE, stdout=PIPE, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    lives, chance = Lives(process), random.Random(20261123)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        here = App(session, f"http://127.0.0.1:{port}", tmp_path / "xiaobandeng.db")
        await lives.begin()
        await here.post()
        for n in range(KILLS):
            talk = [asyncio.create_task(here.speak(who)) for who in PEOPLE]
            left, pending = chance.randint(0, len(PEOPLE)), set(talk)
            while len(pending) > left:
                _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait(talk, timeout=chance.random() * 0.1)  # a moment in what comes after
            await lives.kill()
            await asyncio.gather(*talk)
            live = here.live()
            for who, joined in here.joined.items():
                assert joined is None or (who in live) == joined, (n, who)
                here.joined[who] = who in live
            if n % 3 == 2:
                here.remind_now()
            await lives.begin()

        async def settled() -> bool:
            owed = here.ask("SELECT count(*) FROM post WHERE pending AND not_before <= datetime('now')")
            return owed == [(0,)] and here.ask("SELECT count(*) FROM web_event WHERE taken_at IS NULL") == [(0,)]

        await until(settled)
        page = await here.browsers["li"].look("/chat/group")
        rosters = [message.words for message in page.chats["group"] if "东门" in message.words]
        await lives.kill(signal.SIGTERM)

    taking = here.ask("SELECT count(*) FROM claim WHERE promised IN ('claimed', 'offered')")[0][0]
    assert len(rosters) == 1
    assert f"{taking}/2" in rosters[0]
    assert here.ask("PRAGMA integrity_check") == [("ok",)]
    assert here.ask("SELECT count(*) FROM seen WHERE outcome = 'failed'") == [(0,)]
    twice = "SELECT post_id, count(*) FROM copy GROUP BY post_id HAVING count(*) > 1"
    assert here.ask(twice) == []
    unknown = "SELECT id FROM web_message WHERE person IS NULL AND CAST(id AS TEXT) NOT IN (SELECT message FROM copy)"
    assert here.ask(unknown) == []
    reminders = here.ask("SELECT count(*) FROM copy JOIN post ON post.id = copy.post_id WHERE post.kind = 'remind'")
    assert reminders[0][0] >= 1
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()
