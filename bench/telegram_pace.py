"""How long many messages take through the Telegram adapter, compared with what the limits allow.

    python -m bench.telegram_pace [COUNT ...]         private messages, each to another person
    python -m bench.telegram_pace --group [COUNT]     messages into one group, 40 where nothing is said

The far end is the strict stand-in of the tests, with its flood limits on; those who knock early wait twice as long.
"""

from __future__ import annotations

import asyncio
import sys
import time

from adapters.telegram import CAN
from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from bot.pace import Call, Lanes
from core.messages import Chat, Message
from core.network import Later
from tests.telegram.flood import Flood
from tests.telegram.server import Server
from tests.telegram.world import World


async def measure(count: int, latency: float, *, group: bool = False) -> tuple[float, int, int, int]:
    """Seconds from the first arrival to the last, waits told, the most within a second, and messages that arrived."""
    world = World()
    if group:
        chats = [Chat("telegram", str(world.group("邻里").id))] * count
    else:
        chats = [Chat("telegram", str(world.person(f"p{n}").id), private=True) for n in range(count)]
    async with Server(world, latency=latency, flood=Flood(penalty=True)) as server:
        telegram = Telegram(TelegramSettings(world.token, base_url=server.url))
        lanes, free = Lanes(CAN), asyncio.Semaphore(CAN.in_flight)

        async def send(chat: Chat, call: Call) -> None:
            answered = False
            try:
                await telegram.send(chat, Message(("提醒：明天 19:00 巡逻",)), "1.1")
                answered = True
            except Later as later:
                lanes.hold(chat.id, time.monotonic() + later.seconds)
                chats.append(chat)
            finally:
                lanes.landed(call, time.monotonic(), answered=answered)
                free.release()

        async with asyncio.TaskGroup() as under_way:
            while chats:
                await free.acquire()
                chat = chats.pop(0)
                while (wait := lanes.when(chat.id, group, now := time.monotonic()) - now) > 0:
                    await asyncio.sleep(wait)
                under_way.create_task(send(chat, lanes.took(chat.id, group, now)))
        await telegram._client.hang_up()
        flood = server.flood
    arrived = sum(1 for _ in world.all_letters())
    return max(flood.arrivals) - min(flood.arrivals), flood.refusals, flood.peak(), arrived


def least(count: int, *, group: bool) -> float:
    """The seconds that the limits leave: 30 a second; in a group 20 a minute, and those a second apart."""
    return (count - 1) // 20 * 60 + (count - 1) % 20 if group else count / 30


def main() -> None:
    group = "--group" in sys.argv
    numbers = [word for word in sys.argv[1:] if word != "--group"]
    for count in map(int, numbers or ["40" if group else "152"]):
        for latency in (0.04, 0.3):
            took, waits, peak, arrived = asyncio.run(measure(count, latency, group=group))
            ideal = least(count, group=group)
            print(
                f"{count} messages at {latency * 1000:.0f} ms: {took:.2f} s, {took / ideal:.3f} of {ideal:.1f} s; "
                f"{waits} x 429, {peak} in the fullest second, {count - arrived} lost"
            )


if __name__ == "__main__":
    main()
