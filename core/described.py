"""A community as the operator's settings describe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.feature import Feature
from core.features import FEATURES
from core.manners import DEFAULT, Manners


@dataclass(frozen=True)
class Described:
    """What the settings say of one community. `named` is the word by which they know it, "" for an only one."""

    named: str = ""
    name: str = "邻里"
    zone: str = "Asia/Shanghai"
    lang: str = "zh"
    coordinators: Sequence[str] = ()  # "network:id"
    groups: Sequence[str] = ()  # likewise
    manners: Manners = DEFAULT
    features: Sequence[Feature] = FEATURES
    page: str = ""  # where a page of ours is reached by its people, if there is one
