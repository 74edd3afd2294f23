"""Lists of words as parts of regular expressions."""

from __future__ import annotations

import re


def one_of(words: str) -> str:
    """Any of these words, the longest first. An underscore stands for a space within a word."""
    ordered = sorted(words.split(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word.replace("_", " ")) for word in ordered) + ")"
