"""Updates brought to the bot instead of asked for."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from dataclasses import replace

import aiohttp
import pytest

from adapters.telegram.network import Telegram
from core.messages import Answer, Said
from core.network import UnusableError
from tests.bot.logged import logged
from tests.telegram.waiting import until


@pytest.fixture
def settings(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    return replace(
        settings, mode="webhook", webhook_url=f"http://{address}/hook", webhook_listen=address, webhook_secret="s3cret"
    )


async def test_what_is_brought_is_confirmed_after_it_is_stored(listening, world, village):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    village.broken = 1
    for n in range(3):
        world.say(chen, group, f"+{n}")
    press = world.press(chen, world.write(group, world.me, "名单"), "p1.join")
    village.answer = lambda event: Answer(toast="好")
    await until(lambda: not world.updates)
    assert [event.text for event in village.heard(Said)] == ["+0", "+1", "+2"]
    assert press.answer["text"] == "好"


async def test_nobody_else_can_bring_anything(listening, world, village, server, settings):
    await until(lambda: server.methods.webhook)
    url = settings.webhook_url
    async with aiohttp.ClientSession() as session:
        with logged("info") as stream:
            for headers, body, status in (
                ({}, b"{}", 403),
                ({"X-Telegram-Bot-Api-Secret-Token": "guess"}, b"{}", 403),
                ({"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, b"not json", 400),
                ({"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, b"[1]", 400),
            ):
                async with session.post(url, data=body, headers=headers) as response:
                    assert response.status == status
    assert village.events == []
    said = [line for line in map(json.loads, stream.getvalue().splitlines()) if line["from"] == "xiaobandeng.security"]
    assert [line["event"] for line in said] == ["an update without the secret was refused"] * 2
    assert "guess" not in stream.getvalue()


def test_what_is_brought_may_come_to_any_process_and_what_is_asked_for_to_one(settings):
    assert Telegram(settings).anywhere
    assert not Telegram(replace(settings, mode="polling")).anywhere


async def test_asking_again_ends_the_webhook(listening, world, village, server, settings):
    await until(lambda: server.methods.webhook)
    asking = Telegram(replace(settings, mode="polling"))
    running = asyncio.create_task(asking.run(village.receive))
    await until(lambda: not server.methods.webhook)
    chen = world.person("陈伯")
    world.say(chen, world.private(chen), "你好")
    await until(lambda: village.heard(Said))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_an_address_that_telegram_does_not_take_ends_the_run_with_words_that_help(settings, village, server):
    telegram = Telegram(replace(settings, webhook_url="ftp://nowhere"))
    with pytest.raises(UnusableError, match="https://"):
        await telegram.run(village.receive)
