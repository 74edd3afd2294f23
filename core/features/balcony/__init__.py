"""一米阳台: flowers on the public balconies of named stairwells: planted by so many for each, then looked after."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.balcony import care, rows, shown, talk
from core.features.balcony.said import SAID
from core.features.balcony.settings import Care
from core.kind import ActivityKind
from core.reading.parts import Spelt, called

FOLDER = Path(__file__).parent
WATERED = Spelt("balcony_watered", zh="(?!)", en="(?!)")
"""The answer to which of several was watered."""
FEATURE = Feature(
    folder=FOLDER,
    activity=ActivityKind(called(FOLDER)),
    verbs=(Verb(SAID, talk.carry, meant=talk.meant), Verb(WATERED, talk.carry_watered)),
    posts=(*shown.POSTS, care.DAY),
    settings=Care,
    begins=care.begin,
    claimed=care.claimed,
    tables=(rows.Balcony, rows.BalconyStep),
    forgets=rows.forget,
    pictures=rows.pictures,
)
