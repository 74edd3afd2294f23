"""The end of a matter: it is said to be solved, those who asked say whether it is, and after a week it is closed."""

from __future__ import annotations

from datetime import timedelta

from core import matters
from core.deeds.matters import Words, add_step, ask, owe_board_later, responsible, show, tell, watch
from core.deeds.whole import deed
from core.ids import new_id
from core.matters import AGAIN, LOOK, NOT_YET, OPEN, SAID_SOLVED, SOLVED, YES, Matter, MatterStep, MatterVerdict, Said
from core.members import member
from core.posts import Post
from core.work import Work

SETTLES = timedelta(days=7)
"""If nobody says 还没有 within this, what was said to be solved is closed."""


@deed
def solve(work: Work, row: Matter, what: Words) -> None:
    """It is said to be solved: those to whom it matters are asked to look, each once."""
    row.state, row.round, row.closed_at = LOOK, row.round + 1, None
    found = add_step(work, row, what, SAID_SOLVED)
    people = matters.sharers(work.session, work.here.id, row.id)
    asked = set(ask(work, row, people))
    tell(work, row, found, but=asked)
    work.owe("matters.close", occurrence_id=row.id, occasion=f"close{row.round}", due=work.now + SETTLES)
    show(work, row)


def verdict_of(work: Work, row: Matter, member_id: int) -> MatterVerdict | None:
    """What this member was asked, and said."""
    who = member(work.session, work.here.id, member_id).id
    return next((v for v in matters.verdicts(work.session, work.here.id, [row.id]) if v.member_id == who), None)


@deed
def answer(work: Work, row: Matter, verdict: MatterVerdict, said: Said) -> None:
    """解决了 or 还没有. With the second it is open again, and the coordinator reads how many say so; not who."""
    verdict.said, verdict.answered, verdict.grade, verdict.at = said, verdict.asked, "", work.now
    work.session.add(verdict)
    work.session.flush()
    work.log("matter_answered", matter=row.id)
    if said == NOT_YET:
        open_again(work, row)
    show(work, row)


def open_again(work: Work, row: Matter) -> None:
    if row.state in (LOOK, SOLVED):
        row.state, row.closed_at, row.stepped_at = OPEN, None, work.now
        work.session.add(row)
        step = MatterStep(community_id=work.here.id, id=new_id(work.now), matter_id=row.id, at=work.now, sort=AGAIN)
        work.session.add(step)
        work.session.flush()
        watch(work, row)
    for id in responsible(work, row):
        work.owe("matters.not_yet", member_id=id, occurrence_id=row.id, occasion=str(row.round))


@deed
def grade(work: Work, row: Matter, verdict: MatterVerdict, said: str) -> None:
    """满意, 一般, 不满意."""
    verdict.grade, verdict.at = said, work.now
    work.session.add(verdict)
    work.log("matter_graded", matter=row.id)


def settle(work: Work, post: Post) -> None:
    """A week after it was said to be solved: nobody said 还没有, and it is closed."""
    row = matters.matter(work.session, work.here.id, post.occurrence_id, lock=True)
    if row is None or row.state != LOOK or post.occasion != f"close{row.round}":
        return
    row.state, row.closed_at = SOLVED, work.now
    work.session.add(row)
    work.log("matter_closed", matter=row.id)
    show(work, row)
    owe_board_later(work)


def score(work: Work) -> dict[str, int]:
    """Of the last twelve months: how many were solved or are said to be, and what those who asked say of it."""
    since = work.now - timedelta(days=365)
    found = matters.in_states(work.session, work.here.id, LOOK, SOLVED)
    closed = [row for row in found if (row.closed_at or row.stepped_at) >= since]
    said = [v for v in matters.verdicts_since(work.session, work.here.id, since) if v.said in (YES, NOT_YET)]
    return {"closed": len(closed), **matters.count(said)}
