"""Screens and checks: what is on them now, what ever was, what is new, and what a line caused to be said."""

from __future__ import annotations

import pytest

from adapters.scene.checks import Span, View, wrong
from adapters.scene.network import group, person, private
from adapters.scene.screens import Offer, Screens, choose, contains, offers
from adapters.scene.steps import Check, Never, New, Posted, See, Told
from core.fit import fit
from core.messages import Action, Bold, Confide, Mention, Message
from core.network import Can

GROUP, CHEN = group("group"), private(person("陈伯"))
JOIN, LEAVE = Action("j1", "我来", "🙋"), Action("l1", "退出", "👋")


def text(words: str, *actions: Action) -> Message:
    return Message((words,), actions)


def holds(check: Check, screens: Screens, *, since: int = 0, caused: Span | None = None, spoken: str = "") -> bool:
    chat = CHEN if check.place == "陈伯" else GROUP
    return wrong(check, View(screens, chat, since, caused, spoken)) == ""


@pytest.fixture
def screens() -> Screens:
    return Screens()


def test_see_looks_at_what_is_there_now(screens: Screens) -> None:
    shown = screens.put(GROUP, text("巡逻 0/2"))
    screens.change(shown, text("巡逻 1/2"))
    assert holds(See(1, "group", "1/2"), screens)
    assert holds(See(1, "group", "0/2", absent=True), screens)
    assert not holds(See(1, "group", "0/2"), screens)
    assert not holds(See(1, "陈伯", "1/2"), screens)
    screens.take(shown)
    assert holds(See(1, "group", "1/2", absent=True), screens)


def test_never_looks_at_every_version_that_ever_was(screens: Screens) -> None:
    shown = screens.put(GROUP, text("巡逻 0/2"))
    screens.change(shown, text("巡逻 1/2"))
    screens.take(shown)
    assert not holds(Never(1, "group", "0/2"), screens)
    assert not holds(Never(1, "group", "1/2"), screens)
    assert holds(Never(1, "group", "2/2"), screens)
    assert holds(Never(1, "陈伯", "0/2"), screens)


def test_posted_counts_messages_and_not_edits(screens: Screens) -> None:
    shown = screens.put(GROUP, text("a"))
    screens.change(shown, text("b"))
    screens.take(screens.put(GROUP, text("c")))
    assert holds(Posted(1, "group", 2), screens)
    assert not holds(Posted(1, "group", 3), screens)


def test_new_is_what_was_put_there_since_and_no_edit_makes_it_newer(screens: Screens) -> None:
    old = screens.put(GROUP, text("巡逻 0/2"))
    since = screens.order
    screens.change(old, text("巡逻 1/2 取消"))
    assert holds(New(1, "group", "取消", absent=True), screens, since=since)
    new = screens.put(GROUP, text("百家饭"))
    screens.change(new, text("百家饭 取消"))
    assert holds(New(1, "group", "百家饭"), screens, since=since)
    assert holds(New(1, "group", "取消", absent=True), screens, since=since)


def test_told_is_a_toast_a_private_message_or_a_line_in_the_group_one_spoke_in(screens: Screens) -> None:
    begin = screens.order
    screens.note("toast", GROUP, to="陈伯", text="报上了")
    screens.put(CHEN, text("周五"))
    screens.put(GROUP, text("请先打开私聊"))
    caused = Span(begin, screens.order)
    screens.put(CHEN, text("明天"))
    for words in ("报上了", "周五"):
        assert holds(Told(1, "陈伯", words), screens, caused=caused)
    assert holds(Told(1, "陈伯", "打开私聊"), screens, caused=caused, spoken=GROUP.id)
    assert not holds(Told(1, "陈伯", "打开私聊"), screens, caused=caused, spoken=CHEN.id)
    assert not holds(Told(1, "陈伯", "明天"), screens, caused=caused)
    assert not holds(Told(1, "陈伯", "报上了"), screens)


def test_a_toast_for_another_is_not_told_to_me(screens: Screens) -> None:
    screens.note("toast", GROUP, to="李阿姨", text="报上了")
    assert not holds(Told(1, "陈伯", "报上了"), screens, caused=Span(0, screens.order), spoken=GROUP.id)


def test_what_was_before_the_scene_is_forgotten_but_can_still_be_changed(screens: Screens) -> None:
    shown = screens.put(GROUP, text("大家好"))
    screens.forget(0)
    assert holds(Posted(1, "group", 0), screens)
    assert holds(Never(1, "group", "大家好"), screens)
    assert screens.log == []
    assert screens.find(shown) is not None
    screens.put(GROUP, text("巡逻"))
    assert holds(Posted(1, "group", 1), screens)


def test_white_space_and_shapeless_characters_do_not_stand_between_a_check_and_its_text() -> None:
    assert contains("1. \u2068陈伯\u2069\n2.  李阿姨\u3000\u00a0(代)", "1. 陈伯 2. 李阿姨 (代)")
    assert not contains("Patrol", "patrol")


def test_every_kind_of_span_is_read_as_its_words(screens: Screens) -> None:
    screens.put(CHEN, Message((Bold("巡逻"), " ", Mention(person("王阿姨#2")), " ", Confide("302 室"))))
    assert holds(See(1, "陈伯", "巡逻 王阿姨 302 室"), screens)


# ---------------------------------------------------------------- what can be pressed


def test_a_label_is_found_with_its_emoji_left_aside() -> None:
    found = offers(text("巡逻", JOIN, LEAVE))
    assert choose("🙋 我来", found, exactly=True) == Offer("我来", action="j1")
    assert choose("退出", found, exactly=True) == Offer("退出", action="l1")
    assert choose("退", found, exactly=True) is None
    assert choose("退", found, exactly=False) == Offer("退出", action="l1")
    assert choose("接受", found, exactly=False) is None


def test_the_first_that_contains_a_label_is_taken() -> None:
    found = offers(text("哪一个？", Action("a", "1 巡逻 周五"), Action("b", "2 巡逻 周六")))
    assert choose("巡逻", found, exactly=False) == Offer("1 巡逻 周五", action="a")


@pytest.mark.parametrize(
    ("can", "signs"),
    [(Can(buttons=False, reactions=True), ("🙋", "👋")), (Can(buttons=False, reactions=False), ("1", "2"))],
)
def test_a_legend_is_as_good_as_buttons(can: Can, signs: tuple[str, str]) -> None:
    fitted = fit(text("巡逻 0/2", JOIN, LEAVE), can)
    assert offers(fitted.message) == (Offer("我来", sign=signs[0]), Offer("退出", sign=signs[1]))


def test_keycaps_are_signs_too() -> None:
    fitted = fit(text("哪一个？", Action("a", "1号楼 · 东"), Action("b", "2号楼")), Can(buttons=False, reactions=True))
    labels = [offer.label for offer in offers(fitted.message)]
    assert labels[-1] == "2号楼"


@pytest.mark.parametrize("words", ["巡逻 周五", "第一行\n巡逻 · 周五", "", "1. 陈伯 · 2. 李阿姨"])
def test_a_line_of_talk_is_no_legend(words: str) -> None:
    assert offers(text(words)) == ()
