"""Private messages to everybody while the server is in trouble: `python -m tests.telegram.storm [PEOPLE [SEED]]`.

Of a hundred sends twenty are told to wait, thirty meet a broken server, and of five the line breaks after the effect.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from tests.telegram.faults import Faults
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.whole import posted, pressed, reminds, whole_bot
from tests.telegram.world import Letter, User, World


@dataclass
class Came:
    """What a storm left behind: whom it kept from a reminder, repeats, how often a line broke after the effect."""

    missing: list[str]
    repeats: int
    cuts: int
    floods: int
    knocks: int  # refused by the flood limits themselves
    violations: list[str]


async def storm(count: int, seed: int, url: str, patience: float) -> Came:
    """Everybody promises, in peace; then the storm begins, and everybody is to be reminded."""
    world = World()
    lead = world.person("杨老师")
    people = [world.person(f"邻居{n}号") for n in range(count)]
    group = world.group("邻里", lead, *people, admins=(lead,), bot="administrator")
    async with Server(world) as server, whole_bot(world, server, url) as bot:
        roster = await posted(world, group, lead, people, places=count)
        for user in people:
            pressed(world, user, roster, "我来")
        await until(lambda: not world.unanswered(), 60)
        server.faults = Faults(seed, {"flood": 0.2, "broken": 0.3, "cut after": 0.05}, seconds=1.0)
        await bot.clock.push(timedelta(hours=1, minutes=2))
        bot.app.stir()
        with suppress(TimeoutError):
            await until(lambda: all(_reminders(world, user) for user in people), patience)
    missing = [user.first_name for user in people if not _reminders(world, user)]
    repeats = sum(len(_reminders(world, user)) for user in people) - (count - len(missing))
    happened = server.faults.happened
    return Came(missing, repeats, happened["cut after"], happened["flood"], server.flood.refusals, world.violations)


def _reminders(world: World, user: User) -> list[Letter]:
    return [letter for letter in world.private(user).shown() if reminds(letter)]


def main() -> int:
    count, seed = (*map(int, sys.argv[1:]), *(152, 1)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        came = asyncio.run(storm(count, seed, f"sqlite:///{folder}/storm.db", 600))
    sys.stdout.write(f"{came}\n")
    return 1 if came.missing or came.repeats > came.cuts or came.violations else 0


if __name__ == "__main__":
    sys.exit(main())
