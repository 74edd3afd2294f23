"""Several communities with one bot: whose a group is, of which somebody speaks, and that each goes its own way."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import select

from adapters.scene.network import group, person, private
from core.described import Described
from core.features import FEATURES
from core.manners import Manners, read_reminder
from core.members import CONFIRMED, Account, Community, KnownChat, Member, Paired
from core.messages import Blocked, Chat
from core.pairing import spaced
from core.said.communities import in_front
from core.serving import Kept, Settings, here_of, settings_of
from tests.street import GROUP, YANG, Street

EAST = group("东区的群")
LI = "李老师"
DESCRIBED = Described(named="east", name="东区", coordinators=[f"scene:{LI}"], groups=[f"scene:{EAST.id}"])
THEIRS = "发布 巡逻 2026-11-27 19:00-21:00 西门集合 3人"


@contextlib.asynccontextmanager
async def two(folder: Path, described: Described = DESCRIBED) -> AsyncIterator[Street]:
    """邻里, where 杨老师 coordinates, and 东区, where 李老师 does. 陈伯 is in both groups, 王伯 in that of 东区."""
    here = Street(folder)
    here.beside = (described,)
    await here.start()
    for name, chats in ((YANG, [GROUP]), (LI, [EAST]), ("陈伯", [GROUP, EAST]), ("王伯", [EAST])):
        for chat in chats:
            await here.tell(here.network.joined(person(name), chat))
        await here.tell(here.network.opened(person(name)))
    await here.deliver()
    for who, words in ((YANG, "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人"), (LI, THEIRS)):
        for said in (words, "发布"):
            await here.say(who, said, None)
            await here.deliver()
    try:
        yield here
    finally:
        await here.die()


def on(here: Street, chat: Chat) -> list[str]:
    return [shown.text for shown in here.network.screens.now_on(chat)]


def last(here: Street, name: str) -> str:
    return here.texts(name)[-1]


# ---------------------------------------------------------------- groups


async def test_each_posts_in_its_own_group_and_both_count_from_one(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        assert [text for text in on(here, GROUP) if "东门" in text]
        assert not [text for text in on(here, GROUP) if "西门" in text]
        (roster,) = (text for text in on(here, EAST) if "西门" in text)
        assert "0/3" in roster
        await here.say("王伯", "报名 1", EAST)
        await here.deliver()
        assert "1/3" in on(here, EAST)[-1]
        assert "0/2" in on(here, GROUP)[-1]


async def test_a_group_is_that_of_the_coordinator_who_brings_the_bot_in(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        new = group("东区二群")
        await here.tell(here.network.entered(person(LI), new))
        await here.deliver()
        east = next(row for row in here.rows(Community) if row.named == "east")
        (row,) = (row for row in here.rows(KnownChat) if row.address == new.id)
        assert (row.community_id, row.bound) == (east.id, CONFIRMED)


async def test_what_a_stranger_brings_is_asked_about_in_the_first_and_no_more_when_a_coordinator_of_another_does(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as here:
        new = group("谁的群")
        await here.tell(here.network.entered(person("生人"), new))
        await here.deliver()
        assert "谁的群" in last(here, YANG)
        assert not [text for text in here.texts(LI) if "谁的群" in text]
        await here.tell(here.network.expelled(new))
        await here.tell(here.network.entered(person(LI), new))
        await here.deliver()
        bound = [row for row in here.rows(KnownChat) if row.address == new.id and row.bound]
        assert [here.app.heres[row.community_id].community.name for row in bound] == ["东区"]
        with pytest.raises(AssertionError, match="nothing to press"):
            await here.press(YANG, "是我们的群")


async def test_a_member_of_one_brings_the_bot_in_and_its_coordinators_are_asked(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.entered(person("王伯"), group("楼里的群")))
        await here.deliver()
        assert "楼里的群" in last(here, LI)
        assert not [text for text in here.texts(YANG) if "楼里的群" in text]


# ---------------------------------------------------------------- people


async def test_who_is_in_one_is_asked_nothing_and_reads_no_name_in_front(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("王伯", "报名", None)
        await here.deliver()
        assert last(here, "王伯").startswith("王伯")
        assert "西门" in last(here, "王伯")


async def test_who_is_in_two_is_asked_once_and_what_they_said_is_done_there(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", "报名", None)
        await here.deliver()
        assert "哪一个" in last(here, "陈伯")
        await here.press("陈伯", "东区")
        await here.deliver()
        assert "1/3" in on(here, EAST)[-1]
        assert "0/2" in on(here, GROUP)[-1]
        answer = last(here, "陈伯")
        assert answer.startswith("[东区] ")
        assert "西门" in answer
        await here.say("陈伯", "退出", None)
        await here.deliver()
        assert "0/3" in on(here, EAST)[-1], "not asked again"


async def test_who_does_not_answer_is_not_asked_again(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        for _ in range(2):
            await here.say("陈伯", "报名", None)
            await here.deliver()
        assert len([text for text in here.texts("陈伯") if "哪一个" in text]) == 1
        assert last(here, "陈伯").startswith("[邻里] ")


@pytest.mark.parametrize("words", ["[东区] 报名", "【东区】报名 1", "东区：我来"])
async def test_a_name_in_front_says_which_and_stays_so(tmp_path: Path, words: str) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", words, None)
        await here.deliver()
        assert "1/3" in on(here, EAST)[-1]
        await here.say("陈伯", "我的", None)
        await here.deliver()
        assert last(here, "陈伯").startswith("[东区] ")
        assert "西门" in last(here, "陈伯")


async def test_the_name_alone_changes_over(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", "东区", None)
        await here.deliver()
        assert "东区" in last(here, "陈伯")
        await here.say("陈伯", "报名", None)
        await here.deliver()
        assert "1/3" in on(here, EAST)[-1]


async def test_a_press_is_about_what_it_stands_under_whatever_is_spoken_of(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", "[东区] 报名", None)
        await here.deliver()
        await here.say("陈伯", "邻里", None)
        await here.deliver()
        await here.press("陈伯", "撤销", "西门")
        await here.deliver()
        assert "0/3" in on(here, EAST)[-1]


async def test_what_is_said_in_a_group_is_about_that_group_and_asks_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("陈伯", "报名", EAST)
        await here.deliver()
        assert "1/3" in on(here, EAST)[-1]
        assert not [text for text in here.texts("陈伯") if "哪一个" in text]


async def test_a_private_chat_is_open_or_shut_for_all_communities_of_its_person(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(Blocked("b1", private(person("陈伯")), person("陈伯")))
        assert [row.reachable for row in here.rows(Account) if row.id == "陈伯"] == [False, False]
        await here.say("陈伯", "我的", None)
        assert [row.reachable for row in here.rows(Account) if row.id == "陈伯"] == [True, True]


async def test_an_event_delivered_again_is_answered_again_and_asks_nothing_more(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        said = here.network.said(person("陈伯"), private(person("陈伯")), "报名")
        for _ in range(2):
            await here.app.receive(here.network, said)
            await here.deliver()
        assert len([text for text in here.texts("陈伯") if "哪一个" in text]) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("[东区] 报名 3", (1, "报名 3")),
        ("［东区］报名", (1, "报名")),
        ("【 东区 】, 报名", (1, "报名")),
        ("东区：\n报名", (1, "报名")),
        ("east side: mine", (2, "mine")),
        ("East  Side", (2, "")),
        ("东区。", (1, "")),
        ("东区有活动吗", None),
        ("[西区] 报名", None),
        ("报名 东区", None),
        ("", None),
        ("[" * 500, None),
    ],
)
def test_a_name_stands_in_front_in_brackets_before_a_colon_or_alone(words: str, found: tuple[int, str] | None) -> None:
    assert in_front(words, ["邻里", "东区", "East Side"]) == found


# ---------------------------------------------------------------- coordinators


async def test_a_pairing_code_makes_a_coordinator_of_the_community_that_it_was_made_for(tmp_path: Path) -> None:
    async with two(tmp_path, Described(named="east", name="东区")) as here:
        codes = await here.app.pairing_codes()
        assert list(codes) == ["东区"]
        await here.say("生人", f"配对码 {spaced(codes['东区'])}", None)
        await here.deliver()
        east = next(row for row in here.rows(Community) if row.named == "east")
        assert [(row.community_id, row.account) for row in here.rows(Paired)] == [(east.id, "生人")]


async def test_a_coordinator_of_one_is_none_in_the_other(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say(LI, "取消 1", None)
        await here.deliver()
        await here.press(LI, "确认")
        await here.deliver()
        assert "取消" in on(here, EAST)[-1]
        assert "取消" not in on(here, GROUP)[-1]


# ---------------------------------------------------------------- each in its own way


async def test_each_is_reminded_as_it_wants_by_its_own_clock(tmp_path: Path) -> None:
    manners = Manners(quiet=None, reminders={"patrol": (read_reminder("30m"),)})
    described = Described(**vars(DESCRIBED) | {"manners": manners, "zone": "Asia/Tokyo"})
    async with two(tmp_path, described) as here:
        for who, where in (("陈伯", GROUP), ("王伯", EAST)):
            await here.say(who, "报名", where)
        await here.deliver()
        starts = 4 * 24 + 10  # hours from Monday, nine, to Friday, seven in the evening in Shanghai
        await here.later(hours=starts - 1 - 0.5)
        assert "西门" in last(here, "王伯"), "half an hour before seven in Tokyo"
        assert "明天" not in last(here, "王伯")
        assert [text for text in here.texts("陈伯") if "明天" in text]


async def test_a_community_that_the_settings_name_no_more_is_kept_and_not_served(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.say("王伯", "报名", EAST)
        await here.deliver()
        here.beside = ()
        await here.again()
        before = len(on(here, EAST))
        await here.later(days=5)
        assert len(on(here, EAST)) == before
        assert {row.name for row in here.rows(Member)} >= {"王伯", "陈伯"}


# ---------------------------------------------------------------- the row of settings


async def test_how_a_community_is_served_is_read_from_its_row(tmp_path: Path) -> None:
    manners = Manners(
        quiet=None, group_budget=2, reminders={"visit": (read_reminder("eve 18:30"), read_reminder("2d"))}
    )
    described = Described(named="x", manners=manners, features=FEATURES[:2], groups=["scene:a"])
    here = Street(tmp_path, **vars(described))
    await here.start()
    with here.database.reading() as session:
        community = session.exec(select(Community)).one()
        read = here_of(session, community)
        assert (read.manners.quiet, read.manners.group_budget) == (None, 2)
        assert [str(each) for each in read.manners.reminders["visit"]] == ["eve 18:30", "2d"]
        assert list(read.features) == [feature.name for feature in FEATURES[:2]]
        assert set(read.switched_off) == {feature.name for feature in FEATURES[2:]}
        assert read.groups == {"scene:a": "scene:a"}
    await here.die()


async def test_a_row_of_another_version_is_read_and_one_that_says_nonsense_is_not(tmp_path: Path) -> None:
    here = Street(tmp_path)
    await here.start()
    with here.database.writing() as session:
        community = session.exec(select(Community)).one()
        row = session.get_one(Kept, community.id)
        row.body = {"quiet": "23:00-06:00", "a later setting": 1, "features": ["patrol", "of a later version"]}
        session.flush()
        read = here_of(session, community)
        assert str(read.manners.quiet) == "23:00-06:00"
        assert list(read.features) == ["patrol"]
        assert read.manners.group_budget == Manners().group_budget
        row.body = {"quiet": "at night"}
        session.flush()
        with pytest.raises(ValidationError):
            here_of(session, community)
    await here.die()


def test_settings_written_down_are_the_settings() -> None:
    for manners in (Manners(), Manners(quiet=None, group_budget=0, administrators_coordinate=False)):
        settings = settings_of(Described(manners=manners))
        assert Settings.model_validate(settings.model_dump(mode="json")) == settings
        assert settings.manners(()) == manners
