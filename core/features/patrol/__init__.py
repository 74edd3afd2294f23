"""义务巡逻: a pair or a team walks the estate at a set time, from a meeting point."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.kind import ActivityKind
from core.reading.kinds import called

FOLDER = Path(__file__).parent
FEATURE = Feature(folder=FOLDER, activity=ActivityKind(called(FOLDER)))
