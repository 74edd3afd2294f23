"""Telegram: what can be shown there, and how fast it may be spoken to.

Importing this package does not import the library: `network.Telegram` does, and `check.check`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.network import Can, Pace
from core.words import Catalogue

CAN = Can(
    buttons=True,
    reactions=False,
    marks=True,
    edits=True,
    removes=True,
    pins=True,
    toasts=True,
    tells=False,  # there is no key: what was sent twice stands there twice
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
