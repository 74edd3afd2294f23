"""What is done at its time: a post that is never shown, and the deed that its kind stands for."""

from __future__ import annotations

import logging

from sqlalchemy.exc import OperationalError

from core import posts
from core.posts import Post
from core.work import Work

log = logging.getLogger("xiaobandeng.clock")


def act(work: Work, post: Post) -> None:
    """Do what this post stands for, once. A defect there costs this post only, not the round that others wait for."""
    posts.end(work.session, post)
    deed = work.here.posts[post.kind].act
    if deed is None:
        return
    try:
        with work.session.begin_nested():
            deed(work, post)
    except OperationalError:
        raise
    except Exception:
        log.exception("what was due could not be done", extra={"post": post.id, "kind": post.kind})
