"""Lists of people: who is on them, two of one name, somebody who is forgotten, and rows of the version before."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session

from core.lists import Listed, PeopleList, people_on
from core.members import Member
from tests.migrating import bring
from tests.street import YANG, street


async def test_rows_from_before_go_on_and_lists_can_be_kept(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        before = here.texts()
        await here.die()
        bring(here.url, "0041", back=True)
        await here.start()
        await here.deliver()
        assert here.texts() == before
        await here.say(YANG, "第一支部：陈伯、孙奶奶", None)
        await here.deliver()
        (row,) = here.rows(PeopleList)
        assert (row.name, len(here.rows(Listed))) == ("第一支部", 2)


async def test_of_two_of_one_name_it_is_asked_which(tmp_path: Path) -> None:
    async with street(tmp_path, "王阿姨#1", "王阿姨#2", "陈伯", posted="") as here:
        await here.say(YANG, "第一支部：陈伯、王阿姨", None)
        await here.deliver()
        assert here.rows(PeopleList) == []
        assert "王阿姨" in here.texts(YANG)[-1]


async def test_who_is_forgotten_is_on_no_list(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say(YANG, "第一支部：陈伯、李阿姨", None)
        await here.say("陈伯", "忘记我", None)
        await here.deliver()
        await here.say("陈伯", "确认", None)
        await here.deliver()
        left = {row.member_id for row in here.rows(Listed)}
        assert left == {row.id for row in here.rows(Member) if row.name == "李阿姨"}


async def test_who_is_found_to_be_another_stands_once(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await here.say(YANG, "第一支部：陈伯、李阿姨", None)
        (row,) = here.rows(PeopleList)
        with here.database.writing() as session:
            first, second = sorted(each.member_id for each in here.rows(Listed))
            merge(session, row.community_id, first, second)
            assert people_on(session, row.community_id, row.id) == [second]


def merge(session: Session, community: int, one: int, other: int) -> None:
    twin = session.get_one(Member, (community, one))
    twin.merged_into = other
    session.add(twin)
    session.flush()
