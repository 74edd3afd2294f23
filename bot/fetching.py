"""Fetching: a picture that may be kept, or a table of people, is there before it is taken in."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from sqlmodel import Session

from core import known
from core.db import Database
from core.features.matters.said import speaks_of_one
from core.features.meeting.said import are_minutes
from core.here import Here
from core.heres import Heres
from core.members import account_of, member
from core.messages import Attached, Event, Person, Said
from core.network import Fetches, Network
from core.roles import Role, may, roles
from core.said import tables

log = logging.getLogger("xiaobandeng.fetching")

PATIENCE = 15.0
"""Seconds for one thing: the words are taken in then without it."""


async def fetched(database: Database, heres: Heres, network: Network, event: Event) -> Event:
    """The event with its picture on the shelf, or its table as words, where it has one that may be wanted. Raises
    OSError for a full disk.

    Nothing is fetched of strangers, nor of what neighbours show one another, and tables only of who keeps lists. A
    picture that was fetched twice, because the process ended in between, stands there once: its name is made of what it
    shows.
    """
    if not isinstance(event, Said) or event.attached is None or not isinstance(network, Fetches):
        return event
    match event.attached:
        case Attached(what="picture", kept="") as thing if wanted(event):
            if not await database.read(lambda s: bool(heres.of_person(s, event.person))):
                return event
            raw = await brought(network, thing)
            name = await asyncio.to_thread(database.shelf.keep, raw) if raw is not None else ""
            return replace(event, attached=replace(thing, kept=name))
        case Attached(what="file", words="") as thing if event.chat.private and tables.is_table(thing.name):
            if not await database.read(lambda s: keeps_lists(s, heres, event.person)):
                return event
            raw = await brought(network, thing)
            words = await asyncio.to_thread(as_words, thing.name, raw) if raw else ""
            return replace(event, attached=replace(thing, words=words))
    return event


async def brought(network: Fetches, thing: Attached) -> bytes | None:
    """The thing itself; None where it did not come."""
    try:
        return await asyncio.wait_for(network.fetch(thing), PATIENCE)
    except Exception as error:  # noqa: BLE001 - whatever it is, the words count without it
        log.warning("what was sent did not come", extra={"what": thing.what, "why": type(error).__name__})
        return None


def as_words(name: str, raw: bytes) -> str:
    """A table as one CSV; '' for one that cannot be read."""
    try:
        return tables.written(tables.cells(name, raw))
    except tables.UnreadableError:
        return ""


def keeps_lists(session: Session, heres: Heres, person: Person) -> bool:
    """Whether somebody may keep lists in any of their communities; a coordinator need not have spoken there yet."""
    return any(
        known.coordinates(session, here.id, person, administrators=here.ranks)
        or may(given(session, here, person), "lists")
        for here in heres.of_person(session, person)
    )


def given(session: Session, here: Here, person: Person) -> Role | None:
    """The role that somebody has in a community, if they have one."""
    account = account_of(session, here.id, person)
    if account is None:
        return None
    who = member(session, here.id, account.member_id)
    return roles(session, here.id, administrators=here.ranks).get(who.id)


def wanted(event: Said) -> bool:
    """Whether a picture may belong to a matter or to minutes: privately any may; in a group by its words, or beside one
    with them.
    """
    return event.chat.private or not event.text.strip() or speaks_of_one(event.text) or are_minutes(event.text)
