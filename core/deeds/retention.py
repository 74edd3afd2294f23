"""What is kept so long and no longer: at three in the morning what is too old is dropped, each kind at its own age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlmodel import col, delete, func, select

from core.confided import Confided
from core.confiding import Heard
from core.deeds.whole import deed
from core.linking import REMEMBERED, LinkCode, LinkGuess
from core.manners import wall
from core.posts import ENDED, Post, owed
from core.rounds import VisitReport
from core.visiting import Visiting
from core.work import Work

THREE = time(3)


@deed
def drop_old(work: Work) -> int:
    """Drop the words of old reports, and old lines of who read what; how many there were. What happened stays: that
    somebody was there, and when.
    """
    session, here, said = work.session, work.here.id, work.here.settings(Visiting)
    old = work.now - timedelta(days=said.reports_kept_days)
    rows = told(work, old)
    for row in rows:
        row.words, row.handed_at = Confided(), None
        session.add(row)
    ids = {str(row.id) for row in rows}
    cards = session.exec(select(Post).where(Post.community_id == here, Post.kind == "round.report")).all()
    for post in (post for post in cards if post.occasion in ids):
        post.state, post.pending = ENDED, False
        session.add(post)
    reads = (col(Heard.community_id) == here, col(Heard.at) < work.now - timedelta(days=said.reads_kept_days))
    n = session.exec(select(func.count()).select_from(Heard).where(*reads)).one()
    session.execute(delete(Heard).where(*reads))
    session.execute(delete(LinkCode).where(col(LinkCode.community_id) == here, col(LinkCode.expires) < work.now))
    guesses = (col(LinkGuess.community_id) == here, col(LinkGuess.last) < work.now - REMEMBERED)
    session.execute(delete(LinkGuess).where(*guesses))
    session.flush()
    if rows or n:
        work.log("dropped_old")
    look_again_later(work)
    return len(rows) + n


def told(work: Work, before: datetime | None = None) -> Sequence[VisitReport]:
    """Reports of which the words are still kept, the oldest first."""
    query = select(VisitReport).where(VisitReport.community_id == work.here.id).order_by(col(VisitReport.at))
    if before is not None:
        query = query.where(col(VisitReport.at) < before)
    return [row for row in work.session.exec(query).all() if row.words]


def look_again_later(work: Work) -> None:
    """Owe the night in which the oldest that is kept is too old; nothing where nothing is kept."""
    said, session = work.here.settings(Visiting), work.session
    kept = told(work)
    read = session.exec(select(func.min(Heard.at)).where(Heard.community_id == work.here.id)).one()
    ends = [kept[0].at + timedelta(days=said.reports_kept_days)] if kept else []
    ends += [read + timedelta(days=said.reads_kept_days)] if read is not None else []
    if ends:
        day = max(min(ends), work.now).astimezone(work.here.tz).date() + timedelta(days=1)
        at = wall(day, THREE, work.here.tz)
        before = owed(session, work.here.id, "visit.retention", member_id=0, occurrence_id=0, occasion="retention")
        if before is None or not before.pending or before.due != at:
            work.owe_at("visit.retention", at, occasion="retention")


def at_its_time(work: Work, _post: Post) -> None:
    drop_old(work)
