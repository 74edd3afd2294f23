"""0011 on rows that the version before wrote: what a potluck had asked then can be answered now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from core.db import Database
from tests.keys import KEYS
from tests.migrating import bring
from tests.street import Street, street

BEFORE = "0015"
MEAL = "发布 百家饭 2026-11-28 11:00 活动室 凉菜2 热菜4"


def as_before(url: str) -> list[dict[str, object]]:
    """The database as the version before left it; the bodies of its questions."""
    bring(url, BEFORE, back=True)
    database = Database(url, KEYS)
    with database.engine.begin() as connection:
        # the question that names its dish came later: then it was this one
        connection.execute(text("UPDATE post SET body = replace(body, 'potluck.which_course_of', 'ask.course')"))
        rows = connection.execute(text("SELECT body FROM post WHERE kind = 'ask'")).all()
    database.close()
    return [json.loads(row.body) for row in rows]


async def upgraded(here: Street) -> list[dict[str, object]]:
    await here.die()
    bodies = as_before(here.url)
    await here.start()
    await here.deliver()
    return bodies


@pytest.mark.parametrize(("said", "key"), [("报名", "ask.dish"), ("百家饭 佛跳墙 3份", "ask.course")])
async def test_a_question_that_stood_can_be_answered(tmp_path: Path, said: str, key: str) -> None:
    async with street(tmp_path, "陈伯", posted=MEAL) as here:
        await here.say("陈伯", said, None)
        await here.deliver()
        before = here.texts("陈伯")
        (body,) = await upgraded(here)
        assert body["key"] == key
        assert body.get("expects") == ("dish" if key == "ask.dish" else None)
        assert here.texts("陈伯") == before
        if key == "ask.dish":
            await here.say("陈伯", "红烧肉 10份", None)
        else:
            await here.press("陈伯", "热菜")
        await here.deliver()
        assert "1/6" in here.texts()[-1]
