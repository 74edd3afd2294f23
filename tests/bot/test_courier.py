"""The courier: what was owed is shown once, in order of urgency, at every network's own pace, through every failure."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from adapters.scene.network import CAN, Fault, SceneNetwork, group, person, private
from bot.due import due_posts
from bot.planning import make_plan
from core import posts
from core.members import Account, Community, KnownChat
from core.messages import Chat, Confide, Message, Moved
from core.network import Gone, Later, Pace, Refused
from core.posts import Post, PostKind, Say
from core.posts.kinds import POST_KINDS
from tests.street import GROUP, MONDAY, PATROL, YANG, Street, street

BLIND = replace(CAN, tells=False)
"""A network that cannot tell a repeated message from a new one."""


class Slow(SceneNetwork):
    """A network on which calls can be held on their way: `arrived` when one has had its effect, `go` lets it return."""

    def __init__(self, can: Any = CAN) -> None:
        super().__init__(can)
        self.holding = ""  # the name of the calls to hold
        self.arrived = asyncio.Event()
        self.go = asyncio.Event()

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        sent = await super().send(chat, message, key)
        await self._held("send")
        return sent

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        await super().edit(chat, id, message, key)
        await self._held("edit")

    async def _held(self, name: str) -> None:
        if self.holding == name:
            self.holding = ""
            self.arrived.set()
            await self.go.wait()


async def slow_street(folder: Path, can: Any = CAN) -> Street:
    made = Street(folder, network=Slow(can))
    await made.start()
    await made.meet(YANG, "陈伯", "李阿姨")
    return made


def own_line(session: Session, here: Community, chat: KnownChat, n: int, now: datetime, **facts: Any) -> Post:
    """A line that the bot says in a group of its own accord."""
    return posts.want(
        session, here.id, now, "say", urgency=posts.NOTICE, chat_id=chat.id, occasion=f"own:{n}", own=True,
        body=Say(key="private.hello"), **facts,
    )  # fmt: skip


def want_lines(here: Street, count: int, *, first: int = 0, **facts: Any) -> None:
    with here.database.writing() as session:
        chat = here.read(lambda s: next(c for c in here.rows(KnownChat) if not c.private))
        community = here.rows(Community)[0]
        for n in range(first, first + count):
            own_line(session, community, chat, n, here.clock.now(), **facts)


# ---------------------------------------------------------------- a death of the bot


@pytest.mark.parametrize(("can", "most"), [(CAN, 1), (BLIND, 2)], ids=["a network that tells", "one that cannot"])
async def test_a_kill_after_the_send_and_before_the_record_shows_one_roster_or_at_most_one_more(
    tmp_path: Path, can: Any, most: int
) -> None:
    here = await slow_street(tmp_path, can)
    network = here.network
    assert isinstance(network, Slow)
    await here.say(YANG, PATROL, None)
    await here.deliver()
    await here.press(YANG, "发布")
    network.holding = "send"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    under_way.cancel()
    await here.again()
    await here.deliver()
    assert 1 <= len(here.rosters()) <= most
    await here.say("陈伯", "报名")
    await here.deliver()
    assert "1/2" in here.rosters()[-1]
    await here.die()


async def test_a_kill_during_an_edit_ends_in_the_newest_roster(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    await here.post()
    network = here.network
    assert isinstance(network, Slow)
    await here.say("陈伯", "报名")
    network.holding = "edit"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    under_way.cancel()
    await here.again()
    await here.say("李阿姨", "报名")
    await here.deliver()
    (roster,) = here.rosters()
    assert "2/2" in roster
    await here.die()


async def test_after_a_day_a_roster_is_put_there_anew_and_a_chatty_notice_is_not(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="") as here:
        await here.say("陈伯", "帮助", None)
        with here.database.writing() as session:
            for post in session.exec(select(Post)).all():
                if post.kind == "say" and post.message is None:
                    post.sending, post.sending_since = post.wanted, MONDAY - timedelta(hours=24)
                    session.add(post)
        before = here.texts("陈伯")
        await here.deliver()
        assert here.texts("陈伯") == before
        assert [p.state for p in here.owed("say") if p.sending is not None and p.message is None] == ["ended"]

        await here.say(YANG, PATROL, None)
        await here.deliver()
        await here.press(YANG, "发布")
        with here.database.writing() as session:
            (roster,) = (p for p in session.exec(select(Post)).all() if p.kind == "roster")
            key = posts.key(roster)
            roster.sending, roster.sending_since = roster.wanted, MONDAY - timedelta(hours=24)
            session.add(roster)
        await here.deliver()
        assert len(here.rosters()) == 1
        assert [call.key for call in here.network.calls if call.name == "send" and "东门" in call.message.plain()][
            -1
        ] != key


# ---------------------------------------------------------------- changes while something is under way


async def test_a_change_during_an_edit_is_not_lost(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    await here.post()
    network = here.network
    assert isinstance(network, Slow)
    await here.say("陈伯", "报名")
    network.holding = "edit"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    await here.say("李阿姨", "报名")  # the edit that is under way does not know of this
    network.go.set()
    await under_way
    (roster,) = here.rosters()
    assert "2/2" in roster
    await here.die()


async def test_a_change_during_the_first_send_is_not_lost(tmp_path: Path) -> None:
    here = await slow_street(tmp_path)
    network = here.network
    assert isinstance(network, Slow)
    await here.say(YANG, PATROL, None)
    await here.deliver()
    await here.press(YANG, "发布")
    network.holding = "send"
    under_way = asyncio.create_task(here.deliver())
    await network.arrived.wait()
    await here.say("陈伯", "报名")
    network.go.set()
    await under_way
    (roster,) = here.rosters()
    assert "1/2" in roster
    await here.die()


async def test_eight_claims_make_one_edit(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(8)]
    async with street(tmp_path, *names, posted=PATROL.replace("2人", "9人")) as here:
        before = here.calls("edit")
        for name in names:
            await here.say(name, "报名")
        await here.deliver()
        assert here.calls("edit") == before + 1
        assert "8/9" in here.rosters()[0]


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
        here.network.faults.append(Fault("send", Later(30, everywhere=True)))
        before = len(here.texts("陈伯"))
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "0/2" in here.rosters()[0]
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


# ---------------------------------------------------------------- what must never be


async def test_confided_words_never_reach_a_group_even_if_a_renderer_makes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaky = PostKind("leaky", render=lambda view: Message(("王奶奶", Confide("302室"))))
    monkeypatch.setitem(POST_KINDS, "leaky", leaky)  # type: ignore[arg-type]  # a dictionary, which nobody changes
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            community = here.rows(Community)[0]
            for chat in here.rows(KnownChat):
                posts.want(session, community.id, MONDAY, "leaky", urgency=posts.ROSTER, chat_id=chat.id)
        before = len(here.network.calls)
        await here.deliver()
        to = [call.chat for call in here.network.calls[before:] if call.name == "send"]
        assert to
        assert all(chat.private for chat in to)
        assert "302" not in str(here.texts())


async def test_what_cannot_be_rendered_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: Any) -> Message:
        raise ZeroDivisionError("a defect of ours")

    monkeypatch.setitem(POST_KINDS, "broken", PostKind("broken", render=broken))  # type: ignore[arg-type]  # likewise
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            community = here.rows(Community)[0]
            chat = next(c for c in here.rows(KnownChat) if not c.private)
            posts.want(session, community.id, MONDAY, "broken", urgency=posts.ANSWER, chat_id=chat.id)
        await here.say("陈伯", "报名")
        await here.deliver()
        assert "1/2" in here.rosters()[0]


async def test_a_database_that_fails_between_planning_and_marking_costs_no_place_in_a_lane(tmp_path: Path) -> None:
    paced = replace(CAN, overall=(Pace(3, 1.0),))
    async with street(tmp_path, "陈伯", can=paced, posted="") as here:
        await here.say("陈伯", "活动", None)
        await here.at(MONDAY + timedelta(minutes=1))
        courier = here.app._courier

        class Locked:
            def __init__(self, database: Any) -> None:
                self.database, self.left = database, 5

            def __getattr__(self, name: str) -> Any:
                return getattr(self.database, name)

            async def write(self, work: Any) -> Any:
                if self.left:
                    self.left -= 1
                    raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
                return await self.database.write(work)

        await here.say("陈伯", "帮助", None)
        courier._database = Locked(here.database)
        before = here.calls("send")
        for _ in range(5):
            with pytest.raises(OperationalError):
                await here.deliver()
            here.clock.moment += timedelta(seconds=1)
        assert await here.deliver() is None or here.calls("send") > before
        assert here.calls("send") > before


async def test_a_moved_chat_keeps_its_roster(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        new = group("搬家以后")
        await here.tell(Moved("moved", GROUP, new))
        await here.say("陈伯", "报名", new)
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed"}
        last = [call for call in here.network.calls if call.name in ("edit", "send") and call.message][-2:]
        assert new.id in {call.chat.id for call in last}


async def test_a_chat_that_moved_to_one_heard_of_before_is_one_chat(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.meet(YANG)
        new = group("搬家以后")
        await here.tell(here.network.ranked(person(YANG), new, administrator=True))  # the new chat speaks first
        await here.tell(Moved("moved", GROUP, new))
        await here.say("陈伯", "报名", new)
        await here.deliver()
        open_ones = [chat for chat in here.rows(KnownChat) if not chat.private and not chat.closed]
        assert [chat.address for chat in open_ones] == [new.id]
        assert here.promised() == {"陈伯": "claimed"}
        shown = [call for call in here.network.calls if call.name in ("send", "edit") and not call.chat.private]
        assert shown[-1].chat.id == new.id
        assert shown[-1].message is not None
        assert "1/2" in shown[-1].message.plain()


# ---------------------------------------------------------------- manners


async def test_of_its_own_accord_the_bot_says_six_things_a_day_in_a_group(tmp_path: Path) -> None:
    async with street(tmp_path, posted="") as here:
        before = len(here.texts())
        want_lines(here, 10)
        await here.deliver()
        assert len(here.texts()) == before + 6
        await here.at(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))  # 06:59 of the next morning
        assert len(here.texts()) == before + 6
        await here.at(datetime(2026, 11, 23, 23, tzinfo=UTC))
        assert len(here.texts()) == before + 10


async def test_the_budget_holds_for_lines_that_fall_due_one_by_one(tmp_path: Path) -> None:
    async with street(tmp_path, posted="") as here:
        before = len(here.texts())
        for n in range(9):
            want_lines(here, 1, first=n)
            await here.later(minutes=10)
        assert len(here.texts()) == before + 6


async def test_in_the_quiet_hours_the_bot_says_nothing_of_its_own_accord_and_answers_all_the_same(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.at(datetime(2026, 11, 23, 15, tzinfo=UTC))  # 23:00
        before = len(here.texts())
        want_lines(here, 1)
        await here.say("陈伯", "名单 1")
        await here.deliver()
        assert "东门" in here.texts()[-1], "what somebody just asked for comes at once"
        await here.at(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
        assert len(here.texts()) <= before + 1
        count = len(here.texts())
        await here.at(datetime(2026, 11, 23, 23, tzinfo=UTC))
        assert len(here.texts()) == count + 1


async def test_the_most_urgent_goes_first_when_not_everything_can_go_at_once(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(5)]
    async with street(tmp_path, *names, posted="", can=replace(CAN, in_flight=1)) as here:
        wish = [posts.NOTICE, posts.REMINDER, posts.OFFER, posts.ROSTER, posts.ANSWER]
        accounts = {a.id: a.member_id for a in here.rows(Account)}
        with here.database.writing() as session:
            for name, urgency in zip(names, wish, strict=True):
                posts.want(
                    session, here.rows(Community)[0].id, MONDAY, "say", urgency=urgency, member_id=accounts[name],
                    occasion="test", body=Say(key="private.hello"),
                )  # fmt: skip
        before = len(here.network.calls)
        await here.deliver()
        order = [call.chat.id for call in here.network.calls[before:] if call.name == "send"]
        assert order == [private(person(name)).id for name in reversed(names)]


async def test_one_network_that_must_wait_holds_up_no_other(tmp_path: Path) -> None:
    """More posts wait for the slow one than are looked at in a round."""
    other = Elsewhere()
    here = Street(tmp_path)
    here.others = (other,)
    here.facts["coordinators"] = [*here.facts["coordinators"]]
    await here.start()
    await here.meet(YANG, "陈伯")
    here.app._courier._lanes["scene"].hold(None, here.clock.monotonic() + 3600)
    with here.database.writing() as session:
        community = here.rows(Community)[0]
        accounts = {a.id: a.member_id for a in here.rows(Account)}
        there = KnownChat(
            community_id=community.id, id=7, network="elsewhere", address="g", private=False, bound="confirmed"
        )
        session.add(there)
        for n in range(700):
            posts.want(
                session, community.id, MONDAY, "say", urgency=posts.REMINDER, member_id=accounts["陈伯"],
                occasion=f"{n}", body=Say(key="private.hello"),
            )  # fmt: skip
        posts.want(
            session, community.id, MONDAY, "say", urgency=posts.REMINDER, chat_id=7, body=Say(key="private.hello")
        )
    await here.deliver()
    assert len(other.calls) == 1
    await here.die()


class Elsewhere(SceneNetwork):
    """A second network."""

    name = "elsewhere"
    bot = "other"


# ---------------------------------------------------------------- many that fall due together

EVE = MONDAY.replace(day=26, hour=11)  # 19:00 in Shanghai, before the patrol of the 27th


class Together(SceneNetwork):
    """A network whose calls return only when as many are under way as it may have."""

    def __init__(self, can: Any) -> None:
        super().__init__(can)
        self.under_way = self.most = 0
        self.full = asyncio.Event()
        self.holding = False

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.under_way == self.can.in_flight:
            self.full.set()
        if self.holding:
            await self.full.wait()
        self.under_way -= 1
        return await super().send(chat, message, key)


async def test_as_many_calls_are_under_way_at_once_as_the_network_may_have_and_no_more(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(1, 8)]
    here = Street(tmp_path, network=Together(replace(CAN, in_flight=3)))
    await here.start()
    await here.meet(YANG, *names)
    await here.post(PATROL.replace("2人", "9人"))
    for name in names:
        await here.say(name, "报名")
    await here.deliver()
    network = here.network
    assert isinstance(network, Together)
    network.most, network.holding = 0, True
    network.full.clear()
    await here.at(EVE)
    assert network.most == 3
    assert all(any("东门" in text for text in here.texts(name)) for name in names)
    await here.die()


async def test_reminders_that_look_alike_are_answered_each_by_its_own_reader(tmp_path: Path) -> None:
    async with street(tmp_path, YANG, "陈伯", "李阿姨", "王阿姨", posted=PATROL.replace("2人", "3人")) as here:
        for name in ("陈伯", "李阿姨", "王阿姨"):
            await here.say(name, "报名")
        await here.at(EVE)
        reminders = {name: here.shown(name)[-1].message for name in ("陈伯", "李阿姨", "王阿姨")}
        assert len({message.text for message in reminders.values()}) == 1
        assert len({message.actions[0].id for message in reminders.values()}) == 3
        await here.press("李阿姨", "退出", on="明天")
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed", "李阿姨": "withdrawn", "王阿姨": "claimed"}


async def test_a_post_put_there_anew_is_known_by_its_new_message_and_by_its_old(tmp_path: Path) -> None:
    """Its second life has two copies: each still finds it, and the newest is the one that is edited."""
    async with street(tmp_path, YANG, "陈伯", "李阿姨", posted=PATROL) as here:
        (first,) = here.shown()[-1:]
        await here.say("陈伯", "报名")
        await here.say(YANG, "名单 1")
        await here.deliver()
        (post,) = here.owed("roster")
        copies = [copy for copy in here.rows(posts.Copy) if copy.post_id == post.id]
        assert (post.life, len(copies)) == (2, 2)
        assert post.message in {copy.message for copy in copies}
        assert post.message != first.id
        await here.say("李阿姨", "+1", reply_to=first.id)
        await here.deliver()
        assert "2/2" in here.rosters()[-1]
        assert here.shown()[-1].id == post.message


async def test_what_is_under_way_is_not_read_again(tmp_path: Path) -> None:
    async with street(tmp_path, YANG, posted=PATROL) as here:
        want_lines(here, 5)
        now = here.clock.now()
        ours = {here.rows(Community)[0].id}
        with here.database.reading() as session:
            every = [post.id for post in due_posts(session, ours, now, frozenset(), 500)]
            rest = [post.id for post in due_posts(session, ours, now, frozenset(every[:2]), 500)]
            two = [post.id for post in due_posts(session, ours, now, frozenset(every[:2]), 2)]
    assert len(every) == 5
    assert rest == every[2:]
    assert two == every[2:4]


async def test_what_one_event_owes_is_looked_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for what it owes, and once after that was written down: it may have changed while it was on its way."""
    async with street(tmp_path, YANG, "陈伯", posted=PATROL) as here:
        looks = []

        def look(*facts: Any) -> Any:
            looks.append(1)
            return make_plan(*facts)

        monkeypatch.setattr("bot.courier.make_plan", look)
        await here.say("陈伯", "帮助", None)
        while here.app._courier._gathering is not None:  # else it stirs in the middle of what is counted
            await asyncio.sleep(0.01)
        await here.deliver()
        assert any("报名" in text for text in here.texts("陈伯"))
        assert len(looks) == 2
