"""义务巡逻: a pair or a team walks the estate at a set time; 绿化巡查 looks at trees and lawns."""

from __future__ import annotations

import re
from pathlib import Path

from core.activities import Occurrence
from core.feature import Feature
from core.kind import ActivityKind
from core.reading.parts import called, in_place

FOLDER = Path(__file__).parent
GREEN = re.compile(r"绿|green", re.IGNORECASE)
"""What the title of a patrol has that is a green watch."""


class Patrol(ActivityKind):
    on_duty = True

    def watches(self, o: Occurrence, words: str) -> bool:
        return bool(GREEN.search(o.title)) and in_place(o.place, words)


FEATURE = Feature(folder=FOLDER, activity=Patrol(called(FOLDER)))
