"""其他: whatever else is done together, called what the coordinator calls it: 大扫除, 讲座, 体检, 排练, 值守."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.kind import ActivityKind
from core.reading.parts import called
from core.talk import again
from core.turn import Turn

FOLDER = Path(__file__).parent


def hears(turn: Turn, _about: int, words: str) -> bool:
    """Whether words ask for something of a title of its own once more, and were acted upon."""
    return again.of_title(turn, words)


FEATURE = Feature(folder=FOLDER, activity=ActivityKind(called(FOLDER)), hears=hears)
