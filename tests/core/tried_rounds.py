"""The deeds of rounds, for the test that fails every statement of every deed: what to do first, and then it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import select

from core.activities import DRAFT, Occurrence
from core.claims import Claim, Roster
from core.deeds import again, retention, rounds
from core.members import Member
from core.rounds import VisitReport, reports_of
from core.work import Work
from tests.core.tried_elders import visited

Members = dict[str, Member]


def going(work: Work, on: Roster, members: Members) -> list[Claim]:
    """An activity made a round that began, and the claims of one who is on it."""
    visited(work)
    on.occurrence.starts_at = work.now
    work.session.add(on.occurrence)
    work.session.flush()
    return [claim for claim in on.claims if claim.member_id == members["陈伯"].id]


def been(work: Work, on: Roster, members: Members) -> VisitReport:
    rounds.deliver(work, on, going(work, on, members))
    return reports_of(work.session, work.here.id, on.occurrence.id, work.by.member)[-1]


def old(work: Work, on: Roster, members: Members) -> VisitReport:
    row = been(work, on, members)
    rounds.say(work, row, "腿疼")
    row.at = work.now - timedelta(days=400)
    work.session.add(row)
    work.session.flush()
    return row


def then(found: Any, do: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: do(found)


ROUNDS: dict[str, Callable[[Work, Roster, Members], Callable[[], Any]]] = {
    "rounds.deliver": lambda work, on, members: then(
        going(work, on, members), lambda theirs: rounds.deliver(work, on, theirs)
    ),
    "rounds.pick_up": lambda work, on, members: then(
        going(work, on, members), lambda theirs: rounds.pick_up(work, on, theirs)
    ),
    "rounds.not_in": lambda work, on, members: then(
        going(work, on, members), lambda theirs: rounds.not_in(work, on, theirs)
    ),
    "rounds.say": lambda work, on, members: then(been(work, on, members), lambda row: rounds.say(work, row, "腿疼")),
    "rounds.grade": lambda work, on, members: then(
        been(work, on, members), lambda row: rounds.grade(work, row, "urgent")
    ),
    "rounds.close": lambda work, on, members: then(been(work, on, members), lambda row: rounds.close(work, row)),
    "rounds.hand_on": lambda work, on, members: then(been(work, on, members), lambda row: rounds.hand_on(work, row)),
    "retention.drop_old": lambda work, on, members: then(old(work, on, members), lambda _: retention.drop_old(work)),
    "again.offer_again": lambda work, on, members: then(
        work.session.exec(select(Occurrence).where(Occurrence.state == DRAFT)).first(),
        lambda draft: again.offer_again(work, draft, on.occurrence),
    ),
}
