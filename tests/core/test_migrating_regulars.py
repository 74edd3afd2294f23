"""0022 on rows that the version before wrote: to a series of then somebody may say that they come every week."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from core.db import Database
from core.regulars import Regular
from tests.keys import KEYS
from tests.migrating import bring
from tests.street import street

BEFORE = "0027"
WEEKLY = "发布 巡逻 每周二晚上7点到9点 东门 2人"


def tables(url: str) -> set[str]:
    database = Database(url, KEYS)
    with database.engine.connect() as connection:
        names = {row.name for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    database.close()
    return names


async def test_what_repeats_since_before_keeps_its_promises_and_can_be_promised_for_good(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", posted=WEEKLY) as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        await here.die()
        bring(here.url, BEFORE, back=True)
        assert "regular" not in tables(here.url)
        await here.start()
        assert here.rows(Regular) == []
        assert here.promised() == {"陈伯": "claimed"}
        await here.say("王伯", "我每周二都来")
        await here.deliver()
        assert "2/2" in here.texts()[-1]
        await here.at(datetime(2026, 11, 30, 11, tzinfo=UTC))
        assert "1. 王伯" in next(said for said in here.texts() if "12月1日" in said)
