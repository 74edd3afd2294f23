"""The real bot with its real page, killed again and again: what was answered stays, and nothing is shown twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.place import until
from tests.bot.lives import PEOPLE, App, born

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

KILLS = 10


async def test_ten_kills_lose_nothing_that_was_answered_and_show_nothing_twice(tmp_path: Path) -> None:
    lives, port = await born(tmp_path)
    chance = random.Random(20261123)
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
    await lives.end()
