"""How long the whole bot takes to remind everybody privately on Telegram, compared with what the limits allow.

    python -m bench.telegram_reminders [PEOPLE]

The far end is the strict stand-in of the tests, with its flood limits on; those who knock early wait twice as long.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import timedelta

from tests.telegram.flood import Flood
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.whole import posted, pressed, reminds, whole_bot
from tests.telegram.world import Letter, User, World


def reminders(world: World, user: User) -> list[Letter]:
    return [letter for letter in world.private(user).shown() if reminds(letter)]


async def measure(count: int, latency: float, url: str) -> str:
    world = World()
    world.late = 600.0
    lead = world.person("杨老师")
    people = [world.person(f"邻居{n}号") for n in range(count)]
    group = world.group("邻里", lead, *people, admins=(lead,), bot="administrator")
    async with Server(world, flood=Flood(penalty=True)) as server, whole_bot(world, server, url) as bot:
        server.latency = latency  # as far away from the first word on: the lanes learn how fast the network is
        roster = await posted(world, group, lead, people, places=count)
        for user in people:
            pressed(world, user, roster, "我来")
        await until(lambda: not world.unanswered(), 300)
        await until(lambda: f"{count}/{count}" in roster.text.plain, 120)
        await asyncio.sleep(65)  # the limits of the evening so far are over
        flood = Flood(penalty=True)
        server.flood = flood
        moved = asyncio.create_task(bot.clock.push(timedelta(hours=1, minutes=2)))
        await until(lambda: all(reminders(world, user) for user in people), 120 + count / 10)
        await moved
    took = max(flood.arrivals) - min(flood.arrivals)
    return (
        f"{count} reminders at {latency * 1000:.0f} ms: {took:.2f} s, {took / (count / 30):.3f} of {count / 30:.1f} s; "
        f"{flood.refusals} x 429, {flood.peak()} in the fullest second, {len(flood.arrivals)} calls"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 152
    for latency in (0.04, 0.3):
        with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
            print(asyncio.run(measure(count, latency, f"sqlite:///{folder}/bench.db")))


if __name__ == "__main__":
    main()
