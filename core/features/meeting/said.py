"""What is asked of meetings, apart from 请假: minutes, the round to who was not there, pictures, the book."""

from __future__ import annotations

import re

from core.reading.parts import Spelt, Written

_of = Written(__file__).regex


def _verb(intent: str, *, words: bool = False) -> Spelt:
    return Spelt(intent, zh=_of(intent), en=_of(f"{intent}_en"), words=words)


MINUTES = _verb("minutes", words=True)
ROUND = _verb("carry_round", words=True)
NOT_HEARD = _verb("not_heard")
PICTURES = _verb("meeting_pictures")
RELEASED = _verb("release_pictures")
WITHHELD = _verb("withhold_pictures")
BOOKED = _verb("meeting_book", words=True)
MONTH = _of("month_of")
"""A month of the book is said as one of the record of hours is."""
_MINUTES = re.compile(rf"\W*(?:{MINUTES.zh}|{MINUTES.en}\b)", re.IGNORECASE)


def are_minutes(words: str) -> bool:
    """Whether long words begin as those do that are the minutes of a meeting."""
    return _MINUTES.match(words) is not None
