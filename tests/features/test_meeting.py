"""Meetings: nobody is asked more often than once, numbers hold, reasons are sealed, and a list that changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from core.invited import Invited
from core.minutes import Minutes
from core.posts import Post
from tests.street import YANG, street

MEETING = "发布 组织生活会 2026-12-04 14:00-15:30 居委会 第一支部"


async def test_who_is_silent_is_asked_once_however_often_the_hour_is_looked_at(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", posted="") as here:
        await here.say(YANG, "第一支部：陈伯、李阿姨、王伯", None)
        await here.post(MEETING)
        await here.say("陈伯", "我来")
        for _ in range(13):
            await here.later(days=1)
            await here.deliver()
        asked = Counter(post.member_id for post in here.rows(Post) if post.kind == "meeting.ask")
        assert sorted(asked.values()) == [1, 1]


async def test_a_reason_is_sealed_and_goes_with_who_is_forgotten(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say(YANG, "第一支部：陈伯、李阿姨", None)
        await here.post(MEETING)
        await here.say("李阿姨", "请假，要去医院透析", None)
        await here.deliver()
        assert not [text for text in here.texts() if "透析" in text]
        assert [text for text in here.texts(YANG) if "透析" in text]
        assert "透析".encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*.db*"))
        await here.say("李阿姨", "忘记我", None)
        await here.deliver()
        await here.say("李阿姨", "确认", None)
        await here.deliver()
        assert len(here.rows(Invited)) == 1


async def test_a_list_that_changes_changes_who_is_expected(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say(YANG, "第一支部：陈伯", None)
        await here.post(MEETING)
        assert "应到1" in here.texts()[-1]
        await here.say(YANG, "第一支部 加 李阿姨、孙奶奶", None)
        await here.deliver()
        await here.say(YANG, "确认", None)
        await here.deliver()
        assert "应到3" in here.texts()[-1]


async def test_minutes_are_taken_back(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say(YANG, "第一支部：陈伯", None)
        await here.post(MEETING)
        await here.say(YANG, "会议记录 说了修电梯", None)
        await here.deliver()
        assert len(here.rows(Minutes)) == 1
        await here.press(YANG, "撤销", "修电梯")
        await here.deliver()
        assert here.rows(Minutes) == []
