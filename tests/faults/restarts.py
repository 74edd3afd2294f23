"""A database server that is stopped and started again and again while two processes take claims and deliver.

    python -m tests.faults.restarts [50]

Every other stop leaves the server to recover from its log, as when its machine fails. Says what it found: whoever was
answered has their place, once, and nobody reads anything twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
from collections import Counter

from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from adapters.scene.network import CAN, SceneNetwork, person, private
from bot.clock import HandClock
from core.claims import CLAIMED, WAITLISTED, Claim
from core.messages import Answer, Event, Said
from tests.bot.test_two_processes import THEIRS, OtherNetwork, Process, gather, letters, other
from tests.postgres import Owned, owned
from tests.street import GROUP, MONDAY

SORRY = "出了点问题"
BREATH = 0.02  # seconds until a network hands over again what could not be stored


async def until_taken_in(process: Process, event: Event) -> tuple[Answer, int]:
    """What a network does: what could not be stored is handed over again. How often that was."""
    for tries in itertools.count():
        try:
            return await process.app.receive(process.network, event), tries
        except DBAPIError:
            await asyncio.sleep(BREATH)
    raise AssertionError("never taken in")


async def restarting(server: Owned, times: int) -> None:
    for mode in itertools.islice(itertools.cycle(("immediate", "fast")), times):
        await asyncio.to_thread(server.stop, mode)
        await asyncio.to_thread(server.start)
        await asyncio.sleep(10 * BREATH)  # and people get on a little


async def delivering(process: Process, over: asyncio.Event) -> None:
    """A courier, which begins again after the server was away."""
    while not over.is_set():
        with contextlib.suppress(DBAPIError):
            await process.deliver()
        await asyncio.sleep(BREATH)


async def storm(server: Owned, times: int) -> tuple[int, int]:
    """As many restarts while people claim. How many claims there were, and how often one was handed over again."""
    clock = HandClock(MONDAY)
    here, there = (Process(server.url, network, clock) for network in (SceneNetwork(CAN), OtherNetwork(CAN)))
    for each in (here, there):
        await each.app.prepare()
    await gather(here, there)
    over = asyncio.Event()
    couriers = [asyncio.create_task(delivering(each, over)) for each in (here, there)]
    stopping = asyncio.create_task(restarting(server, times))
    said: list[tuple[Process, Event]] = []
    again = 0
    while not stopping.done():  # each network hands over one after another, the two beside each other
        n = len(said) // 2
        ours: Event = here.network.said(person(f"邻居{n}"), GROUP, "+1")
        theirs: Event = Said(f"s{n}", THEIRS, other(f"街坊{n}"), "+1", f"m{n}")
        said += [(here, ours), (there, theirs)]
        for answer, tries in await asyncio.gather(until_taken_in(here, ours), until_taken_in(there, theirs)):
            assert SORRY not in answer.toast
            again += tries
        await asyncio.sleep(BREATH)
    await stopping
    over.set()
    await asyncio.gather(*couriers)
    for each in (here, there):
        await each.deliver()
    held(here, len(said))
    for process, event in said:  # and brought once more it is as it was
        await process.app.receive(process.network, event)
    held(here, len(said))
    for each, group in ((here, GROUP), (there, THEIRS)):
        assert sum("2/2" in shown for shown in each.on(group)) == 1, each.on(group)
    for n in range(len(said) // 2):
        for each, chat in ((here, private(person(f"邻居{n}"))), (there, letters(other(f"街坊{n}")))):
            assert max(Counter(each.on(chat)).values(), default=1) == 1, each.on(chat)
    for each in (here, there):
        await each.app.close()
    return len(said), again


def held(process: Process, people: int) -> None:
    """Each has one claim, each a number of their own, and two have a place."""
    with process.database.reading() as session:
        claims = session.exec(select(Claim)).all()
    assert len(claims) == people
    assert len({(claim.speaker_network, claim.speaker_account) for claim in claims}) == people
    assert len({claim.member_id for claim in claims}) == len({claim.position for claim in claims}) == people
    assert [sum(claim.promised == state for claim in claims) for state in (CLAIMED, WAITLISTED)] == [2, people - 2]


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with owned() as server:
        claims, again = asyncio.run(storm(server, times))
    print(f"{times} restarts, {claims} claims, {again} times handed over again: none lost, none twice")


if __name__ == "__main__":
    main()
