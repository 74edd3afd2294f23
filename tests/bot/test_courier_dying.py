"""The courier, when the bot dies or something changes while a call is under way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from adapters.scene.network import CAN
from core import posts
from core.posts import Post
from tests.bot.slow import BLIND, Slow, slow_street
from tests.street import MONDAY, PATROL, YANG, street

# ---------------------------------------------------------------- a death of the bot


@pytest.mark.parametrize(("can", "most"), [(CAN, 1), (BLIND, 2)], ids=["a network that tells", "one that cannot"])
async def test_a_kill_after_the_send_and_before_the_record_shows_one_roster_or_at_most_one_more(
    tmp_path: Path, can: Any, most: int
) -> None:
    here = await slow_street(tmp_path, can)
    network = here.network
    assert isinstance(network, Slow)
    await here.say(YANG, PATROL, None)
    await here.deliver()
    await here.press(YANG, "发布")
    network.holding = "send"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    under_way.cancel()
    await here.again()
    await here.deliver()
    assert 1 <= len(here.rosters()) <= most
    await here.say("陈伯", "报名")
    await here.deliver()
    assert "1/2" in here.rosters()[-1]
    await here.die()


async def test_a_kill_during_an_edit_ends_in_the_newest_roster(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    await here.post()
    network = here.network
    assert isinstance(network, Slow)
    await here.say("陈伯", "报名")
    network.holding = "edit"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    under_way.cancel()
    await here.again()
    await here.say("李阿姨", "报名")
    await here.deliver()
    (roster,) = here.rosters()
    assert "2/2" in roster
    await here.die()


async def test_after_a_day_a_roster_is_put_there_anew_and_a_chatty_notice_is_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("陈伯", "帮助", None)
        with here.database.writing() as session:
            for post in session.exec(select(Post)).all():
                if post.kind == "say" and post.message is None:
                    post.sending, post.sending_since = post.wanted, MONDAY - timedelta(hours=24)
                    session.add(post)
        before = here.texts("陈伯")
        await here.deliver()
        assert here.texts("陈伯") == before
        assert [p.state for p in here.owed("say") if p.sending is not None and p.message is None] == ["ended"]

        await here.say(YANG, PATROL, None)
        await here.deliver()
        await here.press(YANG, "发布")
        with here.database.writing() as session:
            (roster,) = (p for p in session.exec(select(Post)).all() if p.kind == "roster")
            key = posts.key(roster)
            roster.sending, roster.sending_since = roster.wanted, MONDAY - timedelta(hours=24)
            session.add(roster)
        await here.deliver()
        assert len(here.rosters()) == 1
        assert [call.key for call in here.network.calls if call.name == "send" and "东门" in call.message.plain()][
            -1
        ] != key


# ---------------------------------------------------------------- changes while something is under way


async def test_a_change_during_an_edit_is_not_lost(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    await here.post()
    network = here.network
    assert isinstance(network, Slow)
    await here.say("陈伯", "报名")
    network.holding = "edit"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    await here.say("李阿姨", "报名")  # the edit that is under way does not know of this
    network.go.set()
    await under_way
    (roster,) = here.rosters()
    assert "2/2" in roster
    await here.die()


async def test_a_change_during_the_first_send_is_not_lost(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    network = here.network
    assert isinstance(network, Slow)
    await here.say(YANG, PATROL, None)
    await here.deliver()
    await here.press(YANG, "发布")
    network.holding = "send"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    await here.say("陈伯", "报名")
    network.go.set()
    await under_way
    (roster,) = here.rosters()
    assert "1/2" in roster
    await here.die()


async def test_eight_claims_make_one_edit(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(8)]
    async with street(tmp_path, *names, posted=PATROL.replace("2人", "9人")) as here:
        before = here.calls("edit")
        for name in names:
            await here.say(name, "报名")
        await here.deliver()
        assert here.calls("edit") == before + 1
        assert "8/9" in here.rosters()[0]
