"""Consent, purpose by purpose: taken with who, when and which sentence; taken back with a word or a press, at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from core.consents import Consent
from core.elders import Elder
from core.features.potluck.diets import Diet
from core.here import Here
from core.members import Member
from core.posts import Post
from tests.features.talking import press, say
from tests.features.test_retention import add
from tests.migrating import bring
from tests.street import YANG, Street, street

REGISTER = "登记 秦奶奶 3号楼502 13900001111 耳背"
MEAL = "发布 百家饭 2026-12-06 18:00 活动室 凉菜2"


def live(here: Street) -> set[str]:
    return {row.purpose for row in here.rows(Consent) if row.ended_at is None}


def member(here: Street, name: str) -> int:
    return next(row.id for row in here.rows(Member) if row.name == name)


def counters(here: Street) -> Here:
    return here.app.heres.first


# ------------------------------------------------------------ of the register


async def visited(here: Street, how: str = "确认") -> None:
    await say(here, YANG, REGISTER)
    await press(here, YANG, how)
    await here.post("发布 慰问 2026-11-24 09:00-11:00 秦奶奶 1人")
    await say(here, "陈伯", "报名 1")


def theirs(here: Street, name: str = "陈伯") -> set[str]:
    text = "\n".join(here.texts(name))
    return {word for word in ("秦奶奶", "502", "13900001111", "耳背") if word in text}


async def test_two_consents_are_taken_with_who_when_and_which_sentence(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await visited(here)
        (elder,) = here.rows(Elder)
        rows = sorted(here.rows(Consent), key=lambda row: row.purpose)
        assert [(r.purpose, r.elder_id, r.taken_by, r.text) for r in rows] == [
            (purpose, elder.id, member(here, YANG), "2") for purpose in ("register", "visitors")
        ]
        assert len(theirs(here)) == 4


@pytest.mark.parametrize(
    "words",
    [
        "秦奶奶不给志愿者看了", "秦奶奶的电话别给志愿者看", "秦奶奶不同意给别人看", "秦奶奶不想让人知道",
        "不要给别人看秦奶奶的地址", "秦奶奶的门牌不要让人看到", "秦奶奶不愿意让志愿者知道", "别让大家知道秦奶奶的情况",
        "don't show 秦奶奶 to visitors", "stop sharing 秦奶奶's details with volunteers", "press",
    ],
)  # fmt: skip
async def test_what_visitors_read_is_gone_at_once_and_the_register_stays(tmp_path: Path, words: str) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await visited(here)
        if words == "press":
            await say(here, YANG, "秦奶奶")
            await press(here, YANG, "不给看望的人看")
        else:
            await say(here, YANG, words)
        assert theirs(here) == set()
        assert "请问协调人" in "\n".join(here.texts("陈伯"))
        assert live(here) == {"register"}
        await say(here, YANG, "秦奶奶")
        assert "13900001111" in here.texts(YANG)[-1]
        await say(here, "陈伯", "名单 1", "我的")
        await here.later(hours=23)
        assert theirs(here) == set()
        await press(here, YANG, "可以给看望的人看")
        await say(here, "陈伯", "我的")
        assert len(theirs(here)) == 4
        assert [r.purpose for r in here.rows(Consent) if r.ended_at is not None] == ["visitors"]


async def test_who_agrees_to_the_register_only_is_shown_to_no_visitor(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await visited(here, "只登记")
        assert (live(here), theirs(here)) == ({"register"}, set())
        await say(here, YANG, "秦奶奶同意给志愿者看了")
        await say(here, "陈伯", "我的")
        assert len(theirs(here)) == 4


async def test_who_is_off_the_register_agrees_to_nothing_and_that_they_did_is_kept(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await visited(here)
        await say(here, YANG, "秦奶奶收回同意")
        assert (live(here), theirs(here), here.rows(Elder)) == (set(), set(), [])
        assert {(row.purpose, row.ended_by) for row in here.rows(Consent)} == {
            (purpose, member(here, YANG)) for purpose in ("register", "visitors")
        }


async def test_nobody_is_on_the_register_without_a_consent(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await say(here, "陈伯", REGISTER, "秦奶奶不给志愿者看")
        assert (here.rows(Elder), here.rows(Consent)) == ([], [])
        await say(here, YANG, REGISTER)
        assert here.rows(Elder) == []
        await press(here, YANG, "返回")
        assert here.rows(Consent) == []


async def test_who_was_registered_before_agreed_to_both(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await visited(here)
        before = {(r.purpose, r.elder_id, r.taken_by, r.at) for r in here.rows(Consent)}
        await here.die()
        bring(here.url, "0066", back=True)
        await here.start()
        assert {(r.purpose, r.elder_id, r.taken_by, r.at) for r in here.rows(Consent)} == before
        await say(here, "陈伯", "我的")
        assert len(theirs(here)) == 4


async def test_a_question_of_the_version_before_is_of_the_sentence_that_it_showed(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await say(here, YANG, REGISTER)
        (post,) = here.owed("visit.register")
        post.body = {name: value for name, value in post.body.items() if name != "text"}
        add(here, post)
        await press(here, YANG, "确认")
        assert {row.text for row in here.rows(Consent)} == {"1"}


# ------------------------------------------------------------ of neighbours


async def agreed(here: Street) -> None:
    """To all three that there are."""
    await say(here, "陈伯", "忌口", "花生")
    await press(here, "陈伯", "确认")
    await say(here, "陈伯", "报平安 每天9点")
    await here.later(days=4, hours=11)
    await say(here, "陈伯", "平安结束")
    await say(here, YANG, "感谢名单 2026")
    await here.later(days=1)
    await press(here, "陈伯", "写上")


WORDS = {
    "diet": (
        "不记忌口", "别再记我的忌口了", "忌口不用记了", "收回忌口", "把我的忌口删掉", "请不要留着我的忌口", "删掉忌口",
        "我的忌口别记了", "不想再记忌口", "please forget my diet",
    ),
    "morning": ("不报平安了",),
    "thanks": (
        "别写我的名字", "不要写我的名字了", "感谢名单上不要写我", "我的名字不要写", "把我从感谢名单里去掉",
        "请不要提我的名字", "别登我的名字", "不写我的名字", "把我的名字从感谢名单上划掉吧",
        "take my name off the thank you list",
    ),
}  # fmt: skip


async def test_all_that_somebody_agreed_to_stands_in_their_data_each_with_a_press(tmp_path: Path) -> None:
    async with street(
        tmp_path,
        "陈伯",
        posted=MEAL.replace("百家饭", "巡逻").replace("凉菜2", "2人"),
    ) as here:
        await say(here, "陈伯", "报名 1")
        await here.later(days=9)
        await agreed(here)
        assert live(here) == {"diet", "morning", "thanks"}
        for words in ("我的资料", "收回同意", "我同意过什么", "my consents"):
            await say(here, "陈伯", words)
            shown = here.shown("陈伯")[-1]
            assert {a.label for a in shown.message.actions} == {"不记忌口", "不报平安了", "别写我的名字"}, words
            assert "您自己" in shown.text
        for label, left in (("不记忌口", {"morning", "thanks"}), ("不报平安了", {"thanks"}), ("别写我的名字", set())):
            await press(here, "陈伯", label)
            assert live(here) == left
        assert "收回了" in here.texts("陈伯")[-1]
        assert [row.words.privately() for row in here.rows(Diet)] == [""]
        await say(here, YANG, "感谢名单 2026")
        assert "陈伯" not in here.texts(YANG)[-1]
        asked = len(here.owed("well.ask"))
        await here.later(days=2)
        assert len(here.owed("well.ask")) == asked


@pytest.mark.parametrize("purpose", WORDS)
async def test_a_word_is_enough_for_each(tmp_path: Path, purpose: str) -> None:
    async with street(tmp_path, "陈伯", posted=MEAL) as here:
        for words in WORDS[purpose]:
            with here.database.writing() as session:
                for row in session.exec(select(Consent)).all():
                    session.delete(row)
            if purpose == "diet":
                await say(here, "陈伯", "忌口", "花生")
                await press(here, "陈伯", "确认")
            elif purpose == "morning":
                await say(here, "陈伯", "报平安 每天9点")
            else:
                await named(here, str(len(here.rows(Post))))
                await press(here, "陈伯", "写上")
            assert live(here) == {purpose}, words
            await say(here, "陈伯", words)
            assert live(here) == set(), words


async def named(here: Street, year: str) -> None:
    """陈伯 is asked whether the list of a year may name him."""
    with here.database.writing() as session:
        session.add(
            Post(
                community_id=counters(here).id, id=int(year), member_id=member(here, "陈伯"), kind="thanks.ask",
                occasion=year, due=here.clock.now(), not_before=here.clock.now(), body={"year": 2026},
            )
        )  # fmt: skip
    await here.deliver()


async def test_nothing_is_taken_back_of_who_agreed_to_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=MEAL) as here:
        await say(here, "陈伯", "忌口", "花生")
        await press(here, "陈伯", "确认")
        for words in ("不记忌口", "别写我的名字", "不报平安了", "收回同意"):
            await say(here, "李阿姨", words)
        assert live(here) == {"diet"}
        assert here.rows(Diet)[0].words.privately() == "peanuts" or here.rows(Diet)[0].words


async def test_who_agreed_before_there_were_rows_has_them_at_the_next_start(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=MEAL) as here:
        await say(here, "陈伯", "忌口", "花生")
        await press(here, "陈伯", "确认")
        await say(here, "陈伯", "报平安 每天9点")
        await named(here, "7")
        await press(here, "陈伯", "写上")
        with here.database.writing() as session:
            for row in session.exec(select(Consent)).all():
                session.delete(row)
        await here.again()
        assert live(here) == {"diet", "morning", "thanks"}
        await say(here, "陈伯", "不记忌口")
        await here.again()
        assert live(here) == {"morning", "thanks"}


async def test_who_is_forgotten_agrees_to_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=MEAL) as here:
        await say(here, "陈伯", "忌口", "花生")
        await press(here, "陈伯", "确认")
        await say(here, "陈伯", "忘记我")
        await press(here, "陈伯", "确认")
        assert (live(here), here.rows(Diet)) == (set(), [])


def test_every_purpose_has_words_for_it() -> None:
    from core.features import FEATURES  # noqa: PLC0415 - after the rows above know their tables
    from core.words import LANGUAGES, text  # noqa: PLC0415 - likewise

    names = [purpose.name for feature in FEATURES for purpose in feature.purposes]
    assert sorted(names) == ["diet", "morning", "thanks"]
    for lang in LANGUAGES:
        for name in names:
            assert text(lang, f"consent.what.{name}")
            assert text(lang, f"consent.stop.{name}")
