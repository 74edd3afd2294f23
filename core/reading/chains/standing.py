"""Whether somebody in a chain has cancelled, waits, or is not sure yet."""

from __future__ import annotations

import re

from core.reading.chains.values import Status
from core.reading.vocabulary import any_word, regex

_EXCUSES = any_word("chains.standing", "excuses")
_OFF = any_word("chains.standing", "off")
_AFTER_OFF = any_word("chains.standing", "after_off")
_INTO_WAITING = any_word("chains.standing", "into_waiting")
_WAITING_WORDS = any_word("chains.standing", "waiting_words")
_AFTER_WAITING = any_word("chains.standing", "after_waiting") + r"|第?\d{1,2}位?|第?[一二三四五]位?"
_BEFORE_UNSURE = any_word("chains.standing", "before_unsure")
_UNSURE_WORDS = any_word("chains.standing", "unsure_words")
_AFTER_UNSURE = any_word("chains.standing", "after_unsure")

# Possessive (*+), for 有点 is also 有 and 点: forty characters of that would be tried in a million ways.
_CANCELLED = re.compile(rf"(?:{_EXCUSES}|\s)*+{_OFF}(?:{_AFTER_OFF}|\s)*+")
_WAITING = re.compile(rf"(?:{_INTO_WAITING}|\s)*{_WAITING_WORDS}(?:{_AFTER_WAITING}|\s)*+")
_UNSURE = re.compile(rf"(?:{_BEFORE_UNSURE}|\s)*{_UNSURE_WORDS}(?:{_AFTER_UNSURE}|\s)*+")
PUT_OFF = re.compile(regex("chains.standing", "put_off"))
"""改下周, 改天, 改到周五: not this time; the words stay in the note."""
_LONGEST = 40  # characters; a longer excuse is a note


def standing(words: str) -> Status | None:
    """The status these plain words state, when they say nothing else."""
    if not 0 < len(words) <= _LONGEST:
        return None
    words = words.replace("’", "'")
    if _CANCELLED.fullmatch(words):
        return "cancelled"
    if _WAITING.fullmatch(words):
        return "waitlist"
    if _UNSURE.fullmatch(words):
        return "tentative"
    return None
