"""The line to a Bot API server: the library's client, set up as the operator said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram import CAN
from adapters.telegram.hear import UPDATES
from adapters.telegram.settings import TelegramSettings

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
        proxy = settings.proxy or None
        super().__init__(
            settings.token,
            base_url=f"{settings.base_url.rstrip('/') or SERVER}/bot",
            base_file_url=f"{settings.base_url.rstrip('/') or SERVER}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=4 * CAN.in_flight,  # sends, and answers to presses beside them
                read_timeout=patience,
                write_timeout=patience,
                connect_timeout=patience,
                pool_timeout=patience,
                proxy=proxy,
            ),
            get_updates_request=HTTPXRequest(
                connection_pool_size=2, read_timeout=WAIT + PATIENCE, connect_timeout=PATIENCE, proxy=proxy
            ),
        )

    async def hang_up(self) -> None:
        """Close every connection. The library's `shutdown` leaves them open when it was never started."""
        await asyncio.gather(*(request.shutdown() for request in self._request))

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
