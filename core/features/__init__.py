"""The features, by their names: one explicit list, in the order in which the bot prefers and offers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.feature import Feature
from core.features.action import FEATURE as ACTION
from core.features.balcony import FEATURE as BALCONY
from core.features.digest import FEATURE as DIGEST
from core.features.lists import FEATURE as LISTS
from core.features.matters import FEATURE as MATTERS
from core.features.meeting import FEATURE as MEETING
from core.features.other import FEATURE as OTHER
from core.features.partners import FEATURE as PARTNERS
from core.features.patrol import FEATURE as PATROL
from core.features.pictures import FEATURE as PICTURES
from core.features.potluck import FEATURE as POTLUCK
from core.features.roles import FEATURE as ROLES
from core.features.rota import FEATURE as ROTA
from core.features.study import FEATURE as STUDY
from core.features.thanks import FEATURE as THANKS
from core.features.things import FEATURE as THINGS
from core.features.visit import FEATURE as VISIT
from core.features.well import FEATURE as WELL
from core.here import kinds_of
from core.words import include

FEATURES: tuple[Feature, ...] = (
    *(ACTION, THINGS, PATROL, MEETING, STUDY, VISIT, BALCONY, POTLUCK, OTHER),
    *(MATTERS, DIGEST, LISTS, PARTNERS, ROTA, THANKS, WELL, ROLES, PICTURES),
)
NAMES = tuple(feature.name for feature in FEATURES)
KINDS = kinds_of(FEATURES)
"""All of them, for readers."""

include(*(feature.words for feature in FEATURES))


def enabled(names: Iterable[str]) -> Mapping[str, Feature]:
    """The features of these names, by name. Raises KeyError for a name that none has."""
    by_name = {feature.name: feature for feature in FEATURES}
    return {name: by_name[name] for name in names}
