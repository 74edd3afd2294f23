"""A community as the bot serves it: whose rows these are, how its bot is to behave, and what it can organise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from core.activities import Occurrence
from core.consents import Purpose
from core.feature import Feature, Verb
from core.kind import ActivityKind
from core.manners import Manners
from core.members import Community
from core.posts.kind import PostKind
from core.reading.parts import Kinds

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True)
class Here:
    """One community. Everything that reads or writes rows is given it; nothing in it changes while the bot runs,
    but that a group named by an alias is known by its id as well once that is found out."""

    community: Community
    manners: Manners
    features: Mapping[str, Feature]  # by name
    groups: dict[str, str] = field(default_factory=dict)  # "network:id" of those that the settings name, and how
    switched_off: Mapping[str, Feature] = field(default_factory=dict)  # what was posted before stands
    posts: Mapping[str, PostKind] = field(default_factory=dict)  # by name: what it can owe and show
    page: str = ""  # where people reach a page of ours, on which details can be opened; '' where there is none

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
        """What may be said here, for readers: its kinds of activity and the verbs of its features."""
        return kinds_of(tuple(self.features.values()))

    @cached_property
    def may_post(self) -> Mapping[str, ActivityKind]:
        """The kinds of activity that may be posted, by name."""
        return {name: feature.activity for name, feature in self.features.items() if feature.activity is not None}

    def settings(self, section: type[S]) -> S:
        """A feature's own section of the settings."""
        return next((said for said in self.manners.sections if isinstance(said, section)), section())

    @cached_property
    def verbs(self) -> Mapping[str, Verb]:
        """The verbs that its features bring, by intent."""
        return {verb.intent: verb for feature in self.features.values() for verb in feature.verbs}

    @cached_property
    def purposes(self) -> Mapping[str, Purpose]:
        """What neighbours may agree to, and take back, by name: of features that are switched off, too."""
        every = (*self.features.values(), *self.switched_off.values())
        return {purpose.name: purpose for feature in every for purpose in feature.purposes}

    def kind(self, occurrence: Occurrence) -> ActivityKind:
        """What an activity is: its kind, also where the settings no longer name it."""
        feature = self.features.get(occurrence.kind) or self.switched_off[occurrence.kind]
        assert feature.activity is not None  # noqa: S101 - it was posted as one of its kind
        return feature.activity


@lru_cache(64)
def kinds_of(features: tuple[Feature, ...]) -> Kinds:
    """What features bring to be read: one and the same for the same features, as readers compile much of it."""
    called = [feature.activity.called for feature in features if feature.activity is not None]
    return Kinds(called, [verb.spelt for feature in features for verb in feature.verbs])
