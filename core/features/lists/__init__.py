"""名单: lists of people that coordinators keep, privately: a branch, a team. An activity may be for one."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.lists.table import TABLE, WRONG, sent
from core.features.lists.talk import ALL, CHANGE, SHOWN, hears, resolved
from core.reading.parts import Spelt

ANSWERED = Spelt("lists", zh="(?!)", en="(?!)")
"""Lists are read with the names of those that are kept: see `talk`. This is the answer to who was meant."""
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(ANSWERED, resolved, who="coordinators"),),
    posts=(SHOWN, CHANGE, ALL, TABLE, WRONG),
    hears=hears,
    shows=sent,
)
