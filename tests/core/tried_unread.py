"""A message that was not looked at, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.claims import Roster
from core.deeds import falling_back
from core.members import KnownChat
from core.posts import Copy
from core.reminders import stamp
from core.work import Work
from tests.core.tried_series import Members


def unread(work: Work, on: Roster, members: Members) -> Callable[[], Any]:
    """A reminder that stands where its reader has not looked."""
    chat = KnownChat(community_id=work.here.id, id=77, network="web", address="own", private=True, account="陈伯")
    occasion = f"eve@{stamp(on.occurrence.starts_at)}"
    post = work.owe("remind", member_id=members["陈伯"].id, occurrence_id=on.occurrence.id, occasion=occasion)
    copy = Copy(community_id=work.here.id, chat_id=77, message="m", post_id=post.id, at=work.now)
    work.session.add_all([chat, copy])
    work.session.flush()
    return lambda: falling_back.unread(work, chat, "m")


UNREAD = {"falling_back.unread": unread}
