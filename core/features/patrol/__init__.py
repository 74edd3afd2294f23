"""义务巡逻: a pair or a team walks the estate at a set time, from a meeting point."""

from __future__ import annotations

from core.feature import Feature


class Patrol(Feature):
    name = "patrol"
    kind = "patrol"
