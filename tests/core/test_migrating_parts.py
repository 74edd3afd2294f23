"""0021 on rows that the version before wrote: what was posted for a day goes on, and 周日下午 is kept from now on."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from core.db import Database
from tests.keys import KEYS
from tests.migrating import bring
from tests.street import YANG, street

BEFORE = "0022"


def columns_of(url: str, table: str) -> set[str]:
    database = Database(url, KEYS)
    with database.engine.connect() as connection:
        names = {row.name for row in connection.execute(text(f"SELECT name FROM pragma_table_info('{table}')"))}
    database.close()
    return names


async def test_what_was_posted_for_a_whole_day_goes_on_and_can_be_given_a_part_of_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-29 东门 4人") as here:
        await here.die()
        bring(here.url, BEFORE, back=True)
        assert "daypart" not in columns_of(here.url, "occurrence")
        assert "closed_at" not in columns_of(here.url, "knownchat")
        await here.start()
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "11月29日周日\n" in here.texts()[-1]
        assert "1/4" in here.texts()[-1]
        await here.say(YANG, "改 1 周日下午", None)
        await here.deliver()
        assert "11月29日周日下午" in here.texts()[-1]
        await here.press(YANG, "撤销")
        await here.deliver()
        assert "11月29日周日\n" in here.texts()[-1]
