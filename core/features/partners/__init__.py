"""共建单位: partner units, a library or a company, that come with so many people; their contact says how many."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.partners.heads import KEEPS
from core.features.partners.talk import carry_heads, carry_kept, hears
from core.features.partners.told import POSTS
from core.reading.parts import Spelt

KEEP = Spelt("unit", zh="(?!)", en="(?!)")
HEADS = Spelt("unit_heads", zh="(?!)", en="(?!)")
"""Units are read with the names of those that are known: see `said`. These are the answers to who or what was meant."""
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(KEEP, carry_kept, who="coordinators"), Verb(HEADS, carry_heads)),
    posts=POSTS,
    hears=hears,
    keeps=KEEPS,
)
