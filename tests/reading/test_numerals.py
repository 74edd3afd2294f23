"""Numbers in words: every reader takes the same spelling for the same number."""

from __future__ import annotations

import re

import pytest

from core.reading.numerals import HAN_NUMERAL, counted, number, numeral

HAN = "零一二三四五六七八九"


def below_a_hundred(n: int) -> list[str]:
    tens, ones = divmod(n, 10)
    if tens == 0:
        return [HAN[ones]]
    last = HAN[ones] if ones else ""
    short = {2: ["廿" + last], 3: ["卅" + last]}.get(tens, [])
    return [("" if tens == 1 else HAN[tens]) + "十" + last, *short]


def spellings(n: int) -> list[str]:
    if n < 100:
        return [str(n), *below_a_hundred(n)]
    rest = n - 100
    if rest == 0:
        return ["100", "一百"]
    if rest < 10:
        return [str(n), f"一百零{HAN[rest]}"]
    whole = [f"一百{'一' if rest < 20 else ''}{below_a_hundred(rest)[0]}"]
    return [str(n), *whole, *([f"一百{HAN[rest // 10]}"] if rest % 10 == 0 else [])]


@pytest.mark.parametrize("read", [number, numeral])
def test_all_readers_agree_on_every_spelling_up_to_199(read: object) -> None:
    assert callable(read)
    wrong = [(text, read(text)) for n in range(1, 200) for text in spellings(n) if read(text) != n]
    assert wrong == []


def test_what_the_patterns_of_chains_match_is_counted() -> None:
    for n in range(1, 100):
        for text in below_a_hundred(n):
            if re.fullmatch(HAN_NUMERAL, text):
                assert counted(text) == n
    assert counted("两") == counted("俩") == counted("two") == 2
