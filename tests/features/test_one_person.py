"""A said name gives nothing: who is whom is said by those who know, moves what it must, and can be undone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.audit import AuditLine
from core.claims import LIVE, Claim
from core.ids import short
from core.members import Account, Member
from core.posts import Post
from tests.features.elders import VISIT, seen_by
from tests.features.talking import press, say
from tests.street import GROUP, PATROL, YANG, Street, street

MEAL = "发布 百家饭 2026-11-28 11:30-13:00 活动室 凉菜2 热菜2"


async def says_it_is_them(here: Street, name: str, called: str = "王奶奶") -> None:
    await say(here, name, f"我叫 {called}", "你好")
    await press(here, name, "是我")


def standing(here: Street) -> dict[str, list[str]]:
    """Who holds or waits for what, by the name of their account, or the name put down."""
    accounts = {account.member_id: account.id for account in here.rows(Account)}
    names = {row.id: accounts.get(row.id, row.name) for row in here.rows(Member)}
    found: dict[str, list[str]] = {}
    for claim in sorted(here.rows(Claim), key=lambda row: row.id):
        if claim.promised in LIVE:
            found.setdefault(names[claim.member_id], []).append(claim.thing or claim.promised)
    return found


# ------------------------------------------------------------ asked


async def test_until_somebody_who_knows_has_answered_nothing_moves_and_nothing_is_told(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "生人", posted=VISIT) as here:
        await say(here, "陈伯", "帮王奶奶报名 3号楼")
        before = standing(here)
        await says_it_is_them(here, "生人")
        await say(
            here, "生人", "我的", "名单 1", "退出", "帮王奶奶退出", "换陈伯去", "我替王奶奶", "到了", "帮王奶奶报名"
        )
        assert standing(here) == before
        assert seen_by(here, "生人") == set()
        assert [post.body["answer"] for post in here.owed("same")] == ["asked"]
        assert len(here.owed("vouch")) == 2


async def test_the_one_who_asks_cannot_answer_themselves_even_as_a_coordinator(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "生人", posted=VISIT) as here:
        await say(here, "陈伯", "帮王奶奶报名 3号楼")
        await here.tell(here.network.ranked(person("生人"), GROUP, administrator=True))
        await says_it_is_them(here, "生人")
        for post in here.owed("vouch"):
            for action in ("is_them", "yes"):
                forged = f"{short(post.id)}.{action}"
                await here.tell(here.network.pressed(person("生人"), private(person("生人")), "1", action=forged))
        await here.deliver()
        assert [post.member_id for post in here.owed("merged")] == []
        assert [row.merged_into for row in here.rows(Member) if row.name == "王奶奶"] == [None, None]


async def test_of_two_who_say_so_only_the_one_who_is_known_becomes_her(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "生人", "李姐", posted=VISIT) as here:
        await say(here, "陈伯", "帮王奶奶报名 3号楼")
        await says_it_is_them(here, "生人")
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她", "李姐")
        assert standing(here) == {"李姐": ["claimed"]}
        assert "网名“李姐”" in here.texts(YANG)[-1]
        assert not [shown for shown in here.shown("陈伯") if "生人" in shown.text and shown.message.actions]
        assert (seen_by(here, "生人"), seen_by(here, "李姐"), seen_by(here, "陈伯")) == (set(), {"3号楼"}, set())
        assert "另一位" in here.texts("生人")[-1]


async def test_a_question_of_the_version_before_that_still_stands_asks_the_proxy_too(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王婆婆报名")
        await say(here, "李姐", "我叫 王婆婆", "你好")
        (post,) = here.owed("same")
        assert set(post.body) == {"twin", "name", "proxy"}, "as it was written before"
        (question,) = [shown for shown in here.shown("李姐") if "是您吗" in shown.text]
        assert [action.id.split(".")[1] for action in question.message.actions] == ["yes", "no"]
        await press(here, "李姐", "是我")
        assert standing(here) == {"王婆婆": ["claimed"]}
        await press(here, "陈伯", "是她")
        assert standing(here) == {"李姐": ["claimed"]}


@pytest.mark.parametrize("words", ["好的", "嗯", "收到", "OK", "行"])
async def test_a_word_that_answers_anything_does_not_say_who_somebody_is(tmp_path: Path, words: str) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名")
        await says_it_is_them(here, "李姐")
        await say(here, "陈伯", words)
        assert standing(here) == {"王奶奶": ["claimed"]}


@pytest.mark.parametrize(
    ("words", "one"), [("是的", True), ("是她", True), ("对", True), ("不是", False), ("不对", False)]
)
async def test_the_answer_may_be_typed(tmp_path: Path, words: str, one: bool) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名")
        await says_it_is_them(here, "李姐")
        await say(here, "陈伯", words)
        assert standing(here) == ({"李姐": ["claimed"]} if one else {"王奶奶": ["claimed"]})


# ------------------------------------------------------------ moved


async def test_of_two_promises_for_one_head_the_better_stays_and_the_place_goes_to_who_waits(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", "赵叔", "孙哥", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名", "报名")
        await say(here, "李姐", "报名")
        await say(here, "赵叔", "报名")
        assert standing(here)["李姐"] == ["waitlisted"]
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她")
        assert standing(here) == {"李姐": ["claimed"], "陈伯": ["claimed"], "赵叔": ["waitlisted"]}


async def test_two_dishes_stay_two(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=MEAL) as here:
        await here.say("陈伯", "帮王奶奶报名 红烧肉 3份")
        await here.deliver()
        await say(here, "李姐", "我带红烧肉 2份", "我带凉拌黄瓜 2份")
        await says_it_is_them(here, "李姐")
        before = sum(map(len, standing(here).values()))
        await press(here, "陈伯", "是她")
        assert list(standing(here)) == ["李姐"]
        assert len(standing(here)["李姐"]) == before


async def test_the_log_says_what_moved(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名")
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她")
        (claim,) = here.rows(Claim)
        deeds = [
            (deed.verb, deed.claim_id) for deed in here.rows(AuditLine) if deed.verb in ("says_same", "moved", "merged")
        ]
        assert deeds == [("says_same", 0), ("moved", claim.id), ("merged", 0)]


# ------------------------------------------------------------ parted


async def test_coordinators_part_them_within_thirty_days_and_nobody_else_ever(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=VISIT) as here:
        await say(here, "陈伯", "帮王奶奶报名 3号楼")
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她")
        assert seen_by(here, "李姐") == {"3号楼"}
        (post,) = here.owed("merged")
        for name in ("李姐", "陈伯"):
            forged = here.network.pressed(person(name), private(person(name)), "1", action=f"{short(post.id)}.undo")
            await here.tell(forged)
        assert standing(here) == {"李姐": ["claimed"]}
        await press(here, YANG, "撤销", "同一位")
        assert standing(here) == {"王奶奶": ["claimed"]}
        assert (seen_by(here, "李姐"), seen_by(here, "陈伯")) == (set(), {"3号楼"})


async def test_after_a_month_they_stay_one(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名")
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她")
        undo = here.pressed(YANG, "撤销", "同一位")
        await here.later(days=31)
        await here.tell(undo)
        await here.deliver()
        assert standing(here) == {"李姐": ["claimed"]}
        (shown,) = [shown for shown in here.shown(YANG) if "同一位" in shown.text]
        assert shown.message.actions == ()


async def test_who_left_what_was_moved_has_left_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李姐", posted=PATROL) as here:
        await say(here, "陈伯", "帮王奶奶报名")
        await says_it_is_them(here, "李姐")
        await press(here, "陈伯", "是她")
        await say(here, "李姐", "退出", "报名")
        await press(here, YANG, "撤销", "同一位")
        assert standing(here) == {"李姐": ["claimed"]}


@pytest.mark.parametrize("seed", range(10))
async def test_made_one_and_parted_again_everybody_stands_where_they_stood(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with street(tmp_path, "陈伯", "李姐", "赵叔", posted="") as here:
        for words in (PATROL, VISIT, MEAL, PATROL.replace("11-27", "11-29")):
            await here.post(words)
        for _ in range(14):
            name, number = chance.choice(("陈伯", "李姐", "赵叔")), chance.choice((1, 2, 4))
            what = chance.choice((f"报名 {number}", f"帮王奶奶报名 {number}", f"退出 {number}"))
            await say(here, "陈伯" if "王奶奶" in what else name, what)
        await here.say("李姐", "百家饭 红烧肉 2份")
        await here.say("陈伯", "帮王奶奶报名 红烧肉 3份")
        await here.deliver()
        before = standing(here)
        await says_it_is_them(here, "李姐")
        if not here.owed("same"):
            return  # she was never put down
        await press(here, "陈伯", "是她")
        assert "王奶奶" not in standing(here)
        await press(here, YANG, "撤销", "同一位")
        after = standing(here)
        assert {name: len(theirs) for name, theirs in after.items()} == {n: len(theirs) for n, theirs in before.items()}
        # Somebody who waited may have been offered a place meanwhile, and then keeps it.
        for name in before:
            for was, now in zip(before[name], after[name], strict=True):
                assert was == now or "offered" in (was, now) or "waitlisted" in (was, now), (before, after)
        assert not [post for post in here.rows(Post) if post.kind == "say" and post.body.get("key") == "failed.kind"]
