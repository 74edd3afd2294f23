"""The kinds of activity, by the name under which the configuration enables them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.feature import Feature
from core.features.balcony import Balcony
from core.features.patrol import Patrol
from core.features.potluck import Potluck
from core.features.visits import Visits

ALL: tuple[Feature, ...] = (Patrol(), Visits(), Balcony(), Potluck())
NAMES = tuple(feature.name for feature in ALL)


def enabled(names: Iterable[str]) -> Mapping[str, Feature]:
    """The features of these names, by kind. Raises KeyError for a name that none has."""
    by_name = {feature.name: feature for feature in ALL}
    return {by_name[name].kind: by_name[name] for name in names}
