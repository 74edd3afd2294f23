"""Pictures in large type where talk does not show them: what is drawn, for whom, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from adapters.scene.network import CAN, Fault
from core.drawing.fonts import found
from core.drawing.values import DRAWN
from core.features.balcony.rows import BalconyStep
from core.features.pictures.said import read
from core.features.pictures.shown import Pictures
from core.messages import Mention, Message
from core.network import Later
from tests.street import UNHURRIED, Street, street

pytestmark = pytest.mark.skipif(found() is None, reason="no font here can write Chinese")
WIDE = 1080


def sent(here: Street) -> list[tuple[str, Message]]:
    """The chat and the message of each picture, in order."""
    return [
        (call.chat.id, call.message)
        for call in here.network.calls
        if call.name == "send" and call.message and call.message.picture
    ]


def size(here: Street, message: Message) -> tuple[int, int]:
    with Image.open(BytesIO(here.database.shelf.read(message.picture))) as opened:
        assert opened.format == "JPEG"
        return opened.size


def files(here: Street) -> list[Path]:
    folder = here.database.shelf.folder
    assert folder is not None
    return sorted(folder.glob(f"{DRAWN}*")) if folder.exists() else []


ASKED = """
图|图片|发张图|来张图|要个图|出张图|给我发张图|大字图|发个大字图|来张清楚点的图|名单图|名单图片|把名单发成图片|名单做成图
名单发张图|看不清，发张图|眼睛花了，来个大图|字太小 发张图|能不能发张图|麻烦发一张图片谢谢|再发张图|图 1|图1|1的图
1号的图|第1个的图|巡逻图|巡逻名单图|周五巡逻的图|周五的图|以图片形式|发张圖
Picture|a picture please|as a picture|picture of the roster|roster as a picture|send me a picture|roster picture
can you send a picture please|picture 1|picture of the patrol|show it as a picture|large print picture|an image please
could i have it in large print as a picture
"""
TALK = """
看图|大家看图|图个热闹|图什么呢|地图|截图|发个地图|这张图|我拍的图|图书馆|试图|图呢|没有图|有图有真相|这图真好看
照片|拍张照|发图|传图|图文并茂|周末去公园图个清静|贪图便宜|无图无真相|发图片
nice picture|what a picture|look at the picture|in the picture|get the picture?|picture this|my picture|imagine
the big picture is clear|that is a nice picture of you
"""


def each(written: str) -> list[str]:
    return written.replace("\n", "|").strip("|").split("|")


async def test_it_is_asked_for_in_many_ways_and_talk_is_left_alone(tmp_path: Path) -> None:
    always = replace(UNHURRIED, sections=(Pictures(minutes=0),))
    async with street(tmp_path, "陈伯", manners=always) as here:
        silent = []
        for words in each(ASKED):
            before = len(sent(here))
            await here.say("陈伯", words)
            await here.deliver()
            if len(sent(here)) == before:
                silent.append(words)
        assert silent == []
        before = len(here.network.calls)
        for words in each(TALK):
            await here.say("陈伯", words)
        await here.deliver()
        assert [call for call in here.network.calls[before:] if call.name == "send"] == []


def test_who_asks_a_neighbour_is_told_from_who_asks_the_bot() -> None:
    asked = [read(words) for words in ("发图", "发张图", "看图")]
    assert [(each_.what, each_.loose) for each_ in asked if each_] == [("", True), ("", False), ("看", False)]
    assert read("图" * 200) is None
    assert read("") is None


async def test_it_is_drawn_as_wide_as_a_phone_once_for_all_and_not_in_the_transaction(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("陈伯", "+1")
        await here.say("陈伯", "图")
        assert files(here) == [], "taking it in draws nothing"
        here.network.faults.append(Fault("send", Later(1)))
        await here.deliver()
        await here.later(seconds=5)
        ((chat, message),) = sent(here)[-1:]
        wide, high = size(here, message)
        assert (chat, wide, 400 < high < 2400) == ("group/group", WIDE, True)
        assert message.plain().startswith("周一 09:00 的名单\n巡逻 #1")
        before = len(files(here))
        await here.say("李阿姨", "图", None)
        await here.say("陈伯", "图", None)
        await here.deliver()
        assert len(files(here)) <= before + 1, "the same for two is one file"
        assert not [span for _, each in sent(here) for span in each.text if isinstance(span, Mention)]


async def test_a_roster_that_changes_does_not_change_its_picture(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("陈伯", "图")
        await here.deliver()
        before = here.calls("edit")
        await here.say("李阿姨", "+1")
        await here.deliver()
        edited = [call for call in here.network.calls if call.name == "edit" and call.message]
        assert here.calls("edit") > before
        assert not [call for call in edited if call.message and "09:00 的名单" in call.message.plain()]


@pytest.mark.parametrize("none", ["a network without pictures", "no font"])
async def test_where_nothing_can_be_shown_it_is_written(tmp_path: Path, none: str) -> None:
    can = replace(CAN, pictures=False) if none.startswith("a network") else CAN
    font = "none" if none == "no font" else ""
    async with street(tmp_path, "陈伯", can=can, manners=replace(UNHURRIED, sections=(Pictures(font=font),))) as here:
        await here.say("陈伯", "图")
        await here.deliver()
        text = here.texts()[-1]
        assert "周一 09:00 的名单" in text
        assert "报名 0/2" in text
        assert (text.startswith("这里暂时画不了图"), sent(here), files(here)) == (none == "no font", [], [])


async def test_a_picture_that_cannot_be_drawn_leaves_its_words(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        folder = here.database.shelf.folder
        assert folder is not None
        folder.write_text("where its folder should be")
        await here.say("陈伯", "图")
        await here.deliver()
        assert "周一 09:00 的名单" in here.texts()[-1]


async def test_who_is_forgotten_is_on_no_picture_any_more(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("陈伯", "+1")
        await here.say("李阿姨", "图")
        await here.say("李阿姨", "图", None)
        await here.deliver()
        assert "陈伯" in here.texts()[-1]
        await here.say("陈伯", "忘记我", None)
        await here.deliver()
        await here.press("陈伯", "确认", "忘记")
        await here.deliver()
        assert not [text for name in ("", "李阿姨") for text in here.texts(name) if "09:00 的名单" in text]
        await here.later(minutes=20)
        await here.say("李阿姨", "图")
        await here.deliver()
        assert "09:20 的名单" in here.texts()[-1]
        assert "陈伯" not in here.texts()[-1]


async def test_a_map_shows_each_place_with_its_state(tmp_path: Path) -> None:
    words = "发布 一米阳台 2026-11-28 9:00-11:00 1-10号楼 每处2人"
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("杨老师", words, None)
        await here.deliver()
        await here.press("杨老师", "发布")
        await here.say("陈伯", "阳台图")
        await here.deliver()
        ((_, message),) = sent(here)
        assert message.drawing is not None
        tiles = message.drawing.sheet.tiles
        assert [tile.name for tile in tiles] == [f"{n}号楼" for n in range(1, 11)]
        assert {tile.state for tile in tiles} == {"空"}
        assert size(here, message)[0] == WIDE
        await here.at(here.clock.moment + timedelta(minutes=30))
        await here.say("杨老师", "3号楼阳台种了月季", None)
        await here.say("陈伯", "认养3号楼", None)
        await here.say("陈伯", "阳台图", None)
        await here.deliver()
        assert here.rows(BalconyStep)
        drawing = sent(here)[-1][1].drawing
        assert drawing is not None
        third = drawing.sheet.tiles[2]
        assert (third.state, third.more, third.tone) == ("已种", ("月季", "陈伯照看"), "good")
