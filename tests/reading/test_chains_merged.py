"""Merging copies of one chain: by person, with nobody lost and every doubt reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.chains import Chain, Conflict, Entry, merge, merge_row, read_chain, write_chain

CORPUS = [json.loads(line) for line in (Path(__file__).parent / "corpora/merges.jsonl").read_text("utf-8").splitlines()]


def chain(*people: str) -> Chain:
    return read_chain("#接龙\n周五巡逻\n" + "".join(f"{n}. {words}\n" for n, words in enumerate(people, 1))) or Chain(
        None
    )


def names(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.name for entry in entries]


@pytest.mark.parametrize("row", CORPUS, ids=[row["why"] for row in CORPUS])
def test_every_merge_of_the_corpus_is_as_meant(row: dict[str, Any]) -> None:
    base, a, b = (read_chain(row[copy]) or Chain() for copy in ("base", "a", "b"))
    found, wanted = merge_row(row["id"], merge(base, a, b)), row["expected"]
    for entry in wanted["entries"]:
        entry.setdefault("note", None)
    shown = [{key: entry.get(key) for key in ("n", "name", "count", "status")} for entry in found["entries"]]
    assert shown == [{key: entry.get(key) for key in ("n", "name", "count", "status")} for entry in wanted["entries"]]
    for key in ("added", "removed", "changed", "doubtful"):
        assert found[key] == wanted[key], key
    assert bool(found["conflicts"]) == bool(wanted["conflicts"])


def test_two_people_who_took_the_same_number_both_come_and_are_told() -> None:
    merged = merge(chain("张三"), chain("张三", "李四"), chain("张三", "王五"))
    assert names(merged.entries) == ["张三", "李四", "王五"]
    assert merged.conflicts == (Conflict(("李四", "王五"), n=2),)


def test_a_roster_that_grew_in_wechat_comes_back_with_what_happened_here_meanwhile() -> None:
    handed_out = Chain(title="周五巡逻", entries=(Entry(1, "陈伯"), Entry(2, "王阿姨", 2, unit="3-502")))
    here = Chain(title="周五巡逻", entries=(*handed_out.entries, Entry(3, "老周")))
    pasted = read_chain(write_chain(handed_out).replace("陈伯", "陈伯（来不了）") + "\n3. 孙师傅 两人")
    assert pasted is not None
    merged = merge(handed_out, here, pasted)
    assert [(entry.name, entry.count) for entry in merged.entries] == [
        ("陈伯", 0),
        ("王阿姨", 2),
        ("老周", 1),
        ("孙师傅", 2),
    ]
    assert (merged.added, merged.removed, merged.doubtful) == (("老周", "孙师傅"), ("陈伯",), False)


def test_a_piece_of_a_chain_removes_nobody() -> None:
    everybody = chain("张三", "李四", "王五", "赵六", "钱七")
    merged = merge(everybody, everybody, chain("钱七", "周九"))
    assert names(merged.entries) == ["张三", "李四", "王五", "赵六", "钱七", "周九"]
    assert merged.doubtful
    assert merged.missing == ("张三", "李四", "王五", "赵六")
    assert merged.removed == ()


def test_when_one_thing_is_changed_twice_the_later_holds_and_it_is_said() -> None:
    merged = merge(chain("王阿姨", "李四"), chain("王阿姨 红烧肉", "李四"), chain("王阿姨 糖藕", "李四"))
    assert merged.entries[0].note == "糖藕"
    assert merged.conflicts == (Conflict(("王阿姨",), field="note", a="红烧肉", b="糖藕"),)


def test_two_of_one_name_stay_two() -> None:
    base = chain("王阿姨 3-502", "王阿姨 5-101", "李四")
    merged = merge(base, base, chain("王阿姨 5-101 两人", "王阿姨 3-502", "李四"))
    assert [(entry.unit, entry.count) for entry in merged.entries] == [("3-502", 1), ("5-101", 2), (None, 1)]


PEOPLE = st.lists(
    st.sampled_from(["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "王阿姨", "陈伯"]),
    unique=True,
    max_size=8,
)
TELLING = st.sampled_from(["", " 两人", " 红烧肉", "（取消）", "（候补）"])


@st.composite
def copies(draw: st.DrawFn) -> Chain:
    return chain(*(name + draw(TELLING) for name in draw(PEOPLE)))


@settings(max_examples=200, deadline=None)
@given(copies(), copies(), copies())
def test_whoever_is_new_in_either_copy_is_in_the_result(base: Chain, a: Chain, b: Chain) -> None:
    merged = merge(base, a, b)
    assert set(names(a.entries) + names(b.entries)) - set(names(base.entries)) <= set(names(merged.entries))
    assert [entry.n for entry in merged.entries] == list(range(1, len(merged.entries) + 1))


@settings(max_examples=200, deadline=None)
@given(copies(), copies(), copies())
def test_what_is_said_of_a_merge_is_what_happened(base: Chain, a: Chain, b: Chain) -> None:
    merged = merge(base, a, b)
    before = {entry.name for entry in base.entries if entry.status != "cancelled"}
    after = {entry.name for entry in merged.entries if entry.status != "cancelled"}
    assert set(merged.added) == after - before
    assert set(merged.removed) == before - after
    assert set(merged.changed) <= before & after


@settings(max_examples=100, deadline=None)
@given(copies(), copies())
def test_a_copy_without_changes_changes_nothing(base: Chain, copy: Chain) -> None:
    assert merge(base, base, base).entries == base.entries
    one, other = merge(base, copy, base), merge(base, base, copy)
    assert [(entry.name, entry.count) for entry in one.entries] == [
        (entry.name, entry.count) for entry in other.entries
    ]
