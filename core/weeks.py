"""A week of what repeats whose days stand in one message: the roster of the first of them shows all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from core import posts
from core.activities import Occurrence
from core.posts import Post


def shown_by(o: Occurrence) -> int:
    """The occurrence in whose roster one is shown in the groups: itself, unless its week is in one message."""
    return o.shown_with or o.id


def week_of(session: Session, o: Occurrence) -> Sequence[Occurrence]:
    """All days that the roster of this one shows, in their order; this one alone, where it is of no week."""
    if o.shown_with != o.id:
        return [o]
    rows = session.exec(
        select(Occurrence).where(Occurrence.community_id == o.community_id, Occurrence.shown_with == o.id)
    ).all()
    return sorted(rows, key=lambda each: (str(each.starts_at), each.id))


def rosters_of(session: Session, community_id: int, ids: Collection[int]) -> list[Post]:
    """The rosters in which these occurrences are shown."""
    here = (Occurrence.community_id == community_id, col(Occurrence.id).in_(ids))
    heads = session.exec(select(Occurrence.shown_with).where(*here, Occurrence.shown_with != 0)).all()
    return [post for id in {*ids, *heads} for post in posts.standing(session, community_id, id, "roster")]
