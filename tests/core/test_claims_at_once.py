"""Many people at the same moment: a place is given once, whoever is first, and everybody else waits in order."""

from __future__ import annotations

import asyncio
import sys
import threading
from asyncio.subprocess import PIPE
from collections import Counter
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from adapters.scene.network import CAN, SceneNetwork, person
from core.claims import CLAIMED, TAKING, WAITLISTED, Claim
from core.db import Database, locked
from core.heres import Heres
from core.members import Community
from core.messages import Said
from core.serving import here_of
from core.take_in import take_in
from tests.keys import KEYS
from tests.street import GROUP, MONDAY, street

ONE = "发布 巡逻 2026-11-27 19:00-21:00 东门集合 1人"
ELSEWHERE = """
import sys
from tests.core.test_claims_at_once import claim_at_once
sys.stdin.read(1)
claim_at_once(sys.argv[1], sys.argv[2:])
"""
EIGHT = [f"邻居{n}" for n in range(8)]


def claim_at_once(url: str, names: list[str]) -> None:
    """Each name says 报名 from a thread of its own, each its own transaction, all let go at one moment."""
    database = Database(url, KEYS)
    with database.reading() as session:
        community = session.exec(select(Community)).one()
        here = Heres([here_of(session, community)])
    network = SceneNetwork(CAN)
    gate = threading.Barrier(len(names))

    def claim(name: str) -> None:
        event = Said(f"e-{name}", GROUP, person(name), "报名", f"m-{name}")
        gate.wait()
        while not claimed(event):
            pass

    def claimed(event: Said) -> bool:
        try:
            with database.writing() as session:
                take_in(session, here, network, event, MONDAY)
        except OperationalError as error:
            if not locked(error):
                raise
            return False  # on a busy machine one's turn may take longer than one waits for it
        return True

    threads = [threading.Thread(target=claim, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()


async def test_eight_simultaneous_claims_for_one_place_give_one_place_and_seven_waiting(tmp_path: Path) -> None:
    async with street(tmp_path, *EIGHT, posted=ONE) as here:
        await asyncio.to_thread(claim_at_once, here.url, EIGHT)
        rows = here.read(lambda s: s.exec(select(Claim).order_by(col(Claim.position))).all())
        assert [row.promised for row in rows] == [CLAIMED] + [WAITLISTED] * 7
        assert {row.speaker_account for row in rows} == set(EIGHT)
        assert [row.position for row in rows] == list(range(1, 9))
        await here.deliver()
        (roster,) = here.rosters()
        assert "1/1" in roster
        assert "候补" in roster


async def test_two_processes_that_claim_at_once_never_fill_a_place_twice(tmp_path: Path) -> None:
    names = [f"邻居{n}" for n in range(16)]
    async with street(tmp_path, *names, posted=ONE.replace("1人", "3人")) as here:
        halves = [
            await asyncio.create_subprocess_exec(sys.executable, "-c", ELSEWHERE, here.url, *half, stdin=PIPE)
            for half in (names[:8], names[8:])
        ]
        await asyncio.gather(*(process.communicate(b"g") for process in halves))
        assert [process.returncode for process in halves] == [0, 0]
        states = Counter(row.promised for row in here.rows(Claim))
        assert states == {CLAIMED: 3, WAITLISTED: 13}


async def test_joining_and_leaving_at_once_never_holds_more_places_than_there_are(tmp_path: Path) -> None:
    async with street(tmp_path, *EIGHT, posted=ONE.replace("1人", "2人")) as here:
        for name in EIGHT[:4]:
            await here.say(name, "报名")

        def both(n: int) -> None:
            events = [Said(f"r{n}-{name}", GROUP, person(name), "退出", f"r{n}-{name}") for name in EIGHT[n::4]]
            events += [Said(f"c{n}-{name}", GROUP, person(name), "报名", f"c{n}-{name}") for name in EIGHT[n::4]]
            for event in events:
                with here.database.writing() as session:
                    take_in(session, here.app.heres, here.network, event, MONDAY)
                taking = [c for c in here.rows(Claim) if c.promised in TAKING]
                assert len(taking) <= 2

        await asyncio.gather(*(asyncio.to_thread(both, n) for n in range(4)))
        live = [c for c in here.rows(Claim) if c.promised in (*TAKING, WAITLISTED)]
        assert len([c for c in live if c.promised in TAKING]) == 2
        assert Counter(c.member_id for c in live).most_common(1)[0][1] == 1
