"""A page on which details can be opened, for tests: what a link and a signed proof show, each once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

from adapters.telegram.proof import proven, signature
from adapters.web.network import WebNetwork
from core.db import Database
from core.details import Asked, Shown
from tests.web.house import FREE, Bot, HandClock, serving

TOKEN = "123456:" + "t" * 35
LINES = ("慰问 #1", "给谁：欧阳金丝雀", "电话：13917775501", "要注意：<b>耳背</b> & 敲门要重一点")
PUBLIC = replace(FREE, demo=False, public_url="https://stool.example.org")


@dataclass
class Secrets:
    """What the bot behind the page knows, and what was asked of it."""

    clock: HandClock
    secrets: set[str] = field(default_factory=set)
    proofs: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)

    async def disclose(self, asked: Asked) -> Shown | None:
        self.asked.append(asked)
        if asked.secret:
            good = asked.secret in self.secrets
            self.secrets.discard(asked.secret)
            return Shown(LINES, "zh") if good else None
        who = proven(asked.proof, TOKEN, self.clock.now())
        if who is None or who.person.id != "1001" or who.once in self.proofs:
            return None
        self.proofs.add(who.once)
        return Shown(LINES, "zh")

    def signed(self, id: int = 1001, *, ago: float = 0, token: str = TOKEN) -> str:
        """What Telegram's client brings, signed so many seconds ago."""
        at = self.clock.now() - timedelta(seconds=ago)
        said = {"user": json.dumps({"id": id, "first_name": "陈伯"}), "auth_date": str(int(at.timestamp()))}
        return urlencode(said | {"hash": signature(said, token)})


@contextlib.asynccontextmanager
async def details_page(database: Database) -> AsyncIterator[tuple[WebNetwork, Secrets]]:
    clock = HandClock()
    network, known = WebNetwork(PUBLIC, database, clock), Secrets(clock)
    network.disclose_by(known.disclose)
    async with serving(network, Bot().receive):
        yield network, known
