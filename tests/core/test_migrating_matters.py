"""0026 and 0027 on a street of the version before: what stood there stands, and from then on matters can be brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.matters import Matter, MatterStep
from tests.migrating import bring
from tests.street import YANG, street

BEFORE = "0016"


async def test_rows_from_before_go_on_and_matters_can_be_brought(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        before = here.texts()
        await here.die()
        bring(here.url, BEFORE, back=True)
        await here.start()
        await here.deliver()
        assert here.texts() == before
        await here.say("陈伯", "烦心事 楼道灯坏了")
        await here.say(YANG, "事1 物业来看过了")
        await here.deliver()
        (matter,) = here.rows(Matter)
        (step,) = here.rows(MatterStep)
        assert (matter.number, matter.words, step.words) == (1, "楼道灯坏了", "物业来看过了")
        assert "事1 楼道灯坏了" in here.texts()[-1]


@pytest.mark.parametrize("length", [6_001, 10_000])
async def test_words_that_are_too_long_are_answered_in_a_group_as_well(tmp_path: Path, length: int) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("陈伯", "烦心事 " + "灯" * length)
        await here.deliver()
        assert here.rows(Matter) == []
        assert "太长" in here.texts("陈伯")[-1]
        await here.say("陈伯", "烦心事 " + "灯" * 5_900)
        await here.deliver()
        (matter,) = here.rows(Matter)
        assert set(matter.words) == {"灯"}
        assert len(matter.words) == 5_900
        assert len(here.texts()[-1]) < 400
