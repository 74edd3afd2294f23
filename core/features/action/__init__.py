"""集中行动日: many activities on one day, in one draft, under one overview; rain moves all of them."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.action import rows
from core.features.action.shown import POSTS
from core.features.action.talk import hear, move
from core.reading.verbs import Spelt

FOLDER = Path(__file__).parent
MOVE = Spelt(
    "move_day",
    zh="(?:集中行动日?|行动日)?(?:改期|延期|推迟|顺延)(?:到|至|为)?",
    en="(?:postpone|reschedule)(?: the action day)?(?: to)?",
    words=True,
)
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(MOVE, move),),
    posts=POSTS,
    hears=hear,
    tables=(rows.ActionDay, rows.ActionPart),
    changed=rows.changed,
)
