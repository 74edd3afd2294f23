"""Which rooms belong to the community: those that the settings name, and those that somebody known confirms."""

from __future__ import annotations

import asyncio
import contextlib
import json
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
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.manners import Manners
from core.pairing import spaced
from core.words import LANGUAGES
from tests.bot.logged import logged
from tests.keys import KEYS
from tests.matrix.conftest import NewPerson
from tests.matrix.person import Person, until
from tests.matrix.screen import shown
from tests.matrix.synapse import NAME, Synapse

REASON = catalogue().text("zh", "leave.reason")
POST = "发布 巡逻 2036-11-27 19:00-21:00 东门集合 2人"


@pytest.fixture
async def settings(synapse: Synapse, tmp_path: Path) -> MatrixSettings:
    """Of a bot that has logged in."""
    chosen = MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix")
    await login(chosen, "password")
    return chosen


@contextlib.asynccontextmanager
async def serving(settings: MatrixSettings, **more: Any) -> AsyncIterator[App]:
    """The whole bot, until the end."""
    village = App(
        Database(f"sqlite:///{settings.store.parent}/village.db", KEYS),
        [Matrix(settings)],
        WallClock(),
        Described(manners=Manners(quiet=None), groups=[f"matrix:{group}" for group in settings.groups], **more),
    )
    await village.prepare()
    running = asyncio.create_task(village.run())
    try:
        yield village
    finally:
        running.cancel()
        await asyncio.wait([running])
        await village.close()


async def greeted(person: Person, room: str, bot: str) -> None:
    await until(lambda: person.screen(room, bot), lambda seen: any("小板凳" in text for text in seen))


async def left(person: Person, room: str, bot: str) -> None:
    """Wait until the bot has left, which must say why."""

    async def reason() -> str | None:
        happened = [e for e in await person.events(room) if e["type"] == "m.room.member" and e.get("state_key") == bot]
        last = happened[-1]["content"]
        return str(last.get("reason")) if last["membership"] == "leave" else None

    assert await until(reason) == REASON


async def asked(person: Person, private: str, bot: str, about: str) -> str:
    """The question whether a room is ours, as soon as it stands in somebody's private chat: its message."""

    async def look() -> str | None:
        messages = shown(await person.events(private), bot)
        return next((m.id for m in messages if "有人把我拉进了群" in m.text and about in m.text), None)

    return str(await until(look))


async def sees(person: Person, room: str, bot: str, text: str) -> None:
    await until(lambda: person.screen(room, bot), lambda seen: any(text in each for each in seen))


def anybody_invites() -> dict[str, Any]:
    return {"power_level_content_override": {"invite": 0}}


async def test_whoever_invites_the_bot_into_a_room_of_their_own_is_nobody_by_that(
    settings: MatrixSettings, person: NewPerson
):
    yang, stranger = await person("杨老师"), await person("外人")
    bot = settings.user
    async with serving(settings, coordinators=[f"matrix:{yang.user}"]):
        group = await yang.create(bot, stranger.user, name="小区")
        await greeted(yang, group, bot)
        private = await yang.create(bot, is_direct=True)
        await yang.say(private, POST)
        await sees(yang, private, bot, "📣 发布")
        await yang.say(private, "发布")
        await sees(yang, group, bot, "0/2")
        theirs = await stranger.create(bot, name="外人的群")  # they have power level 100 there
        await sees(stranger, theirs, bot, "等协调人私下告诉我")
        own = await stranger.create(bot, is_direct=True)
        for words in ("名单 1", "取消 1", "发布 巡逻 明天 20:00 西门 2人", "活动", "+1"):
            await stranger.say(theirs, words)
            await stranger.say(own, words)
        question = await asked(yang, private, bot, "外人的群")
        await sees(stranger, own, bot, "只为自己小区的邻居服务")
        assert await stranger.screen(own, bot) == ["您好，我是小板凳，只为自己小区的邻居服务。请先加入小区群。"]
        assert len(await stranger.screen(theirs, bot)) == 1
        await yang.react(private, question, "✋")
        await left(stranger, theirs, bot)
        assert len(await stranger.screen(theirs, bot)) == 1
        await sees(yang, group, bot, "0/2")
        assert "已取消" not in "".join(await yang.screen(group, bot))


async def test_a_room_is_ours_once_a_coordinator_says_so_and_its_moderators_coordinate_from_then_on(
    settings: MatrixSettings, person: NewPerson
):
    yang, owner = await person("杨老师"), await person("李阿姨")
    bot = settings.user
    async with serving(settings, coordinators=[f"matrix:{yang.user}"]):
        private = await yang.create(bot, is_direct=True)
        room = await owner.create(bot, name="东区")
        question = await asked(yang, private, bot, "东区")
        own = await owner.create(bot, is_direct=True)
        await owner.say(own, POST)
        await sees(owner, own, bot, "只为自己小区的邻居服务")
        await yang.react(private, question, "🏡")
        await sees(owner, room, bot, "要参加，发“报名”")
        await owner.say(own, POST)
        await sees(owner, own, bot, "📣 发布")


async def test_a_room_that_is_upgraded_while_nobody_has_confirmed_it_is_asked_about_once(
    settings: MatrixSettings, person: NewPerson
):
    yang, owner = await person("杨老师"), await person("李阿姨")
    bot = settings.user
    async with serving(settings, coordinators=[f"matrix:{yang.user}"]):
        private = await yang.create(bot, is_direct=True)
        old = await owner.create(bot, name="东区")
        question = await asked(yang, private, bot, "东区")
        new = (await owner.call("POST", "rooms", old, "upgrade", body={"new_version": "12"}))["replacement_room"]
        await owner.invite(new, bot)

        async def inside() -> bool:
            members = await owner.call("GET", "rooms", new, "joined_members")
            return bot in members["joined"]

        await until(inside)
        await owner.say(new, "+1")
        await yang.react(private, question, "🏡")
        await greeted(owner, new, bot)
        assert sum("有人把我拉进了群" in text for text in await yang.screen(private, bot)) == 0
        own = await owner.create(bot, is_direct=True)
        await owner.say(own, POST)
        await sees(owner, own, bot, "📣 发布")


async def test_the_first_coordinator_types_the_code_and_brings_the_bot_into_the_room(
    settings: MatrixSettings, person: NewPerson
):
    yang = await person("杨老师")
    bot = settings.user
    async with serving(settings) as village:
        code = (await village.pairing_codes()).get("邻里")
        private = await yang.create(bot, is_direct=True)
        await sees(yang, private, bot, "请把电脑上的配对码发给我")
        await yang.say(private, f"配对 {spaced(code)}")
        await sees(yang, private, bot, "您是协调人了")
        room = await yang.create(bot)
        await greeted(yang, room, bot)
        assert await village.pairing_codes() == {}
    async with serving(settings):
        other = await yang.create(bot)
        await greeted(yang, other, bot)


async def test_a_coordinator_by_name_may_bring_the_bot_into_any_room(settings: MatrixSettings, person: NewPerson):
    owner, neighbour = await person("李阿姨"), await person("陈伯")
    room = await owner.create(neighbour.user, **anybody_invites())
    await neighbour.join(room)
    async with serving(settings, coordinators=[f"matrix:{neighbour.user}"]):
        await neighbour.invite(room, settings.user)
        await greeted(owner, room, settings.user)


async def test_a_room_configured_by_its_alias_is_served_whoever_asks_and_any_other_is_not(
    settings: MatrixSettings, person: NewPerson
):
    owner, neighbour = await person("李阿姨"), await person("陈伯")
    alias = f"stools-{owner.user[1:].partition(':')[0]}"
    settings = replace(settings, groups=(f"#{alias}:{NAME}", f"#nobody-{alias}:{NAME}"))
    async with serving(settings):
        other = await owner.create(settings.user)
        await sees(owner, other, settings.user, "等协调人私下告诉我")
        room = await owner.create(neighbour.user, room_alias_name=alias, **anybody_invites())  # later than the bot
        await neighbour.join(room)
        await neighbour.invite(room, settings.user)
        await sees(owner, room, settings.user, "要参加，发“报名”")
    async with serving(settings):  # what is known by its alias is known after a restart
        private = await owner.create(settings.user, is_direct=True)
        await owner.say(private, "帮助")
        await sees(owner, private, settings.user, "报名")
        assert len(await owner.screen(room, settings.user)) == 1
        assert len(await owner.screen(other, settings.user)) == 1


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


async def test_an_invitation_by_somebody_who_may_not_invite_is_refused_and_logged_without_their_name(
    settings: MatrixSettings, person: NewPerson
):
    stranger = await person("外人")
    with logged("info") as stream:
        async with serving(replace(settings, invites_from=("elsewhere.test",))):
            room = await stranger.create(settings.user)

            async def membership() -> str:
                events = await stranger.events(room)
                return [e["content"]["membership"] for e in events if e.get("state_key") == settings.user][-1]

            await until(membership, lambda seen: seen == "leave")
    said = [line for line in map(json.loads, stream.getvalue().splitlines()) if line["from"] == "xiaobandeng.security"]
    refused = "Matrix: an invitation by somebody of a server that is not welcome was refused"
    assert [line["event"] for line in said] == [refused]
    assert not [secret for secret in ("外人", stranger.user, room) if secret in stream.getvalue()]
