"""Small numbers as people write them: 12, 两, 十二, 廿三, 一百零三, two, twenty-three."""

from __future__ import annotations

import re

from core.reading.vocabulary import regex

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
    "〇": 0,
    "○": 0,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
HAN = regex("numerals", "han")
"""What the number of a place may be written with (两栋 is how many). What stands inside a longer one is no number."""
HAN_NUMERAL = regex("numerals", "han_numeral")
"""One from 1 to 99 in Chinese, for use inside a regular expression."""
NUMERAL = rf"(?:\d{{1,2}}|{HAN_NUMERAL})"
ENGLISH_NUMERAL = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
NUMBER = regex("numerals", "number")
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_EN = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_DIGIT_EN = "|".join(_ONES[1:10])
_BELOW_A_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_DIGIT_EN}))?|(?:{'|'.join(reversed(_ONES[1:]))}))"
WORDS_EN = rf"(?:(?:{_DIGIT_EN}|an?) hundred(?:(?: and)? {_BELOW_A_HUNDRED})?|{_BELOW_A_HUNDRED})"
"""English words for 1 to 999, for use inside a regular expression."""


def counted(text: str) -> int:
    """The number that a match of `NUMERAL` or `ENGLISH_NUMERAL` stands for."""
    value = number(text)
    assert value is not None  # noqa: S101 - the patterns match nothing else
    return value


def number(text: str) -> int | None:
    """12, 两, 十二, 三十, 一百零三 or "two" as a number; None for what is none, or may be two (二三)."""
    if text.isdecimal():
        return int(text)
    if text == "a dozen":
        return 12
    if text.isascii():
        return _english(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "百" in text:
        return _hundreds(*text.split("百", 1))
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or not {*tens, *ones} <= DIGITS.keys():
            return None
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    if len(text) > 1 and {*text} <= DIGITS.keys() and {"零", "〇"} & {*text[1:]}:
        return int("".join(str(DIGITS[c]) for c in text))  # 一〇三, figure by figure
    return DIGITS.get(text) if len(text) == 1 else None


def _hundreds(hundreds: str, rest: str) -> int | None:
    if len(hundreds) > 1 or not {*hundreds} <= DIGITS.keys() or "百" in rest:
        return None
    whole = DIGITS.get(hundreds, 1) * 100
    if len(rest) == 1 and rest in DIGITS:
        return whole + 10 * DIGITS[rest]  # 一百二 is a hundred and twenty
    below = number(rest.lstrip("零〇")) if rest else 0
    return None if below is None else whole + below


def _english(text: str) -> int | None:
    """Below a thousand: "three", "twenty-three", "one hundred and three"."""
    words = re.split(r"[ -]+", text.replace(" and ", " "))
    hundreds = 0
    if words[1:2] == ["hundred"]:
        hundreds = 100 * (1 if words[0] in ("a", "an") else NUMBER_EN.get(words[0], 0))
        words = words[2:]
        if not words:
            return hundreds
    values = [NUMBER_EN.get(word) for word in words]
    match values:
        case [int(one)]:
            return hundreds + one
        case [int(tens), int(ones)] if tens >= 20 and 0 < ones < 10:
            return hundreds + tens + ones
    return None
