"""One neighbour storms all day and one message ends two processes: all others are served, the group stays quiet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.scene.network import person, private
from core.attempts import ASIDE, Attempt
from core.manners import Manners
from tests.bot.test_set_aside import SORRY, stopped_at
from tests.street import GROUP, MONDAY, YANG, street

FREEZE = "@" * 44 + "\n词"
NEIGHBOURS = ("陈伯", "李阿姨", "王伯")
WORDS = (
    "报名",
    "退出",
    "名单",
    "+1 " * 40,
    "1. 王伯\n2. 陈伯\n3. 老张",
    "今天天气真好",
    "帮 不认识的人 报名",
    "取消 1",
)


async def test_a_days_storm_and_a_message_that_freezes_leave_the_community_served(tmp_path: Path) -> None:
    patrol = "发布 巡逻 2026-11-27 19:00-21:00 东门集合 8人"
    async with street(tmp_path, "顽童", *NEIGHBOURS, posted=patrol, manners=Manners(share=20)) as here:
        before = len(here.network.screens.put_on(GROUP))
        freezing = here.network.said(person("顽童"), GROUP, FREEZE)
        stopped_at(here, freezing)  # say that it ends whatever reads it, as long ago it did
        await here.again()
        await here.tell(freezing)
        for n, name in enumerate(NEIGHBOURS):
            await here.at(MONDAY + timedelta(hours=4 * n))
            for i in range(70):
                await here.say("顽童", WORDS[i % len(WORDS)], GROUP if i % 3 else None)
            await here.say(name, "报名")
            await here.deliver()
            assert here.promised()[name] == "claimed", "heard at once, in the middle of it"
            assert "报上名了" in "".join(here.texts(name)), "and told so"
        await here.again()
        await here.say(YANG, "名单 1", None)
        await here.deliver()
        assert all(name in here.rosters()[-1] for name in NEIGHBOURS)
        assert [(row.attempts, row.state) for row in here.rows(Attempt)] == [(2, ASIDE)]
        assert [SORRY in text for text in here.texts("顽童")].count(True) == 1
        put = here.network.screens.put_on(GROUP)[before:]
        assert len(put) <= 3 * len(NEIGHBOURS), "the roster, brought down three times a minute at the most"
        for name in (YANG, *NEIGHBOURS):
            assert len(here.network.screens.put_on(private(person(name)))) < 12, "nobody's telephone rings all day"
