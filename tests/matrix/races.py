"""Neighbours come into encrypted rooms, and rooms are upgraded, while the bot goes on speaking: who reads what follows?

    python -m tests.matrix.races [COUNT]        default 100 who come in

Each room has ten of them: five come into it, five into the room that replaces it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path

import aiohttp

from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from core.messages import Answer, Chat, Event, Message
from core.network import Gone, Later
from tests.matrix.nio_person import NioPerson
from tests.matrix.person import until
from tests.matrix.screen import shown
from tests.matrix.synapse import Synapse, serving

TOGETHER = 10


async def speak(bot: Matrix, chat: Chat, name: str, times: int) -> None:
    for n in range(times):
        with contextlib.suppress(Gone, Later):  # the room is being replaced
            await bot.send(chat, Message((f"{n}",)), f"{name}.{n}.1")


async def come_in(people: list[NioPerson], room: str) -> None:
    for each in people:
        await each.join(room)


async def upgraded(synapse: Synapse, owner: NioPerson, room: str) -> str:
    """The room that replaces this one."""
    url = f"{synapse.url}/_matrix/client/v3/rooms/{room}/upgrade"
    head = {"Authorization": f"Bearer {owner.client.access_token}"}
    async with aiohttp.ClientSession(headers=head) as session, session.post(url, json={"new_version": "10"}) as answer:
        return str((await answer.json())["replacement_room"])


async def deaf(bot: Matrix, chat: Chat, people: list[NioPerson]) -> int:
    """How many of them do not read what is said now."""

    async def all_here() -> bool:
        known = (await bot._ready()).stream.rooms.get(chat.id)
        return known is not None and all(known.joined(each.user) for each in people)

    await until(all_here)
    await bot.send(chat, Message(("最后",)), f"last.{chat.id}.1")
    read = [any(each.text == "最后" for each in shown(await one.events(chat.id), bot.bot)) for one in people]
    return read.count(False)


async def race(synapse: Synapse, bot: Matrix, name: str) -> int:
    """One room and the one that replaces it, five who come into each; how many were left deaf."""
    hands = [await NioPerson.log_in(synapse.url, synapse.register("p"), f"邻居{n}") for n in range(TOGETHER + 1)]
    owner, *people = hands
    early, late = people[: TOGETHER // 2], people[TOGETHER // 2 :]
    try:
        room = await owner.create(bot.bot, *(each.user for each in early), encrypted=True)
        await asyncio.gather(come_in(early, room), speak(bot, Chat("matrix", room), name, 8))
        left = await deaf(bot, Chat("matrix", room), early)
        new = await upgraded(synapse, owner, room)
        for user in (bot.bot, *(one.user for one in people)):
            await owner.invite(new, user)
        await asyncio.gather(come_in(people, new), speak(bot, Chat("matrix", new), f"{name}+", 16))
        return left + await deaf(bot, Chat("matrix", new), late)
    finally:
        for each in hands:
            await each.close()


async def races(synapse: Synapse, folder: Path, count: int) -> tuple[int, int]:
    """How many came in, and how many of them were left deaf."""
    settings = MatrixSettings(synapse.url, synapse.register("bot"), folder)
    await login(settings, "password")
    bot = Matrix(settings)

    async def receive(_event: Event) -> Answer:
        return Answer()

    running = asyncio.create_task(bot.run(receive))
    try:
        while bot._connection is None:
            await asyncio.sleep(0.01)
        rounds = -(-count // TOGETHER)
        left = [await race(synapse, bot, f"r{n}") for n in range(rounds)]
        return rounds * TOGETHER, sum(left)
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with serving() as synapse, tempfile.TemporaryDirectory() as folder:
        came, left = asyncio.run(races(synapse, Path(folder) / "matrix", count))
    sys.stdout.write(f"{came} came in, {left} were left deaf\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
