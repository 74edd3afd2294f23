"""Whose group is it, when the bot is removed and comes back, a group gets a new id, or the settings name it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.scene.network import Fault, person, private
from core.audit import AuditLine
from core.members import KnownChat
from core.messages import Chat, Moved
from core.network import Gone, Later
from tests.bot.foreign import FAR, LI, THEIRS, asked, bring, press, row, there, two
from tests.street import GROUP, UNHURRIED, YANG

# ------------------------------------------------------------ coming back, moving, dying


async def test_our_group_stays_ours_when_the_bot_is_removed_and_added_again_by_anybody(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.deliver()
        for chat in (GROUP, THEIRS):
            await here.tell(here.network.expelled(chat))
            await bring(here, "陈伯", chat)
            assert row(here, chat).bound
        assert asked(here, YANG) == []
        assert sum("要参加" in text for text in there(here)) == 1


async def test_who_is_in_a_group_that_the_bot_was_removed_from_is_a_stranger_where_nobody_is_kept(
    tmp_path: Path,
) -> None:
    async with two(tmp_path, manners=replace(UNHURRIED, keeps_people=0)) as here:
        await here.tell(here.network.expelled(GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "只为自己小区的邻居服务" in here.texts("陈伯")[-1]
        await here.tell(here.network.entered(person(FAR), GROUP))
        await here.say("陈伯", "活动", None)
        await here.deliver()
        assert "巡逻" in here.texts("陈伯")[-1]


async def test_an_unconfirmed_group_that_the_bot_is_removed_from_is_asked_about_again_in_the_same_message(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        put = len(here.network.screens.put_on(private(person(YANG))))
        for _ in range(3):
            await here.tell(here.network.expelled(THEIRS))
            await here.deliver()
            assert asked(here, YANG) == []
            await bring(here)
            assert len(asked(here, YANG)) == 1
        assert len(here.network.screens.put_on(private(person(YANG)))) == put
        await here.tell(here.network.expelled(THEIRS))
        await here.later(days=2)
        await bring(here)
        assert len(asked(here, YANG)) == 1
        assert "有人把我拉进了群" in here.texts(YANG)[-1], "after days it comes to the bottom"
        await press(here, YANG, "是我们的群")
        assert row(here).bound


async def test_an_unconfirmed_group_that_gets_a_new_id_is_the_same_group(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        to = Chat("scene", "group/new", name="外人的群")
        await here.tell(Moved("m", THEIRS, to))
        await here.tell(here.network.ranked(person(FAR), to, administrator=True))
        await here.say(FAR, "取消 1", to)
        await here.deliver()
        assert len(asked(here, YANG)) == 1
        await press(here, YANG, "是我们的群")
        await here.deliver()
        assert row(here, to).bound == "confirmed"
        assert there(here, to)[-2].startswith("大家好")
        await here.say(FAR, "+1", to)
        assert here.promised() == {FAR: "claimed"}


@pytest.mark.parametrize("ours", [True, False])
async def test_a_new_id_that_speaks_before_it_is_told_is_no_second_group(tmp_path: Path, ours: bool) -> None:
    async with two(tmp_path) as here:
        await bring(here, YANG if ours else FAR)
        to = Chat("scene", "group/new", name="外人的群")
        await here.say(FAR, "+1", to)
        await here.deliver()
        await here.tell(Moved("m", THEIRS, to))
        await here.deliver()
        assert bool(row(here, to).bound) == ours
        assert len(asked(here, LI)) == (0 if ours else 1)
        if not ours:
            await press(here, LI, "是我们的群")
        await here.say(FAR, "+1", to)
        assert here.promised() == {FAR: "claimed"}
        await here.later(days=8)
        assert row(here, to).bound == "confirmed"
        assert here.calls("leave") == 0


async def test_a_restart_at_any_moment_changes_nothing(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.entered(person(FAR), THEIRS))
        await here.again()
        await here.deliver()
        await here.again()
        assert len(there(here)) == 1
        assert len(asked(here, YANG)) == len(asked(here, LI)) == 1
        await press(here, LI, "不是")
        await here.again()  # before the bot has left
        await here.deliver()
        assert THEIRS.id in here.network.outside
        await here.again()
        await here.deliver()
        assert asked(here, YANG) == []
        assert row(here).refused
        await bring(here, YANG)
        await here.again()
        assert row(here).bound == "confirmed"
        await here.later(days=8)
        assert here.calls("leave") == 1


async def test_leaving_is_tried_until_the_network_lets_us(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        here.network.faults += [
            Fault("leave", Later(30)),
            Fault("leave", OSError("line")),
            Fault("leave", OSError("?"), after=True),
        ]
        await press(here, YANG, "不是")
        for _ in range(8):
            await here.later(minutes=1)
        assert THEIRS.id in here.network.outside
        assert row(here).closed
        assert here.calls("leave") >= 3


async def test_a_foreign_group_in_which_the_bot_may_not_write_is_asked_about_all_the_same(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        here.network.faults.append(Fault("send", Gone("not enough rights to send")))
        await here.tell(here.network.entered(person(FAR), THEIRS))
        await here.deliver()
        assert there(here) == []
        await here.later(hours=1)
        assert len(asked(here, LI)) == 1
        await press(here, LI, "是我们的群")
        assert row(here).bound


# ------------------------------------------------------------ the settings


async def test_a_group_that_the_settings_name_is_ours_from_the_start_and_no_more_when_they_stop(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}", f"scene:{THEIRS.id}"]
        await here.start()
        await here.deliver()
        assert row(here).bound == "settings"
        assert asked(here, YANG) == []
        await here.say(FAR, "+1", THEIRS)
        assert here.promised() == {FAR: "claimed"}
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}"]
        await here.start()
        await here.deliver()
        assert not row(here).bound
        assert len(asked(here, YANG)) == len(asked(here, LI)) == 1
        await here.say(FAR, "退出", THEIRS)
        assert here.promised() == {FAR: "claimed"}


async def test_a_group_that_the_settings_name_cannot_be_refused_in_a_chat(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await bring(here)
        await press(here, YANG, "是我们的群")
        await here.die()
        here.facts["groups"] = [f"scene:{GROUP.id}", f"scene:{THEIRS.id}"]
        await here.start()
        await here.deliver()
        assert "写在设置里" in (await press(here, LI, "不是我们的群")).toast
        assert row(here).bound == "settings"


async def test_a_group_of_the_settings_that_has_moved_is_still_theirs_after_a_restart(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        to = Chat("scene", "group/new", name="group")
        await here.tell(Moved("m", GROUP, to))
        await here.again()
        await here.deliver()
        assert row(here, to).bound == "settings"
        assert [chat.address for chat in here.rows(KnownChat) if not chat.private and not chat.closed] == [to.id]


async def test_what_happens_with_groups_is_logged_without_a_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "xiaobandeng.security")
    async with two(tmp_path) as here:
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        await bring(here)
        await press(here, YANG, "不是")
        await here.deliver()
        said = [record for record in caplog.records if record.name == "xiaobandeng.security"]
        assert {record.getMessage() for record in said} >= {
            "a rank has changed",
            "a group waits to be confirmed",
            "a group is not ours",
            "the bot is out of a group that is not ours",
        }
        told = "".join(str(record.__dict__) for record in said)
        assert not any(name in told for name in ("外人", YANG, "陈伯", THEIRS.id))
        verbs = [deed.verb for deed in here.rows(AuditLine) if deed.chat_id]
        assert verbs == ["group_settings", "rank_given", "group_waits", "group_refused"]
