"""The first coordinator: whoever privately types what only the operator's console shows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.scene.network import person, private
from core.audit import AuditLine
from core.members import Account, KnownChat, Paired
from core.messages import Opened
from core.pairing import LIFE, TRIES, spaced
from core.seen import FAILED, Seen
from tests.street import GROUP, YANG, Street, street

HOUR = timedelta(hours=1)


@asynccontextmanager
async def new(tmp_path: Path, **facts: Any) -> AsyncIterator[tuple[Street, str]]:
    """A bot that nobody knows yet and that knows nobody, in no group; and the code that its console shows."""
    here = Street(tmp_path, **{"coordinators": [], "groups": []} | facts)
    here.network.outside.add(GROUP.id)
    await here.start()
    code = (await here.app.pairing_codes()).get("邻里")
    assert code is not None
    try:
        yield here, code
    finally:
        await here.die()


async def say(here: Street, who: str, words: str) -> str:
    """What is answered to private words: the newest message of the bot, '' where nothing came."""
    put = len(here.network.screens.put_on(private(person(who))))
    await here.say(who, words, None)
    await here.deliver()
    return "\n".join(shown.text for shown in here.network.screens.put_on(private(person(who)))[put:])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


async def may_post(here: Street, who: str) -> bool:
    return "我这样理解" in await say(here, who, "发布 巡逻 2026-12-27 19:00-21:00 东门集合 2人")


@pytest.mark.parametrize("typed", ["配对 {0}", "{1}", "{0}", "pair {1}", "我的配对码是{1}。", "配对：{0}"])
async def test_whoever_types_the_code_coordinates_and_hears_so(tmp_path: Path, typed: str) -> None:
    async with new(tmp_path) as (here, code):
        assert "请把电脑上的配对码发给我" in await say(here, YANG, "你好")
        assert "您是协调人了" in await say(here, YANG, typed.format(spaced(code), code))
        assert await may_post(here, YANG)
        (deed,) = (deed for deed in here.rows(AuditLine) if deed.verb == "paired")
        assert (deed.by_account, bool(deed.for_member)) == (YANG, True)
        assert await here.app.pairing_codes() == {}, "no second one, now that somebody could confirm"


async def test_a_code_typed_wrong_and_mended_in_place_is_taken(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        said = here.network.said(person(YANG), private(person(YANG)), f"配对 {wrong(code)}")
        await here.tell(said)
        await here.later(seconds=30)
        await here.tell(here.network.rewrote(person(YANG), said.chat, said.message, f"配对 {code}"))
        assert await may_post(here, YANG)


async def test_the_code_is_taken_in_private_only(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await here.tell(here.network.entered(person(YANG), GROUP))
        await here.say(YANG, f"配对 {code}", GROUP)
        await here.deliver()
        assert not await may_post(here, YANG)
        assert "您是协调人了" in await say(here, YANG, f"配对 {code}")


async def test_a_paired_coordinator_is_one_after_a_restart_and_the_settings_do_not_change_that(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await say(here, YANG, f"配对 {code}")
        await here.again()
        assert await may_post(here, YANG)
        await here.die()
        here.facts["coordinators"] = ["scene:别人"]
        await here.start()
        assert await may_post(here, YANG)


async def test_a_used_a_wrong_and_an_expired_code_make_nobody_a_coordinator(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        assert "不对" in await say(here, "外人", f"配对 {wrong(code)}")
        assert "8个数字" in await say(here, "外人", f"配对 {code[:7]}")
        await say(here, YANG, f"配对 {code}")
        await here.later(minutes=10)
        assert "不对" in await say(here, "外人", f"配对 {code}")
        assert not await may_post(here, "外人")
    for late in (LIFE, LIFE + HOUR):
        folder = tmp_path / str(late)
        folder.mkdir()
        async with new(folder) as (here, code):
            await here.at(here.clock.moment + late)
            assert "不对" in await say(here, YANG, f"配对 {code}")
            assert not await may_post(here, YANG)


async def test_of_two_who_type_the_code_at_once_one_is_paired(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await asyncio.gather(*(here.say(who, f"配对 {code}", None) for who in (YANG, "外人")))
        await here.deliver()
        assert len(here.rows(Paired)) == 1


async def test_guessing_is_slow_and_comes_to_an_end(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        assert "不对" in await say(here, "外人", f"配对 {wrong(code)}")
        assert "等一会儿" in await say(here, "外人", f"配对 {code}")
        for _ in range(TRIES):
            await here.later(hours=1)
            await say(here, "外人", f"配对 {wrong(code)}")
        await here.later(hours=1)
        assert "不对" in await say(here, "外人", f"配对 {code}")
        assert here.rows(Paired) == []
        assert "您是协调人了" in await say(here, YANG, f"配对 {code}"), (
            "whoever has the code is not locked out by others"
        )


async def test_a_hundred_guesses_in_a_second_are_not_a_hundred_answers(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        for n in range(100):
            await here.say("外人", f"配对 {n:08d}", None)
        await here.deliver()
        assert len(here.texts("外人")) <= 3
        assert [row for row in here.rows(Seen) if row.outcome == FAILED] == []
        assert "您是协调人了" in await say(here, YANG, f"配对 {code}")


async def test_a_number_of_eight_digits_is_just_a_number_while_no_code_is_waited_for(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        assert "没看懂" in await say(here, "陈伯", "62345678")
        assert "没看懂" in await say(here, YANG, "62345678")
        assert "不对" in await say(here, "陈伯", "配对 62345678")
        assert "已经是协调人" in await say(here, YANG, "配对 62345678")


async def test_no_code_is_made_where_somebody_is_known(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        assert await here.app.pairing_codes() == {}
    folder = tmp_path / "ranked"
    folder.mkdir()
    async with street(folder, "陈伯", posted="", coordinators=[]) as here:
        assert await here.app.pairing_codes() != {}
        await here.tell(here.network.ranked(person("陈伯"), GROUP, administrator=True))
        assert await here.app.pairing_codes() == {}


async def test_the_groups_that_wait_are_asked_about_when_the_first_coordinator_is_known(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await here.tell(here.network.entered(person("陈伯"), GROUP))
        await here.deliver()
        await here.again()
        assert "有人把我拉进了群" in await say(here, YANG, f"配对 {code}")
        await here.press(YANG, "是我们的群")
        await here.deliver()
        assert next(row for row in here.rows(KnownChat) if not row.private).bound == "confirmed"


async def test_nobody_may_pair_in_somebody_elses_name(tmp_path: Path) -> None:
    """The account that typed is the one that coordinates; names are nothing."""
    async with new(tmp_path) as (here, code):
        await here.say(f"{YANG}#2", f"配对 {code}", None)
        assert not await may_post(here, YANG)
        assert await may_post(here, f"{YANG}#2")


async def test_opening_the_chat_with_the_code_in_a_link_is_not_typing_it(tmp_path: Path) -> None:
    async with new(tmp_path) as (here, code):
        await here.tell(Opened("o", private(person(YANG)), person(YANG), code))
        assert here.rows(Paired) == []


async def test_neither_a_code_nor_a_name_reaches_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with new(tmp_path) as (here, code):
        for typed in (f"配对 {wrong(code)}", f"配对 {spaced(wrong(code))}", f"配对 {code[:5]}"):
            await say(here, "外人", typed)
            await here.later(hours=1)
        await say(here, YANG, f"配对 {spaced(code)}")
        said = "".join(str(record.__dict__) for record in caplog.records)
        assert "pairing refused" in said
        assert "'msg': 'paired'" in said
        for secret in (code, spaced(code), wrong(code), spaced(wrong(code)), YANG, "外人"):
            assert secret not in said
        kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert code.encode() not in kept
        assert spaced(code).encode() not in kept
        assert {row.id for row in here.rows(Account)} == {YANG}
