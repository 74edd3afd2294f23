"""What most tests send, and where."""

from __future__ import annotations

from core.messages import Action, Bold, Chat, Message
from tests.telegram import world

ROSTER = Message(
    (Bold("巡逻"), " 周五 19:00\n0/2"),
    (Action("p1.join", "我来", "🙋"), Action("p1.leave", "退出"), Action("p1.more", "更多")),
)


def place(chat: world.Chat) -> Chat:
    """A chat of the stand-in's as the core names it."""
    return Chat("telegram", str(chat.id), private=chat.type == "private")
