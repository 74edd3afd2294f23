"""Whether what one neighbour says to another is about what is organised here, or plainly about something else."""

from __future__ import annotations

import re

from core.reading.text import plain
from core.reading.vocabulary import regex

_CALLS = re.compile(regex("aside", "calls"))
_ELSE = re.compile(regex("listening", "elsewhere"))
_ORDER = re.compile(regex("aside", "order"))


def calls_for_people(words: str) -> bool:
    """谁来？, 还差两个人, 报名的人还有吗."""
    return _CALLS.search(plain(words).text) is not None


def speaks_of_else(words: str) -> bool:
    """三缺一, 拼单: whoever says so calls for people too, and not for ours."""
    return _ELSE.search(plain(words).text) is not None


def is_order(words: str) -> bool:
    """报名, 退出: words that people say to the bot and hardly to one another."""
    return _ORDER.search(plain(words).text) is not None
