"""The courier: what is on screen comes to what is wanted, whatever networks do in between."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.scene import network as scene
from adapters.scene.network import CAN, Fault
from core import posts
from core.messages import Chat, Said
from core.network import Can, Gone, Later, Lost
from core.posts import Post
from tests.adapters.contract import until
from tests.bot.talk import Talk, talking

CANNOT_TELL = Can(tells=False)


def private(who: str) -> Chat:
    return scene.private(scene.person(who))


def sends(talk: Talk, chat: str) -> list[str]:
    return [call.key for call in talk.network.calls if call.name == "send" and call.chat.id.endswith(chat)]


def edits(talk: Talk, chat: str) -> list[str]:
    return [call.key for call in talk.network.calls if call.name == "edit" and call.chat.id.endswith(chat)]


async def hear(talk: Talk, *events: Said) -> None:
    """Let the inbox take these in; nothing is delivered yet."""
    for event in events:
        await talk.player.village.receive(talk.network, event)


async def die_during(talk: Talk, chat: str, event: Said) -> None:
    """The bot dies when the first message to `chat` that comes of `event` has arrived and was not written down."""
    known, others = len(sends(talk, chat)), asyncio.all_tasks()
    talk.network.holds["send"] = asyncio.Event()
    await hear(talk, event)
    delivery = asyncio.create_task(talk.player.village.deliver())
    await until(lambda: len(sends(talk, chat)) > known)
    for task in asyncio.all_tasks() - others:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert delivery.cancelled()
    talk.network.holds.clear()


async def later(talk: Talk, by: timedelta) -> None:
    talk.player.clock.moment += by
    await talk.player.village.deliver()


async def test_claims_that_come_together_make_one_edit(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        before = len(edits(talk, "group"))
        await hear(talk, *(talk.said(f"邻居{n}", "报名") for n in range(8)))
        await talk.player.village.deliver()
        assert len(edits(talk, "group")) == before + 1
        await talk("see group: 2/2\nsee group: 邻居7")


async def test_a_change_during_an_edit_is_not_lost(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        held = talk.network.holds["edit"] = asyncio.Event()
        await hear(talk, talk.said("陈伯", "报名"))
        edit = asyncio.create_task(talk.player.village.deliver())
        await until(lambda: edits(talk, "group"))
        await hear(talk, talk.said("李阿姨", "报名"))
        held.set()
        await edit
        await talk("see group: 2/2\nposted group: 1")


async def test_a_change_during_the_first_send_is_not_lost(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk("杨老师: 发布 巡逻 本周六 08:00-09:00 西门 3人")
        held = talk.network.holds["send"] = asyncio.Event()
        known = len(sends(talk, "group"))
        await hear(talk, talk.network.said(scene.person("杨老师"), private("杨老师"), "发布"))
        send = asyncio.create_task(talk.player.village.deliver())
        await until(lambda: len(sends(talk, "group")) > known)
        await hear(talk, talk.said("陈伯", "报名 2"))
        held.set()
        await send
        await talk("see group: 1/3\nposted group: 2")


async def test_a_roster_that_somebody_deleted_is_put_there_again(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("edit", Lost("deleted")))
        await talk("陈伯: 报名\nsee group: 1/2\nposted group: 2")
        first, second = sends(talk, "group")
        assert first != second
        await talk("李阿姨: 报名\nsee group: 2/2\nposted group: 2")


async def test_a_message_that_broke_before_its_effect_is_tried_again_with_its_key(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("send", ConnectionError()))
        await talk("陈伯: 报名")
        await later(talk, timedelta(minutes=5))
        await talk("see 陈伯: 东门\nposted 陈伯: 1")
        first, second = sends(talk, "陈伯")
        assert first == second


async def test_a_message_that_broke_after_its_effect_shows_once_where_the_network_can_tell(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("send", ConnectionError(), after=True))
        await talk("陈伯: 报名")
        await later(talk, timedelta(minutes=5))
        await talk("see 陈伯: 东门\nposted 陈伯: 1\nsee group: 1/2")


async def test_waits_grow_while_a_network_is_down_and_nothing_is_forgotten(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.extend(Fault("edit", ConnectionError()) for _ in range(6))
        await talk("陈伯: 报名")
        waits = []
        while talk.network.faults:
            due = await talk.player.village.deliver()
            assert due is not None
            waits.append(due - talk.player.clock.moment)
            talk.player.clock.moment = due
        assert waits == sorted(waits)
        assert waits[0] < waits[-1] <= timedelta(minutes=5)
        await talk.player.village.deliver()
        await talk("see group: 1/2\nposted group: 1")


async def test_a_roster_that_may_have_arrived_when_the_bot_died_is_put_there_anew_under_another_key(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        talk.network.can = CANNOT_TELL
        await talk("杨老师: 发布 巡逻 本周六 08:00-09:00 西门 3人")
        await die_during(talk, "group", talk.network.said(scene.person("杨老师"), private("杨老师"), "发布"))
        await talk("posted group: 2\nrestart\nposted group: 3\n陈伯: 报名 2\nsee group: 1/3\nposted group: 3")
        _, one, two = sends(talk, "group")
        assert one != two


async def test_a_notice_that_may_have_arrived_when_the_bot_died_is_not_said_twice(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.can = CANNOT_TELL
        await die_during(talk, "陈伯", talk.said("陈伯", "帮助"))
        await talk("posted 陈伯: 1\nrestart\nposted 陈伯: 1\nsee group: 0/2")


async def test_only_the_lane_that_must_wait_waits(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("edit", Later(30)))
        await talk("陈伯: 报名")
        await talk("see group: 0/2\nsee 陈伯: 东门")
        quiet = len(edits(talk, "group"))
        await later(talk, timedelta(seconds=29))
        assert len(edits(talk, "group")) == quiet
        await later(talk, timedelta(seconds=2))
        await talk("see group: 1/2")


async def test_a_network_that_is_busy_everywhere_is_left_alone(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("send", Later(30, everywhere=True)))
        await talk("陈伯: 报名")
        calls = len(talk.network.calls)
        await hear(talk, talk.said("李阿姨", "报名"))
        await talk.player.village.deliver()
        shown = [call for call in talk.network.calls[calls:] if call.name in ("send", "edit")]
        assert shown == []
        await later(talk, timedelta(seconds=31))
        await talk("see group: 2/2\nsee 陈伯: 东门\nsee 李阿姨: 东门")


async def test_a_private_chat_that_is_gone_becomes_one_line_in_the_group(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.network.faults.append(Fault("send", Gone("blocked")))
        await talk("陈伯: 报名\nposted 陈伯: 0\nposted group: 2\nsee group: 陈伯")


async def test_every_call_has_a_key_of_its_own_and_an_edit_never_that_of_a_send(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk("陈伯: 报名\n李阿姨: 报名\n陈伯: 退出\n王伯: 报名\n王伯: 名单")
        keys = [call.key for call in talk.network.calls if call.name in ("send", "edit", "react")]
        assert len(keys) == len(set(keys))


async def test_what_is_confided_never_leaves_for_a_group(tmp_path: Path) -> None:
    visit = """coordinator 杨老师
member 陈伯
at 2026-11-23 09:00
杨老师 (private): 发布 慰问 周六上午9点 1户 2人 1号楼302室张秀英奶奶
杨老师 presses 发布
陈伯: 报名
see 陈伯: 302
"""
    async with talking(tmp_path, visit) as talk:
        readback = next(post for post in talk.rows(Post) if post.rule == "readback")
        group = next(post for post in talk.rows(Post) if post.rule == "roster")

        def misdirect(session: object) -> None:
            """A defect: the very post that confides is addressed to the group."""
            posts.want(
                session,  # type: ignore[arg-type]
                readback.community_id,
                talk.player.clock.now(),
                "readback",
                urgency=posts.ANSWER,
                chat_id=group.chat_id,
                occurrence_id=readback.occurrence_id,
                occasion="defect",
                body=readback.body,
            )

        await talk.player.database.write(misdirect)
        await talk.player.village.deliver()
        await talk("never group: 302\nnever group: 张秀英")


@pytest.mark.parametrize("can", [CAN, CANNOT_TELL], ids=["can tell", "cannot tell"])
async def test_a_second_look_at_the_same_moment_does_nothing(tmp_path: Path, can: Can) -> None:
    async with talking(tmp_path) as talk:
        talk.network.can = can
        await talk("陈伯: 报名")
        calls = len(talk.network.calls)
        await talk.player.village.deliver()
        await talk("restart")
        assert len(talk.network.calls) == calls
