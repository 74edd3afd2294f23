"""Pictures of meetings where talk does not show it: what is sent, what stands in the files, what is gone."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from adapters.scene.network import SceneNetwork, person, private
from core.messages import Attached, Said
from core.minutes import MOST, Minutes, MinutesPicture
from tests.migrating import bring
from tests.street import GROUP, MONDAY, YANG, Street, street

MEETING = "发布 组织生活会 2026-11-25 14:00-15:30 居委会 第一支部"
INSIDE = re.compile(rb'src="data:image/jpeg;base64,([^"]+)"')


def with_picture(here: Street, name: str, words: str, ref: str, *, privately: bool = True) -> Said:
    who = person(name)
    said = here.network.said(who, private(who) if privately else GROUP, words)
    return replace(said, attached=Attached("picture", ref))


async def over(here: Street) -> None:
    """A meeting that is over: 陈伯 was there, 李阿姨 was excused."""
    await here.say(YANG, "第一支部：陈伯、李阿姨、孙奶奶", None)
    await here.post(MEETING)
    await here.press("李阿姨", "请假", "组织生活会")
    await here.at(MONDAY + timedelta(days=2, hours=5))
    await here.say("陈伯", "到了", None)
    await here.at(MONDAY + timedelta(days=2, hours=7))


async def send(here: Street, words: str, ref: str, *, privately: bool = True) -> None:
    await here.tell(with_picture(here, YANG, words, ref, privately=privately))
    await here.deliver()


def files(here: Street, name: str) -> list[bytes]:
    """What was sent under this name, oldest first."""
    calls = (call.message for call in here.network.calls)
    return [said.file.data for said in calls if said is not None and said.file is not None and name in said.file.name]


def pictures(here: Street, name: str) -> list[str]:
    """The pictures that were put onto somebody's screen."""
    mine = private(person(name)).id
    return [c.message.picture for c in here.network.calls if c.chat.id == mine and c.message and c.message.picture]


async def test_what_was_released_stands_in_the_article_as_data_and_nothing_else_does(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await send(here, "", "2")
        await here.say(YANG, "简报 文章", None)
        await here.deliver()
        await here.press(YANG, "照片可以公开")
        await here.say(YANG, "简报 文章", None)
        await here.deliver()
        before, after = files(here, "简报")
        assert b"<img" not in before
        found = INSIDE.findall(after)
        assert len(found) == 2
        for each in found:
            with Image.open(BytesIO(b64decode(each))) as picture:
                assert picture.format == "JPEG"
        assert b"shelf:" not in after
        assert len(after) < 1_000_000
        # released, and taken back before it is asked for anew
        await here.press(YANG, "照片不公开")
        await here.say(YANG, "简报 文章", None)
        await here.deliver()
        assert b"<img" not in files(here, "简报")[-1]


async def test_a_matters_released_picture_stands_in_the_article_and_one_kept_private_does_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.tell(with_picture(here, "陈伯", "烦心事 楼道灯坏了", "1"))
        await here.deliver()
        await here.press(YANG, "只公开文字")
        await here.say(YANG, "事1 物业来看过了", None)
        await here.say(YANG, "简报 文章", None)
        await here.deliver()
        assert b"<img" not in files(here, "简报")[-1]
        await here.press(YANG, "公开照片")
        await here.say(YANG, "简报 文章", None)
        await here.deliver()
        assert len(INSIDE.findall(files(here, "简报")[-1])) == 1
        assert "配图：事1的照片" in [text for text in here.texts(YANG) if "本周简报｜" in text][-1]


async def test_the_book_has_the_pictures_small_and_one_whose_file_is_gone_leaves_its_place_empty(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await send(here, "", "2")
        await here.say(YANG, "会议簿 11月", None)
        await here.deliver()
        assert len(INSIDE.findall(files(here, "会议簿")[-1])) == 2
        first = next(iter(here.rows(MinutesPicture)))
        (Path(f"{tmp_path}/street.db.pictures") / first.name).unlink()
        await here.say(YANG, "会议簿 11月", None)
        await here.deliver()
        assert len(INSIDE.findall(files(here, "会议簿")[-1])) == 1
        assert b'src="data:,"' in files(here, "会议簿")[-1]


class Broken(SceneNetwork):
    """What people send cannot be fetched."""

    async def fetch(self, thing: Attached) -> bytes:
        raise OSError("the line is broken")


async def test_minutes_count_without_a_picture_that_does_not_come(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="", network=Broken()) as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await send(here, "", "2")
        assert len(here.rows(Minutes)) == 1
        assert here.rows(MinutesPicture) == []
        assert sum("照片没有收到" in text for text in here.texts(YANG)) == 2


async def test_a_meeting_has_so_many_pictures_and_the_same_one_once(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "0")
        said = with_picture(here, YANG, "", "0")
        await here.tell(said)
        await here.tell(said)
        assert len(here.rows(MinutesPicture)) == 1
        for n in range(1, MOST + 1):
            await send(here, "", str(n))
        assert len(here.rows(MinutesPicture)) == MOST
        assert f"最多{MOST}张" in here.texts(YANG)[-1]


async def test_several_shown_in_the_group_with_the_minutes_are_kept_and_later_ones_are_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1", privately=False)
        await send(here, "", "2", privately=False)
        await here.tell(with_picture(here, "陈伯", "", "3", privately=False))
        await here.at(here.clock.now() + timedelta(minutes=2))
        await send(here, "", "4", privately=False)
        assert len(here.rows(MinutesPicture)) == 2
        assert not [call for call in here.network.calls if call.chat == GROUP and call.message and call.message.picture]


async def test_taken_back_after_it_was_brought_it_is_on_no_screen(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await here.at(MONDAY + timedelta(days=3))
        assert len(pictures(here, "李阿姨")) == 1
        await here.press(YANG, "撤销", "学了新的党章")
        await here.deliver()
        assert here.rows(MinutesPicture) == []
        assert here.texts("李阿姨")[-1] == "会上的照片收起来了。"
        assert not [text for text in here.texts("李阿姨") if "的照片（" in text]


async def test_who_was_there_sees_the_pictures_and_who_was_not_invited_does_not(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await here.say("王伯", "会议照片", None)
        await here.say("陈伯", "会议照片", None)
        await here.deliver()
        assert pictures(here, "王伯") == []
        assert len(pictures(here, "陈伯")) == 1


async def test_whoever_is_forgotten_leaves_the_pictures_without_a_name(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await send(here, "会议记录 学了新的党章", "1")
        await here.say(YANG, "忘记我", None)
        await here.deliver()
        await here.press(YANG, "确认")
        await here.deliver()
        (row,) = here.rows(MinutesPicture)
        assert row.by_member == 0


async def test_minutes_from_before_have_no_pictures_and_may_get_some(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await over(here)
        await here.say(YANG, "会议记录 学了新的党章", None)
        await here.deliver()
        await here.die()
        bring(here.url, "0062", back=True)
        await here.start()
        await send(here, "", "1")
        (row,) = here.rows(MinutesPicture)
        (part,) = here.rows(Minutes)
        assert row.occurrence_id == part.occurrence_id
        assert "照片1张" in here.texts(YANG)[-1]
