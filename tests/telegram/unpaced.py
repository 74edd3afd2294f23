"""The adapter without its limits, for tests that are about something else."""

from __future__ import annotations

from dataclasses import replace

from adapters.telegram.network import Telegram
from core.network import Can


class Unpaced(Telegram):
    """Spoken to as fast as a test likes: what keeps the limits is the courier, and the limits are off here."""

    @property
    def can(self) -> Can:
        return replace(super().can, overall=(), chat=(), group=())
