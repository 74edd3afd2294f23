"""As last time: the places of what was posted before are offered to those who had them, for two days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from core.activities import CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, OFFERED, Claim, Head, put_down, roster_of
from core.deeds.reminding import schedule
from core.deeds.telling import changed
from core.deeds.whole import deed
from core.news import Offer
from core.rounds import same_household
from core.work import Work

OFFERED_FOR = timedelta(days=2)


MOST = 300
"""So many of the newest are looked through for one that is to be repeated: years of them."""


def posted_before(work: Work) -> Sequence[Occurrence]:
    """What was posted and not called off, the newest first."""
    return work.session.exec(
        select(Occurrence)
        .where(
            Occurrence.community_id == work.here.id,
            col(Occurrence.number).is_not(None),
            col(Occurrence.state).in_((OPEN, CLOSED)),
        )
        .order_by(col(Occurrence.number).desc())
        .limit(MOST)
    ).all()


@deed
def offer_again(work: Work, o: Occurrence, last: Occurrence) -> list[Claim]:
    """Right after it is posted: each place is offered to who had it, where they are not on it already."""
    on, before = roster_of(work.session, o), roster_of(work.session, last)
    offered: list[Claim] = []
    for slot in on.slots:
        twin = same_household(slot, before.slots)
        had = [c for c in before.taking(twin) if c.promised == CLAIMED and c.ordinal == 0] if twin else []
        for claim in had:
            if on.of(claim.member_id) or not on.room(slot) or claim.member_id in {c.member_id for c in offered}:
                continue
            new = put_down(
                work.session, on, slot, Head(claim.member_id, 0, claim.name), work.by.account, work.now, OFFERED
            )
            offered.append(new)
            work.session.flush()
            where: dict[str, Any] = {"occurrence_id": o.id, "claim_id": new.id, "occasion": str(new.changes)}
            work.owe("offer", member_id=new.member_id, expires=o.ends(), body=Offer(last=True), **where)
            work.owe("round.lapse", due=work.now + OFFERED_FOR, **where)
            schedule(work, o, [new.member_id])
            work.log("offer", o, member=new.member_id, claim=new.id)
            on.claims = roster_of(work.session, o).claims
    if offered:
        changed(work, on)
    return offered
