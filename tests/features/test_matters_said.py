"""What is said of matters, what is left alone, what may stand where everybody reads, and what is alike."""

from __future__ import annotations

import pytest

from core.features.matters.said import SAID_OF_MATTERS, read_answer, read_matter
from core.reading.alike import in_place, speak_alike
from core.reading.clauses import clause
from core.reading.openly import openly
from core.said.courtesies import never_mind

SAID = {
    "小板凳！": ("board", None, "", 0),
    "我也是 1": ("me_too", 1, "", 0),
    "我们家也是 事2": ("me_too", 2, "", 0),
    "me too 1": ("me_too", 1, "", 0),
    "事1": ("show", 1, "", 0),
    "事1 怎么样了？": ("show", 1, "", 0),
    "事1 物业来过了": ("step", 1, "物业来过了", 0),
    "事1物业来过了": ("step", 1, "物业来过了", 0),
    "事1 解决了一半": ("step", 1, "解决了一半", 0),
    "事1 解决了 换了灯": ("solve", 1, "换了灯", 0),
    "事1办不了街道没钱": ("refuse", 1, "街道没钱", 0),
    "matter 1 can't be done, no money": ("refuse", 1, "no money", 0),
    "事1 交给王伯办": ("give", 1, "王伯", 0),
    "matter 1 give to Chen": ("give", 1, "Chen", 0),
    "事2同事1": ("same", 2, "", 1),
    "事1 发成活动": ("plan", 1, "", 0),
    "事1 好了": ("well", 1, "", 0),
    "事1 还在": ("still", 1, "", 0),
    "事1 还没有": ("not_yet", 1, "", 0),
    "烦心事 楼道灯坏了": ("concern", None, "楼道灯坏了", 0),
    "我有个烦心事，楼上拖椅子": ("concern", None, "楼上拖椅子", 0),
    "发现东门的树断了": ("found", None, "东门的树断了", 0),
    "Found a broken branch": ("found", None, "a broken branch", 0),
    "计分器": ("score", None, "", 0),
}
TALK = (
    *("没事", "这事1点说", "什么事", "事1点说吧", "事1月底办", "事一直没办", "我也是3号楼的", "发现今天菜场的鱼不新鲜"),
    *("我发现大家都来了", "烦心事真多", "有烦心事，尽管说", "Found my keys", "found the keys, all good", "me too"),
    *("小板凳在哪里买的", "明天搬个小板凳来坐坐", "no matter", "what's the matter?", "解决了就好"),
)


@pytest.mark.parametrize("words", SAID)
def test_what_is_said_of_a_matter_is_read(words: str) -> None:
    found = read_matter(words)
    assert found is not None
    assert (found.act, found.number, found.rest, found.other) == SAID[words]
    assert SAID_OF_MATTERS.pattern.fullmatch(clause(words).text)


@pytest.mark.parametrize("words", TALK)
def test_talk_between_neighbours_is_left_alone(words: str) -> None:
    assert read_matter(words) is None
    assert SAID_OF_MATTERS.pattern.fullmatch(clause(words).text) is None


@pytest.mark.parametrize(
    ("words", "verdict", "grade", "rest"),
    [
        ("好了，谢谢", "solved", "", ""),
        ("还没有，灯又坏了", "not_yet", "", "灯又坏了"),
        ("不满意", "", "poor", ""),
        ("一般般吧", "", "fair", ""),
        ("yes, thanks", "solved", "", ""),
        ("not yet. The doors stick", "not_yet", "", "The doors stick"),
    ],
)
def test_answers_are_read(words: str, verdict: str, grade: str, rest: str) -> None:
    found = read_answer(words)
    assert found is not None
    assert (found.verdict, found.grade, found.rest) == (verdict, grade, rest)


@pytest.mark.parametrize("words", ["好", "周五来", "什么时候修", "我来"])
def test_what_is_no_answer_is_none(words: str) -> None:
    assert read_answer(words) is None


def test_never_mind() -> None:
    assert never_mind("算了，没事了")
    assert not never_mind("没有人管楼道的灯")


@pytest.mark.parametrize(
    ("words", "shown", "left"),
    [
        ("3号楼502王奶奶家漏水，电话13812345678", "3号楼…家漏水", {"flat", "name", "telephone"}),
        ("三号楼五零二室的李阿姨家天天吵", "三号楼…家天天吵", {"flat", "name"}),
        ("3号楼502室王秀英家漏水", "3号楼…家漏水", {"flat", "name"}),
        ("欧阳金丝雀奶奶跌倒", "…跌倒", {"name"}),
        ("她儿子刘强还骂人", "她儿子…还骂人", {"name"}),
        ("老王家的狗老叫", "…家的狗老叫", {"name"}),
        ("Grandma Wu fell in flat 502", "… fell in", {"name", "flat"}),
        ("东门2026-11-24下午路灯坏了", "东门2026-11-24下午路灯坏了", set()),
        ("老房子漏水，小马路堵了，高楼抛物", "老房子漏水，小马路堵了，高楼抛物", set()),
        ("5楼的灯坏了，水费200块", "5楼的灯坏了，水费200块", set()),
        ("女儿周末来", "女儿周末来", set()),
    ],
)
def test_what_may_stand_on_the_board(words: str, shown: str, left: set[str]) -> None:
    found = openly(words)
    assert (found.words, set(found.left_out)) == (shown, left)


def test_who_works_there_may_be_named_by_their_trade_and_no_member_may() -> None:
    assert openly("物业张师傅来看过了", workers=True).words == "物业张师傅来看过了"
    assert openly("物业张师傅来看过了").words == "物业…来看过了"
    assert openly("花花说灯坏了", ["花花"]).words == "…说灯坏了"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("3号楼楼道灯坏了", "3号楼的灯不亮", True),
        ("the lamp in building 3 is out", "Building 3 light broken", True),
        ("楼道灯坏了", "楼道的灯又坏了", True),
        ("3号楼楼道灯坏了", "5号楼楼道灯坏了", False),
        ("东门树断了", "西门树断了", False),
        ("电梯坏了", "路灯坏了", False),
    ],
)
def test_alike_is_the_same_place_and_the_same_thing(one: str, other: str, alike: bool) -> None:
    assert speak_alike(one, other) is alike


@pytest.mark.parametrize(
    ("place", "words", "there"),
    [
        ("东门", "东门的树断了", True),
        ("东门", "西门的树断了", False),
        ("", "西门的树断了", True),
        ("小区", "西门的树断了", True),
        ("中心花园", "桂花枯了", True),
        ("中心花园", "3号楼前的树枯了", False),
    ],
)
def test_a_watch_looks_at_what_is_where_it_goes(place: str, words: str, there: bool) -> None:
    assert in_place(place, words) is there
