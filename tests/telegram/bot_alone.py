"""A bot in a process of its own, for tests that kill it: `bot_alone URL SERVER TOKEN AHEAD GROUP`.

On a database server it stands by while another one speaks, and says so. It is the whole product but for its clock,
which is `AHEAD` seconds ahead: the far end does not care what time it is.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack
from datetime import timedelta

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from bot.account_lease import AccountLease, account_lease
from bot.app import App
from bot.clock import WallClock
from core.db import Database
from core.described import Described
from core.features import NAMES
from core.manners import Manners, read_reminder
from tests.keys import KEYS


async def main(url: str, server: str, token: str, ahead: str, group: str) -> None:
    clock = WallClock()
    clock.ahead = timedelta(seconds=float(ahead))
    manners = Manners(quiet=None, reminders=dict.fromkeys(NAMES, (read_reminder("1h"),)))
    telegram = Telegram(TelegramSettings(token, base_url=server))
    groups = [f"telegram:{group}"]
    database, described = Database(url, KEYS), Described(manners=manners, groups=groups)
    with ExitStack() as held:
        lease: AccountLease | None = None
        if not database.sqlite:
            lease = held.enter_context(account_lease(url, [f"telegram:{telegram.bot}"], waits=True))
        village = App(database, [telegram], clock, described, lease=lease)
        await village.prepare()
        print("stands by", flush=True)
        try:
            await village.run(lambda: print("ready", flush=True))
        finally:
            await village.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
