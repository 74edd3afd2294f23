"""义务巡逻: a pair or a team walks the estate at a set time, from a meeting point."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.reading.kinds import called


class Patrol(Feature):
    called = called(Path(__file__).parent / "called.toml")
