"""Who asks the bot to compare signs is answered kindly, wherever they ask, and never left hanging."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from adapters.matrix.store import Store
from core.messages import Entered, Opened, Said
from tests.matrix.conftest import Bot, NewPeer, NewPerson
from tests.matrix.gate import Gate
from tests.matrix.nio_person import NioPerson
from tests.matrix.person import Person, until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse
from tests.matrix.test_encryption import room_with

NO = "不会对表情"


async def test_a_request_to_verify_is_answered_kindly_and_what_follows_is_heard(bot: Bot, synapse: Synapse):
    her = await NioPerson.log_in(synapse.url, synapse.register("p"), "李阿姨")
    try:
        room = await her.create(bot.user, encrypted=True)
        await bot.hears(Entered)
        request = {"msgtype": "m.key.verification.request", "to": bot.user, "methods": ["m.sas.v1"], "body": "?"}
        asked = [
            await her.put(room, "m.room.message", {**request, "from_device": her.client.device_id}) for _ in range(2)
        ]
        await her.say(room, "报名")
        assert (await bot.hears(Said)).text == "报名"

        async def cancels() -> list[dict[str, Any]]:
            events = await her.events(room)
            return [each["content"] for each in events if each["type"] == "m.key.verification.cancel"]

        told = await until(cancels, lambda seen: len(seen) == 2)
        assert [each["m.relates_to"] for each in told] == [
            {"rel_type": "m.reference", "event_id": event} for event in asked
        ]
        assert all(each["code"] == "m.user" and NO in each["reason"] for each in told)
        assert [NO in message.text for message in shown(await her.events(room), bot.user)] == [True], "once is enough"
    finally:
        await her.close()


async def test_a_request_to_the_bots_device_is_answered_too_and_in_the_private_chat_with_a_word(
    bot: Bot, person: NewPerson
):
    """A neighbour with a private chat, one without whose program is older, and what is of no shape."""
    her, stranger = await person("李阿姨"), await person("王伯")
    chat = await her.create(bot.user, is_direct=True)
    await bot.hears(Opened)
    device = Store(bot.settings.store).login.device

    async def asks(who: Person, kind: str, content: dict[str, Any], key: str) -> None:
        sent = {"messages": {bot.user: {device: content}}}
        await who.call("PUT", "sendToDevice", f"m.key.verification.{kind}", key, body=sent)

    async def told(who: Person) -> list[Any]:
        answer = await who.call("GET", "sync", query="?timeout=0")
        return [each for each in answer.get("to_device", {}).get("events", []) if each["type"].endswith("cancel")]

    now = int(time.time() * 1000)
    await asks(her, "request", {"from_device": {}, "transaction_id": "0"}, "0")
    await asks(her, "request", {"from_device": "D", "methods": [], "timestamp": now, "transaction_id": "1"}, "1")
    mine = (await her.call("GET", "account", "whoami"))["device_id"]
    fresh = {"from_device": mine, "methods": ["m.sas.v1"], "timestamp": now, "transaction_id": "2"}
    await asks(her, "request", fresh, "2")
    (cancel,) = await until(lambda: told(her))
    assert (cancel["sender"], cancel["content"]["transaction_id"], cancel["content"]["code"]) == (
        bot.user,
        "2",
        "m.user",
    )
    theirs = (await stranger.call("GET", "account", "whoami"))["device_id"]
    await asks(stranger, "start", {"from_device": theirs, "transaction_id": "3", "method": "m.sas.v1"}, "3")
    (cancel,) = await until(lambda: told(stranger))
    assert cancel["content"]["transaction_id"] == "3"
    assert [NO in words for words in await her.screen(chat, bot.user)] == [True], "once is enough"
    assert bot.all_of(Said) == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_request_that_could_not_be_answered_is_answered_soon(
    bot: Bot, person: NewPerson, synapse: Synapse, after: bool
):
    her = await person("李阿姨")
    await bot.stop()
    async with Gate(synapse.url).open() as gate:
        bot = Bot(replace(bot.settings, homeserver=gate.url), bot.user, bot.network)
        await bot.start()
        room = await her.create(bot.user)
        await bot.hears(Entered)
        gate.break_next(lambda method, path: "m.key.verification.cancel" in path, after=after)
        request = {"msgtype": "m.key.verification.request", "to": bot.user, "from_device": "D", "body": "?"}
        await her.put(room, "m.room.message", request)

        async def mine() -> list[str]:
            return [event["type"] for event in await her.events(room) if event["sender"] == bot.user]

        seen = await until(mine, lambda seen: "m.room.message" in seen)
        assert seen.count("m.key.verification.cancel") == 1
        await bot.stop()


async def test_a_current_client_does_not_wait_for_the_bot_to_compare_signs(bot: Bot, peer: NewPeer):
    her = await peer()
    chat = await room_with(bot, her)
    device = Store(bot.settings.store).login.device
    assert await her("verify", user=bot.user, device=device) == ["m.user", bot.user]
    assert await her("verify", user=bot.user, room=chat.id) == ["m.user", bot.user]
