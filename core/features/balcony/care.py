"""Each morning: who looks after a balcony is told when it wants water; long unlooked-at, others hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from core.claims import Claim, Roster
from core.features.balcony import rows
from core.manners import wall
from core.posts import Post, owed
from core.posts.kind import PostKind
from core.posts.row import NOTICE
from core.work import Work

AT = time(8)
GENTLE, LONG = 5, 9
"""So many days after it was time, its carer reads a gentle word, and the coordinators that nobody looks after it."""


def begin(work: Work) -> None:
    """Owe the next morning, where there is any balcony."""
    if not rows.any_known(work.session, work.here.id):
        return
    at = next_morning(work)
    before = owed(work.session, work.here.id, "balcony.day", member_id=0, occurrence_id=0, occasion="day")
    if before is None or not before.pending or before.due != at:
        work.owe_at("balcony.day", at, occasion="day")


def claimed(work: Work, _on: Roster, _made: Sequence[Claim]) -> None:
    """Somebody comes to plant: from now on it is looked each morning how the balconies are."""
    begin(work)


def next_morning(work: Work) -> datetime:
    today = work.now.astimezone(work.here.tz).date()
    at = wall(today, AT, work.here.tz)
    return at if at > work.now else wall(today + timedelta(days=1), AT, work.here.tz)


def each_day(work: Work, _post: Post) -> None:
    begin(work)
    rows.learn(work)
    today = work.now.astimezone(work.here.tz).date().isoformat()
    for row in rows.balconies(work.session, work.here.id):
        late, who = rows.overdue(work, row), rows.carer(work.session, row)
        if late < 0:
            continue
        if who and late == GENTLE:
            work.owe("balcony.gentle", member_id=who, claim_id=row.id, occasion=today)
        elif who and late % 2 == 0 and late < LONG:
            expires = work.now + timedelta(hours=14)
            work.owe("balcony.water", member_id=who, claim_id=row.id, occasion=today, expires=expires)
        elif late == (LONG if who else GENTLE):
            for id in sorted(work.coordinators):
                work.owe("balcony.neglected", member_id=id, claim_id=row.id, occasion=today)


DAY = PostKind("balcony.day", act=each_day, urgency=NOTICE, restored=True)
