"""With `[manners] morning` each group reads each day what there is to do; who was told enough is left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from tests.street import UNHURRIED, YANG, street

EARLY = replace(UNHURRIED, morning=time(7, 30))


async def test_the_line_says_what_there_is_and_is_silent_on_other_days(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", manners=EARLY) as here:
        await here.say("陈伯", "报名")
        await here.at(datetime(2026, 11, 26, 3, tzinfo=UTC))
        assert len(here.texts()) == 1
        await here.again()
        await here.at(datetime(2026, 11, 26, 23, 30, tzinfo=UTC))
        assert here.texts()[-1] == "11月27日周五\n晚上7点 巡逻 #1 1/2"
        await here.at(datetime(2026, 11, 28, 3, tzinfo=UTC))
        assert len([text for text in here.texts() if text.startswith("11月")]) == 1


async def test_without_it_nothing_is_said_in_the_morning(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.at(datetime(2026, 11, 27, 3, tzinfo=UTC))
        assert len(here.texts()) == 1


async def test_who_was_asked_four_times_a_day_is_asked_nothing_more(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-23 12:00-13:00 东门 1人") as here:
        await here.say("陈伯", "报名")
        await here.at(datetime(2026, 11, 23, 6, tzinfo=UTC))
        for hour in range(10, 17):
            await here.post(f"发布 巡逻 2026-11-27 {hour}:00-{hour}:30 东门 1人")
        await here.at(datetime(2026, 11, 25, 14, tzinfo=UTC))
        asked = [text for text in here.texts("陈伯") if "您能来吗" in text]
        assert len(asked) == 4
        assert sum("还没有人报名" in text for text in here.texts(YANG)) == 7
