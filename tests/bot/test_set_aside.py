"""An event that no process lives through: tried twice, then set aside, and the village is served again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from adapters.scene.network import person, private
from bot import slate as slates
from core import attempts
from core.attempts import AGAIN, ASIDE, Attempt
from core.claims import Claim
from core.db import Database
from core.messages import Event
from core.seen import Seen
from tests.adapters.place import until
from tests.bot.commands import called
from tests.bot.lives import App, born
from tests.keys import KEYS
from tests.migrating import bring
from tests.street import GROUP, Street, street

STALLING = """
import core.features
from tests.features.stalling import FEATURE
core.features.FEATURES = (*core.features.FEATURES, FEATURE)
import bot.stalls
bot.stalls.FROZEN = bot.stalls.WORK = {seconds}
"""
SORRY = "处理不了"
ours = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def chalked(folder: Path) -> Callable[[], bool]:
    """Whether an event is being taken in for so long that it can be seen."""
    file = folder / "xiaobandeng.db.slate"
    return lambda: file.read_bytes().startswith(b"[")


async def say_and_be_cut_off(here: App, words: str) -> None:
    with pytest.raises((aiohttp.ClientError, AssertionError, KeyError)):
        await here.browsers["yang"].say("private-yang", words)


async def served(here: App) -> None:
    """Those before it and those behind it have their places, and who sent it has read a kind word."""
    await until(lambda: here.live() == {"li", "chen"})

    async def told() -> bool:
        page = await here.browsers["yang"].look("/chat/private-yang")
        return [SORRY in message.words for message in page.chats["private-yang"]].count(True) == 1

    await until(told)
    await here.browsers["wang-bo"].say("group", "报名")
    await until(lambda: here.live() == {"li", "chen", "wang-bo"})


def behind(here: App) -> None:
    """陈伯 has said his word too, and the bot was not there: it stands in the letterbox behind the other."""
    here.do(
        "INSERT INTO web_event (kind, chat, person, message, text, confided, action, happened_at, toast, alert) "
        "SELECT kind, chat, 'chen', message, '报名', '', '', happened_at, '', 0 FROM web_event "
        "WHERE kind = 'said' AND person = 'li'"
    )


@ours
@pytest.mark.parametrize("words", ["读死 freeze", "读死 spin"])
async def test_a_message_that_stalls_the_process_twice_is_set_aside_and_all_others_are_served(
    tmp_path: Path, words: str
) -> None:
    """The whole interpreter stands still, or one thread of it goes round for ever: the process ends by itself."""
    lives, port = await born(tmp_path, STALLING.format(seconds=1.0))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        here = App(session, f"http://127.0.0.1:{port}", tmp_path / "xiaobandeng.db")
        await lives.begin()
        await here.post()
        await here.speak("li")
        await say_and_be_cut_off(here, words)
        await lives.dead()
        behind(here)
        await lives.begin_to_end()
        await lives.begin()
        await served(here)
        await lives.kill(signal.SIGTERM)
    await lives.end()
    assert here.ask("SELECT attempts, state, sort, private FROM attempt") == [(2, ASIDE, "said", 1)]
    assert here.ask("SELECT count(*) FROM attempt WHERE words LIKE '%读死%'") == [(0,)]
    listed = called(tmp_path, "events")
    assert "web  发言  私聊  试了2次" in listed.output
    assert "读死" not in listed.output
    assert called(tmp_path, "events", "--drop", "1").exit_code == 0
    assert "没有搁下" in called(tmp_path, "events").output


@ours
async def test_a_process_that_is_killed_or_asked_to_end_at_an_event_has_tried_it(tmp_path: Path) -> None:
    lives, port = await born(tmp_path, STALLING.format(seconds=1000.0))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        here = App(session, f"http://127.0.0.1:{port}", tmp_path / "xiaobandeng.db")
        await lives.begin()
        await here.post()
        await here.speak("li")
        said = asyncio.create_task(say_and_be_cut_off(here, "读死 spin"))
        await until(chalked(tmp_path))
        await lives.kill(signal.SIGTERM)
        await said
        behind(here)
        await lives.begin()
        await until(chalked(tmp_path))
        await lives.kill(signal.SIGKILL)
        await lives.begin()
        await served(here)
        await lives.kill(signal.SIGTERM)
    await lives.end()


# ------------------------------------------------------------ within one process


def stopped_at(here: Street, event: Event, times: int = 2) -> None:
    """So many processes ended while they took this event in."""
    for n in range(times):
        with here.database.writing() as session:
            attempts.count(session, here.network.bot, event.event, f"life{n}", here.clock.moment)


async def test_what_is_still_on_the_slate_is_counted_once_at_the_next_start(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        for expected in (1, 2):
            await here.die()
            slate = slates.Slate(slates.beside(here.database), slates.Stalls())
            slate.read()
            try:
                with slate.at(here.network.bot, event.event):
                    line = (tmp_path / "street.db.slate").read_bytes()
            finally:
                slate.close()
            (tmp_path / "street.db.slate").write_bytes(line)
            await here.start()
            await here.again()
            assert [row.attempts for row in here.rows(Attempt)] == [expected]


def test_two_processes_of_one_machine_have_a_slate_each(tmp_path: Path) -> None:
    one, other = (slates.Slate(tmp_path / "xiaobandeng.slate", slates.Stalls()) for _ in range(2))
    assert one.read() is None
    with one.at("bot", "e1"):
        assert other.read() is None
        other.wipe()
        heir = slates.Slate(tmp_path / "xiaobandeng.slate", slates.Stalls())
        one.close()
        left = heir.read()
    assert left is not None
    assert left.event == "e1"
    other.close()
    heir.close()


async def test_an_event_that_was_tried_once_is_taken_in_and_no_longer_counted(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event, 1)
        await here.again()
        await here.tell(event)
        assert here.promised() == {"陈伯": "claimed"}
        assert here.rows(Attempt) == []


async def test_who_spoke_in_the_group_is_told_privately_and_the_group_reads_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event)
        await here.again()
        before = here.texts()
        first = await here.tell(event)
        assert await here.tell(event) == first
        await here.deliver()
        assert [SORRY in text for text in here.texts("陈伯")].count(True) == 1
        assert here.texts() == before
        assert here.promised() == {}
        assert [row.outcome for row in here.rows(Seen) if row.event == event.event] == ["aside"]
        await here.say("李阿姨", "报名")
        assert here.promised() == {"李阿姨": "claimed"}


async def test_who_has_no_private_chat_is_told_in_one_line_of_the_group(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.meet("陈伯", reachable=False)
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event)
        await here.again()
        await here.tell(event)
        await here.deliver()
        assert [SORRY in text for text in here.texts()].count(True) == 1


async def test_a_press_is_answered_where_it_was_made(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        stopped_at(here, event)
        await here.again()
        answer = await here.tell(event)
        assert SORRY in answer.toast
        assert answer.alert


async def test_when_even_that_is_too_much_it_is_done_without_a_word(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), private(person("陈伯")), "报名")
        stopped_at(here, event, 3)
        await here.again()
        await here.tell(event)
        await here.deliver()
        assert not any(SORRY in text for text in here.texts("陈伯"))
        assert here.promised() == {}


async def test_what_was_taken_in_just_before_the_process_ended_is_answered_as_it_was(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        answer = await here.tell(event)
        stopped_at(here, event)
        await here.again()
        assert await here.tell(event) == answer
        assert here.promised() == {"陈伯": "claimed"}
        assert here.rows(Attempt) == []


async def test_the_operator_lets_it_be_tried_once_more(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event)
        await here.again()
        await here.tell(event)
        await here.deliver()
        await here.app.try_again()
        assert here.promised() == {}, "not by itself"
        want(here)
        await here.app.try_again()
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed"}
        assert here.rows(Attempt) == []
        await here.app.try_again()
        await here.tell(event)
        assert len(here.rows(Claim)) == 1


async def test_what_ends_the_process_when_tried_by_hand_is_aside_again(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event)
        await here.again()
        await here.tell(event)
        want(here)
        stopped_at(here, event, 3)
        await here.again()
        await here.app.try_again()
        assert [row.state for row in here.rows(Attempt)] == [ASIDE]
        assert here.promised() == {}


async def test_what_is_tried_by_hand_and_raises_is_recorded_as_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.network.said(person("陈伯"), GROUP, "报名")
        stopped_at(here, event)
        await here.again()
        await here.tell(event)
        want(here)
        monkeypatch.setattr("core.talk.hearing.do", lambda *a: 1 // 0)
        await here.app.try_again()
        assert [row.outcome for row in here.rows(Seen) if row.event == event.event] == ["failed"]
        assert here.rows(Attempt) == []


def want(here: Street) -> None:
    with here.database.writing() as session:
        row = session.exec(select(Attempt)).one()
        row.state = AGAIN
        session.add(row)


async def test_every_sort_of_event_is_kept_and_comes_back_the_same(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        scene, who = here.network, person("陈伯")
        events = [
            scene.said(who, GROUP, "报名"), scene.rewrote(who, GROUP, "1", "报名"), scene.withdrew(who, GROUP, "1"),
            here.pressed("陈伯", "我来"), scene.joined(who, GROUP), scene.left(who, GROUP), scene.opened(who),
            scene.ranked(who, GROUP, administrator=True),
        ]  # fmt: skip
        for event in events:
            stopped_at(here, event)
        await here.again()
        for event in events:
            await here.tell(event)
        rows = {row.event: attempts.event_of(row) for row in here.rows(Attempt)}
        assert [rows[event.event] for event in events] == events


async def test_a_database_of_the_version_before_goes_on(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.die()
        bring(here.url, "0013", back=True)
        old = Database(here.url, KEYS)
        assert old.schema() == "0013"
        old.close()
        await here.start()
        await here.say("陈伯", "报名")
        assert here.promised() == {"陈伯": "claimed"}
