"""What Telegram's errors mean to the courier."""

from __future__ import annotations

import os
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from core.network import Failure, Gone, Later, Lost, Mute, Refused

# Spans of time come as `timedelta`: the library warns of each that comes as a number, when the error is made.
os.environ.setdefault("PTB_TIMEDELTA", "1")

# Pieces of Telegram's error texts in small letters: their case has changed before.
UNCHANGED = ("message is not modified",)
LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message not found",
    "message to be edited",
)
CLOSED = ("topic_closed", "topic_deleted", "message thread not found")
MUTE = (
    *CLOSED,
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
)
GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "bot was kicked",
    "bot is not a member",
    "chat is deactivated",
    "group chat was deactivated",
)


def says(error: TelegramError, pieces: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return any(piece in text for piece in pieces)


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait, whichever type the library gives."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def failure(error: TelegramError) -> Failure | None:
    """The failure an error stands for; None for what may pass (a broken line, a server in trouble): try again.

    Telegram does not say which of its limits was met. Those of the whole account are ours to keep, so a wait is taken
    to be for the one chat.
    """
    match error:
        case RetryAfter():
            return Later(seconds(error))
        case BadRequest() | Forbidden() if says(error, MUTE):
            return Mute(str(error))
        case Forbidden():
            return Gone(str(error))
        case BadRequest() if says(error, GONE):
            return Gone(str(error))
        case BadRequest() if says(error, LOST):
            return Lost(str(error))
        case BadRequest():
            return Refused(str(error))
        case _:
            return None
