"""What does not change while the bot runs: its manners and its features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.feature import Feature
from core.manners import Manners
from core.reading.kinds import Kinds


@dataclass(frozen=True)
class House:
    """How this community's bot behaves, and the kinds of activity it knows."""

    manners: Manners
    features: Mapping[str, Feature]  # by name

    @cached_property
    def kinds(self) -> Kinds:
        """Its kinds of activity, for readers."""
        return Kinds(feature.called for feature in self.features.values())
