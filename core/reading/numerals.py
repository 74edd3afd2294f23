"""Numbers as people write them: 12, 两, 十二, 廿三, 一百零三, 二零二六, two, twenty-three."""

from __future__ import annotations

import re
from fractions import Fraction

from core.reading.vocabulary import regex, words

DIGITS = {spelt[0]: int(spelt[1:]) for spelt in words("numerals", "digits").split()}
FIGURES = str.maketrans({char: str(value) for char, value in DIGITS.items()})
"""Each numeral as the figure that it is, for what is read out one by one: flats, codes."""
TENS = {spelt[0]: int(spelt[1:]) for spelt in words("numerals", "tens").split()}
SCORES = {spelt[0]: int(spelt[1:]) for spelt in words("numerals", "scores").split()}
VALUES = DIGITS | {str(value): value for value in range(10)}
CHARS = frozenset(VALUES) | frozenset(TENS) | frozenset(SCORES)
"""What a number is written with in Chinese, its own figures among them."""
ZERO = words("numerals", "zero").strip()
HAN = regex("numerals", "han")
"""What the number of a place may be written with (两栋 is how many). What stands inside a longer one is no number."""
HAN_NUMERAL = regex("numerals", "han_numeral")
"""One from 1 to 99 in Chinese, for use inside a regular expression."""
NUMERAL = rf"(?:\d{{1,2}}|{HAN_NUMERAL})"
ENGLISH_NUMERAL = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
NUMBER = regex("numerals", "number")
_WHOLE = re.compile(regex("numerals", "whole", D=f"[{''.join(DIGITS)}]"))
"""One below a thousand, said as a number is said and not figure by figure."""
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
    if DIGITS.keys() >= {*text}:
        if len(text) == 1:
            return DIGITS[text]
        return int(text.translate(FIGURES)) if {*ZERO} & {*text[1:]} else None  # 一〇三, figure by figure
    value = numeral(text) if _WHOLE.fullmatch(text) else None
    return None if value is None else int(value)


def _english(text: str) -> int | None:
    """Below a thousand: "three", "twenty-three", "one hundred and three"."""
    said = re.split(r"[ -]+", text.replace(" and ", " "))
    hundreds = 0
    if said[1:2] == ["hundred"]:
        hundreds = 100 * (1 if said[0] in ("a", "an") else NUMBER_EN.get(said[0], 0))
        said = said[2:]
        if not said:
            return hundreds
    values = [NUMBER_EN.get(word) for word in said]
    match values:
        case [int(one)]:
            return hundreds + one
        case [int(tens), int(ones)] if tens >= 20 and 0 < ones < 10:
            return hundreds + tens + ones
    return None


# ------------------------------------------------------------ of any size, as times are said

LONGEST = 12
"""No number about time has more characters; a longer run is a telephone, an order or noise."""


def numeral(text: str) -> Fraction | None:
    """The value of a run of `CHARS`, or None when it is no number anybody would say."""
    if not text or len(text) > LONGEST:
        return None
    if not any(char in TENS or char in SCORES for char in text):
        value = 0
        for char in text:  # digit by digit: 二零二六
            value = value * 10 + VALUES[char]
        return Fraction(value)
    if len(text) > 1 and TENS.get(text[-2], 10) > 10 and text[-1] in VALUES:
        text += next(char for char, step in TENS.items() if step * 10 == TENS[text[-2]])  # 一百二, as it is said
    total, pending = 0, None
    for char in text:
        if char in SCORES:
            if pending is not None:
                return None
            total += SCORES[char]
        elif char in TENS:
            step = TENS[char]
            if step == 10_000:
                total, pending = (total + (pending or 0)) * step, None
            else:
                total, pending = total + (1 if pending is None else pending) * step, None
        else:
            if pending not in (None, 0):
                pending = pending * 10 + VALUES[char] if char.isdigit() else None  # 一百15; 十一二 is two numbers
                if pending is None:
                    return None
                continue
            pending = VALUES[char]
    return Fraction(total + (pending or 0))


def neighbours(text: str) -> tuple[int, int] | None:
    """七八, 十一二, 两三: two numbers in a row said as one, "seven or eight"; None when it is not that."""
    if len(text) < 2 or not CHARS.issuperset(text) or text.isascii():
        return None
    first, second = text[:-1], text[:-2] + text[-1]
    low, high = numeral(first), numeral(second)
    if low is None or high is None or high - low != 1 or text[-2] not in VALUES or text[-1] not in VALUES:
        return None
    return int(low), int(high)


def numeral_by_place(text: str) -> bool:
    """零七, 九八: digits in a row, as years are said; not 十五."""
    return not any(char in SCORES or TENS.get(char, 10_000) < 10_000 for char in text)
