"""Whom the page lets in: personal links made, listed, made anew and ended, from the console or on a page."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from adapters.web import store
from adapters.web.guard import digest
from adapters.web.hear import departures
from adapters.web.ids import PERSON
from adapters.web.settings import WebSettings
from adapters.web.store import WebPerson, WebSession
from core.db import Database
from core.words.clean import tidy_name

security = logging.getLogger("xiaobandeng.security")

Log = Callable[[Session, str, WebPerson], None]
"""Writes into the log what was done about somebody's link, and by whom: `link_made`, `link_renewed`, `link_ended`.

It may raise, and then nothing was done.
"""


def unlogged(session: Session, verb: str, person: WebPerson) -> None:
    """Where no community is served yet there is no log."""


class NotOneError(Exception):
    """There is nobody of this name, or there are several: `people`, to be told apart by their ids."""

    def __init__(self, people: Sequence[WebPerson]) -> None:
        super().__init__(f"{len(people)} people")
        self.people = people


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a new link is made of: the secret that it ends with, and the id of somebody new.

    Who makes the same of it twice, with a form that was sent twice, has the same person and the same link twice.
    """

    token: str
    id: str

    @classmethod
    def any(cls) -> Fresh:
        return cls(secrets.token_urlsafe(24), secrets.token_hex(PERSON))  # 192 bits


# ---------------------------------------------------------------- within a transaction


def make(
    session: Session, name: str, now: datetime, fresh: Fresh, log: Log, *, building: str = "", coordinator: bool = False
) -> WebPerson:
    """Somebody new, with a personal link. Raises ValueError for a name in which nothing can be seen."""
    shown = tidy_name(name)
    if not shown:
        raise ValueError("a person needs a name that can be seen")
    known = session.get(WebPerson, fresh.id)
    if known is not None:
        return known
    person = WebPerson(id=fresh.id, name=shown, coordinator=coordinator, link=digest(fresh.token), added_at=now)
    person.building, person.linked_at = tidy_name(building), now
    session.add(person)
    session.flush()
    log(session, "link_made", person)
    security.info("a personal link was made", extra={"verb": "coordinator" if coordinator else "neighbour"})
    return person


def renew(session: Session, person: WebPerson, now: datetime, fresh: Fresh, log: Log, *, sparing: str = "") -> None:
    """A new link for the same person. The old one is dead, and whoever came in by it is out, but for the session
    `sparing`, a hash: theirs who does it for themselves.
    """
    if person.link == digest(fresh.token):
        return
    person.link, person.linked_at = digest(fresh.token), now
    session.add(person)
    for begun in session.exec(
        select(WebSession).where(WebSession.person == person.id, col(WebSession.cookie) != sparing)
    ):
        session.delete(begun)
    log(session, "link_renewed", person)
    security.info("a personal link was made anew, and the one before ended")


def end(settings: WebSettings, session: Session, person: WebPerson, now: datetime, log: Log) -> None:
    """Somebody no longer lives here: their link is dead, their sessions end, the bot is told. What they said stays."""
    log(session, "link_ended", person)  # while it is known who they are
    person.gone, person.link = True, None
    session.add(person)
    if person.arrived:
        session.add_all(departures(settings, person, now))
    store.end_sessions(session, person.id)
    security.info("a personal link was ended")


# ---------------------------------------------------------------- from the console


async def invite(
    database: Database,
    name: str,
    now: datetime,
    *,
    public_url: str = "",
    coordinator: bool = False,
    log: Log = unlogged,
) -> str:
    """Add a person of this name; return their personal link, which nobody can look up again.

    The link works until it is made anew or its person dismissed: it is opened again from an old chat on a new phone.
    Without `public_url` it is only the path. Whoever has it is that person, so it is given to nobody else. Raises
    ValueError for a name in which nothing can be seen.
    """
    fresh = Fresh.any()
    await database.write(lambda session: make(session, name, now, fresh, log, coordinator=coordinator))
    return address(public_url, fresh.token)


async def again(database: Database, who: str, now: datetime, *, public_url: str = "", log: Log = unlogged) -> str:
    """A new personal link for somebody who has one; see `renew`. `who` is a name or an id. Raises `NotOneError`."""
    fresh = Fresh.any()
    await database.write(lambda session: renew(session, _one(session, who), now, fresh, log))
    return address(public_url, fresh.token)


async def dismiss(settings: WebSettings, database: Database, who: str, now: datetime, *, log: Log = unlogged) -> str:
    """End somebody's link; see `end`. `who` is a name or an id; their name is returned. Raises `NotOneError`."""

    def work(session: Session) -> str:
        person = _one(session, who)
        name = person.name
        end(settings, session, person, now, log)
        return name

    return await database.write(work)


async def invited(database: Database) -> Sequence[WebPerson]:
    """Everybody who has a personal link, in the order in which they were added. `arrived`: they have opened it."""
    return await database.read(store.holders)


def address(public_url: str, token: str) -> str:
    """A personal link, whole."""
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
