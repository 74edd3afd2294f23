"""小板凳议事: what neighbours bring is followed in public, until those who asked say that it is solved."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.matters.board import BOARD, REFRESH
from core.features.matters.brought import ALIKE, CARD, DECIDED, EMPTY, NOTED, UNASKED
from core.features.matters.followed import ALL, GIVEN, JOINED, NOTHING, SILENCE, STEP
from core.features.matters.judged import CLOSE, LOOK_AT_IT, MISSING, NOT_YET_TOLD, SCORE, WHY
from core.features.matters.pictured import PICTURE, shown
from core.features.matters.said import SAID_OF_MATTERS
from core.features.matters.talk import hear
from core.features.matters.watched import GREEN, HELD, STILL
from core.matters import Following

FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(SAID_OF_MATTERS, hear),),
    posts=(
        *(BOARD, REFRESH, EMPTY, NOTED, ALIKE, UNASKED, CARD, DECIDED, STEP, GIVEN, JOINED, ALL, SILENCE, NOTHING),
        *(LOOK_AT_IT, WHY, MISSING, NOT_YET_TOLD, CLOSE, SCORE),
        *(GREEN, STILL, HELD, PICTURE),
    ),
    settings=Following,
    shows=shown,
)
