"""What version this is: as a command, and as what one asks of every program."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import VERSION


def version() -> None:
    """Print the version. 版本。"""
    typer.echo(f"xiaobandeng {VERSION}")


def _version_asked(asked: bool) -> None:
    if asked:
        version()
        raise typer.Exit


def at_once(
    show: Annotated[
        bool, typer.Option("--version", callback=_version_asked, is_eager=True, help="Print the version. 版本。")
    ] = False,
) -> None:
    """小板凳 (little stool): a chatbot with which a neighbourhood's volunteers run their own life."""
