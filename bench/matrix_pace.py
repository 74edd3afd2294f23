"""How long messages take on a Synapse with the limits that come with it, compared with what those limits allow.

    python -m bench.matrix_pace [COUNT]

Through the whole bot's pace and the adapter, into an encrypted room. What the account did before (logging in, coming
into the room) counts against the limits too, so it is waited first until they are whole again.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from adapters.matrix import CAN
from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from bot.pace import Call, Lanes
from core.messages import Chat, Message
from core.network import Later
from tests.matrix.conftest import Bot
from tests.matrix.person import Person, until
from tests.matrix.synapse import Synapse

EACH, BURST = 5.0, 10
"""Synapse's defaults: one message in so many seconds, so many at once."""


async def send_all(matrix: Matrix, chat: Chat, count: int) -> tuple[float, int]:
    """Seconds from the first call to the last arrival, and how often we were told to wait."""
    lanes, free = Lanes(CAN), asyncio.Semaphore(CAN.in_flight)
    waiting = list(range(count))
    refusals = 0

    async def send(number: int, call: Call) -> None:
        nonlocal refusals
        try:
            await matrix.send(chat, Message((f"提醒 {number}",)), f"{number}.0")
        except Later as later:
            refusals += 1
            lanes.hold(None, time.monotonic() + later.seconds)
            waiting.append(number)
        finally:
            lanes.landed(call, time.monotonic())
            free.release()

    began = time.monotonic()
    while waiting:
        async with asyncio.TaskGroup() as under_way:
            while waiting:
                await free.acquire()
                number = waiting.pop(0)
                while (wait := lanes.when(chat.id, False, now := time.monotonic()) - now) > 0:
                    await asyncio.sleep(wait)
                under_way.create_task(send(number, lanes.took(chat.id, False, now)))
    return time.monotonic() - began, refusals


async def measure(synapse: Synapse, folder: Path, count: int) -> str:
    settings = MatrixSettings(synapse.url, synapse.register("bot"), folder / "matrix")
    await login(settings, "password")
    bot = Bot(settings, settings.user, Matrix(settings))
    await bot.start()
    async with aiohttp.ClientSession() as http:
        owner = await Person.log_in(synapse.url, synapse.register("p"), http)
        room = await owner.create(settings.user, encrypted=True)

        async def inside() -> bool:
            return room in (await bot.network._ready()).stream.rooms

        await until(inside)
        await asyncio.sleep(2 * EACH)
        took, refusals = await send_all(bot.network, Chat("matrix", room), count)
        sent = [event for event in await owner.events(room) if event["type"] == "m.room.encrypted"]
    await bot.stop()
    ideal = (count - BURST) * EACH
    return (
        f"{count} messages: {took:.1f} s, {took / ideal:.3f} of {ideal:.0f} s; {refusals} x told to wait, "
        f"{count - len({event['event_id'] for event in sent})} lost"
    )


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 20
    synapse = Synapse(lifted=False)
    synapse.start()
    try:
        with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
            print(asyncio.run(measure(synapse, Path(folder), count)))
    finally:
        synapse.close()


if __name__ == "__main__":
    main()
