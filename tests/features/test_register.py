"""The register keeps nothing in clear, and nothing at all of who is off it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlmodel import select

from core.audit import AuditLine
from core.drafts import Draft
from core.elders import Elder
from core.seals import Keys
from tests.street import GROUP, YANG, Street, street

CANARIES = ("秦玉兰奶奶", "13912345678", "先天性耳聋")
SAID = "登记 秦玉兰奶奶 3号楼4417 13912345678 先天性耳聋 按三次铃"


async def keep(here: Street, words: str = SAID) -> None:
    await here.say(YANG, words, None)
    await here.deliver()
    await here.press(YANG, "确认")
    await here.deliver()


def raw(folder: Path) -> bytes:
    """Every byte of the database and of what is beside it."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_nothing_of_somebody_registered_stands_in_clear_anywhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with street(tmp_path, "陈伯", posted="") as here:
        await keep(here)
        await here.say(YANG, "登记 秦玉兰奶奶 3号楼4417 13912345678 先天性耳聋", GROUP)
        await here.say(YANG, "秦玉兰奶奶", None)
        await here.post("发布 慰问 2026-11-28 09:00-11:00 秦玉兰奶奶 2人 带4417号水果")
        await here.say("陈伯", "报名")
        await here.later(days=4, hours=11)
        await here.say(YANG, "谁看过 秦玉兰奶奶", None)
        await here.deliver()
        assert "13912345678" in "".join(here.texts("陈伯"))
        assert "陈伯" in here.texts(YANG)[-1]
        kept = raw(tmp_path)
        written = "\n".join(record.getMessage() for record in caplog.records)
        for word in CANARIES:
            forms = {word.encode(), word.encode("utf-16-le"), word.encode("unicode-escape")}
            assert not [form for form in forms if form in kept], word
            assert word not in written
            assert word not in "".join(here.texts())


async def test_who_takes_consent_back_is_gone_from_rows_drafts_and_screens(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await keep(here)
        await here.post("发布 慰问 2026-11-24 09:00-11:00 秦玉兰奶奶 2人 请先打13912345678")
        await here.say("陈伯", "报名")
        await here.later(hours=11)
        assert "秦玉兰奶奶" in "".join(here.texts("陈伯"))
        await here.say(YANG, "收回同意 秦玉兰奶奶", None)
        await here.deliver()
        assert here.rows(Elder) == []
        with here.database.reading() as session:
            drafts = [row.kept.privately() for row in session.exec(select(Draft)).all()]
            verbs = [row.verb for row in session.exec(select(AuditLine)).all()]
        assert "elder_withdrew" in verbs
        for word in CANARIES:
            assert word not in "".join(here.texts("陈伯"))
            assert word.encode("unicode-escape").decode() not in "".join(drafts)
            assert word not in "".join(drafts)
        await here.later(days=2)
        assert not [word for word in CANARIES if word in "".join(here.texts("陈伯"))]


async def test_a_lost_key_is_said_in_words_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await keep(here)
        await here.die()
        here.keys = Keys({}).with_new(here.clock.moment)
        await here.start()
        await here.say(YANG, "秦玉兰奶奶", None)
        await here.say(YANG, "登记本", None)
        await keep(here, "登记 赵奶奶 1号楼101 13900002222")
        await here.post("发布 慰问 2026-11-28 09:00-11:00 赵奶奶 2人")
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "1/2" in here.texts()[-1]
