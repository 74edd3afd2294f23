"""Inviting: for whom an activity is, and who is invited because of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import col, delete, select

from core.activities import AHEAD, CLOSED, OPEN, PATTERN, Occurrence
from core.claims import Roster, roster_of
from core.confided import Confided
from core.deeds.telling import changed
from core.invited import EVERYBODY, INVITED, ONLY, Audience, Invited, audience, invited_to
from core.lists import meant_by
from core.work import Work


def set_audience(work: Work, o: Occurrence, lists: Sequence[int], *, only: bool) -> None:
    """It is for these lists (EVERYBODY for 全体); none: for whoever likes to come. Asks nobody, invites nobody yet."""
    theirs = (col(Audience.community_id) == work.here.id, col(Audience.occurrence_id) == o.id)
    work.session.execute(delete(Audience).where(*theirs))
    o.bidden = (ONLY if only else INVITED) if lists else ""
    work.session.add(o)
    for id in dict.fromkeys(lists):
        work.session.add(Audience(community_id=work.here.id, occurrence_id=o.id, list_id=id))
    work.session.flush()


def copy_audience(work: Work, of: Occurrence, onto: Occurrence) -> None:
    """One of a series is for whom the others are."""
    if of.bidden:
        set_audience(work, onto, audience(work.session, work.here.id, of.id), only=of.bidden == ONLY)


def invite(work: Work, o: Occurrence) -> None:
    """Everybody whom it is for is invited; who is of it no more, and has said nothing, is not."""
    wanted = meant_by(work.session, work.here.id, audience(work.session, work.here.id, o.id))
    there = {row.member_id: row for row in invited_to(work.session, work.here.id, o.id)}
    for id in wanted:
        if id not in there:
            work.session.add(Invited(community_id=work.here.id, occurrence_id=o.id, member_id=id))
    for id, row in there.items():
        if id not in wanted and not row.answer:
            work.session.delete(row)
    work.session.flush()


def expected_again(work: Work, on: Roster, people: Collection[int]) -> None:
    """They come: who had excused themselves is expected again."""
    for id in people:
        if on.invited.get(id):
            answered(work, on, id, "")


def answered(work: Work, on: Roster, member_id: int, what: str) -> None:
    """What somebody who is invited answers: EXCUSED; or '', that they have not excused themselves, after all."""
    row = work.session.get(Invited, (work.here.id, on.occurrence.id, member_id))
    if row is None:
        return
    row.answer, row.at = what, work.now if what else None
    if not what:
        row.reason = Confided()
    work.session.add(row)
    on.invited[member_id] = what


def renew(work: Work, list_id: int) -> None:
    """A list changed: what is for it and has not begun invites those who are on it now."""
    rows = work.session.exec(
        select(Occurrence)
        .join(
            Audience,
            (col(Audience.community_id) == Occurrence.community_id) & (col(Audience.occurrence_id) == Occurrence.id),
        )
        .where(
            Occurrence.community_id == work.here.id,
            col(Audience.list_id).in_((list_id, EVERYBODY)),
            col(Occurrence.state).in_((OPEN, CLOSED, AHEAD, PATTERN)),
            col(Occurrence.starts_at) > work.now,
        )
    ).all()
    for o in rows:
        if o.state in (OPEN, CLOSED):
            invite(work, o)
            changed(work, roster_of(work.session, o), set())
