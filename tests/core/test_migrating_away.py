"""0030 and 0031 on rows of the version before: promises go on, who goes away and who was there is known from now on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from core.attendance import Attendance
from tests.migrating import bring
from tests.street import street

BEFORE = "0020"


async def test_what_was_promised_goes_on_and_who_goes_away_is_known(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-29 东门 4人") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        await here.die()
        bring(here.url, BEFORE, back=True)
        await here.start()
        await here.say("陈伯", "我不在 11月28日到12月20日", None)
        await here.deliver()
        assert "11月29日周日" in here.texts("陈伯")[-1]
        await here.press("陈伯", "退出 11月29日周日")
        await here.deliver()
        assert "0/4" in here.texts()[-1]


async def test_who_promised_before_is_recorded_as_there(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-29 19:00-21:00 东门 4人") as here:
        await here.say("陈伯", "报名")
        await here.die()
        bring(here.url, BEFORE, back=True)
        await here.start()
        await here.at(datetime(2026, 11, 29, 11, 5, tzinfo=UTC))
        await here.say("杨老师", "1号到了")
        await here.deliver()
        assert "陈伯 ✓到了" in here.rosters()[-1]
        [row] = here.read(lambda session: session.exec(select(Attendance)).all())
        assert (row.came_at, row.added) == (None, False)
