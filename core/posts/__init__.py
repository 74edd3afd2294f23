"""What should be on screen, and what is: posts are outbox, schedule and live roster at once.

`row` is the table, `owe` asks for posts and ends them, `find` finds them.
"""

from core.posts.find import copied, following, newest, standing, under_way
from core.posts.owe import (
    SAME,
    after_restore,
    end,
    heard_at_last,
    keep,
    owed,
    put_anew,
    put_below,
    settle,
    touch,
    want,
)
from core.posts.row import (
    ANSWER,
    ENDED,
    NOTICE,
    OFFER,
    OPEN,
    REMINDER,
    ROSTER,
    SETTLED,
    Copy,
    Post,
    ever_offered,
    key,
)

__all__ = [
    "ANSWER",
    "ENDED",
    "NOTICE",
    "OFFER",
    "OPEN",
    "REMINDER",
    "ROSTER",
    "SAME",
    "SETTLED",
    "Copy",
    "Post",
    "after_restore",
    "copied",
    "end",
    "ever_offered",
    "following",
    "heard_at_last",
    "keep",
    "key",
    "newest",
    "owed",
    "put_anew",
    "put_below",
    "settle",
    "standing",
    "touch",
    "under_way",
    "want",
]  # fmt: skip
