"""The kinds of activity, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.features.balcony import Balcony
from core.features.patrol import Patrol
from core.features.potluck import Potluck
from core.features.visit import Visits
from core.kind import ActivityKind
from core.reading.kinds import Kinds

ALL: tuple[ActivityKind, ...] = (Patrol(), Visits(), Balcony(), Potluck())
NAMES = tuple(feature.name for feature in ALL)
KINDS = Kinds(feature.called for feature in ALL)
"""All of them, for readers."""


def enabled(names: Iterable[str]) -> Mapping[str, ActivityKind]:
    """The features of these names, by name. Raises KeyError for a name that none has."""
    by_name = {feature.name: feature for feature in ALL}
    return {name: by_name[name] for name in names}


def switched_off(names: Iterable[str]) -> Mapping[str, ActivityKind]:
    """The features that these names leave out, by name."""
    left = set(names)
    return {feature.name: feature for feature in ALL if feature.name not in left}
