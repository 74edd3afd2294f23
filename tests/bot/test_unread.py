"""What stands where nobody looks: who was only written to, on a page that is closed, is to be called by telephone."""

from __future__ import annotations

from pathlib import Path

from adapters.scene.network import person, private
from core.messages import Unread
from tests.street import MONDAY, YANG, Street, street

LI = "李阿姨"
EVE = MONDAY.replace(day=26, hour=11)
"""Seven in the evening before."""


async def unread(here: Street, name: str, text: str, event: str) -> None:
    """Nobody has looked at the newest message in somebody's private chat that contains this."""
    message = [shown for shown in here.shown(name) if text in shown.message.plain()][-1]
    await here.tell(Unread(event, private(person(name)), person(name), message.id))
    await here.deliver()


def to_call(here: Street) -> list[str]:
    return [text for text in here.texts(YANG) if "请打电话提醒" in text]


async def test_who_does_not_look_at_a_reminder_is_named_to_be_called_and_who_does_is_not(tmp_path: Path) -> None:
    async with street(tmp_path, LI, "陈伯") as here:
        for name in (LI, "陈伯"):
            await here.say(name, "+1")
        await here.at(EVE)
        assert any("明天" in text for text in here.texts(LI))
        assert to_call(here) == []
        await unread(here, LI, "明天", "u1")
        (said,) = to_call(here)
        assert LI in said
        assert "陈伯" not in said
        await unread(here, LI, "明天", "u1")
        await unread(here, "陈伯", "明天", "u2")
        (said,) = to_call(here)
        assert LI in said
        assert "陈伯" in said
        await here.press(YANG, "打过了", "请打电话提醒")
        await here.deliver()
        assert f"打过了：{LI}" in to_call(here)[0]


async def test_who_left_meanwhile_need_not_be_called(tmp_path: Path) -> None:
    async with street(tmp_path, LI) as here:
        await here.say(LI, "+1")
        await here.at(EVE)
        await here.say(LI, "退出")
        await here.deliver()
        await unread(here, LI, "", "u1")
        assert to_call(here) == []


async def test_nobody_is_asked_to_call_themselves(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.say(YANG, "+1")
        await here.at(EVE)
        await unread(here, YANG, "明天", "u1")
        assert to_call(here) == []


async def test_of_a_change_that_nobody_looked_at_who_made_it_reads_whom_to_call_when_it_is_soon(tmp_path: Path) -> None:
    async with street(tmp_path, LI) as here:
        await here.say(LI, "+1")
        await here.say(YANG, "改 1 西门集合")
        await here.deliver()
        await unread(here, LI, "西门", "u1")
        assert not [text for text in here.texts(YANG) if "请打个电话" in text], "its reminder says it once more"
        await here.at(EVE)
        await here.say(YANG, "改 1 南门集合")
        await here.deliver()
        await unread(here, LI, "南门", "u2")
        (said,) = [text for text in here.texts(YANG) if "请打个电话" in text]
        assert LI in said


async def test_of_what_is_cancelled_they_are_told_by_telephone_however_early_it_is(tmp_path: Path) -> None:
    async with street(tmp_path, LI) as here:
        await here.say(LI, "+1")
        await here.say(YANG, "取消 1")
        await here.deliver()
        await here.press(YANG, "确认")
        await here.deliver()
        await unread(here, LI, "取消", "u1")
        (said,) = [text for text in here.texts(YANG) if "请打个电话" in text]
        assert LI in said


async def test_what_nobody_needs_to_hear_by_telephone_is_let_be(tmp_path: Path) -> None:
    async with street(tmp_path, LI) as here:
        await here.say(LI, "+1")
        await here.deliver()
        before = here.texts(YANG)
        await unread(here, LI, "", "u1")
        await here.tell(Unread("u2", private(person(LI)), person(LI), "no such message"))
        await here.tell(Unread("u3", private(person("外人")), person("外人"), "1"))
        await here.deliver()
        assert here.texts(YANG) == before
