"""Roles: every cell of the table of role and action is tried with the words of that action, and holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from adapters.scene.network import person
from bot.fetching import keeps_lists
from core import roles
from core.audit import AuditLine
from core.confiding import Reader
from core.members import Member
from core.roles import ACTIONS, KINDS, ROLES, TABLE, Action, Role, RoleGiven, may
from core.work import Actor, Work
from tests.features.elders import ELDERS, VISIT
from tests.features.talking import press, say
from tests.street import YANG, Street, street

WHO: dict[Role | None, str] = {
    "coordinator": YANG, "deputy": "王阿姨", "visits": "赵叔", "patrols": "钱婶", None: "孙姐",
}  # fmt: skip
GIVEN = {"deputy": "王阿姨当副手", "visits": "赵叔只管慰问", "patrols": "钱婶只管巡逻"}
POSTED = {
    "patrol": "发布 巡逻 2026-12-04 19:00-21:00 西门 2人",
    "visit": "发布 慰问 2026-12-05 9:00-10:00 3号楼 2人",
    "study": "发布 送学上门 12月7日到12月18日 每户1人\n3号楼",
    "potluck": "发布 百家饭 2026-12-06 18:00 活动室 凉菜2",
}
"""By kind; what a draft of each begins with is its name."""


@dataclass(frozen=True)
class Try:
    """Words that do something, and what the answer says only where it was done."""

    words: str
    done: str


TRIES: dict[Action, Try] = {
    "elders": Try("登记 {n}奶奶 3号楼502 13900001111 耳背", "登记，请核对"),
    "lists": Try("第{k}支部：陈伯、李阿姨", "名单记下了"),
    "records": Try("记录 11月", "没有记录"),
    "matters": Try("事1 办不了 要等街道", "记下了：事1"),
    "digest": Try("简报", "本周简报"),
    "partners": Try("共建单位 区图书馆{n} 联系人 陈伯", "记下了：共建单位"),
    "coordinate": Try("感谢名单", "没有服务记录"),
    "link": Try("合并 陈伯 李阿姨", "合成一个人"),
    "roles": Try("陈伯当副手", "让陈伯当副手"),
}
OTHERWISE: frozenset[Action] = frozenset({"arrange", "reports", "groups", "people"})
"""Tried in tests of their own: by kind, by who is told, by who is asked, on the page (tests/web/test_people.py)."""


async def with_roles(here: Street) -> None:
    for words in GIVEN.values():
        await say(here, YANG, words)
        await press(here, YANG, "确认")


def test_every_action_is_tried_and_no_other() -> None:
    assert TRIES.keys() | OTHERWISE == set(ACTIONS) == set(TABLE)
    assert set(WHO) == {*ROLES, None}


async def test_each_role_does_what_the_table_says_and_nothing_else(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), "陈伯", "李阿姨") as here:
        await with_roles(here)
        await say(here, "陈伯", "烦心事 3号楼的灯坏了")
        for number, (role, name) in zip("一二三四五", WHO.items(), strict=True):
            for action, tried in TRIES.items():
                before = here.rows(AuditLine)
                await say(here, name, tried.words.format(n=name, k=number))
                did = tried.done in here.texts(name)[-1]
                assert did == may(role, action), f"{role} {action}: {here.texts(name)[-1]}"
                assert did or here.rows(AuditLine) == before
                if action in ("elders", "roles", "link") and did:
                    await press(here, name, "返回")


async def test_each_role_arranges_the_kinds_that_are_its_own(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values()) as here:
        await with_roles(here)
        for place, (role, name) in zip(("西门", "南门", "北门", "大门", "后门"), WHO.items(), strict=True):
            for kind, words in POSTED.items():
                await say(here, name, words)
                did = "我这样理解" in here.texts(name)[-1]
                assert did == may(role, "arrange", kind), f"{role} {kind}: {here.texts(name)[-1]}"
            own = [kind for kind in POSTED if may(role, "arrange", kind)]
            assert own == [kind for kind in POSTED if role is not None and kind in KINDS.get(role, {kind})]
            await say(here, name, f"改 1 {place}集合")  # the patrol that is up
            assert ("已改" in here.texts(name)[-1]) == may(role, "arrange", "patrol"), role
            await say(here, name, "取消 1")
            assert ("要取消" in here.texts(name)[-1]) == may(role, "arrange", "patrol"), role


async def test_what_is_confided_is_read_by_who_arranges_its_kind(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), posted=VISIT) as here:
        await with_roles(here)
        for role, name in WHO.items():
            await say(here, name, "名单 1")
            read = {word for word in ELDERS.values() if word in "\n".join(here.texts(name)[-1:])}
            assert read == (set(ELDERS.values()) if may(role, "arrange", "visit") else set()), role
        group = "\n".join(here.texts())
        assert not [word for word in ELDERS.values() if word in group]


async def test_what_is_urgent_on_a_round_reaches_those_who_read_reports(tmp_path: Path) -> None:
    posted = "发布 送学上门 11月23日到12月5日 每户1人\n3号楼 王奶奶"
    async with street(tmp_path, *WHO.values(), "陈伯", posted=posted) as here:
        await with_roles(here)
        await say(here, "陈伯", "报名 1", "送到了", "她在家里摔了一跤")
        await press(here, "陈伯", "急")
        for role, name in WHO.items():
            assert ("摔了一跤" in "\n".join(here.texts(name))) == may(role, "reports"), role


def member_of(here: Street, name: str) -> int:
    return next(row.id for row in here.rows(Member) if row.name == name)


async def test_groups_are_for_coordinators_and_a_work_asks_the_same_table(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), posted="") as here:
        await with_roles(here)
        for role, name in WHO.items():
            by = Actor(member_of(here, name), ("scene", name), "chat")

            def table(ask: Callable[[Work], object], by: Actor = by) -> object:
                return here.read(lambda s: ask(Work(s, here.app.heres.first, here.clock.now(), by)))

            assert table(lambda work: [work.may(a) for a in ACTIONS]) == [may(role, a) for a in ACTIONS]
            assert [Reader(by.member, role=role).may(a) for a in ACTIONS] == [may(role, a) for a in ACTIONS]
        assert TABLE["groups"] == TABLE["people"] == {"coordinator"}


async def test_a_role_ends_with_a_word_is_in_the_log_and_takes_everything_with_it(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), posted=VISIT) as here:
        await with_roles(here)
        await say(here, "赵叔", "名单 1")
        assert ELDERS["3号楼"] in here.texts("赵叔")[-1]
        await say(here, YANG, "赵叔不管了")
        await press(here, YANG, "确认")
        assert not [word for word in ELDERS.values() if word in "\n".join(here.texts("赵叔"))]
        await say(here, "赵叔", "登记本")
        assert "请协调人" in here.texts("赵叔")[-1]
        verbs = [line.verb for line in here.rows(AuditLine) if line.verb.startswith("role_")]
        assert verbs == ["role_deputy", "role_visits", "role_patrols", "role_ended"]
        assert {row.role for row in here.rows(RoleGiven)} == {"deputy", "patrols"}


async def test_nobody_gives_a_role_but_a_coordinator_and_who_coordinates_is_not_made_less(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), posted="") as here:
        await with_roles(here)
        await say(here, "王阿姨", "王阿姨不管了")
        assert "协调人自己" in here.texts("王阿姨")[-1]
        await say(here, YANG, "杨老师只管巡逻")
        assert "本来就是协调人" in here.texts(YANG)[-1]
        await say(here, YANG, "周老师当副手")
        assert "周老师" in here.texts(YANG)[-1]
        assert len(here.rows(RoleGiven)) == 3


async def test_who_is_forgotten_has_no_role(tmp_path: Path) -> None:
    async with street(tmp_path, *WHO.values(), posted="") as here:
        await with_roles(here)
        await say(here, "王阿姨", "忘记我")
        await press(here, "王阿姨", "确认")
        assert {row.role for row in here.rows(RoleGiven)} == {"visits", "patrols"}


@pytest.mark.parametrize("role", [*ROLES, None])
def test_nothing_but_the_table_says_yes(role: Role | None) -> None:
    for action in ACTIONS:
        assert may(role, action) == (role is not None and role in TABLE[action])
    assert get_args(Role) == ROLES
    assert roles.FIRST < roles.BOTH < roles.EVERY


async def test_a_table_is_fetched_of_who_may_keep_lists_and_of_nobody_else(tmp_path: Path) -> None:
    async with street(tmp_path, *filter(None, WHO.values()), posted="") as here:
        await with_roles(here)
        kept = [
            role for role, name in WHO.items() if here.read(lambda s, n=name: keeps_lists(s, here.app.heres, person(n)))
        ]
        assert {*kept} == TABLE["lists"]
