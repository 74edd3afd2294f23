"""The courier: what was owed is shown once, in order of urgency, within a community's manners."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from adapters.scene.network import CAN, SceneNetwork, group, person, private
from core import posts
from core.members import Account, Community, KnownChat
from core.messages import Confide, Message, Moved
from core.network import Pace
from core.posts import PostKind, Say
from core.posts.kinds import POST_KINDS
from tests.bot.slow import want_lines
from tests.street import GROUP, MONDAY, YANG, Street, street

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
