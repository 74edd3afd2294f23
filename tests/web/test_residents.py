"""A pasted list of neighbours: whoever made it, and however they wrote it."""

from __future__ import annotations

import pytest

from adapters.web.residents import MOST, Resident, residents

LINES = {
    "王阿姨": ("王阿姨", ""),
    "1. 王阿姨 3号楼": ("王阿姨", "3号楼"),
    "2、李阿姨（5号楼502）": ("李阿姨", "5号楼502"),
    "王伯，3号楼": ("王伯", "3号楼"),
    "陈伯\t3-502": ("陈伯", "3-502"),
    "3) 张老师 12号": ("张老师", "12号"),
    "①周师傅": ("周师傅", ""),
    "5 吴阿姨": ("吴阿姨", ""),
    "6郑阿姨": ("郑阿姨", ""),
    "（7）冯伯 西区3号楼": ("冯伯", "西区3号楼"),
    "8号楼王阿姨": ("王阿姨", "8号楼"),
    "3-502王阿姨": ("王阿姨", "3-502"),
    "一、杨老师（组长）": ("杨老师（组长）", ""),
    "- 陈建国 3号楼2单元301": ("陈建国", "3号楼2单元301"),
    "王阿姨3号楼": ("王阿姨", "3号楼"),
    "王　芳　3号楼": ("王芳", "3号楼"),
    "张 伟": ("张伟", ""),
    "Mary Chen, building 3": ("Mary Chen", "building 3"),
    "4. Bob Li (flat 5B)": ("Bob Li", "flat 5B"),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_says_who_and_where(line: str) -> None:
    assert residents(line) == (Resident(*LINES[line]),)


def test_several_may_stand_on_a_line_each_with_a_building_or_without() -> None:
    found = residents("赵叔、钱婶,孙姐；王阿姨3号楼 李阿姨5号楼\n\n...\n")
    assert [(each.name, each.building) for each in found] == [
        ("赵叔", ""), ("钱婶", ""), ("孙姐", ""), ("王阿姨", "3号楼"), ("李阿姨", "5号楼"),
    ]  # fmt: skip


def test_who_stands_there_twice_is_there_twice() -> None:
    assert [each.name for each in residents("王阿姨\n李阿姨\n王阿姨 8号楼")] == ["王阿姨", "李阿姨", "王阿姨"]


@pytest.mark.parametrize("line", ["志愿者名单：", "平安是福 🌹", "以下人员", "user_8821"])
def test_what_reads_like_no_name_is_marked(line: str) -> None:
    assert [each.likely for each in residents(line)] == [False]


def test_a_very_long_list_is_read_up_to_a_bound() -> None:
    assert len(residents("\n".join(f"{n}. 王阿姨" for n in range(1, 500)))) == MOST
    assert residents("王" * 100_000)[0].name == "王" * 120
