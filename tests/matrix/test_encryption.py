"""Encrypted rooms, seen through the client that people really use: both sides read each other, over everything."""

from __future__ import annotations

import asyncio
import contextlib
import stat

import pytest

from adapters.matrix.login import login
from adapters.matrix.store import Store
from core.messages import Bold, Chat, Edited, Entered, Garbled, Mention, Message, Opened, Pressed, Said
from core.messages import Person as Named
from core.network import Gone, UnusableError
from tests.matrix.conftest import Bot, NewPeer, NewPerson
from tests.matrix.nio_person import NioPerson
from tests.matrix.peer import Peer
from tests.matrix.person import until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse


async def room_with(bot: Bot, owner: Peer, *others: str, count: int = 1) -> Chat:
    """An encrypted room that `owner` opened and the bot has joined."""
    room = await owner("create", invite=[bot.user, *others], encrypted=True)
    chat = (await bot.hears(Entered, count)).chat
    assert chat.id == room

    async def inside() -> bool:
        return bot.user in await owner("members", room=room)

    await until(inside)
    return chat


async def reads(peer: Peer, chat: Chat, sender: str, *wanted: str) -> None:
    """Wait until `peer` reads exactly these messages of `sender`."""

    async def look() -> list[str | None]:
        return await peer.screen(chat.id, sender)

    await until(look, lambda seen: seen == list(wanted))


async def test_a_current_client_and_the_bot_read_each_other(bot: Bot, peer: NewPeer):
    her = await peer()
    chat = await room_with(bot, her)
    roster = await bot.network.send(
        chat, Message((Bold("巡逻"), " 1/2 ", Mention(Named("matrix", her.user, "李阿姨")))), "1.0"
    )
    await bot.network.react(chat, roster, "✋", "1.0.r1")
    await reads(her, chat, bot.user, "巡逻 1/2 李阿姨")
    await her("say", room=chat.id, text="报名")
    assert (await bot.hears(Said)).text == "报名"
    await her("answer", room=chat.id, id=roster, text="我来")
    assert (await bot.hears(Said, 2)).reply_to == roster
    await her("react", room=chat.id, id=roster, emoji="✋")
    assert (await bot.hears(Pressed)).message == roster
    assert await until(lambda: her("reactions", room=chat.id, id=roster), lambda seen: seen == [["✋", 2]])
    await bot.network.edit(chat, roster, Message((Bold("巡逻"), " 2/2")), "1.0.e2")
    await reads(her, chat, bot.user, "巡逻 2/2")
    (shown,) = [m for m in await her("shown", room=chat.id) if m["sender"] == bot.user]
    assert (shown["encrypted"], shown["edited"], shown["html"], shown["shield"]) == (
        True,
        True,
        "<b>巡逻</b> 2/2",
        0,
    )
    message = await her("say", room=chat.id, text="退出")
    await her("edit", room=chat.id, id=message, text="我来")
    assert (await bot.hears(Edited)).text == "我来"


async def test_the_bots_device_is_signed_by_its_owner(bot: Bot, peer: NewPeer):
    her = await peer()
    await room_with(bot, her)
    assert await until(lambda: her("trusts", user=bot.user, device=Store(bot.settings.store).login.device))


async def test_a_repeat_in_an_encrypted_room_shows_once(bot: Bot, peer: NewPeer):
    her = await peer()
    chat = await room_with(bot, her)
    first = await bot.network.send(chat, Message(("一",)), "1.0")
    assert await bot.network.send(chat, Message(("二",)), "1.0") == first
    await bot.settle()
    await bot.stop()
    await bot.start()
    assert await bot.network.send(chat, Message(("三",)), "1.0") == first
    await reads(her, chat, bot.user, "一")


async def test_both_read_each_other_after_the_bot_restarts(bot: Bot, peer: NewPeer):
    her = await peer()
    chat = await room_with(bot, her)
    await her("say", room=chat.id, text="一")
    await bot.hears(Said)
    await bot.settle()
    await bot.stop()
    await her("say", room=chat.id, text="二")
    await her("forget", room=chat.id)
    await her("say", room=chat.id, text="三")
    await bot.start()
    await bot.hears(Said, 3)
    assert [said.text for said in bot.all_of(Said)] == ["一", "二", "三"]
    await bot.network.send(chat, Message(("好",)), "1.0")
    await reads(her, chat, bot.user, "好")


async def test_new_members_and_new_devices_read_what_comes_after_them(bot: Bot, peer: NewPeer):
    her = await peer()
    chat = await room_with(bot, her)
    await bot.network.send(chat, Message(("一",)), "1.0")
    await reads(her, chat, bot.user, "一")
    again = await peer(her.user, fresh=True)
    him = await peer()
    await her("invite", room=chat.id, user=him.user)
    await him("join", room=chat.id)

    async def known() -> bool:
        line = await bot.network._ready()
        room = line.stream.rooms[chat.id]
        devices = line.server.client.device_store.active_user_devices
        hers, his = list(devices(her.user)), list(devices(him.user))  # a client publishes its keys when it can
        return room.joined(him.user) and (len(hers), len(his)) == (2, 1)

    await until(known)
    await bot.network.send(chat, Message(("二",)), "2.0")
    for peer_ in (again, him):

        async def last(peer_: Peer = peer_) -> str | None:
            return ([None, *await peer_.screen(chat.id, bot.user)])[-1]

        await until(last, lambda seen: seen == "二")
    await him("say", room=chat.id, text="来了")
    assert (await bot.hears(Said)).text == "来了"


async def test_a_private_chat_opened_by_the_bot_is_read_by_a_current_client(bot: Bot, peer: NewPeer):
    her = await peer()
    with contextlib.suppress(Gone):
        await bot.network.private(Named("matrix", her.user))
    (room,) = await until(lambda: her("invitations"))
    await her("join", room=room)
    chat = (await bot.hears(Opened)).chat
    await bot.network.send(chat, Message(("提醒",)), "1.0")
    await reads(her, chat, bot.user, "提醒")
    await her("say", room=room, text="我的")
    assert (await bot.hears(Said)).chat.private


async def test_a_message_whose_key_never_came_is_told_once_and_what_follows_is_read(bot: Bot, peer: NewPeer):
    her = await peer()
    room = await her("create", invite=[], encrypted=True)
    await her("say", room=room, text="早先")
    await her("invite", room=room, user=bot.user)
    chat = (await bot.hears(Entered)).chat
    device = Store(bot.settings.store).login.device
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnA",
        "session_id": "never",
        "sender_key": "never",
        "device_id": device,
    }
    event = await her("raw", room=room, type="m.room.encrypted", content=content)
    garbled = await bot.hears(Garbled)
    assert (garbled.chat, garbled.person.id, garbled.event) == (chat, her.user, f"{event}/garbled")
    await her("say", room=room, text="再发一次")
    assert (await bot.hears(Said)).text == "再发一次"
    await bot.settle()
    await bot.stop()
    await bot.start()
    await her("say", room=room, text="好")
    await bot.hears(Said, 2)
    assert len(bot.all_of(Garbled)) == 1


async def test_a_key_that_comes_late_brings_the_words_after_all(bot: Bot, peer: NewPeer):
    """The stream hands over words whose key is not there; the key comes; the words are heard, once."""
    her = await peer()
    chat = await room_with(bot, her)
    line = await bot.network._ready()
    sessions = line.server.client.olm.inbound_group_store
    await her("say", room=chat.id, text="一")
    await bot.hears(Said)
    hidden = dict(sessions._entries)
    sessions._entries.clear()
    await her("say", room=chat.id, text="二")
    await bot.hears(Garbled)
    assert len(bot.all_of(Said)) == 1
    sessions._entries.update(hidden)
    await her("say", room=chat.id, text="三")
    await bot.hears(Said, 3)
    assert {said.text for said in bot.all_of(Said)} == {"一", "二", "三"}


async def test_a_lost_store_is_a_new_device_that_people_can_talk_to(
    bot: Bot, peer: NewPeer, caplog: pytest.LogCaptureFixture
):
    her = await peer()
    chat = await room_with(bot, her)
    await bot.network.send(chat, Message(("一",)), "1.0")
    await reads(her, chat, bot.user, "一")
    await bot.settle()
    await bot.stop()
    before = Store(bot.settings.store).login
    Store(bot.settings.store).keys(before.device).unlink()
    with pytest.raises(UnusableError, match="xiaobandeng login matrix"):
        await bot.network.run(bot.receive)
    caplog.clear()
    await login(bot.settings, "password")
    after = Store(bot.settings.store).login
    assert after.device != before.device
    assert f"{after.device} is a new device" in caplog.text
    await bot.start()
    devices = (await (await bot.network._ready()).server.ask("GET", "devices"))["devices"]
    assert {before.device, after.device} & {each["device_id"] for each in devices} == {after.device}, "one is dead"
    await bot.network.send(chat, Message(("二",)), "2.0")
    await reads(her, chat, bot.user, "一", "二")
    assert await until(lambda: her("trusts", user=bot.user, device=after.device))
    await her("say", room=chat.id, text="好")
    assert (await bot.hears(Said)).text == "好"


async def test_logging_in_again_is_the_same_device(bot: Bot):
    await bot.stop()
    before = Store(bot.settings.store).login
    await login(bot.settings, "password")
    after = Store(bot.settings.store).login
    assert (after.device, after.pickle) == (before.device, before.pickle)
    assert after.token != before.token
    await bot.start()


async def test_a_wrong_password_is_said_plainly(bot: Bot):
    with pytest.raises(UnusableError, match="密码"):
        await login(bot.settings, "no")


async def test_everything_secret_is_readable_by_the_owner_alone(bot: Bot, person: NewPerson):
    await bot.settle()
    await bot.stop()
    folder = bot.settings.store
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert {"login.json", "signing.json", "place.json"} < modes.keys()
    assert set(modes.values()) == {0o600}


async def test_who_joins_while_keys_are_handed_out_reads_what_is_said_then(bot: Bot, synapse: Synapse):
    """Twelve come in, one after another, while the bot goes on speaking: nobody is left deaf."""
    owner = await NioPerson.log_in(synapse.url, synapse.register("p"), "杨老师")
    people = [await NioPerson.log_in(synapse.url, synapse.register("p"), f"邻居{n}") for n in range(12)]
    try:
        room = await owner.create(bot.user, *(each.user for each in people), encrypted=True)
        await bot.hears(Entered)
        chat = Chat("matrix", room)

        async def come_in() -> None:
            for each in people:
                await each.join(room)

        async def speak() -> None:
            for number in range(24):
                await bot.network.send(chat, Message((str(number),)), f"{number}.1")

        await asyncio.gather(come_in(), speak())

        async def all_here() -> bool:
            known = (await bot.network._ready()).stream.rooms[room]
            return all(known.joined(each.user) for each in people)

        await until(all_here)
        await bot.network.send(chat, Message(("最后",)), "last.1")
        deaf = []
        for each in people:
            heard = [message.text for message in shown(await each.events(room), bot.user)]
            deaf += [] if "最后" in heard else [each.user]
        assert deaf == []
    finally:
        for each in (owner, *people):
            await each.close()
