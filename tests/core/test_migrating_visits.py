"""0006 on rows that the version before wrote: what was confided then goes from screens too, when it must."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.confiding import Heard
from tests.features.elders import VISIT, seen_by
from tests.migrating import bring
from tests.street import Street, street

BEFORE = "0003"


async def upgraded(here: Street) -> None:
    await here.die()
    bring(here.url, BEFORE, back=True)
    await here.start()
    await here.deliver()


@pytest.mark.parametrize("then", ["退出", "time"])
async def test_what_the_version_before_showed_goes_when_it_must(tmp_path: Path, then: str) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        for words in ("报名 3号楼", "名单 1", "我的"):
            await here.say("陈伯", words, None)
            await here.deliver()
        edits = here.calls("edit")
        await upgraded(here)
        assert here.calls("edit") == edits, "what is as it was is not sent"
        assert seen_by(here, "陈伯") == {"3号楼"}
        assert here.rows(Heard) == []
        if then == "time":
            await here.at(datetime(2026, 11, 29, 3, 1, tzinfo=UTC))
        else:
            await here.say("陈伯", then, None)
            await here.deliver()
        assert seen_by(here, "陈伯") == set()


async def test_what_was_over_long_ago_goes_at_the_first_start(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        await here.die()
        bring(here.url, BEFORE, back=True)
        here.clock.moment = datetime(2027, 3, 1, tzinfo=UTC)
        await here.start()
        await here.deliver()
        assert seen_by(here, "陈伯") == set()
