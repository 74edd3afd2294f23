"""Private chats on Matrix: who has one, who is reached by it, and when it stops being private."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.messages import Blocked, Chat, Confide, Entered, Message, Opened, Said
from core.messages import Person as Named
from core.network import Gone
from tests.matrix.conftest import Bot, NewPerson
from tests.matrix.gate import Gate
from tests.matrix.person import Person, until
from tests.matrix.synapse import Synapse

HELLO = Message((Confide("明天 8 点，3号楼"),))


def named(person: Person) -> Named:
    return Named("matrix", person.user)


async def opened(bot: Bot, person: Person) -> Chat:
    """The private chat that the bot opened with a person who has joined it."""
    with pytest.raises(Gone):
        await bot.network.private(named(person))
    room = next(iter(await until(person.invitations)))
    await person.join(room)
    return (await bot.hears(Opened)).chat


async def test_somebody_invited_is_not_reached_until_they_join(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    for _ in range(3):
        with pytest.raises(Gone):
            await bot.network.private(named(her))
    rooms = await until(her.invitations)
    assert list(rooms.values()) == [bot.user]
    assert bot.all_of(Opened) == []
    (room,) = rooms
    assert await (await bot.network._ready()).server.directs() == {her.user: [room]}
    await her.join(room)
    heard = await bot.hears(Opened)
    assert (heard.person.id, heard.chat.id, heard.chat.private) == (her.user, room, True)
    assert await bot.network.private(named(her)) == heard.chat
    assert (await her.call("GET", "rooms", room, "state", "m.room.encryption", ""))["algorithm"]


async def test_two_calls_at_once_open_one_chat(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    await asyncio.gather(*(bot.network.private(named(her)) for _ in range(5)), return_exceptions=True)
    assert len(await until(her.invitations)) == 1


async def test_a_chat_that_comes_down_the_stream_while_the_server_is_asked_for_it_is_not_opened_twice(
    synapse: Synapse, bot: Bot, person: NewPerson
):
    her = await person("李阿姨")
    await bot.stop()
    async with Gate(synapse.url).open() as gate:
        bot = Bot(replace(bot.settings, homeserver=gate.url), bot.user, bot.network)
        await bot.start()
        try:
            stream = gate.hold_next(lambda _, path: "/sync" in path)
            with pytest.raises(Gone):
                await bot.network.private(named(her))
            asked = gate.hold_next(lambda _, path: path.endswith("/joined_rooms"))
            again = asyncio.create_task(bot.network.private(named(her)))
            known = (await bot.network._ready()).stream.rooms

            async def held() -> bool:
                return not gate._held

            await until(held)  # neither the stream's answer nor this one has come back
            assert known == {}
            stream.set()

            async def seen() -> bool:
                return bool(known)

            await until(seen)
            asked.set()
            with pytest.raises(Gone):
                await again
        finally:
            await bot.stop()
    assert len(await until(her.invitations)) == 1


async def test_after_a_restart_the_same_chat_is_used(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    chat = await opened(bot, her)
    await bot.settle()
    await bot.stop()
    bot.heard.clear()
    await bot.start()
    assert await bot.network.private(named(her)) == chat
    assert bot.heard == []


async def test_a_chat_opened_just_before_a_crash_is_found_again(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    with pytest.raises(Gone):
        await bot.network.private(named(her))
    await bot.settle()
    await bot.stop()
    (bot.settings.store / "place.json").unlink()  # whatever else is lost
    await bot.start()
    with pytest.raises(Gone):
        await bot.network.private(named(her))
    assert len(await until(her.invitations)) == 1


async def test_a_private_chat_that_a_person_opens_is_theirs(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    room = await her.create(bot.user, is_direct=True)
    heard = await bot.hears(Opened)
    assert (heard.chat.id, heard.chat.private, heard.person.name) == (room, True, "李阿姨")
    assert bot.all_of(Entered) == []
    await her.say(room, "我的")
    assert (await bot.hears(Said)).chat.private
    assert (await bot.network.private(named(her))).id == room
    await bot.network.send(heard.chat, HELLO, "1.0")
    assert await her.screen(room, bot.user) == ["明天 8 点，3号楼"]


async def test_a_room_of_two_that_was_not_opened_as_a_private_chat_is_a_group(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    room = await her.create(bot.user)
    assert not (await bot.hears(Entered)).chat.private
    await her.say(room, "好")
    assert not (await bot.hears(Said)).chat.private


async def test_a_third_person_ends_a_private_chat_even_when_they_leave_again(bot: Bot, person: NewPerson):
    her, other = await person("李阿姨"), await person("陈伯")
    room = await her.create(bot.user, is_direct=True)
    chat = (await bot.hears(Opened)).chat
    await her.invite(room, other.user)
    assert (await bot.hears(Blocked)).person.id == her.user
    with pytest.raises(Gone):
        await bot.network.send(chat, HELLO, "1.0")
    await other.leave(room)
    await bot.stop()
    await bot.start()
    with pytest.raises(Gone):
        await bot.network.send(chat, HELLO, "1.0")
    await her.say(room, "好")
    assert not (await bot.hears(Said)).chat.private
    with pytest.raises(Gone):
        await bot.network.private(named(her))  # asks her into a new one
    assert list((await until(her.invitations)).values()) == [bot.user]


async def test_nobody_but_the_bot_can_invite_into_a_chat_it_opened(bot: Bot, person: NewPerson):
    her, other = await person("李阿姨"), await person("陈伯")
    chat = await opened(bot, her)
    with pytest.raises(RuntimeError, match="403"):
        await her.invite(chat.id, other.user)


async def test_who_leaves_their_chat_is_not_reached_and_not_asked_again(bot: Bot, person: NewPerson):
    her = await person("李阿姨")
    chat = await opened(bot, her)
    await her.leave(chat.id)
    assert (await bot.hears(Blocked)).chat.id == chat.id
    for _ in range(2):
        with pytest.raises(Gone):
            await bot.network.private(named(her))
        with pytest.raises(Gone):
            await bot.network.send(chat, HELLO, "1.0")
    assert await her.invitations() == {}
