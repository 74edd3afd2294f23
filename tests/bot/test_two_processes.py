"""Two processes, one community, one database server: each speaks for its own network, and neither for the other's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from adapters.scene.network import CAN, SceneNetwork, person, private
from bot.app import App
from bot.clock import HandClock
from bot.planning import Gate, make_plan
from bot.recording import settle_plan
from core.activities import Occurrence
from core.audit import AuditLine
from core.db import Database
from core.described import Described
from core.messages import Chat, Event, Joined, Opened, Person, Said
from core.posts import OPEN, Post
from core.served import KEPT, Served
from tests.keys import KEYS
from tests.street import GROUP, MONDAY, YANG

THEIRS = Chat("other", "group")
PATROL = "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人"


class OtherNetwork(SceneNetwork):
    """A second network with people of its own."""

    name = "other"

    async def private(self, person: Person) -> Chat:
        return Chat("other", f"private/{person.id}", private=True)


class Process:
    """One bot of two. They share the database and the clock, and nothing else."""

    def __init__(self, url: str, network: SceneNetwork, clock: HandClock) -> None:
        self.network = network
        self.database = Database(url, KEYS)
        facts = {"coordinators": [f"scene:{YANG}"], "groups": [f"scene:{GROUP.id}", "other:group"]}
        self.app = App(self.database, [network], clock, Described(**facts))

    async def tell(self, *events: Event) -> None:
        for event in events:
            self.network.answered(event, await self.app.receive(self.network, event))

    async def deliver(self) -> datetime | None:
        async with asyncio.timeout(60):
            return await self.app.deliver()

    def on(self, chat: Chat) -> list[str]:
        return [shown.text for shown in self.network.screens.now_on(chat)]

    def posts(self, kind: str) -> Sequence[Post]:
        with self.database.reading() as session:
            return session.exec(select(Post).where(Post.kind == kind)).all()


def other(id: str) -> Person:
    return Person("other", id, id)


def letters(who: Person) -> Chat:
    return Chat("other", f"private/{who.id}", private=True)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY)


@pytest.fixture
async def two(fresh: Callable[[], str], clock: HandClock) -> AsyncIterator[tuple[Process, Process]]:
    url = fresh()
    made = Process(url, SceneNetwork(CAN), clock), Process(url, OtherNetwork(CAN), clock)
    for each in made:
        await each.app.prepare()
    yield made
    for each in made:
        await each.app.close()


async def gather(here: Process, there: Process, words: str = PATROL) -> None:
    """Somebody on each network, in the group and at their private chat, and an activity posted."""
    chen, li = person("陈伯"), other("李阿姨")
    await here.tell(*(here.network.joined(who, GROUP) for who in (person(YANG), chen)))
    await here.tell(*(here.network.opened(who) for who in (person(YANG), chen)))
    await there.tell(Joined("j1", THEIRS, li), Opened("o1", letters(li), li))
    await here.tell(here.network.said(person(YANG), private(person(YANG)), words))
    await here.deliver()
    await here.tell(here.network.said(person(YANG), private(person(YANG)), "发布"))
    await here.deliver()


async def test_a_post_for_a_network_of_another_process_is_left_for_it(two: tuple[Process, Process]) -> None:
    here, there = two
    await gather(here, there)
    assert any("0/2" in text for text in here.on(GROUP))
    assert [post.state for post in here.posts("roster")] == [OPEN, OPEN]
    assert there.on(THEIRS) == []
    await there.deliver()
    assert any("0/2" in text for text in there.on(THEIRS))
    await there.tell(Said("s1", THEIRS, other("李阿姨"), "+1", "m1"))
    await there.deliver()
    await here.deliver()
    assert any("1/2" in text for text in there.on(THEIRS))
    assert any("1/2" in text for text in here.on(GROUP))


async def test_who_is_told_privately_is_told_by_the_process_that_speaks_where_they_are(
    two: tuple[Process, Process], clock: HandClock
) -> None:
    here, there = two
    await gather(here, there)
    await there.deliver()
    await there.tell(Said("s1", THEIRS, other("李阿姨"), "+1", "m1"))
    clock.moment = datetime.fromisoformat("2026-11-26T11:00:00+00:00")
    for each in (here, there, here, there):
        await each.deliver()
    reminded = [text for text in there.on(letters(other("李阿姨"))) if "明天" in text]
    assert len(reminded) == 1
    assert not any("李阿姨" in text and "私聊" in text for text in (*here.on(GROUP), *there.on(THEIRS)))


async def test_what_is_done_at_its_time_is_done_by_one_of_them(two: tuple[Process, Process], clock: HandClock) -> None:
    """Both have found it due, in the same moment."""
    here, there = two
    await gather(here, there, "发布 巡逻 每周五 19:00-21:00 东门集合 2人")
    await there.deliver()
    clock.moment += timedelta(days=8)
    plans = []
    for each in two:
        app, now = each.app, clock.now()
        gate = Gate({each.network.name: 0})
        with each.database.reading() as session:
            plans.append(make_plan(session, app.heres, app.networks, now, gate, shared=True))
    assert plans[0].work
    assert [post.id for post in plans[0].work] == [post.id for post in plans[1].work]
    after = []
    for each, plan in zip(two, plans, strict=True):
        with each.database.writing() as session:
            settle_plan(session, each.app.heres, plan, clock.now())
        with each.database.reading() as session:
            kinds = (Post, Occurrence, AuditLine)
            after.append([len(session.exec(select(kind)).all()) for kind in kinds])
    assert after[0] == after[1]


async def test_a_network_that_nobody_speaks_for_any_more_is_not_waited_for(
    two: tuple[Process, Process], clock: HandClock
) -> None:
    here, there = two
    await gather(here, there)
    await there.app.close()
    clock.moment += KEPT + timedelta(hours=1)
    await here.tell(here.network.said(person("陈伯"), GROUP, "+1"))
    await here.deliver()
    states = {post.chat_id: post.pending for post in here.posts("roster")}
    assert sorted(states.values()) == [False, False]


async def test_two_that_start_at_once_on_an_empty_database_both_serve(
    fresh: Callable[[], str], clock: HandClock
) -> None:
    url = fresh()
    both = Process(url, SceneNetwork(CAN), clock), Process(url, OtherNetwork(CAN), clock)
    await asyncio.gather(*(each.app.prepare() for each in both))
    assert both[0].app.heres.first.id == both[1].app.heres.first.id
    await gather(*both)
    for each in both:
        await each.app.close()


async def test_what_one_process_commits_wakes_the_other(two: tuple[Process, Process]) -> None:
    here, there = two
    await gather(here, there)
    running = asyncio.create_task(there.app.run())
    try:
        async with asyncio.timeout(20):  # by itself it would look again after half a minute
            while not any("0/2" in text for text in there.on(THEIRS)):
                await asyncio.sleep(0.02)
            await asyncio.sleep(0)
            await here.tell(here.network.said(person("陈伯"), GROUP, "+1"))
            while not any("1/2" in text for text in there.on(THEIRS)):
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def test_each_says_what_it_speaks_for(two: tuple[Process, Process]) -> None:
    here, _ = two
    with here.database.reading() as session:
        assert {row.network for row in session.exec(select(Served)).all()} == {"scene", "other"}
