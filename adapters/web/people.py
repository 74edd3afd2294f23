"""Whom the page lets in: personal links made, listed, made anew and ended by the operator, beside a running bot."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from adapters.web import store
from adapters.web.guard import digest
from adapters.web.hear import departures
from adapters.web.settings import WebSettings
from adapters.web.store import WebPerson
from core.db import Database
from core.words.clean import tidy_name

security = logging.getLogger("xiaobandeng.security")


class NotOneError(Exception):
    """There is nobody of this name, or there are several: `people`, to be told apart by their ids."""

    def __init__(self, people: Sequence[WebPerson]) -> None:
        super().__init__(f"{len(people)} people")
        self.people = people


async def invite(
    database: Database, name: str, now: datetime, *, public_url: str = "", coordinator: bool = False
) -> str:
    """Add a person of this name; return their personal link, which nobody can look up again.

    The link works until it is made anew or its person dismissed: it is opened again from an old chat on a new phone.
    Without `public_url` it is only the path. Whoever has it is that person, so it is given to nobody else. Raises
    ValueError for a name in which nothing can be seen.
    """
    shown = tidy_name(name)
    if not shown:
        raise ValueError("a person needs a name that can be seen")
    token = secrets.token_urlsafe(24)  # 192 bits
    person = WebPerson(id=secrets.token_hex(6), name=shown, coordinator=coordinator, link=digest(token), added_at=now)
    await database.write(lambda session: session.add(person))
    security.info("a personal link was made", extra={"verb": "coordinator" if coordinator else "neighbour"})
    return _address(public_url, token)


async def again(database: Database, who: str, *, public_url: str = "") -> str:
    """A new personal link for somebody who has one; the old one is dead, and whoever came in by it is out.

    `who` is a name or an id. Raises `NotOneError`.
    """
    token = secrets.token_urlsafe(24)

    def work(session: Session) -> None:
        person = _one(session, who)
        person.link = digest(token)
        session.add(person)
        store.end_sessions(session, person.id)

    await database.write(work)
    security.info("a personal link was made anew, and the one before ended")
    return _address(public_url, token)


async def dismiss(settings: WebSettings, database: Database, who: str, now: datetime) -> str:
    """Somebody no longer lives here: their link is dead, their sessions end, the bot is told. What they said stays.

    `who` is a name or an id; their name is returned. Raises `NotOneError`.
    """

    def work(session: Session) -> str:
        person = _one(session, who)
        person.gone, person.link = True, None
        session.add(person)
        if person.arrived:
            session.add_all(departures(settings, person, now))
        store.end_sessions(session, person.id)
        return person.name

    name = await database.write(work)
    security.info("a personal link was ended")
    return name


async def invited(database: Database) -> Sequence[WebPerson]:
    """Everybody who has a personal link, in the order in which they were added. `arrived`: they have opened it."""
    return await database.read(store.holders)


def _address(public_url: str, token: str) -> str:
    return f"{public_url.rstrip('/')}/enter/{token}"


def _one(session: Session, who: str) -> WebPerson:
    person = session.get(WebPerson, who)
    if person is not None and not person.gone:
        return person
    shown = tidy_name(who)
    found = [each for each in store.holders(session) if shown and each.name == shown]
    if len(found) != 1:
        raise NotOneError(found)
    return found[0]
