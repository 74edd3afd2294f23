"""All that is held about somebody comes as a file: to themselves, and of the register to who keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from adapters.scene.network import CAN
from core.messages import File
from tests.features.talking import press, say
from tests.features.test_details import PAGE, open_link
from tests.street import YANG, Street, street

REGISTER = "登记 孙奶奶 3号楼502 13900001111 耳背"


def files(here: Street) -> list[tuple[str, File]]:
    """What was sent along, each with the chat it went to."""
    calls = [call for call in here.network.calls if call.message is not None and call.message.file is not None]
    return [(call.chat.id, call.message.file) for call in calls if call.message is not None and call.message.file]


async def test_ones_own_data_is_a_file_with_every_row(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await say(here, "陈伯", "报名", "烦心事 <楼道>灯不亮", "我不在 2026-12-01到2026-12-03", "忌口 花生")
        await press(here, "陈伯", "确认", "花生")
        await say(here, "陈伯", "我的资料")
        ((chat, file),) = files(here)
        page = file.data.decode()
        assert (chat, file.name, file.kind) == ("private/陈伯", "我的资料-2026-11-23.html", "text/html")
        for told in (
            "陈伯",
            "巡逻 #1",
            "报着名",
            "&lt;楼道&gt;灯不亮",
            "2026-12-01到2026-12-03",
            "花生",
            "2026-11-23 ",
        ):
            assert told in page, told
        assert "李阿姨" not in page
        await here.say("陈伯", "我的资料")
        await here.deliver()
        assert len(files(here)) == 1  # in a group nothing is told


async def test_where_no_file_can_go_the_words_are_whole(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", can=replace(CAN, files=False)) as here:
        await say(here, "陈伯", "我不在 2026-12-01到2026-12-03", "我的资料")
        assert files(here) == []
        assert "2026-12-01到2026-12-03" in here.texts("陈伯")[-1]


async def test_what_the_register_holds_is_a_file_for_who_keeps_it_and_gone_with_the_consent(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await say(here, YANG, REGISTER)
        await press(here, YANG, "确认")
        await say(here, YANG, "孙奶奶的资料")
        await say(here, "陈伯", "孙奶奶的资料")
        ((chat, file),) = files(here)
        assert chat == f"private/{YANG}"
        page = file.data.decode()
        assert [
            word
            for word in ("孙奶奶", "3号楼502", "13900001111", "耳背", "2026-11-23 09:00 杨老师")
            if word not in page
        ] == []
        assert "孙奶奶" not in file.name
        await say(here, YANG, "孙奶奶反悔了，不让登记")
        assert all(shown.message.file is None for shown in here.shown(YANG))


async def test_abroad_there_is_no_file_of_an_elder_and_the_page_has_it_all(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", can=replace(CAN, confides=False), page=PAGE, posted="") as here:
        await say(here, YANG, REGISTER)
        await press(here, YANG, "确认")
        await say(here, YANG, "孙奶奶的资料")
        assert files(here) == []
        shown = await open_link(here, YANG)
        assert shown is not None
        assert "13900001111" in "\n".join(shown.lines)
        assert all("13900001111" not in text for text in here.texts(YANG))
