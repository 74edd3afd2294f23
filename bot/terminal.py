"""What the commands share: settings found, words said, errors explained."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.config import Config

PLACE = Path("config.toml")
"""The file of settings that is used when none is named and it is there."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn what a person can mend into a sentence on standard error and an exit code: 2 for settings, else 1."""
    from bot.backup import NotDone
    from bot.complaints import ConfigError
    from bot.lease import Taken
    from core.network import UnusableError
    from core.seals import NoKeyError

    try:
        yield
    except ConfigError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except (NotDone, NoKeyError, Taken, UnusableError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except BaseExceptionGroup as group:  # networks run side by side
        unusable, others = group.split(UnusableError)
        if unusable is None or others is not None:
            raise
        for leaf in leaves(unusable):
            typer.echo(str(leaf), err=True)
        raise typer.Exit(1) from None


def leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    """The errors in a group and in the groups in it."""
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from leaves(error)
        else:
            yield error


@contextmanager
def lines_of(file: str) -> Iterator[Iterable[str]]:
    """The lines of a file in UTF-8, or of standard input for '-'."""
    if file == "-":
        yield (line.decode("utf-8-sig") for line in sys.stdin.buffer)
    else:
        with Path(file).open(encoding="utf-8-sig") as lines:
            yield lines


def settings_in(config: Path | None, *, serving: bool = False) -> Config:
    """The settings; `serving`: for a bot that is to run with them."""
    from bot.config import load

    return load(config or (PLACE if PLACE.exists() else None), os.environ, serving=serving)


def start_log(settings: Config) -> None:
    from bot import log

    log.start(settings.log.level, settings.log.format)


def say(settings: Config, key: str, **facts: str | int) -> str:
    from bot.wording import catalogue

    return catalogue().text(settings.community.lang, key, **facts)


def free_port(port: int) -> int:
    """This port, or another one if a program listens there already."""
    for wanted in (port, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    return port


def can_show() -> bool:
    """Whether a window can be opened here; a browser inside the terminal would hide what we print."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def secret_of(what: str, asked: str) -> str:
    """Something that nobody may read over a shoulder, from the environment (`what`), or asked for."""
    return os.environ.get(f"XIAOBANDENG_MATRIX__{what}") or str(typer.prompt(asked, hide_input=True)).strip()


def password_of(user: str, file: Path | None) -> str:
    """The password, from a file, the environment, or asked for."""
    if file is not None:
        try:
            return file.read_text("utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            typer.echo(f"{file}: the password cannot be read from there", err=True)
            raise typer.Exit(2) from None
    return os.environ.get("XIAOBANDENG_MATRIX__PASSWORD") or typer.prompt(f"Password of {user}", hide_input=True)
