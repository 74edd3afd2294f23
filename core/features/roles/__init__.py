"""副手, 只管慰问, 只管巡逻: coordinators give others a part of what they do, privately, and take it back."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.roles.talk import ASK, LIST, TOLD, answered, hears
from core.reading.parts import Spelt

GIVEN = Spelt("roles", zh="(?!)", en="(?!)")
"""Roles are read with the name between the words: see `talk`. This is the answer to who was meant."""
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(GIVEN, answered, who="coordinators"),),
    posts=(ASK, TOLD, LIST),
    hears=hears,
)
