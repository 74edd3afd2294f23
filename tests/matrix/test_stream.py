"""The stream of events over crashes and faults: nothing is lost, and what comes twice carries the same id."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from core.messages import Entered, Message, Pressed, Said
from core.network import Later, UnusableError
from tests.matrix.conftest import Bot, NewGroup, NewPerson
from tests.matrix.person import until
from tests.matrix.synapse import Synapse


async def test_what_was_said_while_the_bot_was_away_is_heard_in_order_however_much(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    await bot.stop()
    for number in range(250):
        await owner.say(chat.id, str(number))
    await bot.start()
    await bot.hears(Said, 250)
    assert [said.text for said in bot.all_of(Said)] == [str(number) for number in range(250)]


async def test_a_restart_replays_nothing(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await owner.say(chat.id, "一")
    await bot.hears(Said)
    await bot.settle()
    await bot.stop()
    bot.heard.clear()
    await bot.start()
    await owner.say(chat.id, "二")
    assert (await bot.hears(Said)).text == "二"


async def test_what_could_not_be_stored_comes_again_before_anything_else(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    bot.fail = 2
    await owner.say(chat.id, "一")
    await owner.say(chat.id, "二")
    await bot.hears(Said, 2)
    assert [said.text for said in bot.all_of(Said)] == ["一", "二"]


async def test_a_stop_before_all_was_stored_brings_it_all_again_under_the_same_ids(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    await bot.stop()
    first = await owner.say(chat.id, "一")
    second = await owner.say(chat.id, "二")
    taken: list[str] = []

    async def only_one(event: object) -> None:
        if isinstance(event, Said):
            taken.append(event.event)
            if len(taken) > 1:
                raise OSError("disk full")

    task = asyncio.create_task(bot.network.run(only_one))

    async def both() -> bool:
        return len(taken) > 1

    await until(both)
    task.cancel()
    await asyncio.wait([task])
    await bot.start()
    await bot.hears(Said, 2)
    assert [said.event for said in bot.all_of(Said)] == [first, second]


async def test_without_a_place_what_was_said_is_history_and_rooms_are_told_again(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    entered = await bot.hears(Entered)
    await owner.say(chat.id, "一")
    await bot.hears(Said)
    await bot.settle()
    await bot.stop()
    bot.heard.clear()
    (bot.settings.store / "place.json").unlink()
    await bot.start()
    await bot.settle()
    assert [event.event for event in bot.heard] == [entered.event]


async def test_a_server_that_is_away_for_a_while_loses_nothing(
    synapse: Synapse, bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    synapse.stop()
    try:
        with pytest.raises(aiohttp.ClientError):
            await bot.network.send(chat, Message(("好",)), "1.0")
    finally:
        synapse.start()
    await bot.network.send(chat, Message(("好",)), "1.0")
    await owner.say(chat.id, "回来了")
    assert (await bot.hears(Said)).text == "回来了"
    assert await owner.screen(chat.id, bot.user) == ["好"]


async def test_a_token_worth_nothing_says_how_to_mend_it(bot: Bot):
    await (await bot.network._ready()).server.ask("POST", "logout", body={})
    with pytest.raises(UnusableError, match="xiaobandeng login matrix"):
        await asyncio.wait_for(bot._task, 60)
    bot._task = None


async def test_before_it_has_caught_up_every_call_asks_to_come_back(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.stop()
    with pytest.raises(Later):
        await bot.network.send(chat, Message(("好",)), "1.0")


async def test_stopping_takes_no_time(bot: Bot):
    async with asyncio.timeout(10):
        await bot.stop()


async def test_presses_while_away_are_heard(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message(("名单",)), "1.0")
    await bot.stop()
    press = await owner.react(chat.id, roster, "✋")
    await bot.start()
    assert (await bot.hears(Pressed)).event == press
