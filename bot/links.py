"""What the operator decides at the machine about the page: who has a personal link."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from sqlmodel import Session

from adapters.web import WEB, people, store
from adapters.web.ids import NETWORK, number_of
from adapters.web.people import Log, NotOneError
from adapters.web.settings import told
from adapters.web.store import WebPerson
from bot.backup import NotDone
from bot.config import Config
from bot.keys import open_database
from bot.owner import give
from bot.reached import reached
from bot.rights import opened, served
from bot.wording import catalogue
from core.db import Database
from core.deeds.doorway import note
from core.work import Work

T = TypeVar("T")


def make(config: Config, name: str, now: datetime, *, coordinator: bool) -> str:
    """A personal link for somebody new. Raises `NotDone`."""

    async def work(database: Database) -> str:
        return await people.invite(
            database, name, now, public_url=url(config), coordinator=coordinator, log=_log(config, now)
        )

    try:
        return _done(config, work)
    except ValueError as error:
        raise NotDone(str(error)) from None


def again(config: Config, who: str, now: datetime) -> str:
    """A new personal link for somebody who has one; the old one is dead. Raises `NotDone`."""
    with _found(config, who):
        log = _log(config, now)
        return _done(config, lambda database: people.again(database, who, now, public_url=url(config), log=log))


def dismiss(config: Config, who: str, now: datetime) -> str:
    """Whose link is to be dead and who is out; their name. Raises `NotDone`."""
    settings = told(config.section(WEB), config.around(WEB))
    with _found(config, who):
        return _done(config, lambda database: people.dismiss(settings, database, who, now, log=_log(config, now)))


def invited(config: Config) -> list[str]:
    """Everybody who has a personal link, a line each. Raises `NotDone`."""
    return [_line(config, person) for person in _done(config, people.invited)]


def _log(config: Config, now: datetime) -> Log:
    """What the operator does is in the log of each community whose group the page shows, by nobody's name."""

    def log(session: Session, verb: str, person: WebPerson) -> None:
        for here in served(session, config, now):
            note(Work(session, here, now), verb, (NETWORK, person.id), number_of(person.id))

    return log


def holders(config: Config) -> Sequence[WebPerson]:
    """Everybody who has a personal link; nobody where there is no database yet. Changes nothing. Raises `NotDone`."""
    file = config.database.file
    if file is not None and not file.exists():
        return ()
    with opened(config) as session:
        return [WebPerson(**each.model_dump()) for each in store.holders(session)]


def url(config: Config) -> str:
    page = config.section(WEB)
    return page.public_url or f"http://{page.address}"


def _done(config: Config, work: Callable[[Database], Awaitable[T]]) -> T:
    if config.demo:
        raise NotDone(catalogue().text(config.community.lang, "invite.demo"))
    with reached(config):
        database = open_database(config, datetime.now(UTC))

        async def doing() -> T:
            return await work(database)

        try:
            database.migrate()
            if (file := config.database.file) is not None:
                give(file, file.parent)
            return asyncio.run(doing())
        finally:
            database.close()


@contextmanager
def _found(config: Config, who: str) -> Iterator[None]:
    """Say kindly that there is nobody of that name, or which of several may be meant."""
    try:
        yield
    except NotOneError as error:
        key = "several" if error.people else "nobody"
        said = [catalogue().text(config.community.lang, f"invited.{key}", who=who)]
        raise NotDone("\n".join([*said, *(_line(config, person) for person in error.people)])) from None


def _line(config: Config, person: WebPerson) -> str:
    key = "in" if person.arrived else "waits"
    role = catalogue().text(config.community.lang, "invited.coordinator") if person.coordinator else ""
    return catalogue().text(config.community.lang, f"invited.{key}", id=person.id, name=person.name, role=role)
