"""What is confided stands on no screen but those of whoever goes there, and not a day longer than they need it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.scene.network import CAN, Fault, person
from core.confiding import Heard
from core.members import Account
from core.network import Gone, Lost
from core.posts import Post
from tests.features.elders import ELDERS, NOTE, VISIT, seen_by
from tests.street import GROUP, MONDAY, YANG, Street, street

EVE = datetime(2026, 11, 27, 11, 1, tzinfo=UTC)
"""A minute after the reminder of the eve."""
OVER = datetime(2026, 11, 28, 3, tzinfo=UTC)


async def say(here: Street, name: str, *words: str) -> None:
    for each in words:
        await here.say(name, each, None)
        await here.deliver()


async def test_who_left_the_place_keeps_nothing_of_it_on_any_message(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "名单 1", "我的")
        await here.at(EVE)
        assert len([text for text in here.texts("陈伯") if ELDERS["3号楼"] in text]) == 4
        await say(here, "陈伯", "我去不了了")
        assert seen_by(here, "陈伯") == set()
        assert not [text for text in here.texts("陈伯") if NOTE in text]


async def test_what_is_taken_back_and_given_again_is_shown_again(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼")
        await here.press("陈伯", "撤销")
        await here.deliver()
        assert seen_by(here, "陈伯") == set()
        await say(here, "陈伯", "报名 5号楼")
        assert seen_by(here, "陈伯") == {"5号楼"}
        await say(here, "陈伯", "退出")
        await here.press("陈伯", "撤销", "已退出")
        await say(here, "陈伯", "我的")
        assert seen_by(here, "陈伯") == {"5号楼"}


async def test_who_is_taken_off_by_a_coordinator_keeps_nothing_and_neither_does_who_speaks_for_them(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "帮孙奶奶报名 5号楼")
        assert seen_by(here, "陈伯") == {"3号楼", "5号楼"}
        await say(here, YANG, "减 孙奶奶 1")
        assert seen_by(here, "陈伯") == {"3号楼"}
        await say(here, YANG, "减 陈伯 1")
        assert seen_by(here, "陈伯") == set()


async def test_who_signs_up_somebody_with_an_account_reads_nothing_and_they_do(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "李阿姨", "帮陈伯报名 3号楼", "我的", "名单 1")
        assert (seen_by(here, "李阿姨"), seen_by(here, "陈伯")) == (set(), {"3号楼"})
        await here.at(EVE)
        assert (seen_by(here, "李阿姨"), seen_by(here, "陈伯")) == (set(), {"3号楼"})


async def test_who_goes_too_reads_of_their_own_door_and_not_of_the_one_they_signed_up_another_for(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "李阿姨", "报名 5号楼", "帮陈伯报名 3号楼")
        assert (seen_by(here, "李阿姨"), seen_by(here, "陈伯")) == ({"5号楼"}, {"3号楼"})


async def test_who_was_only_offered_a_place_reads_nothing_until_they_accept(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯", posted=VISIT.replace("每户2人", "每户1人")) as here:
        await say(here, "陈伯", "报名 3号楼")
        await say(here, "李阿姨", "报名 5号楼")
        await say(here, "王伯", "报名 3号楼")
        await say(here, "陈伯", "退出")
        await say(here, "王伯", "我的", "名单 1")
        assert seen_by(here, "王伯") == set()
        await here.press("王伯", "接受")
        await here.deliver()
        assert seen_by(here, "王伯") == {"3号楼"}


async def test_who_left_the_group_keeps_nothing_and_is_reminded_without_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "帮孙奶奶报名 5号楼", "我的")
        await here.tell(here.network.left(person("陈伯"), GROUP))
        await here.deliver()
        assert seen_by(here, "陈伯") == set()
        await here.at(EVE)
        assert seen_by(here, "陈伯") == set()
        assert "明天" in here.texts("陈伯")[-1]
        await here.tell(here.network.joined(person("陈伯"), GROUP))
        await here.at(OVER - timedelta(hours=2, minutes=59))
        assert seen_by(here, "陈伯") == {"3号楼", "5号楼"}, (
            "the reminder of the hour before speaks to a neighbour again"
        )


async def test_a_day_after_the_end_it_is_gone_from_all_screens_and_not_before(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "我的")
        await say(here, "李阿姨", "报名 5号楼", "名单 1")
        await here.at(OVER + timedelta(hours=23))
        assert (seen_by(here, "陈伯"), seen_by(here, "李阿姨")) == ({"3号楼"}, {"5号楼"})
        calls = here.calls("send")
        await here.at(OVER + timedelta(hours=25))
        assert (seen_by(here, "陈伯"), seen_by(here, "李阿姨")) == (set(), set())
        assert here.calls("send") == calls, "messages are edited, none is sent"


async def test_a_visit_that_was_moved_is_over_when_it_is_over(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼")
        await say(here, YANG, "改 1 2026-12-05 09:00-11:00")
        await here.at(OVER + timedelta(hours=25))
        assert seen_by(here, "陈伯") == {"3号楼"}
        await say(here, YANG, "改 1 2026-12-01 09:00-11:00")
        await here.at(datetime(2026, 12, 2, 3, 1, tzinfo=UTC))
        assert seen_by(here, "陈伯") == set()


async def test_after_a_cancellation_nobody_keeps_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "帮孙奶奶报名 5号楼", "我的", "名单 1")
        await here.at(EVE)
        await say(here, YANG, "取消 1", "确认")
        assert seen_by(here, "陈伯") == set()
        assert "取消" in here.texts("陈伯")[-1]


async def test_a_coordinator_reads_all_and_whoever_is_none_any_more_keeps_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯", posted=VISIT) as here:
        await here.tell(here.network.ranked(person("王伯"), GROUP, administrator=True))
        await say(here, "王伯", "帮陈伯报名 3号楼", "名单 1")
        assert seen_by(here, "王伯") == set(ELDERS)
        await here.tell(here.network.ranked(person("王伯"), GROUP, administrator=False))
        await here.deliver()
        assert (seen_by(here, "王伯"), seen_by(here, "陈伯")) == (set(), {"3号楼"})


async def test_a_restart_in_the_middle_forgets_no_screen(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼", "我的")
        await here.again()
        await here.say("陈伯", "退出", None)
        await here.again()
        await here.deliver()
        assert seen_by(here, "陈伯") == set()


async def test_a_message_that_nothing_was_to_be_shown_of_any_more_still_loses_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼")
        with here.database.writing() as session:
            for post in here.owed("readback"):
                row = session.get_one(Post, (post.community_id, post.id))
                row.state, row.pending = "ended", False  # as after a backup was put back
        await say(here, "陈伯", "退出")
        assert seen_by(here, "陈伯") == set()


async def test_a_message_that_cannot_be_changed_any_more_is_taken_away(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT) as here:
        await say(here, "陈伯", "报名 3号楼")
        here.network.faults.append(Fault("edit", Lost("too old")))
        here.network.faults.append(Fault("edit", Lost("too old")))
        await say(here, "陈伯", "退出")
        assert seen_by(here, "陈伯") == set()


# ------------------------------------------------------------ who has heard it


async def test_who_has_heard_something_confided_is_written_down_in_ids(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted="") as here:
        await say(here, YANG, VISIT)
        (draft,) = here.rows(Heard)
        await here.press(YANG, "发布")
        await say(here, "李阿姨", "帮陈伯报名 3号楼", "名单 1", "活动")
        await here.at(EVE)
        rows = [row for row in here.rows(Heard) if row.id != draft.id]
        members = {account.id: account.member_id for account in here.rows(Account)}
        assert draft.member_id == members[YANG]
        assert [(row.member_id, row.network, row.account) for row in rows] == [(members["陈伯"], "scene", "陈伯")] * 2
        posts = {post.id: post for post in here.rows(Post)}
        assert [posts[row.post_id].kind for row in rows] == ["readback", "remind"]
        assert {row.occurrence_id for row in rows} == {posts[rows[0].post_id].occurrence_id}
        assert MONDAY <= rows[0].at < rows[1].at <= EVE


async def test_a_network_on_which_it_is_not_written_is_not_said_to_have_told_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT, can=replace(CAN, confides=False)) as here:
        await say(here, "陈伯", "报名 3号楼")
        assert here.rows(Heard) == []


async def test_a_call_that_nobody_knows_the_end_of_counts_as_heard_and_one_that_failed_does_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        before = len(here.rows(Heard))
        here.network.faults.append(Fault("send", OSError("the line broke")))
        await say(here, "陈伯", "报名 3号楼")
        assert len(here.rows(Heard)) == before + 1
        await here.later(minutes=1)
        assert len(here.rows(Heard)) == before + 2
        here.network.faults.append(Fault("send", Gone("blocked")))
        await say(here, "李阿姨", "报名 5号楼")
        assert len(here.rows(Heard)) == before + 2


@pytest.mark.parametrize("edits", [True, False])
async def test_where_nothing_can_be_edited_nothing_is_sent_a_second_time(tmp_path: Path, edits: bool) -> None:
    async with street(tmp_path, "陈伯", posted=VISIT, can=replace(CAN, edits=edits)) as here:
        await say(here, "陈伯", "报名 3号楼")
        before = len(here.texts("陈伯"))
        await say(here, "陈伯", "退出")
        assert len(here.texts("陈伯")) == before + 1, "only the answer"
        assert bool(seen_by(here, "陈伯")) is not edits
