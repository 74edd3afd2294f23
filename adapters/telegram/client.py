"""The line to a Bot API server: the library's client, set up as the operator said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from adapters.telegram import CAN
from adapters.telegram.hear import UPDATES
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.wire import Wire

SERVER = "https://api.telegram.org"

WAIT = 25.0
"""Seconds that the server may keep a question for updates open."""

PATIENCE = 15.0
"""Seconds to wait for an answer, a server's own `retry_after` aside."""

LONGEST_WAIT = 30.0
"""Seconds between tries to reach a server in trouble, at most."""

log = logging.getLogger(__name__)

# The HTTP library logs the address of every call, of which the token is a part; the Telegram library logs every call,
# with what people wrote, and every page of a server in trouble at length. None of it may ever be in a log, however much
# of it somebody wants to see: what goes wrong is told by whoever made the call.
for name in ("httpx", "httpcore", "telegram.Bot", "telegram.request.BaseRequest"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


T = TypeVar("T")


class Client(Bot):
    """The library's client, with updates as they came."""

    def __init__(self, settings: TelegramSettings, patience: float = PATIENCE) -> None:
        root = settings.base_url.rstrip("/") or SERVER
        # Sends, and answers to presses beside them; and the one call that asks what happened.
        calls = Wire(root, 4 * CAN.in_flight, patience, patience, settings.proxy)
        asks = Wire(root, 2, WAIT + PATIENCE, PATIENCE, settings.proxy)
        self._wires = (calls, asks)
        super().__init__(
            settings.token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=calls,
            get_updates_request=asks,
        )

    async def hang_up(self) -> None:
        """Close every connection. The library's `shutdown` leaves them open when it was never started."""
        await asyncio.gather(*(wire.shutdown() for wire in self._wires))

    async def put(self, method: str, fields: dict[str, Any]) -> Any:
        """Make a call and return its result as it came: most are sends, of which nothing but a number is wanted."""
        return await self._post(method, fields)

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """The updates from `offset` on, which confirms those before it; waits a while when there are none.

        They are raw: the library reads all or none, and one that it cannot read must not keep the others away.
        """
        data = {"offset": offset, "timeout": int(WAIT), "allowed_updates": UPDATES}
        updates: list[dict[str, Any]] = await self._post("getUpdates", data, read_timeout=WAIT + PATIENCE)
        return updates


async def at_last(call: Callable[[], Awaitable[T]], failed: Callable[[], None] = lambda: None) -> T:
    """Make a call without which nothing can begin, until it works; `failed` is told when it does not at once.

    What will never work is raised.
    """
    wait = 1.0
    while True:
        try:
            return await call()
        except (BadRequest, InvalidToken):
            raise
        except TelegramError as error:
            log.warning("Telegram cannot be reached, tried again in %g s: %s", wait, error)
        failed()
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)
