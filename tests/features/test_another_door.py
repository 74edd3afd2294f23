"""Whoever names a door that nobody is visited at is put down nowhere, and told of nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.claims import LIVE, Claim
from tests.street import YANG, Street, street

VISIT = "发布 慰问 2026-11-28 09:00-11:00 每户2人\n1. 3号楼502 欧阳金丝雀 13917775501\n2. 12号楼101 百日咳爷爷"
CANARIES = ("欧阳金丝雀", "13917775501", "百日咳")

ELSEWHERE = re.split(
    r"\s*[|\n]\s*",
    """报名 13号楼 | 报名 2号楼 | 我来 23号楼 | 我去32号楼 | 报名 十三号楼 | 报名 廿三号楼 | 报名 一百零三号楼
    报名 一百一十二号楼 | 报名 １３号楼 | 报名 13幢 | 报名 十二栋三号楼 | 报名 13# | 报名 103#楼 | 报名 23号
    报名 1 13 | 报名 #1 13号楼 | 报名 113-502 | 报名 3号楼401 | 报名 13号楼502 | 报名 502室 | 报名 3楼 | 报名 12层
    报名 3单元 | 报名 第3户 | 报名 b3栋 | 报名 3号楼、12号楼 | 报名 1-5号楼 | join building 13 | join No. 13
    sign me up for block 112 | I'm in, building two | join building thirteen | 算我一个 13号楼 | +1 13号楼
    我来，十三号楼 | 哎哟 报名 13号楼 腿脚慢点不要紧 | 帮李阿姨报名 13号楼 | 帮孙奶奶报名 十三号楼
    加 王阿姨 13号楼 1 | 我和老伴去13号楼 | 报名!!! 13号楼 | 报名13号楼行吗""",
)


def live(here: Street) -> list[Claim]:
    return [claim for claim in here.rows(Claim) if claim.promised in LIVE]


async def test_no_way_to_name_another_door_opens_this_one(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        for chat in (None, "group"):
            for words in ELSEWHERE:
                await here.say("陈伯", words, **({"chat": None} if chat is None else {}))
                await here.deliver()
                assert live(here) == [], words
        told = "\n".join(here.texts("陈伯") + here.texts("李阿姨") + here.texts())
        for canary in CANARIES:
            assert canary not in told, canary


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("报名 3号楼", True), ("我去十二号楼", False), ("报名 １２幢", False), ("join building three", True),
        ("算我一个 3#", True), ("我来，12栋", False), ("报名 3号楼502", True), ("报名 12-101", False),
    ],
)  # fmt: skip
async def test_the_door_that_was_named_is_the_one_that_opens(tmp_path: Path, words: str, there: bool) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await here.say("陈伯", words, None)
        await here.deliver()
        assert len(live(here)) == 1
        told = "\n".join(here.texts("陈伯"))
        assert ("欧阳金丝雀" in told, "百日咳" in told) == (there, not there)


async def test_two_at_once_are_each_sent_where_they_said(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", posted=VISIT) as here:
        await here.say("陈伯", "报名 12号楼")
        await here.say("李阿姨", "报名 3号楼")
        await here.say("王伯", "报名 2号楼")
        await here.deliver()
        told = {name: "\n".join(here.texts(name)) for name in ("陈伯", "李阿姨", "王伯")}
        assert [("欧阳金丝雀" in words, "百日咳" in words) for words in told.values()] == [
            (False, True),
            (True, False),
            (False, False),
        ]


async def test_a_place_in_another_s_stead_is_the_place_that_was_named(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await here.say("陈伯", "报名 3号楼", None)
        await here.say(YANG, "13号楼我替陈伯", None)
        await here.deliver()
        assert [claim.speaker_account for claim in live(here)] == ["陈伯"]


async def test_a_building_beyond_ninety_nine_is_posted_and_shown_whole(tmp_path: Path) -> None:
    words = "发布 慰问 2026-11-28 09:00-11:00 每户1人\n1. 一百零三号楼502 欧阳金丝雀\n2. 廿三号楼101 百日咳爷爷"
    async with street(tmp_path, "陈伯", posted=words) as here:
        roster = here.texts()[-1]
        assert "一百零三号楼 0/1" in roster
        assert "廿三号楼 0/1" in roster
        await here.say("陈伯", "报名 3号楼", None)
        await here.deliver()
        assert live(here) == []
        await here.say("陈伯", "报名 23号楼", None)
        await here.deliver()
        assert "百日咳" in "\n".join(here.texts("陈伯"))
