"""What is over stops asking: also a meal that was posted by a version that owed no word at its end."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from core import posts
from core.activities import CLOSED, OPEN, Occurrence
from core.claims import roster_of
from core.work import Work

SINCE = timedelta(days=7)
"""How long ago a meal may have been: older boards have long scrolled away."""


def catch_up(work: Work) -> None:
    """At each start: every meal that is to come, or was lately, is owed the moment at which its board asks no more."""
    meals = work.session.exec(
        select(Occurrence).where(
            Occurrence.community_id == work.here.id,
            Occurrence.kind == "potluck",
            col(Occurrence.state).in_((OPEN, CLOSED)),
            col(Occurrence.starts_at) > work.now - SINCE,
        )
    ).all()
    for meal in meals:
        owed = posts.owed(work.session, work.here.id, "over", member_id=0, occurrence_id=meal.id, occasion="over")
        if owed is None and work.kind(meal).asks_thing(roster_of(work.session, meal)):
            work.owe_at("over", meal.ends(), occurrence_id=meal.id, occasion="over")
