"""What the adapters cost beside the bare libraries: processor time of this process, which other programs do not change.

    python -m bench.adapters

Goals: an update heard <= 1.3x the library reading it, an event heard <= 1.15x matrix-nio's client, a message sent
<= 3x a bare HTTP client. The far end of what is sent is another process that always says yes.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import nio
from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from adapters.matrix.keys import Keys
from adapters.matrix.server import Server
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Login, Store
from adapters.matrix.stream import Stream
from adapters.telegram.client import Client
from adapters.telegram.handover import Handover
from adapters.telegram.hear import Reader
from adapters.telegram.ids import Ids
from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.standing import Standings
from core.messages import Answer, Bold, Chat, Event, Message

COUNT, ROUNDS = 1000, 5
YES = """
import asyncio
from aiohttp import web
LETTER = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
ME = {"id": 1, "is_bot": True, "first_name": "x", "username": "x_bot"}
async def yes(request):
    await request.read()
    return web.json_response({"ok": True, "result": ME if request.path.endswith("getMe") else LETTER})
async def main():
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", yes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def heard(_: Event) -> Answer:
    return Answer()


async def cost(what: Callable[[], Awaitable[Any]], count: int) -> float:
    """Microseconds of processor time for each of `count`, the least of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        await what()
        best = min(best, time.process_time() - began)
    return best / count * 1e6


def report(name: str, ours: float, bare: float, goal: str) -> None:
    print(f"{name}: {ours:.0f} us, bare {bare:.0f} us: {ours / bare:.2f}x (goal: at most {goal}x)")


# ------------------------------------------------------------ Telegram


def updates() -> list[str]:
    user = {"id": 1001, "is_bot": False, "first_name": "陈伯", "language_code": "zh-hans"}
    chat = {"id": -1001, "type": "supergroup", "title": "邻里"}
    return [
        json.dumps(
            {
                "update_id": n,
                "message": {"message_id": n, "date": 1_790_000_000, "chat": chat, "from": user, "text": "+1"},
            }
        )
        for n in range(1, COUNT + 1)
    ]


async def hear_telegram(url: str) -> None:
    settings = TelegramSettings("1:x", base_url=url)
    line, raw = Client(settings), updates()
    hearing = Handover(line, Reader(1, "x_bot", Ids()), Standings(line), heard)
    library = ApplicationBuilder().token("1:x").base_url(f"{url}/bot").updater(None).job_queue(None).build()

    async def nothing(*_: object) -> None:
        pass

    library.add_handler(MessageHandler(filters.ALL, nothing))
    async with library:

        async def bare() -> None:
            for text in raw:
                await library.process_update(Update.de_json(json.loads(text), library.bot))

        async def ours() -> None:
            for text in raw:
                await hearing.hear(json.loads(text))

        report("Telegram, an update heard", await cost(ours, COUNT), await cost(bare, COUNT), "1.3")
    await line.hang_up()


async def send_telegram(url: str) -> None:
    telegram = Telegram(TelegramSettings("1:x", base_url=url))
    chat, message = Chat("telegram", "1", private=True), Message((Bold("提醒"), "：明天 19:00 巡逻"))
    body = {"chat_id": 1, "text": "<b>提醒</b>：明天 19:00 巡逻", "parse_mode": "HTML"}
    count = COUNT // 2

    async def in_flight(send: Callable[[], Awaitable[Any]]) -> None:
        async def some() -> None:
            for _ in range(count // 10):
                await send()

        await asyncio.gather(*(some() for _ in range(10)))

    async with aiohttp.ClientSession() as session:

        async def bare() -> None:
            async with session.post(f"{url}/bot1:x/sendMessage", json=body) as answer:
                await answer.json()

        ours = await cost(lambda: in_flight(lambda: telegram.send(chat, message, "k")), count)
        report("Telegram, a message sent", ours, await cost(lambda: in_flight(bare), count), "3")
    await telegram._client.hang_up()


# ------------------------------------------------------------ Matrix


def answer(users: int = 20) -> dict[str, Any]:
    """What a server says of one room in which much was said."""
    names = [f"@p{n}:here.test" for n in range(users)]
    state = [
        {
            "type": "m.room.create",
            "state_key": "",
            "sender": names[0],
            "event_id": "$c",
            "content": {"room_version": "11"},
        },
        *(
            {
                "type": "m.room.member",
                "state_key": name,
                "sender": name,
                "event_id": f"$m{n}",
                "content": {"membership": "join"},
            }
            for n, name in enumerate(names)
        ),
    ]
    said = [
        {
            "type": "m.room.message",
            "sender": names[n % users],
            "event_id": f"$e{n}",
            "origin_server_ts": 1_790_000_000_000 + n,
            "content": {"msgtype": "m.text", "body": "报名", "m.mentions": {}},
        }
        for n in range(COUNT)
    ]
    for event in state:
        event["origin_server_ts"] = 1_790_000_000_000
    room = {"state": {"events": state}, "timeline": {"events": said, "limited": False, "prev_batch": "p"}}
    room |= {"ephemeral": {"events": []}, "account_data": {"events": []}}
    return {"next_batch": "n", "rooms": {"join": {"!r:here.test": room}, "invite": {}, "leave": {}}}


async def hear_matrix(folder: Path) -> None:
    text = json.dumps(answer())

    async def ours() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            store = Store(Path(place))
            settings = MatrixSettings("http://127.0.0.1:1", "@bot:here.test", Path(place))
            server = Server(settings, store, Login("@bot:here.test", "D", "t", "p"))
            stream = Stream(server, Keys(server), store, settings)
            stream._receive = heard
            said = json.loads(text)
            await stream._keys.take(said)
            for id, info in said["rooms"]["join"].items():
                stream._learn(id, [*info["state"]["events"], *info["timeline"]["events"]])
                await stream._room(stream.rooms[id], info, "s")
            await server.close()

    async def bare() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            config = nio.AsyncClientConfig(store=nio.store.SqliteStore, pickle_key="p", encryption_enabled=True)
            client = nio.AsyncClient("http://127.0.0.1:1", "@bot:here.test", store_path=place, config=config)
            client.restore_login("@bot:here.test", "D", "t")

            async def nothing(*_: object) -> None:
                pass

            client.add_event_callback(nothing, nio.RoomMessageText)
            await client.receive_response(nio.SyncResponse.from_dict(json.loads(text)))
            await client.close()
            client.store.database.close()

    report("Matrix, an event heard", await cost(ours, COUNT), await cost(bare, COUNT), "1.15")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        asyncio.run(hear_matrix(Path(folder)))
    program = subprocess.Popen([sys.executable, "-c", YES], stdout=subprocess.PIPE)
    try:
        assert program.stdout is not None
        url = f"http://127.0.0.1:{int(program.stdout.readline())}"
        asyncio.run(hear_telegram(url))
        asyncio.run(send_telegram(url))
    finally:
        program.kill()
        program.wait()


if __name__ == "__main__":
    main()
