"""The whole bot in encrypted rooms, seen through the client that people really use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.manners import Manners
from tests.keys import KEYS
from tests.matrix.conftest import NewPeer
from tests.matrix.peer import Peer
from tests.matrix.person import until
from tests.matrix.synapse import Synapse


@pytest.fixture
def coordinator(synapse: Synapse) -> str:
    """The id of somebody whom the settings name."""
    return synapse.register("peer")


@pytest.fixture
async def bot(synapse: Synapse, tmp_path: Path, coordinator: str) -> AsyncIterator[str]:
    """The id of a bot that runs."""
    settings = MatrixSettings(synapse.url, synapse.register("bot"), tmp_path / "matrix", patience=0.5)
    await login(settings, "password")
    village = App(
        Database(f"sqlite:///{tmp_path}/village.db", KEYS),
        [Matrix(settings)],
        WallClock(),
        Described(manners=Manners(quiet=None), coordinators=[f"matrix:{coordinator}"]),
    )
    await village.prepare()
    running = asyncio.create_task(village.run())
    yield settings.user
    running.cancel()
    await asyncio.wait([running])
    await village.close()


async def reads(peer: Peer, room: str, sender: str, text: str) -> dict[str, Any]:
    """The newest message of `sender` that contains a text, as soon as the peer can read it."""

    async def look() -> dict[str, Any] | None:
        for message in reversed(await peer("shown", room=room)):
            if message["sender"] == sender and not message["unreadable"] and text in message["body"]:
                return dict(message)
        return None

    found: dict[str, Any] = await until(look)
    return found


async def room(peer: Peer, bot: str, **more: Any) -> str:
    """An encrypted room with both of them in it."""
    made: str = await peer("create", invite=[bot], encrypted=True, **more)

    async def inside() -> bool:
        return bot in await peer("members", room=made)

    await until(inside)
    return made


async def test_an_activity_lives_in_encrypted_rooms(bot: str, coordinator: str, peer: NewPeer):
    yang = await peer(coordinator)
    group = await room(yang, bot)
    await reads(yang, group, bot, "小板凳")
    private = await room(yang, bot, is_direct=True)
    day = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
    await yang("say", room=private, text=f"发布 巡逻 {day.month}月{day.day}日 19:00-21:00 东门集合 2人")
    draft = await reads(yang, private, bot, "📣 发布")
    await yang("react", room=private, id=draft["id"], emoji="📣")
    roster = await reads(yang, group, bot, "0/2")
    await yang("react", room=group, id=roster["id"], emoji="🙋")
    now = await reads(yang, group, bot, "1/2")
    assert (now["id"], now["edited"], now["encrypted"], now["shield"]) == (roster["id"], True, True, 0)
    await reads(yang, private, bot, "报上名了")
    await yang("answer", room=group, id=roster["id"], text="退出")
    await reads(yang, group, bot, "0/2")


async def test_what_the_bot_cannot_read_is_asked_for_once(bot: str, coordinator: str, peer: NewPeer):
    her = await peer(coordinator)
    group = await room(her, bot)
    await reads(her, group, bot, "小板凳")
    content = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEnA", "session_id": "never"}
    for _ in range(3):
        await her("raw", room=group, type="m.room.encrypted", content=content)
    await reads(her, group, bot, "再发一次")
    await her("say", room=group, text="名单")
    private = await room(her, bot, is_direct=True)
    await her("say", room=private, text="帮助")
    await reads(her, private, bot, "报名")
    asked = [message for message in await her("shown", room=group) if "再发一次" in (message["body"] or "")]
    assert len(asked) == 1
