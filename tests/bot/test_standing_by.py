"""Two processes for one bot account, on a database server: one speaks, both hear what is brought to either, and either
may be killed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack

import pytest
from sqlmodel import select

from adapters.scene.network import CAN, SceneNetwork, person, private
from bot.account_lease import account_lease
from bot.app import App
from bot.clock import HandClock
from core.claims import Claim
from core.db import Database
from core.described import Described
from core.network import UnusableError
from tests.keys import KEYS
from tests.street import GROUP, MONDAY, YANG

CHEN, WANG = person("陈伯"), person("王伯")


class BroughtNetwork(SceneNetwork):
    """What happens there is brought to any process."""

    anywhere = True


class Process:
    """One of two that have the same account, and share a database."""

    def __init__(self, url: str, network: SceneNetwork) -> None:
        self.network = network
        self.held = ExitStack()
        self.lease = self.held.enter_context(account_lease(url, ["scene:bot"], waits=True))
        facts = {"coordinators": [f"scene:{YANG}"], "groups": [f"scene:{GROUP.id}"]}
        self.database = Database(url, KEYS)
        self.app = App(self.database, [network], HandClock(MONDAY), Described(**facts), lease=self.lease)
        self.speaks = asyncio.Event()
        self.running: asyncio.Task[None]

    async def begin(self) -> None:
        await self.app.prepare()
        self.running = asyncio.create_task(self.app.run(self.speaks.set))

    async def end(self) -> None:
        self.running.cancel()
        with contextlib.suppress(asyncio.CancelledError, BaseExceptionGroup):
            await self.running
        self.held.close()
        await self.app.close()

    async def tell(self, text: str, who: str = "陈伯", *, privately: bool = False) -> None:
        chat = private(person(who)) if privately else GROUP
        await self.app.receive(self.network, self.network.said(person(who), chat, text))


async def shown(network: SceneNetwork, words: str) -> None:
    async with asyncio.timeout(20):
        while not any(words in each.text for each in network.screens.now_on(GROUP)):
            await asyncio.sleep(0.02)


@pytest.fixture
async def two(fresh: Callable[[], str]) -> AsyncIterator[tuple[Process, Process]]:
    """The first speaks and has posted a patrol; the second stands by."""
    url, network = fresh(), BroughtNetwork(CAN)
    first = Process(url, network)
    await first.begin()
    await first.speaks.wait()
    second = Process(url, network)
    await second.begin()
    for who in (person(YANG), CHEN, WANG):
        await first.app.receive(network, network.joined(who, GROUP))
        await first.app.receive(network, network.opened(who))
    await first.tell("发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人", YANG, privately=True)
    async with asyncio.timeout(20):
        while not any("东门" in each.text for each in network.screens.now_on(private(person(YANG)))):
            await asyncio.sleep(0.02)
    await first.tell("发布", YANG, privately=True)
    await shown(network, "0/2")
    yield first, second
    for each in (first, second):
        await each.end()


def sent(network: SceneNetwork) -> Counter[tuple[str, str]]:
    return Counter((call.name, call.key) for call in network.calls if call.name in ("send", "edit"))


async def test_what_is_brought_to_who_stands_by_is_taken_in_and_said_once_by_who_speaks(
    two: tuple[Process, Process],
) -> None:
    first, second = two
    await second.network.happen(second.network.said(WANG, GROUP, "报名"))  # to whichever of them asks first
    await second.tell("+1")
    await shown(first.network, "2/2")
    assert not second.speaks.is_set()
    assert set(sent(first.network).values()) == {1}


async def test_who_stands_by_speaks_when_the_other_has_ended(two: tuple[Process, Process]) -> None:
    first, second = two
    await first.end()
    await second.tell("+1")
    async with asyncio.timeout(20):
        await second.speaks.wait()
    await shown(second.network, "1/2")
    assert set(sent(second.network).values()) == {1}


async def test_who_lost_the_lease_unnoticed_sends_nothing_any_more(two: tuple[Process, Process]) -> None:
    first, second = two
    first.lease.let_go()  # as when the server ended that one connection; it looks again only after ten seconds
    async with asyncio.timeout(20):
        await second.speaks.wait()
    second.running.cancel()  # so that what is to be said now would be said by the first
    before = len(first.network.calls)
    await first.tell("+1")
    with pytest.raises(ExceptionGroup) as raised:
        await asyncio.wait_for(first.running, 20)
    assert raised.group_contains(UnusableError, match="another process speaks")
    assert [call for call in first.network.calls[before:] if call.name in ("send", "edit")] == []


async def test_an_event_that_was_brought_to_both_at_once_is_answered_alike_and_done_once(
    two: tuple[Process, Process],
) -> None:
    first, _ = two
    event = first.network.said(CHEN, GROUP, "+1")
    answers = await asyncio.gather(*(each.app.receive(each.network, event) for each in two))
    assert answers[0] == answers[1]
    with first.database.reading() as session:
        assert len(session.exec(select(Claim)).all()) == 1
