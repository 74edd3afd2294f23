"""Many newcomers at once: whether they are in the groups is asked of all of them together."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import SimpleNamespace

import pytest
from telegram.constants import ChatMemberStatus

from adapters.telegram.standing import TOGETHER, Standings
from core.messages import Answer, Chat, Event, Opened, Person, Said
from tests.telegram.sample import place
from tests.telegram.waiting import until

GROUP = Chat("telegram", "-1001")
CROWD = [Person("telegram", str(n)) for n in range(1, 2 * TOGETHER + 4)]


class Slow:
    """Answers nobody until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked: list[int] = []
        self.under_way = self.most = 0

    async def get_chat_member(self, _: int, who: int) -> SimpleNamespace:
        self.asked.append(who)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.go.wait()
        self.under_way -= 1
        return SimpleNamespace(status=ChatMemberStatus.MEMBER)

    async def get_chat_administrators(self, _: int) -> list[SimpleNamespace]:
        return []


@pytest.fixture
def bot() -> Slow:
    return Slow()


@pytest.fixture
def standings(bot: Slow) -> Standings:
    return Standings(bot)  # type: ignore[arg-type]  # of a bot it asks these two


async def test_who_is_heard_next_is_asked_about_with_the_first_so_many_at_a_time(
    bot: Slow, standings: Standings
) -> None:
    standings.foresee(CROWD)
    first = asyncio.create_task(standings.of(CROWD[0], GROUP, acting=False))
    await until(lambda: len(bot.asked) == TOGETHER)
    bot.go.set()
    assert (await first).present is True
    for who in CROWD[1:]:
        assert (await standings.of(who, GROUP, acting=False)).present is True
    assert sorted(bot.asked) == [int(who.id) for who in CROWD], "each once"
    assert bot.most == TOGETHER


async def test_what_is_heard_meanwhile_is_truer_than_an_answer_that_was_under_way(
    bot: Slow, standings: Standings
) -> None:
    standings.foresee(CROWD[:2])
    first = asyncio.create_task(standings.of(CROWD[0], GROUP, acting=False))
    await until(lambda: len(bot.asked) == 2)
    standings.seen(GROUP, CROWD[1], here=False)
    bot.go.set()
    assert (await first).present is True
    assert (await standings.of(CROWD[1], GROUP, acting=False)).present is False


async def test_nothing_is_asked_after_the_end(bot: Slow, standings: Standings) -> None:
    standings.foresee(CROWD)
    first = asyncio.create_task(standings.of(CROWD[0], GROUP, acting=False))
    await until(lambda: len(bot.asked) == TOGETHER)
    await standings.close()
    assert len(bot.asked) == TOGETHER
    assert (await first).present is None


async def test_of_a_batch_all_who_come_privately_are_asked_about_while_the_first_is_heard(telegram, world, server):
    """The others stand behind the first: they have not been handed over yet."""
    people = [world.person(f"邻居{n}", opened=False) for n in range(12)]
    group = world.group("邻里", *people)
    for who in people:
        world.say(who, world.private(who), "/start")
    world.say(people[0], group, "大家好")
    heard: list[Event] = []

    async def receive(event: Event) -> Answer:
        if isinstance(event, Opened):
            await telegram.standing(event.person, place(group), acting=False)
            await until(lambda: server.count("getChatMember") == len(people))
        heard.append(event)
        return Answer()

    running = asyncio.create_task(telegram.run(receive))
    await until(lambda: any(isinstance(event, Said) for event in heard))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert server.count("getChatMember") == len(people)
