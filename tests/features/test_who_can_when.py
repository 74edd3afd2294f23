"""With `[rota] ask` a coordinator may ask once a month who can when: a press for a part of the day, or silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.features.rota.settings import Table
from tests.street import UNHURRIED, YANG, Street, street

ASKS = replace(UNHURRIED, sections=(*UNHURRIED.sections, Table(ask=True)))
WEEKLY = "发布 巡逻 每周二早上9点到10点 东门 3人"
QUESTION = "您什么时候方便"
PEOPLE = ("陈伯", "王伯", "李阿姨")


async def served(here: Street, *names: str) -> None:
    for name in names:
        await here.say(name, "报名")
    await here.at(datetime(2026, 11, 24, 1, tzinfo=UTC))
    for name in names:
        await here.say(name, "到了")
    await here.deliver()


async def test_a_month_is_asked_once_and_a_rota_honours_what_was_said(tmp_path: Path) -> None:
    async with street(tmp_path, *PEOPLE, "赵叔", posted=WEEKLY, manners=ASKS) as here:
        await served(here, *PEOPLE)
        await here.at(datetime(2026, 11, 25, 0, 59, tzinfo=UTC))
        assert not any("什么时候能来值班" in text for text in here.texts(YANG))
        await here.at(datetime(2026, 11, 25, 1, tzinfo=UTC))
        assert "问问大家，12月什么时候能来值班" in here.texts(YANG)[-1]
        assert not any(QUESTION in text for text in here.texts("陈伯"))
        await here.press(YANG, "发出去")
        await here.deliver()
        assert "问了3位" in here.texts(YANG)[-1]
        assert not any(QUESTION in text for text in here.texts("赵叔"))
        await here.press("陈伯", "晚上")
        await here.deliver()
        assert "记下了：晚上" in here.texts("陈伯")[-1]
        await here.again()
        await here.press("陈伯", "早上")
        await here.press("陈伯", "早上")
        await here.say("王伯", "这个月都不行", None)
        await here.deliver()
        assert "记下了：早上、晚上" in here.texts("陈伯")[-1]
        assert any("记下了：这个月不行" in text for text in here.texts("王伯"))
        await here.say(YANG, "问问谁什么时候能来", None)
        await here.deliver()
        told = here.texts(YANG)[-1]
        assert "早上：陈伯" in told
        assert "这个月不行：王伯" in told
        assert "还不知道：1位" in told
        assert sum(QUESTION in text for text in here.texts("李阿姨")) == 1
        await here.say(YANG, "排班 12月", None)
        await here.deliver()
        assert "陈伯" in here.texts(YANG)[-1]
        assert "王伯" not in here.texts(YANG)[-1]
        await here.at(datetime(2026, 12, 25, 1, tzinfo=UTC))
        assert sum(QUESTION in text for text in here.texts("李阿姨")) == 1
        assert "1月什么时候能来值班" in here.texts(YANG)[-1]


async def test_words_are_heard_as_a_press_and_other_words_are_not(tmp_path: Path) -> None:
    async with street(tmp_path, *PEOPLE, posted=WEEKLY, manners=ASKS) as here:
        await served(here, *PEOPLE)
        await here.say(YANG, "who can when", None)
        await here.deliver()
        await here.say("陈伯", "上午和下午都可以", None)
        await here.say("李阿姨", "晚上不行", None)
        await here.say("王伯", "我的", None)
        await here.deliver()
        assert any("记下了：早上、下午" in text for text in here.texts("陈伯"))
        assert any("记下了：早上、下午" in text for text in here.texts("李阿姨"))
        assert not any("记下了：" in text for text in here.texts("王伯"))
        await here.say("陈伯", "问问谁什么时候能来", None)
        await here.deliver()
        assert "协调人" in here.texts("陈伯")[-1]


async def test_unless_it_is_set_nobody_is_asked(tmp_path: Path) -> None:
    async with street(tmp_path, *PEOPLE, posted=WEEKLY) as here:
        await served(here, *PEOPLE)
        await here.say(YANG, "问问谁什么时候能来", None)
        await here.at(datetime(2026, 11, 26, 1, tzinfo=UTC))
        assert any("[rota] ask" in text for text in here.texts(YANG))
        assert not any(QUESTION in text for name in PEOPLE for text in here.texts(name))
