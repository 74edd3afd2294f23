"""Arranging: what a posting becomes, by its kind, and by what its feature knows from elsewhere."""

from __future__ import annotations

from core.kind import ActivityKind, Arrangement
from core.reading import Posting
from core.turn import Turn


def arranged(turn: Turn, kind: ActivityKind, posting: Posting) -> Arrangement:
    plan = kind.arrange(posting, turn.here.lang)
    feature = turn.here.features.get(kind.name)
    return plan if feature is None or feature.completes is None else feature.completes(turn.work, posting, plan)
