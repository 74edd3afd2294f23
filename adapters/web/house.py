"""What all parts of the page share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from adapters.web.cards import Cards
from adapters.web.door import Door
from adapters.web.letterbox import Clock, Letterbox
from adapters.web.live import Live
from adapters.web.settings import WebSettings
from adapters.web.show import Screen
from adapters.web.unseen import Unseen
from core.db import Database

Push = Callable[[timedelta], Awaitable[None]]
"""Moves the demo's clock forward; done when the clock is there."""


@dataclass(frozen=True, slots=True)
class House:
    """One running page. `secret` signs its forms and outlives restarts; `push` is None where the clock is not ours."""

    settings: WebSettings
    database: Database
    clock: Clock
    live: Live
    letterbox: Letterbox
    screen: Screen
    door: Door
    secret: str
    push: Push | None
    cards: Cards
    unseen: Unseen
    touched: Callable[[], None] = lambda: None
    """Says that something was owed to somebody's screen."""
