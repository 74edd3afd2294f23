"""一米阳台: flowers on the public balconies of named stairwells; so many people for each."""

from __future__ import annotations

from pathlib import Path

from core.kind import ActivityKind
from core.reading.kinds import called


class Balcony(ActivityKind):
    called = called(Path(__file__).parent / "called.toml")
