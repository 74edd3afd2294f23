"""看详情: a link to a page of ours on which one can read, once, what may not be written on this network."""

from __future__ import annotations

from core.messages import Message
from core.posts.kind import PostKind
from core.talk.details import Details
from core.views.view import View


def link(view: View) -> Message | None:
    """It need not stand there any more once it was opened."""
    body, page = Details.of(view.post), view.lookup.here.page
    if not body.secret or not page:
        return Message(view.say("details.opened"))
    return Message(view.say("details.link", url=f"{page}/details/{view.lang}#{body.secret}"))


DETAILS = PostKind("details", Details, link, later=False)
