"""What was not stored is not confirmed, and nothing stops the village."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from adapters.telegram.network import Telegram
from tests.adapters.place import listening as listen
from tests.telegram.faults import Fault
from tests.telegram.sample import ROSTER, place
from tests.telegram.waiting import until


async def test_what_could_not_be_stored_is_handed_over_again_in_order(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    village.broken = 2
    for n in range(3):
        world.say(chen, group, f"+{n}")
    await until(lambda: len(village.heard()) == 3)
    assert [event.text for event in village.heard()] == ["+0", "+1", "+2"]


async def test_an_update_that_was_not_stored_is_not_confirmed(telegram, world, server, settings, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    for n in range(3):
        world.say(chen, group, f"+{n}")
    village.broken = 1_000_000
    async with listen(telegram, village):
        await until(lambda: village.broken < 1_000_000)
    assert len(world.updates) == 3
    village.broken = 0
    async with listen(Telegram(settings), village):
        await until(lambda: len(village.heard()) == 3 and not world.updates)


async def test_numbers_that_begin_anew_after_an_idle_week_lose_nothing(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    world.say(chen, group, "+1")
    await until(lambda: not world.updates)
    world.idle_week()
    world.say(chen, group, "+2")
    await until(lambda: len(village.heard()) == 2)


async def test_updates_of_the_future_pass_by_without_harm(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    await until(lambda: world.wanted)
    world.tell("hologram", {"depth": 3})
    world.updates.append({"update_id": 99, "message": {"no": "chat"}})
    world.updates.append({"update_id": 100, "message": 7})
    data = world.write(group, chen, "+1").json() | {
        "mood": {"colour": "blue"},
        "entities": [{"type": "scent", "offset": 0, "length": 1}],
    }
    world.updates.append({"update_id": 101, "message": data, "surprise": True})
    world.arrived.set()
    await until(lambda: len(village.heard()) == 1 and not world.updates)
    assert village.heard()[0].text == "+1"


async def test_a_server_in_trouble_is_asked_again(listening, world, village, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    server.faults.plan("getUpdates", Fault("broken"), Fault("cut after"), Fault("flood", 1))
    world.say(chen, group, "+1")
    world.say(chen, group, "+2")
    await until(lambda: len(village.heard()) == 2)


async def test_ending_takes_a_moment_only(telegram, world, village):
    running = asyncio.create_task(telegram.run(village.receive))
    await until(lambda: world.wanted)
    running.cancel()
    async with asyncio.timeout(10):
        with suppress(asyncio.CancelledError):
            await running


async def test_what_is_under_way_when_the_bot_ends_still_arrives(telegram, world, village, server):
    chat = world.private(world.person("陈伯"))
    async with listen(telegram, village):
        await until(lambda: world.wanted)
        server.latency = 0.2
        sending = asyncio.create_task(telegram.send(place(chat), ROSTER, "1.1"))
        await asyncio.sleep(0)
    assert await sending == "1"
    assert len(chat.letters) == 1
