"""What a sign-up costs us, from the press until all of it stands on the screens, beside the bot of an evening.

    python -m bench.peers [PRESSES]      default 100

Both run as processes of their own against the tests' stand-in of Telegram, on SQLite in a file; only their processor
time counts, from the first press until the list has all the names. Presses come five a second: as neighbours do who
have all just been told. Goal: no more than the bot of an evening, which asks for no right and keeps no promise.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from tests.telegram.flood import Flood
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.whole import data_of, offering, whole_bot
from tests.telegram.world import Chat, Letter, User, World

EVERY = 0.2
"""Seconds between two presses."""
TICKS = os.sysconf("SC_CLK_TCK")


def spent(process: int) -> float:
    """Seconds of processor time that a process has had, as the kernel says (proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def ours(world: World, group: Chat, lead: User, places: int) -> Letter:
    world.say(lead, group, "大家好")
    world.say(lead, world.private(lead), "/start")
    world.say(lead, world.private(lead), f"发布 巡逻 明天19:00-21:00 东门 {places}人")
    await until(lambda: offering(world.private(lead), "发布"), 60)
    draft = offering(world.private(lead), "发布")[-1]
    world.press(lead, draft, data_of(draft, "发布"))
    await until(lambda: offering(group, "我来"), 60)
    return offering(group, "我来")[-1]


async def an_evenings(world: World, group: Chat, lead: User, places: int) -> Letter:
    world.say(lead, group, f"/post 巡逻 {places}")
    await until(lambda: offering(group, "我来"), 60)
    return offering(group, "我来")[-1]


async def measured(which: str, presses: int) -> float:
    """Milliseconds of processor time for each press."""
    world = World()
    world.late = 600.0
    lead = world.person("杨老师")
    people = [world.person(f"邻居{n}号", opened=False) for n in range(presses)]
    group = world.group("邻里", lead, *people, admins=(lead,), bot="administrator")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with Server(world, flood=Flood(on=False)) as server:
            module, post = ("bench.peers", ours) if which == "ours" else ("bench.evening_bot", an_evenings)
            command = (sys.executable, "-m", module, server.url, world.token, f"sqlite:///{folder}/bench.db")
            bot = await asyncio.create_subprocess_exec(*command, str(group.id), stdin=PIPE, stderr=DEVNULL)
            await until(lambda: server.count("getUpdates") > 0, 60)
            roster = await post(world, group, lead, presses)
            before = spent(bot.pid)
            for user in people:
                world.press(user, roster, data_of(roster, "我来"))
                await asyncio.sleep(EVERY)
            await until(lambda: f"{presses}/{presses}" in roster.text.plain and not world.unanswered(), 120)
            took = spent(bot.pid) - before
            bot.terminate()
            await bot.wait()
    return took / presses * 1e3


async def run(url: str, token: str, database: str, group: str) -> None:
    """Our whole bot, until it is ended."""
    world = World()
    world.token = token
    chat = Chat(world, int(group), "supergroup", "邻里")
    server = Server(world)
    server.url = url
    async with whole_bot(world, server, database, [chat]):
        await asyncio.Event().wait()


def main() -> None:
    if len(sys.argv) > 2:
        asyncio.run(run(*sys.argv[1:5]))
        return
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    evening, whole = (asyncio.run(measured(which, presses)) for which in ("evening", "ours"))
    print(f"a sign-up, all delivered: {whole:.1f} ms of processor time, the bot of an evening {evening:.1f} ms")
    print(f"{whole / evening:.2f} times (goal at most 1)")


if __name__ == "__main__":
    main()
