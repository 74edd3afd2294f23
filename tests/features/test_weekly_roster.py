"""With `[manners] weekly_roster` all days of a week of what repeats stand in one message; each is joined by its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.migrating import bring
from tests.street import GROUP, UNHURRIED, YANG, street

WEEKS = replace(UNHURRIED, weekly_roster=True)
PATROLS = "发布 巡逻 每周二、四、六早上6:30-7:30 东门 2人"


async def test_a_week_is_one_message_and_each_day_is_joined_by_its_name(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", posted=PATROLS, manners=WEEKS) as here:
        assert len(here.texts()) == 1
        week = here.texts()[-1]
        assert "巡逻 11月24日周二到11月28日周六" in week
        assert "#1 11月24日周二早上6点半到7点半 0/2" in week
        assert "#3 11月28日周六早上6点半到7点半 0/2" in week
        await here.say("陈伯", "周四的我来")
        await here.deliver()
        await here.press("王伯", "我来")
        await here.deliver()
        assert "哪" in here.texts("王伯")[-1]
        await here.press("王伯", "3")
        await here.say("王伯", "+1", reply_to=here.shown()[-1].id)
        await here.deliver()
        await here.press("王伯", "1")
        await here.say("陈伯", "报名 3")
        await here.deliver()
        week = here.texts()[-1]
        assert "#1 11月24日周二早上6点半到7点半 1/2：王伯" in week
        assert "#2 11月26日周四早上6点半到7点半 1/2：陈伯" in week
        assert "#3 11月28日周六早上6点半到7点半 2/2：王伯、陈伯" in week
        await here.again()
        await here.say("陈伯", "周四去不了", reply_to=here.shown()[-1].id)
        await here.deliver()
        assert "#2 11月26日周四早上6点半到7点半 0/2" in here.texts()[-1]
        assert len(here.texts()) == 1


async def test_the_next_week_is_the_next_message_and_a_day_called_off_says_so(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=PATROLS, manners=WEEKS) as here:
        await here.say("陈伯", "下周四的我来")
        await here.say(YANG, "取消 2")
        await here.deliver()
        await here.press(YANG, "只这一次")
        await here.deliver()
        assert "#2 11月26日周四早上6点半到7点半 已取消" in here.texts()[-1]
        await here.at(datetime(2026, 11, 30, 3, tzinfo=UTC))
        rosters = [text for text in here.texts() if text.startswith("巡逻")]
        assert len(rosters) == 2
        assert "#5 12月3日周四早上6点半到7点半 1/2：陈伯" in rosters[-1]
        assert "#6 12月5日周六" in rosters[-1]
        await here.say("陈伯", "名单 6", GROUP)
        await here.deliver()
        assert here.texts()[-1] == rosters[-1]


async def test_the_first_of_a_week_called_off_leaves_the_others_open(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=PATROLS, manners=WEEKS) as here:
        await here.say(YANG, "取消 1")
        await here.deliver()
        await here.press(YANG, "只这一次")
        await here.deliver()
        assert "#1 11月24日周二早上6点半到7点半 已取消" in here.texts()[-1]
        await here.press("陈伯", "我来")
        await here.deliver()
        await here.press("陈伯", "2")
        await here.deliver()
        assert "#2 11月26日周四早上6点半到7点半 1/2：陈伯" in here.texts()[-1]


async def test_rows_from_before_stand_each_by_itself_and_the_next_week_in_one(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=PATROLS) as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        await here.die()
        bring(here.url, "0054", back=True)
        here.facts["manners"] = WEEKS
        await here.start()
        assert here.promised() == {"陈伯": "claimed"}
        await here.at(datetime(2026, 11, 30, 3, tzinfo=UTC))
        rosters = [text for text in here.texts() if text.startswith("巡逻")]
        assert "1/2" in rosters[0]
        assert "12月1日周二到12月5日周六" in rosters[-1]
