"""The courier on networks that fail: what waits, what is tried again, what is given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.scene.network import CAN, Fault, group, person, private
from core.members import Account, KnownChat
from core.network import Gone, Later, Refused
from tests.street import GROUP, PATROL, YANG, street

# ---------------------------------------------------------------- how networks fail


async def test_later_pauses_that_lane_only(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        here.network.faults.append(Fault("edit", Later(30)))
        before = here.calls("edit")
        await here.say("陈伯", "报名")
        due = await here.deliver()
        assert here.texts("陈伯"), "the private chat is another lane"
        assert "0/2" in here.rosters()[0]
        assert due == here.clock.now() + timedelta(seconds=30)
        calls = len(here.network.calls)
        await here.later(seconds=29)
        assert len(here.network.calls) == calls
        await here.later(seconds=1)
        assert "1/2" in here.rosters()[0]
        assert here.calls("edit") == before + 2


async def test_later_everywhere_pauses_the_whole_account(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        here.network.can = replace(CAN, in_flight=1)
        here.network.faults.append(Fault("edit", Later(30, everywhere=True)))  # what all see is put right first
        before = len(here.texts("陈伯"))
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "0/2" in here.rosters()[0]
        assert len(here.texts("陈伯")) == before
        await here.later(seconds=30)
        assert "1/2" in here.rosters()[0]
        assert len(here.texts("陈伯")) == before + 1


async def test_lost_puts_it_there_again(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        (roster,) = here.shown()
        here.network.screens.take(roster.id)
        await here.say("陈伯", "报名")
        await here.deliver()
        (again,) = here.shown()
        assert again.id != roster.id
        assert "1/2" in again.text
        await here.press("陈伯", "退出")
        await here.deliver()
        assert "0/2" in here.rosters()[0]


async def test_gone_is_tried_once_marked_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        other = group("东区")
        here.facts["groups"] = [*here.facts["groups"], f"scene:{other.id}"]
        await here.again()
        for name in ("陈伯", "李阿姨"):
            await here.tell(here.network.joined(person(name), other))
        await here.say(YANG, PATROL.replace("东门", "东门大树"), None)
        await here.deliver()
        await here.press(YANG, "发布")
        here.network.faults.append(Fault("send", Gone("removed from the group")))
        await here.deliver()
        gone = [c for c in here.rows(KnownChat) if c.closed]
        assert len(gone) == 1
        told = [text for text in here.texts(YANG) if "联系不上" in text or gone[0].name in text]
        attempts = len([c for c in here.network.calls if c.name in ("send", "edit") and c.chat.id == gone[0].address])
        for name in ("陈伯", "李阿姨"):
            chat = other if gone[0].address == GROUP.id else GROUP
            await here.say(name, "报名 2", None)
            await here.deliver()
        await here.later(hours=3)
        after = len([c for c in here.network.calls if c.name in ("send", "edit") and c.chat.id == gone[0].address])
        assert after == attempts
        assert [text for text in here.texts(YANG) if "联系不上" in text or gone[0].name in text] == told
        standing = [s.text for s in here.network.screens.now_on(chat) if "大树" in s.text]
        assert standing
        assert "2/2" in standing[-1]


async def test_somebody_who_blocked_the_bot_is_tried_once_and_the_group_says_one_line(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        here.network.closed.add("陈伯")
        calls = len(here.network.calls)
        await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
        tried = [c for c in here.network.calls[calls:] if c.name == "send" and c.chat.id == private(person("陈伯")).id]
        assert len(tried) == 1
        (account,) = (a for a in here.rows(Account) if a.id == "陈伯")
        assert not account.reachable
        lines = [text for text in here.texts() if "陈伯" in text and "0/2" not in text and "1/2" not in text]
        assert len(lines) == 1


async def test_refused_is_not_tried_again(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        here.network.faults.append(Fault("send", Refused("too long")))
        await here.say("陈伯", "帮助", None)
        await here.deliver()
        calls = here.calls("send")
        await here.later(hours=1)
        assert here.calls("send") == calls


async def test_waits_grow_while_a_network_fails_and_nothing_is_lost(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        here.network.faults.extend(Fault("edit", ConnectionError("no route")) for _ in range(12))
        await here.say("陈伯", "报名")
        waits, due = [], await here.deliver()
        while "0/2" in here.rosters()[0]:
            assert due is not None
            waits.append((due - here.clock.now()).total_seconds())
            here.clock.moment = due
            due = await here.deliver()
        assert len(waits) == 12
        assert waits == sorted(waits)
        assert waits[0] <= 5
        assert waits[-1] == 300
        assert "1/2" in here.rosters()[0]
        await here.press("陈伯", "退出")
        await here.deliver()
        assert "0/2" in here.rosters()[0], "after a success the next change does not wait"


async def test_a_timeout_after_delivery_shows_once_where_the_network_tells(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say(YANG, PATROL, None)
        await here.deliver()
        here.network.faults.append(Fault("send", TimeoutError("no answer"), after=True))
        await here.press(YANG, "发布")
        await here.deliver()
        await here.later(minutes=1)
        assert len(here.rosters()) == 1
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "1/2" in here.rosters()[0]
