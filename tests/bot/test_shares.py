"""Shares: one who takes too much waits, and nobody else does; nothing urgent and nothing said once is held back."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.event import listen, remove
from sqlalchemy.exc import OperationalError

from adapters.scene.network import person, private
from bot import shares as shared
from bot.complaints import ConfigError
from bot.config import load
from bot.shares import REMEMBERED, SHORT, Share, Shares, Taker
from core.manners import Manners
from core.messages import Arranged, Chat, Said
from core.seen import Seen
from tests.street import GROUP, MONDAY, YANG, Street, street

SLOWLY = "发得太快了"
CHEN, LI = "陈伯", "李阿姨"
FEW = Manners(share=10, chat_share=60)


def told(here: Street, name: str) -> int:
    return sum(SLOWLY in shown.text for shown in here.network.screens.put_on(private(person(name))))


async def storm(here: Street, name: str, count: int, words: str = "今天天气真好") -> None:
    for _ in range(count):
        await here.say(name, words)


async def test_who_sends_more_than_their_share_is_told_once_a_minute_and_served_again_later(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, LI, manners=FEW) as here:
        await storm(here, CHEN, 50)
        await here.deliver()
        assert told(here, CHEN) == 1
        assert not any(SLOWLY in text for text in here.texts())
        assert sum(row.chat == GROUP.id for row in here.rows(Seen)) < 30
        await here.say(LI, "报名")
        assert here.promised() == {LI: "claimed"}
        await here.later(seconds=61)
        await here.say(CHEN, "报名")
        assert here.promised() == {LI: "claimed", CHEN: "claimed"}
        await storm(here, CHEN, 50)
        await here.deliver()
        assert told(here, CHEN) == 2


async def test_a_claim_that_is_said_once_and_a_cancel_are_heard_even_then(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, manners=FEW) as here:
        await storm(here, CHEN, 40)
        await here.say(CHEN, "报名")
        assert here.promised() == {CHEN: "claimed"}
        await storm(here, YANG, 40, "大家快来")
        for n in range(4):
            await storm(here, YANG, 1, f"还有{n}个名额")
        await here.say(YANG, "取消 1", None)
        await here.deliver()
        await here.press(YANG, "确认")
        await here.deliver()
        assert "取消" in here.rosters()[0]


async def test_a_cancel_is_heard_of_who_has_said_all_sorts_of_things(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, manners=FEW) as here:
        for n in range(100):
            await here.say(YANG, f"第{n}句话")
        await here.say(YANG, "取消 1", None)
        await here.deliver()
        assert any("确认" in str(shown.message) for shown in here.shown(YANG))


async def test_thirty_people_at_once_are_all_served_at_once(tmp_path: Path) -> None:
    names = [f"{family}师傅" for family in "王李张刘陈赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程"]
    posted = "发布 巡逻 2026-11-27 19:00-21:00 东门集合 30人"
    async with street(tmp_path, *names, posted=posted, manners=FEW) as here:
        events = [here.network.said(person(name), GROUP, "+1") for name in names]
        await asyncio.gather(*(here.tell(event) for event in events))
        assert len(here.promised()) == 30


async def test_in_a_group_that_others_fill_who_says_little_is_heard(tmp_path: Path) -> None:
    noisy = [f"{family}大爷" for family in "王李张刘赵黄周吴"]
    async with street(tmp_path, CHEN, *noisy, manners=FEW) as here:
        for n in range(20):
            for name in noisy:
                await here.say(name, f"说说闲话{n}")
        await here.say(CHEN, "报名")
        assert here.promised() == {CHEN: "claimed"}


async def test_a_roster_that_is_asked_for_156_times_comes_a_few_times(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, LI) as here:
        before = len(here.network.screens.put_on(GROUP))
        for n in range(156):
            await here.say((CHEN, LI)[n % 2], "名单")
            await here.deliver()
        assert len(here.network.screens.put_on(GROUP)) - before <= 3
        await here.later(seconds=61)
        await here.say(CHEN, "名单")
        await here.deliver()
        assert len(here.network.screens.put_on(GROUP)) - before <= 4
        assert len(here.rosters()) == 1


async def test_one_who_goes_to_and_fro_in_the_last_hour_sends_a_few_messages_to_others(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, *(waiting := [f"{family}阿姨" for family in "李张刘赵黄周吴徐孙胡"])) as here:
        await here.say(CHEN, "报名")
        await here.say("张阿姨", "报名")
        for name in waiting:
            await here.say(name, "报名")
        await here.at(here.clock.moment.replace(day=27, hour=10, minute=20))
        before = Counter({name: len(here.network.screens.put_on(private(person(name)))) for name in waiting})
        for n in range(110):
            await here.press(CHEN, "退出" if n % 2 == 0 else "我来", "东门")
            here.clock.moment += timedelta(seconds=1)
            await here.deliver()
        after = Counter({name: len(here.network.screens.put_on(private(person(name)))) for name in waiting})
        assert max((after - before).values()) <= 2


async def test_a_press_too_many_is_answered_over_the_button(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, manners=FEW) as here:
        answers = [await here.press(CHEN, "我来") for _ in range(30)]
        assert not answers[0].alert
        assert SLOWLY in answers[-1].toast
        assert here.promised() == {CHEN: "claimed"}


async def test_long_messages_weigh_more(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, manners=FEW) as here:
        chance = random.Random(1)
        for _ in range(10):
            await here.say(CHEN, "".join(chance.choice("春夏秋冬花草树木") for _letter in range(1_500)))
        assert sum(row.chat == GROUP.id for row in here.rows(Seen)) < 10


async def test_what_could_not_be_stored_weighs_once_however_often_it_is_handed_over(tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    async with street(tmp_path, CHEN, manners=FEW) as here:
        said = here.network.said(person(CHEN), GROUP, "春夏秋冬花草树木" * 100)
        listen(here.database.engine, "commit", full)
        for _ in range(30):
            with pytest.raises(OperationalError):
                await here.app.receive(here.network, said)
        remove(here.database.engine, "commit", full)
        await here.app.receive(here.network, said)
        assert said.event in [row.event for row in here.rows(Seen)]
        await here.deliver()
        assert told(here, CHEN) == 0


async def test_who_speaks_again_stands_behind_themselves(tmp_path: Path) -> None:
    async with street(tmp_path, CHEN, LI) as here:
        done: list[str] = []

        async def tell(event: Said) -> None:
            await here.tell(event)
            done.append(event.person.id)

        many = [here.network.said(person(CHEN), GROUP, f"说说闲话{n}") for n in range(20)]
        one = here.network.said(person(LI), GROUP, "报名")
        await asyncio.gather(*(tell(event) for event in [*many, one]))
        assert done.index(LI) <= 2
        assert done.count(CHEN) == 20


@pytest.mark.parametrize("said", ["share = 5", "chat_share = 1", "share = 'much'"])
def test_settings_that_would_shut_everybody_out_are_refused(tmp_path: Path, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[manners]\n{said}\n")
    with pytest.raises(ConfigError, match="a whole number"):
        load(path, {})


# ------------------------------------------------------------ by the numbers


def shares(share: int, chat_share: int) -> Shares:
    heres: Any = SimpleNamespace(names=lambda _: SimpleNamespace(manners=Manners(share=share, chat_share=chat_share)))
    return Shares(heres)


def long(n: int, name: str = CHEN, where: Chat = GROUP) -> Said:
    """Words that no reserve is for, and that weigh one."""
    return Said(f"e{n}", where, person(name), f"{n} ".ljust(SHORT + 1, "长"), f"m{n}")


def test_into_a_chat_that_others_used_up_somebody_may_still_send_five_messages() -> None:
    made = shares(share=1_000, chat_share=3)
    assert [made.serves(long(n, LI), MONDAY) for n in range(3)] == [True] * 3
    assert [made.serves(long(n), MONDAY) for n in range(20)] == [True] * shared.FEW + [False] * (20 - shared.FEW)
    assert shared.FEW == 5


def test_of_many_sentences_the_oldest_are_forgotten_and_who_was_away_for_a_minute_is_too() -> None:
    whole = Share(1, 1, MONDAY)
    taker = Taker(whole, whole, whole, whole)
    for n in range(REMEMBERED):
        assert taker.says_anew(f"{n}", MONDAY)
    assert not taker.says_anew("0", MONDAY), "as many are known again"
    taker.says_anew("one more", MONDAY)
    taker.says_anew("and one", MONDAY)
    assert len(taker.said) < REMEMBERED


def test_when_too_many_are_remembered_those_are_forgotten_who_have_their_share_again() -> None:
    made, minute = shares(10, 10), timedelta(minutes=1)
    for n in range(shared.MOST // 2 + 1):
        made.serves(long(n, f"{n}", private(person(f"{n}"))), MONDAY)
    made.serves(long(1, "late", private(person("late"))), MONDAY + timedelta(seconds=1))
    made.serves(long(2, "now", private(person("now"))), MONDAY + minute)
    for kept in (made._people, made._chats):
        assert [id for _, id in kept] == [id for _, id in kept if "late" in id or "now" in id]
        assert len(kept) == 2


def test_what_is_done_on_a_page_can_be_done_again_there_and_is_never_urgent() -> None:
    assert not shares(10, 10)._urgent(Arranged("e", private(person(YANG)), person(YANG), "cancel", 1, {}))
