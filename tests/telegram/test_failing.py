"""What the courier is told when Telegram does not carry a call out."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from core.messages import (
    Chat,
    Message,
    Moved,
    Said,
)
from core.network import Gone, Later, Lost, Refused, UnusableError
from tests.adapters.place import listening as listen
from tests.telegram.conftest import App
from tests.telegram.faults import Fault
from tests.telegram.sample import ROSTER, place
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.world import World


async def test_somebody_who_never_wrote_or_left_or_blocked_is_gone(telegram: Telegram, world: World):
    stranger, blocked, deleted = world.person("王伯", opened=False), world.person("李"), world.person("赵")
    blocked.blocked = deleted.deleted = True
    group = world.group("邻里", stranger, bot="kicked")
    for chat in (world.private(stranger), world.private(blocked), world.private(deleted), group):
        with pytest.raises(Gone):
            await telegram.send(place(chat), ROSTER, "1.1")
    with pytest.raises(Gone):
        await telegram.send(Chat("telegram", "-100999"), ROSTER, "1.1")


async def test_a_message_that_was_deleted_or_is_not_ours_is_lost(telegram: Telegram, world: World, server: Server):
    server.flood.on = False
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    theirs = world.say(chen, group, "早")
    mine = await telegram.send(place(group), ROSTER, "1.1")
    group.letters[int(mine)].gone = True
    for lost in (mine, str(theirs.number), "77"):
        with pytest.raises(Lost):
            await telegram.edit(place(group), lost, ROSTER, "1.1.e2")
    await telegram.remove(place(group), mine)


async def test_a_wait_is_for_the_chat_that_was_asked_to_wait(telegram: Telegram, world: World, server: Server):
    chat = place(world.private(world.person("陈伯")))
    server.faults.plan("sendMessage", Fault("flood", 7))
    with pytest.raises(Later) as later:
        await telegram.send(chat, ROSTER, "1.1")
    assert (later.value.seconds, later.value.everywhere) == (7, False)
    await telegram.send(chat, ROSTER, "1.1")
    with pytest.raises(Later):
        await telegram.send(chat, ROSTER, "1.2")


@pytest.mark.parametrize("kind", ["broken", "cut before", "cut after"])
async def test_a_line_that_breaks_is_no_verdict_on_the_message(telegram: Telegram, world: World, server: Server, kind):
    chat = world.private(world.person("陈伯"))
    server.faults.plan("sendMessage", Fault(kind))
    with pytest.raises(Exception) as error:  # noqa: PT011 - any error but a verdict
        await telegram.send(place(chat), ROSTER, "1.1")
    assert not isinstance(error.value, Gone | Lost | Refused | Later)
    assert len(chat.letters) == (kind == "cut after")


async def test_a_group_that_became_a_supergroup_is_followed_and_told_of_once(listening: Telegram, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen, type="group")
    await until(lambda: world.wanted)
    new = world.upgrade(group, tell=False)
    sent = await listening.send(place(group), ROSTER, "1.1")
    assert new.letters[int(sent)].text.plain.startswith("巡逻")
    assert village.heard() == [Moved(f"moved.{group.id}.{new.id}", place(group), Chat("telegram", str(new.id)))]


async def test_a_wrong_token_ends_the_run_with_words_that_help(server: Server, village: App):
    telegram = Telegram(TelegramSettings("1:wrong", base_url=server.url, lang="en"))
    with pytest.raises(UnusableError, match="BotFather"):
        await telegram.run(village.receive)
    assert not telegram.ready.is_set()


@pytest.mark.parametrize("trouble", [(), (Fault("broken"),)])
async def test_a_bot_is_ready_when_its_token_is_good_or_cannot_be_asked_about_now(telegram, server, village, trouble):
    server.faults.plan("getMe", *trouble)
    async with listen(telegram, village):
        await telegram.ready.wait()
        assert server.count("getMe") == (0 if trouble else 1)


async def test_neither_the_token_nor_what_people_write_stands_in_any_log(settings, world, village, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.faults.plan("getUpdates", Fault("broken"))
    telegram = Telegram(settings)
    async with listen(telegram, village):
        chen = world.person("陈伯")
        world.say(chen, world.private(chen), "302室的药")
        await until(lambda: village.heard(Said))
        server.faults.plan("sendMessage", Fault("broken"))
        with suppress(Exception):
            await telegram.send(place(world.private(chen)), Message(("302室的药",)), "1.1")
    assert caplog.records
    assert world.token not in caplog.text
    assert "302" not in caplog.text
    assert world.token not in repr(settings)


async def test_a_proxy_is_used_for_every_call(settings, world, server):
    asked = []

    async def forward(request: web.Request) -> web.Response:
        asked.append(request.path)
        async with (
            ClientSession() as session,
            session.post(
                f"{server.url}{request.path}", data=await request.read(), headers={"Content-Type": request.content_type}
            ) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", forward)
    async with TestServer(app) as proxy:
        telegram = Telegram(replace(settings, proxy=f"http://127.0.0.1:{proxy.port}"))
        chat = world.private(world.person("陈伯"))
        await telegram.send(place(chat), ROSTER, "1.1")
        world.say(world.users[chat.id], chat, "你好")
        await telegram._client.updates(None)
        await telegram._client.hang_up()
    assert [path.rpartition("/")[2] for path in asked] == ["sendMessage", "getUpdates"]
    assert Telegram(replace(settings, proxy="socks5://127.0.0.1:1"))
