"""Updates asked for: each is confirmed only after it is committed."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram import catalogue
from adapters.telegram.client import Client
from adapters.telegram.failures import seconds
from adapters.telegram.handover import Handover

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
ANSWERS = 3.0
"""Seconds that answers to presses may hold the next question up."""


async def poll(client: Client, handover: Handover, lang: str) -> None:
    """Ask for updates and hear them, until cancelled.

    No number is kept over a restart, nor over a question that brought nothing: numbers begin anew after an idle week,
    perhaps lower, and asking from the old one on would throw the new ones away. What was not confirmed comes first
    anyway; what comes twice, the inbox has seen.
    """
    offset: int | None = None
    wait = 0.0
    while True:
        try:
            updates = await client.updates(offset)
        except InvalidToken:
            raise
        except RetryAfter as later:
            await asyncio.sleep(seconds(later))
            continue
        except TelegramError as error:
            wait = min(max(1.0, wait * 2), LONGEST_WAIT)
            if isinstance(error, Conflict):
                log.warning(catalogue().text(lang, "run.conflict"))
            else:
                log.warning("Telegram cannot be reached, tried again in %g s: %s", wait, error)
            await asyncio.sleep(wait)
            continue
        wait, offset = 0.0, None
        handover.foresee(updates)
        for update in updates:
            await handover.hear(update)
            offset = int(update["update_id"]) + 1
        await handover.settle(ANSWERS)
