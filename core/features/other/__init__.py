"""其他: whatever else is done together, called what the coordinator calls it: 大扫除, 讲座, 体检, 排练, 值守."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.kind import ActivityKind
from core.reading.kinds import called

FOLDER = Path(__file__).parent
FEATURE = Feature(folder=FOLDER, activity=ActivityKind(called(FOLDER)))
