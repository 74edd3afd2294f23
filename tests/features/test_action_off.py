"""An action day about which it was asked how much of it is off: what was answered once is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from adapters.scene.network import person, private
from core.activities import CANCELLED, Occurrence
from core.ids import short
from core.messages import Pressed
from core.posts import Post
from tests.street import GROUP, YANG, street

DAY = "发布 集中行动日 12月5日 迎新年\n巡逻 8:00-10:00 东门 4人\n大扫除 10:00-11:00 小花园 6人"


@pytest.mark.parametrize("verb", ["whole_day", "only_this"])
async def test_who_went_back_calls_nothing_off_by_the_old_button(tmp_path: Path, verb: str) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say(YANG, DAY, GROUP)
        await here.deliver()
        await here.press(YANG, "发布")
        await here.deliver()
        await here.say(YANG, "取消 2", None)
        await here.deliver()
        await here.press(YANG, "返回")
        await here.deliver()
        (asked,) = here.read(lambda s: s.exec(select(Post).where(Post.kind == "action.off")).all())
        action = f"{short(asked.id)}.{verb}"
        answer = await here.tell(Pressed("late", private(person(YANG)), person(YANG), asked.message or "", action))
        await here.deliver()
        assert answer.toast
        states = [o.state for o in here.rows(Occurrence)]
        assert len(states) == 2
        assert CANCELLED not in states
