"""What visitors reported is kept as long as the settings say, and no longer; that they were there stays."""

from __future__ import annotations

from pathlib import Path

from core.manners import Manners
from core.rounds import VisitReport
from core.visiting import Visiting
from tests.core.canaries import database, in_clear
from tests.street import YANG, street

ROUND = "发布 送学上门 2026-11-24到2026-12-18 每户1人\n3号楼502 孙奶奶\n5号楼201 李爷爷"
SHORT = Manners(share=1_000_000, chat_share=1_000_000, sections=(Visiting(details="at once", reports_kept_days=40),))


async def test_the_words_of_a_report_are_dropped_at_night_when_they_are_too_old(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=SHORT) as here:
        await here.post(ROUND)
        await here.say("陈伯", "报名 3号楼")
        await here.later(days=2)
        await here.say("陈伯", "送到了，膝盖积水", None)
        await here.deliver()
        await here.later(days=39)
        assert [row.words.privately() for row in here.rows(VisitReport)] == ["膝盖积水"]
        await here.later(days=2)
        assert [row.words.privately() for row in here.rows(VisitReport)] == [""]
        assert not any("膝盖积水" in text for text in here.texts(YANG)[-1:])
        assert in_clear(["膝盖积水"], database(tmp_path / "street.db")) == set()
