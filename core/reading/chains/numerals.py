"""Small numbers as people write them in a chain: 2, 两, 十二, two."""

from __future__ import annotations

_DIGITS = {"一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}

HAN_NUMERAL = r"(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九俩仨])"
NUMERAL = rf"(?:\d{{1,2}}|{HAN_NUMERAL})"
"""A number from 0 to 99, for use inside a regular expression."""

ENGLISH_NUMERAL = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"


def number(word: str) -> int:
    """The number that a match of `NUMERAL` or `ENGLISH_NUMERAL` stands for."""
    if word.isdigit():
        return int(word)
    if word in _ENGLISH:
        return _ENGLISH[word]
    tens, ten, ones = word.partition("十")
    if ten:
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return _DIGITS[word]
