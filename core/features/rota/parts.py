"""What people said of a month, in which parts of the day they can: kept with the question they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from core.here import Here
from core.members import member
from core.posts import Body, Post

PARTS = ("morning", "afternoon", "evening")


@dataclass(frozen=True, slots=True)
class Parts(Body):
    """What somebody said of a month: in which parts of the day they can, or that they cannot."""

    first: str = ""
    parts: tuple[str, ...] = ()
    answer: str = ""  # "can" or "none"; '' for nothing yet


def answers(session: Session, here: Here, first: date) -> Sequence[Post]:
    """Those who were asked of the month of this day, by their posts."""
    occasion = f"{first:%Y%m}"
    return session.exec(
        select(Post).where(Post.community_id == here.id, Post.kind == "rota.when", Post.occasion == occasion)
    ).all()


def said_of(session: Session, here: Here, first: date) -> dict[int, Parts]:
    """What each said of that month, by member; silence is no answer."""
    rows = [(post.member_id, Parts.of(post)) for post in answers(session, here, first)]
    return {member(session, here.id, id).id: said for id, said in rows if said.answer}
