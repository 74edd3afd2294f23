"""A community as the bot serves it: whose rows these are, how its bot is to behave, and what it can organise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from core.activities import Occurrence
from core.kind import ActivityKind
from core.manners import Manners
from core.members import Community
from core.reading.kinds import Kinds


@dataclass(frozen=True)
class Here:
    """One community. Everything that reads or writes rows is given it; nothing in it changes while the bot runs."""

    community: Community
    manners: Manners
    features: Mapping[str, ActivityKind]  # by name: what may be posted
    groups: Mapping[str, str] = field(default_factory=dict)  # "network:id" of those that the settings name, and how
    switched_off: Mapping[str, ActivityKind] = field(default_factory=dict)  # what was posted before stands

    @property
    def id(self) -> int:
        return self.community.id

    @property
    def lang(self) -> str:
        return self.community.lang

    @property
    def tz(self) -> ZoneInfo:
        return self.community.tz

    @property
    def ranks(self) -> bool:
        """Whether administrators of its groups coordinate."""
        return self.manners.administrators_coordinate

    @cached_property
    def kinds(self) -> Kinds:
        """Its kinds of activity, for readers."""
        return Kinds(feature.called for feature in self.features.values())

    def kind(self, occurrence: Occurrence) -> ActivityKind:
        """What an activity is: its kind, also where the settings no longer name it."""
        return self.features.get(occurrence.kind) or self.switched_off[occurrence.kind]
