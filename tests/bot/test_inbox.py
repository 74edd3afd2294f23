"""The inbox: an event is done once, answered the same, and never confirmed before it is on the disk."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from adapters.scene.network import person, private
from core.claims import Claim
from core.messages import Edited, Garbled, Said
from core.seen import FAILED, Seen
from core.talk import deciding, hearing
from core.turn import Turn
from tests.street import GROUP, PATROL, YANG, Street, street

FULL = """
import asyncio, resource, signal, sys
from pathlib import Path
from adapters.scene.network import person
from tests.street import GROUP, Street
from core.messages import Said

async def main():
    here = Street(Path(sys.argv[1]))
    await here.start()
    room = int(sys.argv[2])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = max(file.stat().st_size for file in Path(sys.argv[1]).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
    for n in range(12):
        event = Said(f"e{n}", GROUP, person(f"邻居{n}"), "报名", f"m{n}")
        try:
            await here.app.receive(here.network, event)
        except Exception as error:
            print("refused", n, type(error).__name__, flush=True)
        else:
            print("accepted", n, flush=True)

asyncio.run(main())
"""


async def test_the_same_event_twice_is_done_once_and_answered_the_same(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        first = await here.tell(event)
        state = here.state()
        assert await here.tell(event) == first
        assert first.toast
        assert here.state() == state
        await here.again()
        assert await here.tell(event) == first, "after a restart too"
        assert here.state() == state


async def test_an_event_that_came_in_twice_at_once_is_done_once(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        answers = await asyncio.gather(*(here.tell(event) for _ in range(5)))
        assert len(set(answers)) == 1
        assert len(here.rows(Claim)) == 1


async def test_an_event_that_raises_is_recorded_answered_kindly_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        hear = hearing.hear

        def broken(turn: Turn, said: Said) -> None:
            if said.text == "毒":
                hear(turn, Said("x", said.chat, said.person, "报名", "x"))
                raise ZeroDivisionError("a defect of ours")
            hear(turn, said)

        monkeypatch.setattr("core.take_in.hear", broken)
        event = here.network.said(person("陈伯"), private(person("陈伯")), "毒")
        first = await here.tell(event)
        assert await here.tell(event) == first
        (row,) = (row for row in here.rows(Seen) if row.outcome == FAILED)
        assert row.event == event.event
        assert here.rows(Claim) == [], "what it did before it failed is taken back"
        await here.say("李阿姨", "报名")
        await here.deliver()
        assert here.promised() == {"李阿姨": "claimed"}
        kind = [text for text in here.texts("陈伯") if "ZeroDivision" not in text]
        assert len(kind) == 1
        assert "对不起" in kind[0]


async def test_words_that_no_database_can_store_stop_nobody(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        for text in (
            "a\ud83db",
            "a\x00b",
            "发布 巡逻 a\ud83d",
            "报名 \ude00",
            "我叫 \ud83d",
            "9" * 5000,
            "报名 " + "9" * 30,
        ):
            await here.say("陈伯", text)
            await here.say("陈伯", text, None)
            await here.say("杨老师", text, None)
        await here.say("陈伯", "报名")
        await here.deliver()
        assert here.promised()["陈伯"] == "claimed"
        assert [row.event for row in here.rows(Seen) if row.outcome == FAILED] == []


async def test_names_that_no_database_can_store_stop_nobody(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        for n, name in enumerate(("\ud83d", "a\x00b", "", "\u202e", "e" + "\u0301" * 500, "字" * 5000)):
            await here.tell(Said(f"odd{n}", GROUP, person(f"p{n}").__class__("scene", f"p{n}", name), "报名", f"m{n}"))
        await here.deliver()
        assert len(here.rows(Claim)) == 6
        assert [row.event for row in here.rows(Seen) if row.outcome == FAILED] == []


async def test_a_lock_is_waited_for_and_what_could_not_be_stored_is_not_recorded_but_tried_again(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯") as here:
        with here.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")  # this connection goes back to the pool
        event = here.pressed("陈伯", "我来")
        other = sqlite3.connect(here.url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            await here.tell(event)
        other.execute("ROLLBACK")
        other.close()
        assert event.event not in {row.event for row in here.rows(Seen)}
        assert (await here.tell(event)).toast
        assert here.promised() == {"陈伯": "claimed"}


async def test_an_edit_of_words_that_failed_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with street(tmp_path, "陈伯") as here:
        do = deciding.do
        monkeypatch.setattr("core.talk.hearing.do", lambda *a: 1 // 0)
        said = here.network.said(person("陈伯"), GROUP, "报名")
        await here.tell(said)
        monkeypatch.setattr("core.talk.hearing.do", do)
        await here.tell(Edited("edit", GROUP, person("陈伯"), "报名", said.message))
        assert here.promised() == {"陈伯": "claimed"}


async def test_every_kind_of_event_from_everywhere_is_taken_in(tmp_path: Path) -> None:
    """Known and unknown people, in groups that are ours and groups that are not: nothing fails, nothing leaks."""
    async with street(tmp_path, "陈伯") as here:
        scene = here.network
        strange = type(GROUP)("scene", "group/foreign", False, "外面")
        for n, who in enumerate((person("陈伯"), person("生人"), person("杨老师"))):
            for chat in (GROUP, strange, private(who)):
                events = [
                    scene.said(who, chat, "你好"), scene.rewrote(who, chat, f"{n}", "报名"),
                    scene.withdrew(who, chat, "1"),
                    scene.pressed(who, chat, "1", action="zz.join"), scene.pressed(who, chat, "1", emoji="👍"),
                    scene.pressed(who, chat, "1", action="\ud83d.join"), scene.pressed(who, chat, "", action=""),
                    scene.joined(who, chat), scene.ranked(who, chat, administrator=False), scene.left(who, chat),
                    Garbled(scene.screens.id(), chat, who),
                ]  # fmt: skip
                for event in events:
                    await here.tell(event)
        await here.deliver()
        assert [row.event for row in here.rows(Seen) if row.outcome == FAILED] == []
        (greeting,) = here.network.screens.put_on(strange)
        assert greeting.text.startswith("大家好，我是小板凳。")


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("room", [0, 60_000])
async def test_when_the_disk_is_full_nobody_is_told_that_it_is_done(tmp_path: Path, room: int) -> None:
    here = Street(tmp_path)
    await here.start()
    await here.meet("杨老师", *(f"邻居{n}" for n in range(12)))
    await here.post(PATROL.replace("2人", "50人"))
    await here.die()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        FULL,
        str(tmp_path),
        str(room),
        stdout=PIPE,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    out, _ = await child.communicate()
    lines = [line.split() for line in out.decode().splitlines()]
    accepted = {f"邻居{line[1]}" for line in lines if line[0] == "accepted"}
    refused = {f"邻居{line[1]}" for line in lines if line[0] == "refused"}
    assert len(accepted) + len(refused) == 12
    assert refused
    await here.start()  # there is room again
    assert set(here.promised()) == accepted
    check = sqlite3.connect(here.url.removeprefix("sqlite:///"))
    assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()
    for n in range(12):
        await here.tell(Said(f"e{n}", GROUP, person(f"邻居{n}"), "报名", f"m{n}"))
    await here.deliver()
    assert len(here.promised()) == 12
    assert "12/50" in here.rosters()[0]
    await here.die()


async def test_words_too_long_to_be_read_are_answered_kindly_and_only_where_they_were_meant_for_the_bot(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, "陈伯") as here:
        lines = "\n".join(f"{n}. 邻居{n}号" for n in range(1, 301))
        for words in ("+1" * 3_001, "报名" + "！" * 6_000, f"#接龙\n巡逻 #1\n\n{lines}"):
            before, group = here.texts("陈伯"), here.texts()
            await here.say("陈伯", words)
            await here.deliver()
            assert (here.texts("陈伯"), here.texts()) == (before, group)
            await here.say("陈伯", words, None)
            await here.deliver()
            assert "太长" in here.texts("陈伯")[-1]
            assert here.texts() == group


async def test_a_chain_of_150_neighbours_with_a_note_each_is_read(tmp_path: Path) -> None:
    async with street(tmp_path, posted="发布 巡逻 2026-11-27 19:00-21:00 东门集合 200人") as here:
        chance = random.Random(1)
        given = "秀英桂兰建国志明玉珍小红海燕文华美丽国强春花宝根"
        people = {
            chance.choice("王李张刘陈赵黄周吴徐孙胡朱高林何郭马罗") + "".join(chance.sample(given, 2))
            for _ in range(150)
        }
        words = "\n".join(f"{n}. {name} 会准时到，自己带手电" for n, name in enumerate(sorted(people), 1))
        await here.say(YANG, f"#接龙\n巡逻 #1\n\n{words}")
        await here.deliver()
        assert len(here.rows(Claim)) > 100
