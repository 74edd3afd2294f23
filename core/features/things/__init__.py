"""东西: what an activity needs besides people: promised, brought, handed out and given back."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.things import rows, shown
from core.features.things.talk import answered, carry, hear
from core.reading.parts import Spelt

FOLDER = Path(__file__).parent
THINGS = Spelt(
    "things",
    zh="(?:要用的|要带的|需要的|用的|还缺(?:什么|哪些))?(?:东西|物品|器材|物资)(?:有哪些|清单|单子)?",
    en="(?:things|stuff|equipment)(?: needed| wanted)?",
    words=True,
)
MOVED = Spelt("thing_moved", zh="(?!)", en="(?!)")
"""The answer to which of several things was meant."""
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(THINGS, carry), Verb(MOVED, answered)),
    posts=shown.POSTS,
    hears=hear,
    tables=(rows.Thing, rows.ThingHeld),
    keeps=rows.KEEPS,
    on_rosters=shown.on_rosters,
    on_reminders=shown.on_reminders,
    known=shown.known,
    forgets=rows.forget,
    again=rows.again,
)
