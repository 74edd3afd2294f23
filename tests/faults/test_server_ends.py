"""A database server that ends every connection again and again while all claim: whoever was answered has it, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from adapters.scene.network import CAN, SceneNetwork, person, private
from bot.clock import HandClock
from core.claims import CLAIMED, WAITLISTED, Claim
from core.messages import Answer, Event
from tests.bot.test_two_processes import PATROL, Process
from tests.street import GROUP, MONDAY, YANG

PEOPLE = 24


def end_all(url: str) -> None:
    """End each connection to this database, as a server does that restarts."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        ending = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{ending} AND pid <> pg_backend_pid()"))
    engine.dispose()


async def until_taken_in(process: Process, event: Event) -> tuple[Answer, int]:
    """What a network does: what could not be stored is handed over again. How often that was."""
    for tries in range(1_000):
        try:
            return await process.app.receive(process.network, event), tries
        except DBAPIError:
            continue
    raise AssertionError("never taken in")


async def test_a_server_that_ends_all_connections_in_a_storm_of_claims_loses_and_doubles_nothing(
    fresh: Callable[[], str],
) -> None:
    url = fresh()
    here = Process(url, SceneNetwork(CAN), HandClock(MONDAY))
    await here.app.prepare()
    await here.tell(here.network.joined(person(YANG), GROUP), here.network.opened(person(YANG)))
    for words in (PATROL, "发布"):
        await here.tell(here.network.said(person(YANG), private(person(YANG)), words))
        await here.deliver()
    events = [here.network.said(person(f"邻居{n}"), GROUP, "+1") for n in range(PEOPLE)]
    over = asyncio.Event()

    async def ending() -> int:
        times = 0
        while not over.is_set():
            await asyncio.to_thread(end_all, url)
            times += 1
            await asyncio.sleep(0.03)
        return times

    storm = asyncio.create_task(ending())
    again = 0
    for event in events:
        _, tries = await until_taken_in(here, event)
        again += tries
    over.set()
    assert await storm > 0
    with here.database.reading() as session:
        claims = session.exec(select(Claim)).all()
        assert sorted(claim.speaker_account for claim in claims) == sorted(f"邻居{n}" for n in range(PEOPLE))
        assert len({claim.member_id for claim in claims}) == len({claim.position for claim in claims}) == PEOPLE
        assert [sum(claim.promised == state for claim in claims) for state in (CLAIMED, WAITLISTED)] == [2, PEOPLE - 2]
    await here.deliver()
    assert any("2/2" in shown for shown in here.on(GROUP))
    for event in events:  # and brought once more it is as it was
        await here.app.receive(here.network, event)
    with here.database.reading() as session:
        assert len(session.exec(select(Claim)).all()) == PEOPLE
    await here.app.close()
