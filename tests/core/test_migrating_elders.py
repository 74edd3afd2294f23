"""0035 on a street of the version before: visits posted then stand as they were, and somebody can be registered."""

from __future__ import annotations

from pathlib import Path

from core.elders import Elder
from tests.features.elders import ELDERS, VISIT, seen_by
from tests.migrating import bring
from tests.street import YANG, street

BEFORE = "0045"


async def test_visits_from_before_go_on_and_the_register_is_there(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.post(VISIT)
        await here.say("陈伯", "报名 3号楼")
        await here.deliver()
        before = here.texts(), here.texts("陈伯")
        await here.die()
        bring(here.url, BEFORE, back=True)
        await here.start()
        await here.deliver()
        assert (here.texts(), here.texts("陈伯")) == before
        await here.later(days=4, hours=11)
        assert seen_by(here, "陈伯") == {"3号楼"}
        await here.say(YANG, "登记 孙奶奶 3号楼502 13900001111", None)
        await here.deliver()
        await here.press(YANG, "确认")
        (row,) = here.rows(Elder)
        assert row.read().flat == "502"
        assert ELDERS["5号楼"] not in "".join(here.texts("陈伯"))
