"""What is done at its time: posts that are never shown, each with the deed that it stands for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from sqlalchemy.exc import OperationalError

from core import posts
from core.activities import Occurrence
from core.confiding import faded
from core.deeds.posting import next_of
from core.deeds.standing import ring
from core.posts import Post
from core.work import Work

log = logging.getLogger("xiaobandeng.clock")


def next_one(work: Work, post: Post) -> None:
    """An activity of a series is over: the next goes up."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is not None:
        next_of(work, occurrence)


def fade(work: Work, post: Post) -> None:
    """A day after the end what was confided goes from all screens."""
    occurrence = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if occurrence is not None:
        faded(work.session, occurrence, work.now)


def again(work: Work, post: Post) -> None:
    """What was edited meanwhile is said once more, if it is still so."""
    ring(work.session, post, work.now)


ACTS: Mapping[str, Callable[[Work, Post], None]] = {"next": next_one, "fade": fade, "again": again}


def act(work: Work, post: Post) -> None:
    """Do what this post stands for, once. A defect there costs this post only, not the round that others wait for."""
    posts.end(work.session, post)
    try:
        with work.session.begin_nested():
            ACTS[post.kind](work, post)
    except OperationalError:
        raise
    except Exception:
        log.exception("what was due could not be done", extra={"post": post.id, "kind": post.kind})
