"""A kind that the settings no longer name: nothing new of it is posted, and what was posted before goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.activities import Occurrence
from core.features import enabled
from tests.street import PATROL, YANG, street


async def test_what_was_posted_before_goes_on_and_nothing_new_is_posted(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "1/2" in here.rosters()[0]

        here.facts["features"] = enabled(("visit", "balcony", "potluck")).values()
        await here.again()
        await here.press("李阿姨", "我来")
        await here.deliver()
        assert "2/2" in here.rosters()[0], "the button on an old roster still works"
        await here.say("陈伯", "有哪些活动")
        await here.say("陈伯", "我不去了", None)
        await here.deliver()
        assert "1/2" in here.rosters()[0]

        before = here.rows(Occurrence)
        await here.say(YANG, PATROL, None)
        await here.deliver()
        assert len(here.rows(Occurrence)) == len(before)
        said = len(here.texts("李阿姨"))
        await here.at(before[0].starts_at + timedelta(hours=3))
        assert len(here.texts("李阿姨")) > said, "who goes is reminded as before"
