"""0051 on a street of the version before: a round that goes on, and what was said there can be passed on."""

from __future__ import annotations

from pathlib import Path

from core.rounds import VisitReport
from tests.migrating import bring
from tests.street import YANG, street

BEFORE = "0047"
ROUND = "发布 送学上门 2026-11-24到2026-12-18 每户1人\n3号楼502 孙奶奶\n5号楼201 李爷爷"


async def test_what_was_said_before_can_be_passed_on(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.post(ROUND)
        await here.say("陈伯", "报名 3号楼")
        await here.later(days=2)
        await here.say("陈伯", "送到了，她爱听戏", None)
        await here.deliver()
        await here.die()
        bring(here.url, BEFORE, back=True)
        await here.start()
        await here.deliver()
        (row,) = here.rows(VisitReport)
        assert (row.words.privately(), row.handed_at, row.handed_by) == ("她爱听戏", None, 0)
        await here.press(YANG, "转给下一位")
        (row,) = here.rows(VisitReport)
        assert row.handed_at is not None
