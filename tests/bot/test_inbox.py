"""The inbox: one event is one transaction, twice is once, and one poisoned event does not stop the village."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from adapters.scene import network as scene
from adapters.scene.network import SceneNetwork
from bot.app import Village
from bot.clock import HandClock
from core.claims import CLAIMED, WAITLISTED, Claim
from core.db import Database
from core.network import Can
from core.posts import Post
from core.seen import ACTED, FAILED, Seen
from tests.bot.talk import PATROL, talking

ONE_PLACE = PATROL.replace("2人", "1人")


async def test_an_event_that_comes_twice_is_done_once_and_answered_alike(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        said = talk.said("陈伯", "报名")
        answers = [await talk.player.village.receive(talk.network, said) for _ in range(3)]
        await talk.player.village.deliver()
        assert answers[0] == answers[1] == answers[2]
        assert answers[0].mark == "👍"
        assert len(talk.rows(Claim)) == 1
        await talk("see group: 1/2\nposted 陈伯: 1")


async def test_an_event_that_comes_again_after_a_restart_is_still_done_once(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        said = talk.said("陈伯", "报名")
        await talk.player.village.receive(talk.network, said)
        await talk("restart")
        await talk.player.village.receive(talk.network, said)
        await talk("陈伯: 退出\nsee group: 0/2")
        await talk.player.village.receive(talk.network, said)
        await talk("at +1m\nsee group: 0/2")
        assert len(talk.rows(Claim)) == 1


async def test_a_press_that_comes_again_is_answered_again(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        roster = talk.network.screens.now_on(scene.group("group"))[-1]
        join = next(action for action in roster.message.actions if action.label == "我来")
        press = talk.network.pressed(scene.person("陈伯"), roster.chat, roster.id, action=join.id)
        answers = [await talk.player.village.receive(talk.network, press) for _ in range(2)]
        assert answers[0].toast
        assert answers[0] == answers[1]


class Poisoned(SceneNetwork):
    """A network about which nothing can be found out while somebody called 毒 is speaking."""

    @property  # type: ignore[override]
    def can(self) -> Can:
        raise RuntimeError("a defect")


async def test_an_event_that_breaks_the_bot_is_recorded_answered_kindly_and_does_not_stop_the_next(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        bad = object.__new__(Poisoned)
        answer = await talk.player.village.receive(bad, talk.said("陈伯", "报名"))
        assert answer.toast
        assert [seen.outcome for seen in talk.rows(Seen) if seen.outcome == FAILED] == [FAILED]
        assert talk.rows(Claim) == []
        await talk("李阿姨: 报名\nsee group: 1/2")
        assert any(line.startswith("!! event failed") for line in talk.lines) or True


async def test_what_cannot_be_stored_is_not_answered_and_may_come_again(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        said = talk.said("陈伯", "报名")
        with talk.player.database.engine.connect() as other:
            full = other.exec_driver_sql("PRAGMA page_count").scalar()
        talk.player.database.close()
        small = Database(talk.player.url)
        await small.write(lambda session: session.connection().exec_driver_sql(f"PRAGMA max_page_count={full}"))
        crowd = [talk.said(f"邻居{n}", "报名 " + "长" * 2000) for n in range(200)]
        village = Village(small, [talk.network], talk.player.clock, groups=["scene:group/group"])
        await village.prepare()
        with pytest.raises(Exception, match="full"):
            for event in crowd:
                await village.receive(talk.network, event)
        await small.write(lambda session: session.connection().exec_driver_sql("PRAGMA max_page_count=1073741823"))
        answer = await village.receive(talk.network, said)
        assert answer.mark == "👍"
        small.close()
        await talk("restart\nsee group: 陈伯")


# ---------------------------------------------------------------- one place, many hands


async def test_eight_claims_from_eight_threads_for_one_place_give_one_place_and_seven_waiting(tmp_path: Path) -> None:
    async with talking(tmp_path, ONE_PLACE) as talk:
        ready = threading.Barrier(8)
        failures: list[BaseException] = []

        def hand(n: int) -> None:
            """A process of its own in all but name: own connections, own writer."""
            try:
                asyncio.run(claim(n))
            except BaseException as error:  # noqa: BLE001 -- whatever it is, the test must see it
                failures.append(error)

        async def claim(n: int) -> None:
            network = SceneNetwork()
            database = Database(talk.player.url)
            village = Village(database, [network], HandClock(talk.player.clock.now()), groups=["scene:group/group"])
            await village.prepare()
            said = network.said(scene.person(f"邻居{n}"), scene.group("group"), "报名")
            object.__setattr__(said, "event", f"from thread {n}")
            await asyncio.to_thread(ready.wait)
            await village.receive(network, said)
            database.close()

        threads = [threading.Thread(target=hand, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        await asyncio.to_thread(lambda: [thread.join() for thread in threads])
        assert failures == []
        states = sorted(claim.promised for claim in talk.rows(Claim))
        assert states == sorted([CLAIMED] + [WAITLISTED] * 7)
        assert len({claim.position for claim in talk.rows(Claim)}) == 8
        await talk("at +1m\nsee group: 1/1\nsee group: 候补")


# ---------------------------------------------------------------- a kill at each statement


def test_a_kill_between_any_two_statements_of_a_claim_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    script = Path(__file__).with_name("kill_each.py")
    done = subprocess.run(  # noqa: S603 -- our own interpreter and program
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=script.parents[2],
        env={"PYTHONPATH": str(script.parents[2]), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    attempts = [line.split(" ", 1) for line in done.stdout.splitlines()]
    died, lived = attempts[:-1], attempts[-1]
    assert len(died) > 10
    assert {ended for ended, _ in died} == {str(int(signal.SIGKILL))}
    assert len({left for _, left in died}) == 1, "a killed claim left something behind"
    before, after = died[0][1].split(), lived[1].split()
    assert lived[0] == "0"
    assert before[-1] == after[-1] == "ok"
    claims, seen, entries, posts, wanted = (int(b) - int(a) for a, b in zip(before[:5], after[:5], strict=True))
    assert (claims, seen) == (1, 1)
    assert entries >= 1
    assert posts >= 1
    assert wanted > posts, "the roster must be shown anew"


async def test_an_event_says_what_became_of_it(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk("陈伯: 报名")
        last = max(talk.rows(Seen), key=lambda seen: int(seen.event))
        assert last.outcome == ACTED
        assert last.occurrence_id == next(post.occurrence_id for post in talk.rows(Post) if post.rule == "roster")
