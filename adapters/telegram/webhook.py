"""Updates brought to us: each is answered with 200 only after it is committed."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from functools import partial
from http import HTTPStatus

from aiohttp import web
from telegram.error import BadRequest

from adapters.telegram.client import Client, at_last
from adapters.telegram.handover import Handover
from adapters.telegram.hear import UPDATES
from adapters.telegram.settings import TelegramSettings

log = logging.getLogger(__name__)
security = logging.getLogger("xiaobandeng.security")

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, no secret itself
BIGGEST = 1 << 20
ANSWERS = 3.0
"""Seconds that answers to presses may hold the confirmation up."""

IDLE = 60.0
"""Seconds that a connection may be open without a whole request."""

IN_ORDER = 1
"""Updates brought at once: with more of them Telegram does not keep the order in which things happened."""


class WebhookRefusedError(RuntimeError):
    """Telegram will not bring updates there: the address or the secret is not one that it takes."""


async def _nameless(_request: web.Request, response: web.StreamResponse) -> None:
    """Strangers need not know which versions run here."""
    response.headers.pop("Server", None)


async def serve(client: Client, handover: Handover, settings: TelegramSettings) -> None:
    """Listen, tell Telegram where, and hear what it brings, until cancelled. TLS is for a proxy before us to end."""
    one_by_one = asyncio.Lock()

    async def brought(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), settings.webhook_secret.encode()):
            security.info("an update without the secret was refused")
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if not isinstance(update, dict):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        async with one_by_one:
            await handover.hear(update)
        await handover.settle(ANSWERS)
        return web.Response()

    app = web.Application(client_max_size=BIGGEST)
    app.router.add_post("/{path:.*}", brought)
    app.on_response_prepare.append(_nameless)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, keepalive_timeout=IDLE)
    host, _, port = settings.webhook_listen.rpartition(":")
    await runner.setup()
    try:
        await web.TCPSite(runner, host or "127.0.0.1", int(port)).start()
        await at_last(
            partial(
                client.set_webhook,
                settings.webhook_url,
                secret_token=settings.webhook_secret,
                allowed_updates=UPDATES,
                max_connections=IN_ORDER,
            )
        )
        await asyncio.get_running_loop().create_future()
    except BadRequest as error:
        raise WebhookRefusedError(str(error)) from error
    finally:
        await runner.cleanup()
