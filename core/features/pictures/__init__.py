"""图: a roster, the board, the balconies, the parts of an action day, as one picture in large type."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.pictures import said, shown, talk

FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(said.SAID, talk.carry, meant=talk.meant),),
    posts=shown.POSTS,
    hears=talk.hear,
    settings=shown.Pictures,
    forgets=shown.forget,
)
