"""The courier with many posts that fall due together."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.scene.network import CAN, SceneNetwork
from bot.due import due_posts
from bot.planning import make_plan
from core import posts
from core.members import Community
from core.messages import Chat, Message
from tests.bot.slow import want_lines
from tests.street import MONDAY, PATROL, YANG, Street, street

# ---------------------------------------------------------------- many that fall due together

EVE = MONDAY.replace(day=26, hour=11)  # 19:00 in Shanghai, before the patrol of the 27th


class Together(SceneNetwork):
    """A network whose calls return only when as many are under way as it may have."""

    def __init__(self, can: Any) -> None:
        super().__init__(can)
        self.under_way = self.most = 0
        self.full = asyncio.Event()
        self.holding = False

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.under_way == self.can.in_flight:
            self.full.set()
        if self.holding:
            await self.full.wait()
        self.under_way -= 1
        return await super().send(chat, message, key)


async def test_as_many_calls_are_under_way_at_once_as_the_network_may_have_and_no_more(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(1, 8)]
    here = Street(tmp_path, network=Together(replace(CAN, in_flight=3)))
    await here.start()
    await here.meet(YANG, *names)
    await here.post(PATROL.replace("2人", "9人"))
    for name in names:
        await here.say(name, "报名")
    await here.at(EVE - timedelta(minutes=1))  # what one coordinator reads alone has been said
    network = here.network
    assert isinstance(network, Together)
    network.most, network.holding = 0, True
    network.full.clear()
    await here.at(EVE)
    assert network.most == 3
    assert all(any("东门" in text for text in here.texts(name)) for name in names)
    await here.die()


async def test_reminders_that_look_alike_are_answered_each_by_its_own_reader(tmp_path: Path) -> None:
    async with street(tmp_path, YANG, "陈伯", "李阿姨", "王阿姨", posted=PATROL.replace("2人", "3人")) as here:
        for name in ("陈伯", "李阿姨", "王阿姨"):
            await here.say(name, "报名")
        await here.at(EVE)
        reminders = {name: here.shown(name)[-1].message for name in ("陈伯", "李阿姨", "王阿姨")}
        assert len({message.text for message in reminders.values()}) == 1
        assert len({message.actions[0].id for message in reminders.values()}) == 3
        await here.press("李阿姨", "退出", on="明天")
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed", "李阿姨": "withdrawn", "王阿姨": "claimed"}


async def test_a_post_put_there_anew_is_known_by_its_new_message_and_by_its_old(tmp_path: Path) -> None:
    """Its second life has two copies: each still finds it, and the newest is the one that is edited."""
    async with street(tmp_path, YANG, "陈伯", "李阿姨", posted=PATROL) as here:
        (first,) = here.shown()[-1:]
        await here.say("陈伯", "报名")
        await here.say(YANG, "名单 1")
        await here.deliver()
        (post,) = here.owed("roster")
        copies = [copy for copy in here.rows(posts.Copy) if copy.post_id == post.id]
        assert (post.life, len(copies)) == (2, 2)
        assert post.message in {copy.message for copy in copies}
        assert post.message != first.id
        await here.say("李阿姨", "+1", reply_to=first.id)
        await here.deliver()
        assert "2/2" in here.rosters()[-1]
        assert here.shown()[-1].id == post.message


async def test_what_is_under_way_is_not_read_again(tmp_path: Path) -> None:
    async with street(tmp_path, YANG, posted=PATROL) as here:
        want_lines(here, 5)
        now = here.clock.now()
        ours = {here.rows(Community)[0].id}
        with here.database.reading() as session:
            every = [post.id for post in due_posts(session, ours, now, frozenset(), 500).posts]
            rest = [post.id for post in due_posts(session, ours, now, frozenset(every[:2]), 500).posts]
            two = [post.id for post in due_posts(session, ours, now, frozenset(every[:2]), 2).posts]
    assert len(every) == 5
    assert rest == every[2:]
    assert two == every[2:4]


async def test_what_one_event_owes_is_planned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it has changed while it was on its way is seen where that is written down."""
    async with street(tmp_path, YANG, "陈伯", posted=PATROL) as here:
        looks = []

        def look(*facts: Any) -> Any:
            looks.append(1)
            return make_plan(*facts)

        monkeypatch.setattr("bot.courier.make_plan", look)
        await here.say("陈伯", "帮助", None)
        while here.app._courier._gathering is not None:  # else it stirs in the middle of what is counted
            await asyncio.sleep(0.01)
        await here.deliver()
        assert any("报名" in text for text in here.texts("陈伯"))
        assert len(looks) == 1
