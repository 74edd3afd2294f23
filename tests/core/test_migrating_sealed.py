"""0013 on rows that the version before wrote: nothing confided stands in clear any more, and everything is shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import col, select

import adapters.web.store as page
from core.activities import Occurrence
from core.seals import Keys
from tests.core.canaries import database, in_clear
from tests.core.recorded import gone_on, recorded
from tests.features.elders import ELDERS, NOTE
from tests.keys import KEYS
from tests.street import YANG, Street

WORDS = [*ELDERS.values(), NOTE, "蓝山雀奶奶", "血压计", "白鹭爷爷", "腿脚不便", "灰喜鹊奶奶", "每天要吸氧", "红隼婆婆"]
PRIVATE = [["text", "慰问红隼婆婆"]]


def with_page(file: Path) -> None:
    """The rows of 0007, and what somebody said to the bot on the page."""
    recorded("0007", file)
    with closing(sqlite3.connect(file)) as rows:
        rows.execute(
            "INSERT INTO web_person VALUES ('p1', '杨老师', NULL, 1, NULL, '2026-11-20 09:00:00.000000', 1, 0)"
        )
        for chat in ("private-p1", "group"):
            said = PRIVATE if chat != "group" else [["text", "大家好"]]
            rows.execute(
                "INSERT INTO web_message (chat, person, text, actions, mark, edited, removed, said_at, change) "
                "VALUES (?, 'p1', ?, '[]', '', 0, 0, '2026-11-23 09:00:00.000000', 1)",
                (chat, json.dumps(said)),
            )
        rows.execute(
            "INSERT INTO web_event (kind, chat, person, text, action, happened_at, toast, alert) "
            "VALUES ('said', 'private-p1', 'p1', '慰问红隼婆婆', '', '2026-11-23 09:00:00.000000', '', 0)"
        )
        rows.commit()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Street]:
    with_page(tmp_path / "street.db")
    assert len({word for word, _ in in_clear(WORDS, [tmp_path / "street.db"])}) == len(WORDS)
    async with gone_on(tmp_path) as here:
        yield here


def test_not_a_letter_of_it_is_in_the_file_nor_in_the_log_beside_it(here: Street, tmp_path: Path) -> None:
    assert in_clear(WORDS, database(tmp_path / "street.db")) == set()


def test_a_group_knows_the_building_and_nobody_else_knows_the_flat(here: Street) -> None:
    four = next(o for o in here.rows(Occurrence) if o.number == 4)
    assert (four.title, four.place, four.bring) == ("", "12号楼", "")
    assert four.bring_confided.privately() == "血压计"
    patrol = next(o for o in here.rows(Occurrence) if o.number == 1)
    assert (patrol.title, patrol.place) == ("巡逻", "东门")


async def test_who_goes_there_reads_it_as_before(here: Street) -> None:
    await here.say("陈伯", "我的", None)
    await here.deliver()
    assert ELDERS["3号楼"] in here.texts("陈伯")[-1]
    assert NOTE in here.texts("陈伯")[-1]
    await here.say("王阿姨", "报名 4", None)
    await here.deliver()
    assert "蓝山雀奶奶" in here.texts("王阿姨")[-1]


def test_the_page_says_what_it_said(here: Street) -> None:
    rows = here.read(lambda s: [*s.exec(select(page.WebMessage).order_by(col(page.WebMessage.id)))])
    assert [page.said(row) for row in rows] == [PRIVATE, [["text", "大家好"]]]
    (event,) = here.rows(page.WebEvent)
    assert page.words(event) == "慰问红隼婆婆"


async def test_with_another_key_it_is_said_to_be_lost_and_the_rest_goes_on(here: Street) -> None:
    await here.die()
    here.keys = Keys({"other": bytes(32)})
    await here.start()
    assert here.database.missing_keys == list(KEYS.by_id)
    await here.say("陈伯", "我的", None)
    await here.deliver()
    assert "3号楼：（打不开了，请问协调人）" in here.texts("陈伯")[-1]
    assert "巡逻 #1" in here.texts("陈伯")[-1]
    await here.say(YANG, "改 2 每户4人", None)
    await here.deliver()
    assert "打不开了" in here.texts(YANG)[-1]
    await here.say("陈伯", "退出 2", None)
    await here.say("王阿姨", "报名 1")
    await here.deliver()
    assert any("巡逻 #1" in text and "2/2" in text for text in here.texts())
    await here.post("发布 慰问 12月8日 9点 3号楼502 绿头鸭爷爷")
    await here.die()
    here.keys = KEYS  # the old key is found again
    await here.start()
    await here.say("陈伯", "报名 2 3号楼", None)
    await here.deliver()
    assert ELDERS["3号楼"] in here.texts("陈伯")[-1]
