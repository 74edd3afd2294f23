"""Fetching: a picture that may belong to a matter is on the shelf before the words with it are taken in."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from core.db import Database
from core.heres import Heres
from core.messages import Attached, Event, Said
from core.network import Fetches, Network
from core.reading.matters import speaks_of_one

log = logging.getLogger("xiaobandeng.fetching")

PATIENCE = 15.0
"""Seconds for one picture: the words are taken in then without it."""


async def fetched(database: Database, heres: Heres, network: Network, event: Event) -> Event:
    """The event with its picture on the shelf, where it has one that may be wanted. Raises OSError for a full disk.

    Nothing is fetched of strangers, nor of what neighbours show one another. A picture that was fetched twice, because
    the process ended in between, stands there once: its name is made of what it shows.
    """
    match event:
        case Said(attached=Attached(what="picture", kept="") as thing) if wanted(event) and isinstance(
            network, Fetches
        ):
            if not await database.read(lambda s: bool(heres.of_person(s, event.person))):
                return event
            try:
                raw = await asyncio.wait_for(network.fetch(thing), PATIENCE)
            except Exception as error:  # noqa: BLE001 - whatever it is, the words count without the picture
                log.warning("a picture did not come", extra={"network": network.name, "why": type(error).__name__})
                return event
            name = await asyncio.to_thread(database.shelf.keep, raw)
            return replace(event, attached=replace(thing, kept=name))
    return event


def wanted(event: Said) -> bool:
    """Whether a picture may belong to a matter: privately any may; in a group by its words, or beside one with them."""
    return event.chat.private or not event.text.strip() or speaks_of_one(event.text)
