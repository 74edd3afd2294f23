"""0030 on rows that the version before wrote: what was promised goes on, and who goes away is known from now on."""

from __future__ import annotations

from pathlib import Path

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
