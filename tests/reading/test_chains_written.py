"""Writing a chain for WeChat: what is written is read again as the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.chains import Chain, Entry, read_chain, write_chain

CORPUS = [json.loads(line) for line in (Path(__file__).parent / "corpora/chains.jsonl").read_text("utf-8").splitlines()]


def test_a_chain_looks_as_wechat_writes_it() -> None:
    chain = Chain(
        title="百家饭 周日11:30",
        lines=("居委活动室",),
        example="姓名 菜名",
        entries=(
            Entry(1, "王阿姨", 2, "红烧肉", "3-502"),
            Entry(2, "孙伯伯", by="李四"),
            Entry(3, "老陈", 0, status="cancelled"),
        ),
        tail="谢谢大家",
    )
    assert write_chain(chain) == (
        "#接龙\n百家饭 周日11:30\n居委活动室\n例 姓名 菜名\n\n"
        "1. 3-502 王阿姨 2人 红烧肉\n2. 孙伯伯（李四代报）\n3. 老陈（取消）\n\n谢谢大家"
    )


def test_an_english_chain_is_written_in_english() -> None:
    chain = Chain(title="Friday patrol", entries=(Entry(1, "Alice Wong", 2), Entry(2, "Bob", status="waitlist")))
    assert write_chain(chain, "en") == "#Group Note\nFriday patrol\n\n1. Alice Wong 2 people\n2. Bob (waiting list)"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
def test_every_chain_of_the_corpus_comes_back_the_same(row: dict[str, str], lang: str) -> None:
    chain = read_chain(row["text"])
    if chain is not None:
        assert read_chain(write_chain(chain, lang)) == chain


NAMES = st.sampled_from(
    [
        "张三",
        "李四",
        "王阿姨",
        "陈伯",
        "老周",
        "小李",
        "欧阳老师",
        "童童妈妈",
        "阳光灿烂",
        "陆家姆妈",
        "赵建国",
        "大刘",
        "Kevin",
        "Mary_Wang",
        "grandma_wang",
        "O'Neil",
        "Anne-Marie",
        "王_丽",
        "🐱",
        "A01",
        "小雅",
    ]
).map(lambda name: name.replace("_", " "))
NOTES = st.sampled_from(
    [
        None,
        "红烧肉",
        "两瓶可乐",
        "水桶*2",
        "周三",
        "带小凳子",
        "13800001111",
        "红烧肉（少油）",
        "L码 1件",
        "晚到10分钟",
        "dumplings",
        "85岁",
    ]
)
UNITS = st.sampled_from([None, None, "3-502", "5号楼", "12号楼602", "302"])
BY = st.sampled_from([None, None, None, "女儿", "李四", "小王"])
STATUS = st.sampled_from([None, None, None, "cancelled", "waitlist", "tentative"])


@st.composite
def rosters(draw: st.DrawFn) -> Chain:
    """A roster as the bot would hand it out."""
    entries = []
    for n in range(1, draw(st.integers(0, 8)) + 1):
        status = draw(STATUS)
        count = 0 if status == "cancelled" else draw(st.integers(1, 5))
        name, by = draw(NAMES), draw(BY)
        entries.append(Entry(n, name, count, draw(NOTES), draw(UNITS), by if by != name else None, status))
    lines = tuple(draw(st.lists(st.sampled_from(["集合地点：东门", "需要10人", "带好手电"]), max_size=2, unique=True)))
    need = 10 if "需要10人" in lines else None
    title = draw(st.sampled_from(["周五巡逻", "百家饭 11月28日"]))
    return Chain(title=title, lines=lines, need=need, entries=tuple(entries))


@settings(max_examples=300, deadline=None)
@given(rosters(), st.sampled_from(["zh", "en"]))
def test_whoever_is_on_a_roster_comes_back_with_the_chain(chain: Chain, lang: str) -> None:
    back = read_chain(write_chain(chain, lang))
    assert back is not None
    assert back == chain
