"""集中行动日: many activities on one day, in one draft, under one overview; rain moves all of them."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.action import off, rows
from core.features.action.shown import POSTS
from core.features.action.talk import hear, move
from core.reading.parts import Spelt

FOLDER = Path(__file__).parent
MOVE = Spelt(
    "move_day",
    zh="(?:集中行动日?|行动日)?(?:改期|延期|推迟|顺延)(?:到|至|为)?",
    en="(?:postpone|reschedule)(?: the action day)?(?: to)?",
    words=True,
)
CANCEL = Spelt(
    "cancel_day",
    zh="取消(?:整个|这个|全部)?(?:的)?(?:集中)?行动日|(?:集中)?行动日(?:整天)?(?:都|全)?(?:取消|不办|不搞)了?|(?:整天|全天)都?取消",
    en="(?:cancel|call off) (?:the )?(?:whole )?action day|(?:the )?action day is (?:off|cancelled|called off)",
    words=True,
)
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(MOVE, move), Verb(CANCEL, off.carry)),
    posts=(*POSTS, off.OFF),
    hears=hear,
    tables=(rows.ActionDay, rows.ActionPart),
    keeps=rows.KEEPS,
    changed=rows.changed,
    cancels=off.cancels,
    within=rows.is_part,
)
