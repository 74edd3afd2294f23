"""The check: whether settings, database and networks are ready, in words of the community's language."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from adapters.adapter import Adapter
from adapters.web import WEB
from bot import backup, links, rights
from bot.config import Config
from bot.keys import missing, readable
from bot.lease import Taken, lease, lock_of
from bot.log import kinds
from bot.wording import catalogue
from core.db import known_schemas, open_engine
from core.features import NAMES
from core.pairing import spaced
from core.seals import NoKeyError


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether all is well with one thing, and a sentence about it."""

    good: bool
    about: str  # a network's name, or a key of [check] in the catalogue
    said: str
    todo: bool = False  # all is well so far, and this is what to do next
    label: str = ""  # of a network: what operators call it


async def check(config: Config) -> AsyncIterator[Finding]:
    """Look at everything, from near to far. Raises nothing: what fails is a finding.

    It changes nothing but this: where nobody coordinates yet it makes a pairing code, and the database for it.
    """
    for finding in _settings(config):
        yield finding
    for finding in (*_database(config), *_key(config)):
        yield finding
    for adapter in config.running:
        async for finding in _network(config, adapter):
            yield finding
    for finding in _invited(config):
        yield finding
    if config.pairs:
        for finding in _people(config, datetime.now(UTC)):
            yield finding


def _invited(config: Config) -> Iterator[Finding]:
    """On a page of personal links: coordinators who are named there and have none, or that nobody coordinates yet."""
    if WEB not in config.running or config.demo:
        return
    try:
        people = links.holders(config)
    except (SQLAlchemyError, ImportError, OSError, NoKeyError, backup.NotDone):
        people = []  # what is wrong with the database is said above
    named = [each.partition(":") for described in config.described() for each in described.coordinators]
    here = [id for network, _, id in named if network == WEB.name]
    for id in here:
        if id not in {person.id for person in people}:
            yield _found(config, False, "coordinators", "no_such", name=id)
    if not named and not any(person.coordinator for person in people):
        yield Finding(True, "coordinators", catalogue().text(config.community.lang, "check.invite"), todo=True)


def _people(config: Config, now: datetime) -> Iterator[Finding]:
    """Groups about which nobody has decided, and the pairing code where nobody could. No more than was said above is
    said of a database that cannot be used."""
    lang = config.community.lang
    try:
        for group in rights.groups(config, now):
            if group.state in ("kept", "waits"):
                facts = {"name": group.name, "address": group.address}
                yield _found(config, False, "groups", group.state, **facts)
        codes = rights.pairing_codes(config, now)
    except rights.NotReadyError:
        if not all(each.coordinators for each in config.described()):
            yield Finding(True, "coordinators", catalogue().text(lang, "check.code_later"), todo=True)
    except (SQLAlchemyError, ImportError, OSError, backup.NotDone):
        return
    else:
        for name, code in codes.items():
            of = f"[{name}] " if config.communities else ""
            said = of + catalogue().text(lang, "pairing.code", code=spaced(code))
            yield Finding(True, "coordinators", said, todo=True)


async def _network(config: Config, adapter: Adapter[Any]) -> AsyncIterator[Finding]:
    lang, words = config.community.lang, adapter.words()
    label = words.text(lang, "check.name")
    try:
        for found in await adapter.check(config.section(adapter), config.around(adapter)):
            yield Finding(found.good, adapter.name, words.text(lang, found.key, **found.facts), label=label)
    except Exception as error:  # noqa: BLE001 - whatever it is, the operator is told, and the rest is looked at
        said = catalogue().text(lang, "check.broken", why=kinds(error))
        yield Finding(False, adapter.name, said, label=label)


def _settings(config: Config) -> Iterator[Finding]:
    if config.file is None:
        yield _found(config, True, "config", "nothing")
        return
    for each in config.described():
        facts = {"file": str(config.file), "name": each.name, "zone": each.zone}
        yield _found(
            config, True, "config", "settings", **facts, features=", ".join(feature.name for feature in each.features)
        )
        if not each.features:
            yield _found(config, False, "config", "no_features")
        unused = ", ".join(f'"{name}"' for name in NAMES if name not in {feature.name for feature in each.features})
        if unused:
            yield _found(config, True, "config", "unused", features=unused)


def _key(config: Config) -> Iterator[Finding]:
    """Whether what is confided can be read. Where there is no database yet, a key is made with it."""
    file, named = config.database.key, {"file": str(config.database.key)}
    if config.database.file is not None and not config.database.file.exists():
        return
    try:
        kept = readable(file)
        lost = missing(config, kept)
    except NoKeyError as error:
        yield Finding(False, "key", str(error))
    except (SQLAlchemyError, ImportError, OSError):
        return
    else:
        key = "key_lost" if lost else "key_good" if kept.by_id else "key_new"
        yield _found(config, not lost, "key", key, **named)


def _database(config: Config) -> Iterator[Finding]:
    file = config.database.file
    if file is None:
        yield _server(config)
        return
    try:
        with lease(file if lock_of(file).exists() else None):  # without it nobody ever ran, and none is to be made
            pass
    except Taken as taken:
        yield Finding(True, "database", str(taken))
    if not file.exists():
        folder = file.parent
        if not folder.is_dir():
            yield _found(config, False, "database", "no_folder", file=str(file), folder=str(folder))
        elif not os.access(folder, os.W_OK):
            yield _found(config, False, "database", "readonly", file=str(file))
        else:
            yield _found(config, True, "database", "new_database", file=str(file))
        return
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        yield _found(config, False, "database", "readonly", file=str(file))
        return
    try:
        schema = backup.check(file)
    except backup.NotDone as error:
        yield Finding(False, "database", str(error))
        return
    if not schema:
        yield _found(config, True, "database", "new_database", file=str(file))
        return
    key = "database_good" if schema == known_schemas()[-1] else "older"
    yield _found(config, True, "database", key, file=str(file), schema=schema)


def _server(config: Config) -> Finding:
    try:
        engine = open_engine(config.database.url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        return _found(config, False, "database", "server_bad", why=kinds(error))
    return _found(config, True, "database", "server_good")


def _found(config: Config, good: bool, about: str, key: str, **facts: str) -> Finding:
    return Finding(good, about, catalogue().text(config.community.lang, f"check.{key}", **facts))
