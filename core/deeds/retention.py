"""What is kept so long and no longer: at three in the morning what is too old is dropped, each kind at its own age."""

from __future__ import annotations

from datetime import time, timedelta

from core.deeds import dropping
from core.deeds.whole import deed
from core.morning import next_morning
from core.posts import Post, owed
from core.work import Work

THREE = time(3)
NIGHT = "retention"


@deed
def drop_old(work: Work) -> int:
    """Drop whatever is older than the settings say; how much it was."""
    ages = work.here.manners.keeping
    n = sum(drop(work, work.now - ages.days(kind)) for kind, drop in dropping.KINDS.items())
    for feature in (*work.here.features.values(), *work.here.switched_off.values()):
        if feature.drops is not None:
            n += feature.drops(work)
    dropping.codes(work)
    work.session.flush()
    if n:
        work.log("dropped_old")
    return n


def begin(work: Work) -> None:
    """Owe the next night; one that was missed, for the machine was off, is not put off."""
    before = owed(work.session, work.here.id, NIGHT, member_id=0, occurrence_id=0, occasion=NIGHT)
    if before is None or not before.pending:
        work.owe_at(NIGHT, next_morning(work.here, THREE, work.now), occasion=NIGHT)


def at_its_time(work: Work, _post: Post) -> None:
    drop_old(work)
    work.owe_at(NIGHT, next_morning(work.here, THREE, work.now + timedelta(minutes=1)), occasion=NIGHT)
