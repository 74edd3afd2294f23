"""What should be on screen, and what is: posts are outbox, schedule and live roster at once.

`row` is the table, `body` what else a post says, `owe` asks for posts and ends them, `find` finds them. `kind` is what
a kind of post says of itself, and `kinds/` are all of them: those stand above talk, and nothing here knows them.
"""

from core.posts.body import Asked, Body, Change, Say, Undoable
from core.posts.find import copied, following, lately_owed, newest, newest_besides, standing, standing_in, under_way
from core.posts.kind import Pictured, PostKind, Press, Typed
from core.posts.owe import (
    SAME,
    after_restore,
    end,
    heard_at_last,
    keep,
    members_owed,
    owed,
    put_anew,
    put_below,
    put_off,
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
    "Asked",
    "Body",
    "Change",
    "Copy",
    "Pictured",
    "Post",
    "PostKind",
    "Press",
    "Say",
    "Typed",
    "Undoable",
    "after_restore",
    "copied",
    "end",
    "ever_offered",
    "following",
    "heard_at_last",
    "keep",
    "key",
    "lately_owed",
    "members_owed",
    "newest",
    "newest_besides",
    "owed",
    "put_anew",
    "put_below",
    "put_off",
    "settle",
    "standing",
    "standing_in",
    "touch",
    "under_way",
    "want",
]  # fmt: skip
