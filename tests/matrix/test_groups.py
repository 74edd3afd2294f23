"""Which rooms belong to the community: those of somebody entitled, or those that the settings name. Others are left."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix import catalogue
from adapters.matrix.check import check
from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from bot.app import Village
from bot.clock import WallClock
from core.db import Database
from core.manners import Manners
from core.words import LANGUAGES
from tests.matrix.conftest import NewPerson
from tests.matrix.person import Person, until
from tests.matrix.synapse import NAME, Synapse

REASON = catalogue().text("zh", "leave.reason")


@pytest.fixture
async def settings(synapse: Synapse, tmp_path: Path) -> MatrixSettings:
    """Of a bot that has logged in."""
    chosen = MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix")
    await login(chosen, "password")
    return chosen


@contextlib.asynccontextmanager
async def serving(settings: MatrixSettings, **more: Any) -> AsyncIterator[None]:
    """The whole bot, until the end."""
    village = Village(
        Database(f"sqlite:///{settings.store.parent}/village.db"),
        [Matrix(settings)],
        WallClock(),
        manners=Manners(quiet=None),
        groups=[f"matrix:{group}" for group in settings.groups],
        **more,
    )
    await village.prepare()
    running = asyncio.create_task(village.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])
        await village.close()


async def greeted(person: Person, room: str, bot: str) -> None:
    await until(lambda: person.screen(room, bot), lambda seen: any("小板凳" in text for text in seen))


async def left(person: Person, room: str, bot: str) -> None:
    """Wait until the bot has left, which must say why and nothing else."""

    async def reason() -> str | None:
        happened = [e for e in await person.events(room) if e["type"] == "m.room.member" and e.get("state_key") == bot]
        last = happened[-1]["content"]
        return str(last.get("reason")) if last["membership"] == "leave" else None

    assert await until(reason) == REASON
    assert await person.screen(room, bot) == []


def anybody_invites() -> dict[str, Any]:
    return {"power_level_content_override": {"invite": 0}}


async def test_a_room_that_nobody_entitled_asked_the_bot_into_is_left_with_a_reason(
    settings: MatrixSettings, person: NewPerson
):
    owner, neighbour = await person("李阿姨"), await person("陈伯")
    room = await owner.create(neighbour.user, **anybody_invites())
    await neighbour.join(room)
    async with serving(settings):
        await neighbour.invite(room, settings.user)
        await left(owner, room, settings.user)
        await owner.invite(room, settings.user)  # now it is one who may
        await greeted(owner, room, settings.user)


async def test_a_coordinator_by_name_may_bring_the_bot_into_any_room(settings: MatrixSettings, person: NewPerson):
    owner, neighbour = await person("李阿姨"), await person("陈伯")
    room = await owner.create(neighbour.user, **anybody_invites())
    await neighbour.join(room)
    async with serving(settings, coordinators=[f"matrix:{neighbour.user}"]):
        await neighbour.invite(room, settings.user)
        await greeted(owner, room, settings.user)


async def test_a_room_configured_by_its_alias_is_served_whoever_asks_and_any_other_is_left(
    settings: MatrixSettings, person: NewPerson
):
    owner, neighbour = await person("李阿姨"), await person("陈伯")
    alias = f"stools-{owner.user[1:].partition(':')[0]}"
    settings = replace(settings, groups=(f"#{alias}:{NAME}", f"#nobody-{alias}:{NAME}"))
    async with serving(settings):
        other = await owner.create(settings.user)
        await left(owner, other, settings.user)
        room = await owner.create(neighbour.user, room_alias_name=alias, **anybody_invites())  # later than the bot
        await neighbour.join(room)
        await neighbour.invite(room, settings.user)
        await greeted(owner, room, settings.user)
    async with serving(settings):  # what is known by its alias is known after a restart
        private = await owner.create(settings.user, is_direct=True)
        await owner.say(private, "帮助")
        await until(lambda: owner.screen(private, settings.user))
        assert len(await owner.screen(room, settings.user)) == 1


async def test_the_check_says_of_each_configured_room_whether_the_bot_is_there(
    settings: MatrixSettings, person: NewPerson
):
    owner = await person("李阿姨")
    alias = f"stools-{owner.user[1:].partition(':')[0]}"
    there, away = await owner.create(settings.user, room_alias_name=alias), await owner.create()
    async with serving(settings):
        await greeted(owner, there, settings.user)
    groups = (f"#{alias}:{NAME}", there, away, f"#nobody-{alias}:{NAME}", "#:")
    found = [
        (good, key, facts) for good, key, facts in await check(replace(settings, groups=groups)) if "group" in facts
    ]
    assert [(good, key) for good, key, _ in found] == [
        (True, "check.group"),
        (True, "check.group"),
        (False, "check.not_in_group"),
        (False, "check.no_alias"),
        (False, "check.no_alias"),
    ]
    for lang in LANGUAGES:
        for _, key, facts in found:
            assert facts["group"] in catalogue().text(lang, key, **facts)
