"""With `[safety] two_at_night` a duty in the dark needs two, one of whom knows it; the roster says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.street import UNHURRIED, YANG, street

SAFE = replace(UNHURRIED, two_at_night=True)


async def test_in_the_dark_one_is_not_enough(tmp_path: Path) -> None:
    alone = "发布 巡逻 2026-11-27 19:00-21:00 东门 1人"
    async with street(tmp_path, "陈伯", "王伯", "赵叔", posted=alone, manners=SAFE) as here:
        assert "0/2" in here.texts()[-1]
        assert "天黑，要两个人一起" in here.texts()[-1]
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "天黑，要两个人一起" in here.texts()[-1]
        await here.at(datetime(2026, 11, 25, 11, tzinfo=UTC))
        assert "还差1人" in here.texts(YANG)[-1]
        await here.say("王伯", "报名")
        await here.deliver()
        assert "两个人一起" not in here.texts()[-1]
        assert "其中一位要值过三次班" in here.texts()[-1]


async def test_who_has_three_duties_behind_them_makes_it_safe(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", posted="", manners=SAFE) as here:
        for day in (24, 25, 26):
            await here.post(f"发布 巡逻 2026-11-{day} 9:00-10:00 东门 2人")
            await here.say("陈伯", "报名")
            await here.at(datetime(2026, 11, day, 3, tzinfo=UTC))
        assert not any("两个人一起" in text for text in here.texts())
        await here.post("发布 巡逻 2026-11-27 19:00-21:00 东门 2人")
        await here.say("陈伯", "报名 4")
        await here.say("王伯", "报名 4")
        await here.deliver()
        assert "2/2" in here.rosters()[-1]
        assert "三次" not in here.rosters()[-1]
        assert "两个人一起" not in here.rosters()[-1]


async def test_by_day_and_unless_it_is_set_nothing_is_said(tmp_path: Path) -> None:
    async with street(tmp_path, posted="发布 巡逻 2026-11-27 19:00-21:00 东门 1人") as here:
        assert "0/1" in here.texts()[-1]
        assert "两个人" not in here.texts()[-1]
    (tmp_path / "day").mkdir()
    async with street(tmp_path / "day", posted="发布 巡逻 2026-11-27 9:00-11:00 东门 1人", manners=SAFE) as here:
        assert "0/1" in here.texts()[-1]
