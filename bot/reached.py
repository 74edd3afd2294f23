"""The database as a command at the console finds it: what is wrong with folder, file or server is a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import NotDone, check
from bot.config import Config
from bot.log import kinds
from bot.wording import catalogue


@contextmanager
def reached(config: Config) -> Iterator[None]:
    """Around whatever opens the database. Raises `NotDone` where it cannot be used, before anything is written."""
    file = config.database.file
    if file is not None:
        usable(file, config.community.lang)
    try:
        yield
    except (SQLAlchemyError, ImportError, CommandError) as error:
        named = {"file": str(file), "why": kinds(error)}
        raise NotDone(_say(config.community.lang, "server_bad" if file is None else "file_bad", **named)) from None


def usable(file: Path, lang: str) -> None:
    """Raises `NotDone` for a folder that is not there, for what this user may not write, and what is no database."""
    folder = file.parent
    if not folder.is_dir():
        raise NotDone(_say(lang, "no_folder", file=str(file), folder=str(folder)))
    if file.is_dir() or not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise NotDone(_say(lang, "readonly", file=str(file)))
    if file.exists() and file.stat().st_size:
        check(file)


def _say(lang: str, key: str, **facts: str) -> str:
    return catalogue().text(lang, f"check.{key}", **facts)
