"""What does not change while the bot runs: its manners and its features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.feature import Feature
from core.manners import Manners


@dataclass(frozen=True, slots=True)
class House:
    """How this community's bot behaves, and the kinds of activity it knows."""

    manners: Manners
    features: Mapping[str, Feature]  # by kind
