"""Small numbers as people write them: 12, 两, 十二, two."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
    "〇": 0,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
NUMBER = (
    r"(?:\d{1,3}|[零一二两俩三仨四五六七八九十百]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen)"
)
NUMBER_EN = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}


def number(text: str) -> int | None:
    """12, 两, 十二, 三十 or "two" as a number."""
    if text.isdigit():
        return int(text)
    if text in NUMBER_EN:
        return NUMBER_EN[text]
    if text == "a dozen":
        return 12
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return DIGITS.get(hundreds, 1) * 100 + (number(rest.lstrip("零")) or 0 if rest else 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS.get(text) if len(text) == 1 else None
