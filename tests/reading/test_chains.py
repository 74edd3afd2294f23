"""Reading 接龙 chains: what is one, who is in it, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.chains import Chain, Entry, chain_row, public_note, read_chain

CORPUS = [json.loads(line) for line in (Path(__file__).parent / "corpora/chains.jsonl").read_text("utf-8").splitlines()]


def read(text: str) -> Chain:
    chain = read_chain(text)
    assert chain is not None
    return chain


def entry(words: str) -> Entry:
    """The second entry of an ordinary chain with these words in it."""
    return read(f"#接龙\n周五巡逻\n\n1. 陈伯\n2. {words}\n3. 李阿姨").entries[1]


@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
def test_every_chain_of_the_corpus_is_read_as_meant(row: dict[str, Any]) -> None:
    found = chain_row(row["id"], read_chain(row["text"]))
    if row.get("not_chain"):
        assert found["not_chain"]
        return
    assert found["title"] == row["title"]
    assert found["entries"] == row["entries"]
    assert {key: found["header"][key] for key in row.get("header", {})} == row.get("header", {})


# ---------------------------------------------------------------- what is a chain


@pytest.mark.parametrize(
    "mark",
    [
        "#接龙",
        "＃接龙",
        "#接龍",
        "# 接龙",
        "#群接龙",
        "接龙",
        "【接龙】",
        "#Group Note",
        "#group note",
        "@所有人 #接龙",
        "@所有人接龙",
        "@所有人 @陈伯@李阿姨接龙",
        "王阿姨：#接龙",
    ],
)
def test_a_chain_is_known_by_its_mark(mark: str) -> None:
    chain = read(f"{mark}\n周五巡逻\n\n1. 张三\n2. 阳光灿烂")
    assert chain.title == "周五巡逻"
    assert [one.name for one in chain.entries] == ["张三", "阳光灿烂"]


def test_a_chain_just_opened_has_nobody_in_it() -> None:
    assert read("#接龙\n周日种花，要6个人") == Chain(title="周日种花，要6个人", need=6)


def test_a_list_without_a_mark_is_a_chain_when_people_sign_up_in_it() -> None:
    assert len(read("周五巡逻报名\n1. 张三\n2. 李四\n3. 王阿姨").entries) == 3


def test_the_middle_of_a_chain_is_still_a_chain() -> None:
    assert [one.n for one in read("3. 王五\n4. 赵六 两人\n5. 钱七").entries] == [3, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "接龙 12",
        "#接龙 怎么弄啊？",
        "我刚才接龙了，你们看到吗",
        "购物清单：\n1. 鸡蛋\n2. 牛奶",
        "会议议程\n1. 宣读纪要\n2. 讨论停车",
        "大家接龙的时候注意：\n1. 请写真实姓名\n2. 不要改别人的名字",
        "获奖名单公布：\n1. 张三\n2. 李四",
        "How to join:\n1. Open the app\n2. Tap Join",
    ],
)
def test_an_ordinary_list_is_left_alone(text: str) -> None:
    assert read_chain(text) is None


def test_of_an_old_chain_and_the_new_one_below_it_the_new_one_counts() -> None:
    text = "#接龙\n巡逻\n1. 张三\n#接龙\n巡逻\n1. 张三\n2. 李四"
    assert [one.name for one in read(text).entries] == ["张三", "李四"]


def test_points_to_note_are_not_people() -> None:
    above = read("#接龙\n种花\n注意事项：\n1. 请戴帽子\n2. 请自带水杯\n\n1. 张三\n2. 李四")
    below = read("#接龙\n种花\n\n1. 张三\n2. 李四\n\n注意事项：\n1. 请戴帽子\n2. 请自带水杯")
    assert [one.name for one in above.entries] == [one.name for one in below.entries] == ["张三", "李四"]
    assert "1. 请戴帽子" in above.lines
    assert below.tail is not None


# ---------------------------------------------------------------- who is in it


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("张三", 1),
        ("张三 +1", 2),
        ("张三＋2", 3),
        ("张三 两人", 2),
        ("吴老师一位", 1),
        ("张三 一家三口", 3),
        ("张三 2大1小", 3),
        ("张三 大2小1", 3),
        ("老胡夫妻", 2),
        ("老胡夫妻俩带一个娃", 3),
        ("张三 带老伴和两个孙子", 4),
        ("钱妹妹 我和老伴两个", 2),
        ("张三 2人（带孙子）", 2),
        ("张三（取消）", 0),
        ("Tom and 2 kids", 3),
        ("Ann, party of 4", 4),
    ],
)
def test_people_are_counted_as_neighbours_count(words: str, count: int) -> None:
    assert entry(words).count == count


def test_dishes_and_goods_are_not_people() -> None:
    assert entry("小陈 两瓶可乐") == Entry(2, "小陈", 1, "两瓶可乐")
    assert entry("李四 水桶*2") == Entry(2, "李四", 1, "水桶*2")
    assert entry("王阿姨红烧肉（少油），2人") == Entry(2, "王阿姨", 2, "红烧肉（少油）")


def test_somebody_brought_by_name_is_counted_and_not_lost() -> None:
    assert entry("侯阿姨 和侯伯伯") == Entry(2, "侯阿姨", 2, "和侯伯伯")
    assert entry("孙七（帮王奶奶也报一个）") == Entry(2, "孙七", 2, "帮王奶奶也报一个")


def test_two_who_share_a_line_are_two_with_one_number() -> None:
    told = read("#接龙\n周五巡逻\n1. 张三、李四\n2. 王五和赵六").entries
    assert [(one.n, one.name, one.count) for one in told] == [
        (1, "张三", 1),
        (1, "李四", 1),
        (2, "王五", 1),
        (2, "赵六", 1),
    ]


def test_an_unmarked_list_without_a_title_is_none_but_in_answer_to_a_roster() -> None:
    assert read_chain("1. 张三\n2. 李四") is None
    expected = read_chain("1. 张三\n2. 李四", expected=True)
    assert expected is not None
    assert [one.name for one in expected.entries] == ["张三", "李四"]


def test_the_rows_of_a_table_have_no_number() -> None:
    told = read("#接龙\n各门值守\n东门：张三、李四\n西门：王五\n南门：暂无").entries
    assert [(one.n, one.name, one.note) for one in told] == [
        (0, "张三", "东门"),
        (0, "李四", "东门"),
        (0, "王五", "西门"),
    ]


def test_fields_with_labels_are_understood() -> None:
    assert entry("姓名：张三，人数：2人，楼号：3号楼，菜名：红烧肉") == Entry(2, "张三", 2, "红烧肉", "3号楼")


def test_the_name_may_come_last() -> None:
    assert entry("周一 张三") == Entry(2, "张三", note="周一")
    assert entry("第一支部 王书记") == Entry(2, "王书记", note="第一支部")


def test_a_flat_is_found_on_either_side_of_the_name() -> None:
    assert entry("3-502 王阿姨") == entry("王阿姨（3-502）") == Entry(2, "王阿姨", unit="3-502")
    assert entry("12号楼602李四").unit == "12号楼602"


def test_who_speaks_for_somebody_is_not_the_one_who_comes() -> None:
    assert entry("李四（代王阿姨报名）") == entry("王阿姨（李四代报）") == Entry(2, "王阿姨", by="李四")
    assert entry("帮302的孙伯伯报") == Entry(2, "孙伯伯", unit="302")
    assert entry("lucy on behalf of Grandma Wang") == Entry(2, "Grandma Wang", by="lucy")


@pytest.mark.parametrize(
    "words", ["李四（取消）", "~~李四~~", "李四❌", "李四 有事来不了了", "李四退出", "李\u0336四\u0336"]
)
def test_there_are_many_ways_to_cancel(words: str) -> None:
    assert (entry(words).name, entry(words).count, entry(words).status) == ("李四", 0, "cancelled")


def test_somebody_put_in_the_place_of_a_struck_name_comes() -> None:
    assert entry("~~李四~~ 王五") == Entry(2, "王五")


def test_those_below_the_word_waiting_wait() -> None:
    chain = read("#接龙\n义诊\n\n1. 王阿姨\n\n候补：\n2. 李四\n3. 赵六 两人")
    assert [one.status for one in chain.entries] == [None, "waitlist", "waitlist"]


def test_a_shift_written_above_people_is_noted_beside_each() -> None:
    chain = read("#接龙\n巡逻\n\n早班：\n1. 张三\n\n晚班：\n1. 王五")
    assert [(one.name, one.note) for one in chain.entries] == [("张三", "早班"), ("王五", "晚班")]


def test_somebody_who_forgot_to_count_is_counted() -> None:
    assert [(one.n, one.name) for one in read("#接龙\n巡逻\n1. 张三\n李四\n3. 王五").entries] == [
        (1, "张三"),
        (2, "李四"),
        (3, "王五"),
    ]


def test_other_lines_below_an_entry_belong_to_it() -> None:
    assert read("#接龙\n晨练\n\n1. 张三 第3天\n太极拳40分钟\n2. 李四").entries[0].note == "第3天 太极拳40分钟"


def test_a_telephone_number_is_kept_and_known_to_be_private() -> None:
    note = entry("陈秀英 素菜 138 0000 1111").note
    assert note == "素菜 138 0000 1111"
    assert public_note(note) == "素菜"
    assert public_note("电话13800001111") is None
    assert public_note("素菜") == "素菜"


# ---------------------------------------------------------------- whatever is pasted

FRAGMENTS = st.sampled_from(
    [
        "#接龙",
        "接龙",
        "\n",
        "\n\n",
        "1. ",
        "2、",
        "３．",
        "①",
        "1️⃣",
        "（",
        "）",
        "(",
        ")",
        "【",
        "】",
        "张三",
        "王阿姨",
        " ",
        "红烧肉",
        "两人",
        "2大1小",
        "带老伴",
        "代",
        "报名",
        "取消",
        "候补",
        "待定",
        "~~",
        "：",
        ":",
        "-",
        "3-502",
        "+1",
        "x2",
        "例",
        "需要10人",
        "。",
        "，",
        "、",
        "「",
        "」",
        "> ",
        "̶",
        "👍",
        "\u200d",
        "Alice",
        "for",
        "by",
        "with",
        "\r\n",
        "十",
        "13800001111",
        "/",
        "\u202e",
        "一、",
        "#Group Note",
        "---",
        "请",
        "注意事项：",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=80).map("".join)))
def test_nothing_that_is_pasted_raises(text: str) -> None:
    chain = read_chain(text)
    if chain is not None:
        assert all(one.name.strip() and 0 <= one.count < 1000 for one in chain.entries)
        assert all((one.count == 0) == (one.status == "cancelled") for one in chain.entries)


@pytest.mark.parametrize(
    "piece",
    [
        "1. 张三\n",
        "张",
        "1",
        "(",
        "2大1小",
        "~~",
        "#接龙 ",
        "带老伴和",
        "有事",
        "#接龙\n1. ",
        "一、",
        " ",
        "\n",
        "1.张三 2.李四 ",
    ],
)
def test_ten_thousand_characters_of_anything_are_read(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    read_chain(text)
    read_chain("#接龙\n1. " + text)
