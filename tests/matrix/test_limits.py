"""Synapse's default limits: they are met, learned from its answers, and told to whoever runs the bot."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.matrix import CAN, catalogue
from adapters.matrix.check import check
from adapters.matrix.login import login, opened
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from core.messages import Chat, Entered, Message, Opened, Said
from core.messages import Person as Named
from core.network import Later
from core.words import LANGUAGES
from tests.matrix.conftest import Bot
from tests.matrix.person import Person, until
from tests.matrix.synapse import Synapse, serving


@pytest.fixture(scope="module")
def strict() -> Iterator[Synapse]:
    """A server with the limits that come with it."""
    with serving(lifted=False) as server:
        yield server


@pytest.fixture
async def bot(strict: Synapse, tmp_path: Path) -> AsyncIterator[Bot]:
    user = strict.register("bot")
    settings = MatrixSettings(strict.url, user, tmp_path / "matrix", patience=0.5)
    await login(settings, "password")
    made = Bot(settings, user, Matrix(settings))
    await made.start()
    yield made
    await made.stop()


async def until_told_to_wait(bot: Bot, chat: Chat, number: int) -> tuple[int, Later]:
    """Messages from this number on, until one has to wait: its number, and what was told."""
    while True:
        try:
            await bot.network.send(chat, Message((str(number),)), f"{number}.1")
        except Later as wait:
            return number, wait
        number += 1


class TestTheDefaultLimits:
    async def test_the_burst_goes_through_and_then_the_wait_is_the_servers_own(
        self, strict: Synapse, bot: Bot, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
    ):
        owner = await Person.log_in(strict.url, strict.register("p"), http)
        chat = Chat("matrix", await owner.create(bot.user))
        await bot.hears(Entered)
        sent, wait = await until_told_to_wait(bot, chat, 0)
        assert sent >= 8  # a burst of ten, in which joining the room counts too
        assert 0 < wait.seconds <= 6
        assert wait.everywhere
        sent, _ = await until_told_to_wait(bot, chat, sent)
        assert caplog.text.count("限制") == 1  # said once, however often it happens
        assert await owner.screen(chat.id, bot.user) == [str(number) for number in range(sent)]

    async def test_a_message_that_had_to_wait_shows_once_when_its_time_has_come(
        self, strict: Synapse, bot: Bot, http: aiohttp.ClientSession
    ):
        owner = await Person.log_in(strict.url, strict.register("p"), http)
        chat = Chat("matrix", await owner.create(bot.user))
        await bot.hears(Entered)
        sent, _ = await until_told_to_wait(bot, chat, 0)

        async def arrives() -> bool:
            with contextlib.suppress(Later):
                await bot.network.send(chat, Message((str(sent),)), f"{sent}.1")
                return True
            return False

        await until(arrives)
        assert await owner.screen(chat.id, bot.user) == [str(number) for number in range(sent + 1)]

    async def test_reactions_follow_when_they_may(self, strict: Synapse, bot: Bot, http: aiohttp.ClientSession):
        owner = await Person.log_in(strict.url, strict.register("p"), http)
        chat = Chat("matrix", await owner.create(bot.user))
        await bot.hears(Entered)
        message = await bot.network.send(chat, Message(("名单",)), "0.0")
        await until_told_to_wait(bot, chat, 0)
        await bot.network.react(chat, message, "🙋", "r1")

        async def there() -> list[str]:
            return await owner.reactions(chat.id, message, bot.user)

        assert await until(there) == ["🙋"]

    async def test_a_private_chat_is_still_opened_and_people_are_still_heard(
        self, strict: Synapse, bot: Bot, http: aiohttp.ClientSession
    ):
        her = await Person.log_in(strict.url, strict.register("p"), http)
        room = await her.create(bot.user, is_direct=True)
        await bot.hears(Opened)
        for number in range(5):
            await her.say(room, str(number))
        await bot.hears(Said, 5)
        chat = await bot.network.private(Named("matrix", her.user))
        await bot.network.send(chat, Message(("提醒",)), "1.1")
        assert await her.screen(room, bot.user) == ["提醒"]

    async def test_the_check_tells_how_long_a_message_to_everybody_takes(self, bot: Bot):
        await bot.stop()
        findings = {key: (good, facts) for good, key, facts in await check(bot.settings)}
        good, facts = findings["check.slow"]
        assert not good
        assert facts["seconds"] == 5  # however long each try takes
        assert facts["at_once"] >= 8
        assert facts["minutes"] in (11, 12)


class TestTheCheck:
    @pytest.fixture
    def settings(self, synapse: Synapse, tmp_path: Path) -> MatrixSettings:
        return MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix")

    async def test_all_is_well_after_logging_in(self, settings: MatrixSettings):
        await login(settings, "password")
        assert [key for good, key, _ in await check(settings) if good] == [
            "check.account",
            "check.encrypted",
            "check.any_group",
            "check.fast",
        ]
        again = await check(settings)
        assert all(good for good, _, _ in again)
        for lang in LANGUAGES:
            for _, key, facts in again:
                assert catalogue().text(lang, key, **facts)

    async def test_it_makes_no_noise_in_the_bots_life(self, settings: MatrixSettings):
        """The room in which the check tries things out is nobody's group."""
        await login(settings, "password")
        await check(settings)
        bot = Bot(settings, settings.user, Matrix(settings))
        await bot.start()
        await bot.settle()
        await bot.stop()
        assert bot.heard == []

    async def test_nobody_logged_in_yet(self, settings: MatrixSettings):
        assert [(good, key) for good, key, _ in await check(settings)] == [(False, "check.nobody")]

    async def test_a_server_that_does_not_answer(self, settings: MatrixSettings):
        away = replace(settings, homeserver="http://127.0.0.1:9")
        assert [(good, key) for good, key, _ in await check(away)] == [(False, "check.unreachable")]

    async def test_a_login_that_is_over(self, settings: MatrixSettings):
        await login(settings, "password")
        async with opened(settings) as server:
            await server.ask("POST", "logout", body={})
        assert (False, "check.token", {}) in await check(settings)

    async def test_keys_that_are_gone_and_keys_that_are_not_the_servers(self, settings: MatrixSettings):
        await login(settings, "password")
        keys = next(settings.store.glob("keys-*.db"))
        keys.unlink()
        assert [key for _, key, _ in await check(settings)] == ["check.keys"]
        keys.touch()
        assert (False, "check.unpublished", {}) in await check(settings)

    async def test_a_device_without_its_owners_signature(self, settings: MatrixSettings):
        await login(settings, "password")
        (settings.store / "signing.json").unlink()
        assert (False, "check.unsigned", {}) in await check(settings)


def test_both_languages_say_the_same_things():
    zh, en = catalogue().keys("zh"), catalogue().keys("en")
    assert zh == en
    assert CAN.reactions
