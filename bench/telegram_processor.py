"""How much processor time a send through the Telegram adapter costs, compared with the bare HTTP library.

    python -m bench.telegram_processor [COUNT]        default 3000

The far end answers at once and is a process of its own: only what happens on our side is counted.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection

import aiohttp

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from core.messages import Action, Bold, Chat, Message

TOKEN = "4242:made-up"
TOGETHER = 10
"""Calls under way at once, as the courier has them."""
REMINDER = Message((Bold("明天"), " 巡逻 #1\n11月27日周五晚上7点到9点\n地点：东门"), (Action("1.leave", "退出", "👋"),))
SENT = {
    "ok": True,
    "result": {
        "message_id": 7,
        "date": 1_795_000_000,
        "chat": {"id": 1001, "type": "private", "first_name": "李阿姨"},
        "from": {"id": 4242, "is_bot": True, "first_name": "小板凳", "username": "xiaobandeng_bot"},
        "text": REMINDER.plain(),
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "reply_markup": {"inline_keyboard": [[{"text": "👋 退出", "callback_data": "1.leave"}]]},
    },
}


class Far(asyncio.Protocol):
    """Answers whatever comes as a message that was sent."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        body = json.dumps(SENT).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.answer = head.encode() + body
        self.transport = transport
        self.came = b""

    def data_received(self, data: bytes) -> None:
        self.came += data
        while b"\r\n\r\n" in self.came:
            head, _, rest = self.came.partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
            length = int({name.lower(): value for name, value in fields.items()}.get(b"content-length", b"0"))
            if len(rest) < length:
                return
            self.came = rest[length:]
            self.transport.write(self.answer)  # type: ignore[attr-defined]  # of a connection


def far_end(told: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Far, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def cost(count: int, send: Callable[[], Awaitable[object]]) -> float:
    """Microseconds of processor time for each send."""
    free = asyncio.Semaphore(TOGETHER)

    async def one() -> None:
        async with free:
            await send()

    for _ in range(20):
        await send()
    before = time.process_time()
    await asyncio.gather(*(one() for _ in range(count)))
    return (time.process_time() - before) / count * 1e6


async def measure(count: int, root: str) -> tuple[float, float]:
    """The bare library, and the adapter."""
    body = {
        "chat_id": 1001,
        "text": REMINDER.plain(),
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "👋 退出", "callback_data": "1.leave"}]]},
    }
    async with aiohttp.ClientSession() as session:

        async def bare() -> object:
            async with session.post(f"{root}/bot{TOKEN}/sendMessage", json=body) as answer:
                return await answer.json()

        raw = await cost(count, bare)
    telegram = Telegram(TelegramSettings(TOKEN, base_url=root))
    chat = Chat("telegram", "1001", private=True)
    ours = await cost(count, lambda: telegram.send(chat, REMINDER, "1.1"))
    await telegram._client.hang_up()
    return raw, ours


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    here, there = multiprocessing.Pipe()
    far = multiprocessing.get_context("spawn").Process(target=far_end, args=(there,), daemon=True)
    far.start()
    raw, ours = asyncio.run(measure(count, f"http://127.0.0.1:{here.recv()}"))
    print(f"a send: {ours:.0f} µs of processor time, the bare library {raw:.0f} µs: {ours / raw:.1f} times")
    far.terminate()


if __name__ == "__main__":
    main()
