"""一米阳台: flowers on the public balconies of named stairwells; so many people for each."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.kind import ActivityKind
from core.reading.kinds import called

FOLDER = Path(__file__).parent


class Balcony(ActivityKind):
    ends = "action.over"


FEATURE = Feature(folder=FOLDER, activity=Balcony(called(FOLDER)))
