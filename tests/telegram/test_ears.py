"""What the bot hears in a group on Telegram: found out, told once, and told anew when it changes."""

from __future__ import annotations

from dataclasses import replace

from adapters.telegram.network import Telegram
from core.messages import Entered, Hears, Said
from tests.adapters.place import listening as listen
from tests.telegram.conftest import App
from tests.telegram.faults import Fault
from tests.telegram.waiting import until
from tests.telegram.world import Chat


def told(village: App, room: Chat) -> list[tuple[bool, bool | None]]:
    """What was told of what the bot hears in a group, and whether it may write there."""
    found = village.heard(Hears)
    return [
        (event.hears, event.speaks) for event in found if isinstance(event, Hears) and event.chat.id == str(room.id)
    ]


async def test_in_privacy_mode_it_is_told_of_each_group_what_is_heard_there_and_asked_once(world, village, settings):
    chen = world.person("陈伯")
    named, other, led = (world.group(name, chen, bot=rank) for name, rank in NAMED)
    world.sees_all = False
    telegram = Telegram(replace(settings, groups=(str(named.id),)))
    async with listen(telegram, village):
        await until(lambda: told(village, named))
        for _ in range(2):
            for room in (named, other, led):
                world.say(chen, room, "/list")
        await until(lambda: len(village.heard(Said)) == 6)
    assert [told(village, room) for room in (named, other, led)] == [[(False, True)], [(False, True)], [(True, True)]]
    first = next(n for n, event in enumerate(village.events) if event.chat.id == str(other.id))
    assert isinstance(village.events[first], Hears), "before what was said there"


NAMED = (("小区", "member"), ("东区", "member"), ("西区", "administrator"))


async def test_where_all_is_heard_nothing_is_told_of_it(listening, world, village):
    chen = world.person("陈伯")
    world.say(chen, world.group("小区", chen), "报名")
    await until(lambda: village.heard(Said))
    assert not village.heard(Hears)


async def test_who_brings_the_bot_in_brings_along_what_it_hears(listening, world, village):
    """Privacy mode may be switched while the bot runs, and holds where it is brought in afterwards."""
    yang = world.person("杨老师")
    first, second = (world.group(name, yang, admins=(yang,), bot="") for name in ("东区", "西区"))
    await until(lambda: world.wanted)
    for room, sees in ((first, False), (second, True)):
        world.sees_all = sees
        world.add_bot(yang, room)
        await until(lambda: not world.updates)
    await until(lambda: len(village.heard(Entered)) == 2)
    assert [event.hears for event in village.heard(Entered)] == [False, True]


async def test_a_rank_that_is_given_or_taken_and_a_right_to_write_are_told(listening, world, village):
    yang = world.person("杨老师")
    group = world.group("邻里", yang, admins=(yang,))
    world.sees_all = False
    await until(lambda: world.wanted)
    for rank in ("administrator", "member", "restricted", "member"):
        world.rank_bot(group, rank)
    await until(lambda: len(told(village, group)) == 4)
    assert told(village, group) == [(True, True), (False, True), (False, False), (False, True)]
    assert len({event.event for event in village.events}) == len(village.events)


async def test_a_group_that_tells_nothing_of_itself_is_asked_again_after_a_restart_only(
    world, village, settings, server
):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    world.sees_all = False
    server.faults.plan("getChatMember", Fault("broken"))
    async with listen(Telegram(settings), village):
        for _ in range(2):
            world.say(chen, group, "/list")
        await until(lambda: len(village.heard(Said)) == 2)
    assert told(village, group) == []
    async with listen(Telegram(settings), village):
        world.say(chen, group, "/list")
        await until(lambda: told(village, group))
