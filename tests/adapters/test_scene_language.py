"""The scene language: which line means what, where a name ends, and what is no scene."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.scene.language import read
from adapters.scene.steps import (
    AddForeign,
    AddGroup,
    At,
    Become,
    Bring,
    Community,
    Introduce,
    Listen,
    Never,
    New,
    Posted,
    Press,
    Reply,
    Restart,
    Rewrite,
    Say,
    Scene,
    See,
    ShowCode,
    Step,
    Told,
    Wrong,
)

BEGIN = "at 2026-11-23 09:00\n"


def steps(text: str) -> list[Step]:
    """All steps after the first `at`, each as if it stood on line 1."""
    found = list(read(BEGIN + text).steps)[1:]
    for step in found:
        object.__setattr__(step, "line", 1)
    return found


def only(text: str) -> Step:
    (step,) = steps(text)
    return step


def wrong(text: str) -> Wrong:
    with pytest.raises(Wrong) as caught:
        read(text)
    return caught.value


# ---------------------------------------------------------------- the frame


def test_a_scene_without_a_community_plays_in_the_usual_one() -> None:
    assert read(BEGIN).community == Community("邻里", "Asia/Shanghai", "zh")


def test_the_first_line_may_name_a_community_even_with_spaces_in_its_name() -> None:
    scene = read("# a comment\n\ncommunity Kiez zone am Ufer zone Europe/Berlin lang en\n" + BEGIN)
    assert scene.community == Community("Kiez zone am Ufer", "Europe/Berlin", "en")
    assert scene.start == datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "community 邻里",
        "community 邻里 zone Mars/Olympus lang zh",
        "community 邻里 zone Asia/Shanghai lang fr",
        "community 邻里 zone ../../etc/passwd lang zh",
    ],
)
def test_a_community_that_cannot_be_is_no_scene(line: str) -> None:
    assert wrong(line).line == 1


def test_a_community_on_a_later_line_is_no_scene() -> None:
    assert wrong(BEGIN + "community 邻里 zone Asia/Shanghai lang zh").line == 2


def test_blank_lines_and_comments_count_as_lines_but_say_nothing() -> None:
    scene = read("\n# 陈伯: hello\n   \n" + BEGIN + "陈伯: +1\n")
    assert [step.line for step in scene.steps] == [4, 5]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert steps("陈伯: +1\r\n") == steps("\ufeff陈伯: +1\n".lstrip("\ufeff"))
    assert read("\ufeffcommunity 邻里 zone Asia/Shanghai lang en\r\n").community.lang == "en"


def test_who_is_who() -> None:
    scene = read("coordinator 杨老师, Old Wang\nmember 陈伯,李, 王阿姨#2\nstranger 赵叔\ngroup 东区\n")
    assert scene.steps == (
        Introduce(1, ("杨老师", "Old Wang"), coordinators=True),
        Introduce(2, ("陈伯,李", "王阿姨#2"), coordinators=False),
        Introduce(3, (), coordinators=False),
        AddGroup(4, "东区"),
    )
    assert scene.strangers == {"赵叔"}
    assert scene.groups == ("group", "东区")


@pytest.mark.parametrize("line", ["member 陈伯, ", "member , 陈伯", "coordinator 陈伯, , 李阿姨", "group private"])
def test_a_name_that_is_missing_is_no_scene(line: str) -> None:
    assert wrong(line).line == 1


# ---------------------------------------------------------------- the clock


def test_days_keep_the_time_on_the_wall_and_hours_pass_as_they_do() -> None:
    text = "community Kiez zone Europe/Berlin lang en\nat 2026-10-24 12:00\nat +1d\nat +24h\nat +90m\n"
    moments = [step.moment for step in read(text).steps if isinstance(step, At)]
    assert moments == [
        datetime(2026, 10, 24, 10, tzinfo=UTC),
        datetime(2026, 10, 25, 11, tzinfo=UTC),  # the clocks went back that night: still 12:00
        datetime(2026, 10, 26, 11, tzinfo=UTC),
        datetime(2026, 10, 26, 12, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "line",
    ["at +90m", "at 2026-02-30 09:00", "at 2026-11-23", "at 09:00", "at 2026-11-23 24:10", "at +3w", "at noon"],
)
def test_a_time_that_is_none_is_no_scene(line: str) -> None:
    assert wrong(line).line == 1


def test_the_clock_never_goes_back() -> None:
    assert wrong(BEGIN + "at 2026-11-23 08:59").line == 2
    assert len(read(BEGIN + BEGIN).steps) == 2


def test_nothing_is_said_before_the_first_at() -> None:
    assert wrong("member 陈伯\n陈伯: +1\n" + BEGIN).line == 2


# ---------------------------------------------------------------- what people do


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("陈伯: +1", Say(1, "陈伯", "+1")),
        ("陈伯 (private): 我的", Say(1, "陈伯", "我的", None)),
        ("陈伯 replies to 巡逻: 报名", Reply(1, "陈伯", "巡逻", "报名")),
        ("陈伯 edits: 去不了", Rewrite(1, "陈伯", "去不了")),
        ("陈伯 presses 我来", Press(1, "陈伯", "我来")),
        ("陈伯 presses On my way on patrol on Friday", Press(1, "陈伯", "On my way", "patrol on Friday")),
        ("王阿姨#2: 报名 3: 好", Say(1, "王阿姨#2", "报名 3: 好")),
        ("at: hello", Say(1, "at", "hello")),
        ("see (private): hello", Say(1, "see", "hello", None)),
        ("restart: hello", Say(1, "restart", "hello")),
        ("restart", Restart(1)),
        ("as matrix", Become(1, "matrix")),
    ],
)
def test_a_line_means(line: str, step: Step) -> None:
    member = "member see\n" if line.startswith("see") else ""
    assert steps(member + line)[-1] == step


def test_a_group_of_the_scene_may_stand_in_brackets() -> None:
    assert steps("group 东区\n陈伯 (东区): +1")[1] == Say(1, "陈伯", "+1", "东区")


def test_a_group_nobody_added_is_no_scene() -> None:
    assert wrong(BEGIN + "陈伯: +1\n陈伯 (东区): +1").line == 3


@pytest.mark.parametrize(
    "name",
    [
        "Ann (3F)",
        "a: b",
        "he presses on",
        "she replies to all",
        "who edits: everything",
        "see you",
        "never mind",
        "at home",
        "as if",
        "group hug",
        "<b>粗</b>",
        "*星*",
        "\u202eabc\u202c",
        "zero\u200bwidth",
        "line\u2028separator",
        "e" + "\u0301" * 500,
        "王阿姨#2",
        "x#hash#",
        "(private)",
        "new 王阿姨",
    ],
)
def test_a_name_may_contain_any_character(name: str) -> None:
    listed = f"member 陈伯, {name}\n"
    assert steps(f"{listed}{name}: +1")[1] == Say(1, name, "+1")
    assert steps(f"{listed}{name} (private): +1")[1] == Say(1, name, "+1", None)
    assert steps(f"{listed}{name} presses 我来 on 巡逻")[1] == Press(1, name, "我来", "巡逻")
    assert steps(f"{listed}{name} replies to 巡逻: +1")[1] == Reply(1, name, "巡逻", "+1")
    assert steps(f"{listed}{name} edits: +2")[1] == Rewrite(1, name, "+2")
    assert steps(f"{listed}see {name}: 巡逻")[1] == See(1, name, "巡逻")
    assert steps(f"{listed}told {name}: 巡逻")[1] == Told(1, name, "巡逻")


def test_a_name_ends_at_the_first_mark_that_fits() -> None:
    assert only("陈伯: she presses on: well (private): x") == Say(1, "陈伯", "she presses on: well (private): x")


def test_a_chain_is_one_message() -> None:
    text = "陈伯: #接龙\n| 周五巡逻\n# a comment is skipped even here\n|\n| 1. 陈伯\n| | 2. 李阿姨\n李阿姨: +1\n"
    assert steps(text) == [Say(1, "陈伯", "#接龙\n周五巡逻\n\n1. 陈伯\n| 2. 李阿姨"), Say(1, "李阿姨", "+1")]


def test_a_message_may_begin_on_the_line_below_its_name() -> None:
    assert only("陈伯:\n| #接龙\n| 1. 陈伯") == Say(1, "陈伯", "#接龙\n1. 陈伯")


@pytest.mark.parametrize(
    "text",
    [
        "| 1. 陈伯",
        BEGIN + "| 1. 陈伯",
        "member 陈伯\nsee 陈伯: x\n| y",
        BEGIN + "陈伯:",
        BEGIN + "陈伯 presses ",
        BEGIN + "陈伯 replies to 巡逻",
        BEGIN + "陈伯",
        "hello",
        "as signal",
        "restart now",
    ],
)
def test_a_line_that_is_nothing_is_no_scene(text: str) -> None:
    error = wrong(text)
    assert error.line in (text.rstrip("\n").count("\n") + 1, text.rstrip("\n").count("\n") + 2)
    assert error.expected


# ---------------------------------------------------------------- checks


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("see group: 0/2", See(1, "group", "0/2")),
        ("see not group: 候补", See(1, "group", "候补", absent=True)),
        ("see 陈伯: 19:00: 东门", See(1, "陈伯", "19:00: 东门")),
        ("never 陈伯: 明天", Never(1, "陈伯", "明天")),
        ("posted group: 12", Posted(1, "group", 12)),
        ("told 陈伯: 好", Told(1, "陈伯", "好")),
        ("new group: 取消", New(1, "group", "取消")),
        ("new not 陈伯: 取消", New(1, "陈伯", "取消", absent=True)),
    ],
)
def test_a_check_means(line: str, step: Step) -> None:
    assert steps("member 陈伯\n" + line)[1] == step


@pytest.mark.parametrize(
    "line",
    ["see nobody: x", "see group", "see group: ", "posted group: many", "posted group: -1", "told group: x", "never x"],
)
def test_a_check_of_nothing_is_no_scene(line: str) -> None:
    assert wrong(line).line == 1


def test_a_place_may_be_named_only_further_down() -> None:
    scene: Scene = read("see not 陈伯: x\n" + BEGIN + "陈伯: +1\n")
    assert scene.steps[0] == See(1, "陈伯", "x", absent=True)


WORDS = [
    "see",
    "not",
    "group",
    "member",
    "陈伯",
    "李阿姨",
    "at",
    "2026-11-23",
    "09:00",
    "+90m",
    "told",
    "posted",
    "3",
    "as",
]
PIECES = st.one_of(
    st.sampled_from(
        [*WORDS, ": ", " (", "private", "): ", " presses ", " on ", " replies to ", " edits: ", "\n", "| ", "#"]
    ),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=30))
def test_any_text_is_a_scene_or_says_where_it_is_none(pieces: list[str]) -> None:
    text = BEGIN + " ".join(pieces) if len(pieces) % 2 else "".join(pieces)
    try:
        scene = read(text)
    except Wrong as error:
        assert 1 <= error.line <= text.count("\n") + 2  # noqa: PT017 -- either way out is right
        assert error.expected  # noqa: PT017 -- as above
    else:
        assert [step.line for step in scene.steps] == sorted(step.line for step in scene.steps)


# ---------------------------------------------------------------- groups that nobody knows, and the first coordinator


def test_a_group_that_nobody_knows_is_a_place_of_the_scene() -> None:
    scene = read("foreign 打牌群\ngroup 东区\n" + BEGIN + "老赵 (打牌群): +1\nsee 打牌群: 协调人\n")
    assert scene.steps[:2] == (AddForeign(1, "打牌群"), AddGroup(2, "东区"))
    assert scene.groups == ("group", "打牌群", "东区")
    assert scene.foreign == {"打牌群"}
    assert scene.steps[3:] == (Say(4, "老赵", "+1", "打牌群"), See(5, "打牌群", "协调人"))


def test_the_group_of_every_scene_may_be_one_that_nobody_knows() -> None:
    assert read("foreign group\n").foreign == {"group"}
    assert read("foreign group\n").groups == ("group",)


def test_somebody_adds_the_bot_and_takes_it_out() -> None:
    scene = read("foreign 打牌 群\n" + BEGIN + "Old Wang adds the bot to 打牌 群\n陈伯 removes the bot from group\n")
    assert scene.steps[2:] == (Bring(3, "Old Wang", "打牌 群"), Bring(4, "陈伯", "group", out=True))


@pytest.mark.parametrize("line", ["老赵 adds the bot to 打牌群", "老赵 adds the bot to ", " adds the bot to group"])
def test_the_bot_is_added_to_a_group_of_this_scene_only(line: str) -> None:
    assert wrong(BEGIN + line).line == 2


def test_the_console_shows_a_code() -> None:
    assert read(BEGIN + "code\n").steps[1:] == (ShowCode(2),)


def test_a_group_may_be_one_in_which_the_bot_hears_nothing() -> None:
    scene = read("group 东区\ndeaf 东区\n" + BEGIN + "hearing 东区\n")
    assert scene.steps[1] == Listen(2, "东区", hears=False)
    assert scene.steps[3] == Listen(4, "东区", hears=True)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("deaf aunt: hello", "deaf aunt"),
        ("hearing aid presses 我来", "hearing aid"),
        ("code: hello", "code"),
        ("code red: hello", "code red"),
        ("foreign guest: hello", "foreign guest"),
        ("foreign guest presses 我来", "foreign guest"),
        ("foreign guest (private): hello", "foreign guest"),
        ("code (group): +1", "code"),
        ("陈伯: 老赵 adds the bot to group", "陈伯"),
        ("陈伯 presses adds the bot to group", "陈伯"),
        ("陈伯 adds the bot to group: hello", "陈伯 adds the bot to group"),
    ],
)
def test_what_could_be_said_before_these_words_came_is_still_said(line: str, who: str) -> None:
    (step,) = read(BEGIN + line).steps[1:]
    assert isinstance(step, Say | Press)
    assert step.who == who


@pytest.mark.parametrize("line", ["foreign private", "code 1", "foreign", "deaf", "deaf 打牌群", "hearing private"])
def test_what_is_neither_is_no_scene(line: str) -> None:
    assert wrong(BEGIN + line).line == 2
