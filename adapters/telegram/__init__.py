"""Telegram: what can be shown there, and how fast it may be spoken to.

Importing this package does not import the library: building the network does, and checking.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from adapters.adapter import Adapter, Clock, Finding, Id
from adapters.settings import Around
from adapters.telegram.settings import TelegramSection, told
from core.db import Database
from core.network import Can, Network, Pace
from core.words import Catalogue

CAN = Can(
    buttons=True,
    reactions=False,
    marks=True,
    edits=True,
    removes=True,
    clears=True,  # with the right to
    pins=True,
    toasts=True,
    tells=False,  # there is no key: what was sent twice stands there twice
    way="link",
    opens=False,  # a person must write first
    in_flight=10,  # 30 a second at 300 ms are 9 under way; each of them may be repeated by a crash
    max_text=4096,
    overall=(Pace(30, 1.0),),
    chat=(Pace(1, 1.0),),
    group=(Pace(20, 60.0),),
)


@cache
def catalogue() -> Catalogue:
    """What this adapter says to operators and in menus."""
    return Catalogue(Path(__file__).parent / "words")


def _build(section: TelegramSection, around: Around, database: Database, _clock: Clock) -> Network:
    from adapters.telegram.network import Telegram

    return Telegram(told(section, around), database.shelf)


async def _check(section: TelegramSection, around: Around) -> Sequence[Finding]:
    from adapters.telegram.check import check

    return await check(told(section, around))


TELEGRAM = Adapter(
    name="telegram",
    can=CAN,
    section=TelegramSection,
    person=Id(r"[1-9]\d{0,15}", "telegram:1234"),
    group=Id(r"-[1-9]\d{0,15}(/\d+)?", "telegram:-1001234567890"),
    words=catalogue,
    build=_build,
    check=_check,
)
