"""Numbers as people write them: 12, 十二, 二零二六, 廿三, 两, 俩, 半, twelve."""

from __future__ import annotations

from fractions import Fraction

from core.reading import numerals

DIGITS = dict(numerals.DIGITS)
DIGITS |= {str(value): value for value in range(10)}
TENS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
SCORES = {"廿": 20, "卅": 30}
CHARS = frozenset(DIGITS) | frozenset(TENS) | frozenset(SCORES)
NEXT = {"百": "十", "千": "百", "万": "千"}
LONGEST = 12
"""No number about time has more characters; a longer run is a telephone, an order or noise."""


def numeral(text: str) -> Fraction | None:
    """The value of a run of `CHARS`, or None when it is no number anybody would say."""
    if not text or len(text) > LONGEST:
        return None
    if not any(char in TENS or char in SCORES for char in text):
        value = 0
        for char in text:  # digit by digit: 二零二六
            value = value * 10 + DIGITS[char]
        return Fraction(value)
    if len(text) > 1 and text[-2] in "百千万" and text[-1] in DIGITS:
        text += NEXT[text[-2]]  # 一百二 is a hundred and twenty, as it is said
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
                pending = pending * 10 + DIGITS[char] if char.isdigit() else None  # 一百15; 十一二 is two numbers
                if pending is None:
                    return None
                continue
            pending = DIGITS[char]
    return Fraction(total + (pending or 0))


def neighbours(text: str) -> tuple[int, int] | None:
    """七八, 十一二, 两三: two numbers in a row said as one, "seven or eight"; None when it is not that."""
    if len(text) < 2 or not CHARS.issuperset(text) or text.isascii():
        return None
    first, second = text[:-1], text[:-2] + text[-1]
    low, high = numeral(first), numeral(second)
    if low is None or high is None or high - low != 1 or text[-2] not in DIGITS or text[-1] not in DIGITS:
        return None
    return int(low), int(high)


def numeral_by_place(text: str) -> bool:
    """零七, 九八: digits in a row, as years are said; not 十五."""
    return not any(char in "十百千廿卅" for char in text)
