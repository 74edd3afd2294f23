"""Who comes into a group where nobody can read what stood there before: its open rosters are put there anew, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core import posts
from core.activities import CANCELLED, Occurrence
from core.deeds.group_line import by_day
from core.members import KnownChat
from core.posts import ENDED, ROSTER, Copy, Post
from core.work import Work

TOGETHER = timedelta(minutes=2)
"""Whoever comes within this is shown the same."""
APART = timedelta(hours=1)
"""No group has its rosters put there anew more often, however many come one by one."""
KIND = "anew"


def blind(work: Work, chat: KnownChat) -> None:
    """Somebody came in who cannot read what stands there. One who comes while that is waited for is shown it too."""
    known = work.session.exec(
        select(Post).where(Post.community_id == work.here.id, Post.chat_id == chat.id, Post.kind == KIND)
    ).first()
    if known is not None and known.pending:
        return
    due = work.now + TOGETHER if known is None else max(work.now + TOGETHER, known.due + APART)
    work.session.flush()
    post = work.owe(KIND, chat_id=chat.id, due=due)
    posts.put_off(work.session, post, due)


def show_anew(work: Work, post: Post) -> None:
    """What is still to come is put there once more, what begins first if that is much; at night it waits."""
    if (morning := by_day(work)) > work.now:
        post.state, post.pending = posts.OPEN, True
        posts.put_off(work.session, post, morning)
        return
    came = post.due - TOGETHER
    rosters = [each for each in standing(work.session, post) if since(work.session, each) < came]
    nearest = sorted(rosters, key=lambda each: begins(work, each))[: work.here.manners.group_budget]
    for each in nearest:
        posts.put_below(each)
        posts.touch(work.session, [each], work.now)


def standing(session: Session, post: Post) -> list[Post]:
    """The rosters in this group of what has not ended."""
    found = session.exec(
        select(Post).where(
            Post.community_id == post.community_id,
            Post.chat_id == post.chat_id,
            Post.urgency == ROSTER,
            Post.state != ENDED,
            col(Post.message).is_not(None),
        )
    ).all()
    rows = {each.id: session.get(Occurrence, (post.community_id, each.occurrence_id)) for each in found}
    return [each for each in found if (row := rows[each.id]) is None or to_come(row, post.due)]


def to_come(row: Occurrence, now: datetime) -> bool:
    return row.state != CANCELLED and (row.starts_at is None or row.ends() > now)


def begins(work: Work, post: Post) -> datetime:
    """When its activity begins; what belongs to none comes after all that do."""
    row = work.session.get(Occurrence, (post.community_id, post.occurrence_id))
    starts = row.starts_at if row is not None else None
    return starts or work.now + timedelta(days=3650)


def since(session: Session, post: Post) -> datetime:
    """Since when it stands where it stands."""
    where = (Copy.community_id == post.community_id, Copy.chat_id == post.shown_in, Copy.message == post.message)
    return session.exec(select(Copy.at).where(*where)).first() or post.due
