"""How somebody is, in answer to the question whether all is well: 没事, 我在路上了, 看到他了, 不太舒服."""

from __future__ import annotations

import re
from typing import Final, Literal

from core.reading.parts import Written, plain

_WORDS = Written(__file__)
Wellbeing = Literal["", "well", "on_the_way", "seen", "absent", "unwell"]
WELL: Final = "well"
ON_MY_WAY: Final = "on_the_way"
SEEN: Final = "seen"
ABSENT: Final = "absent"
UNWELL: Final = "unwell"
LONGEST = 40
"""Letters: who says more has more to say than that."""

_EDGES = " \t\n.,!?。，！~、;:…"
_BEFORE, _BEHIND = _WORDS.regex("before"), _WORDS.regex("behind")
_WELL = re.compile(f"{_BEFORE}(?:(?:{_WORDS.regex('well')}){_BEHIND}|(?:{_WORDS.regex('home')})了{_BEHIND}){{1,3}}")
_WHOLE = {
    ON_MY_WAY: re.compile(f"(?:没事|嗯|好的|不急|no worries)?[,，\\s]*(?:{_WORDS.regex('on_the_way')})"),
    SEEN: re.compile(f"(?:{_WORDS.regex('seen')})"),
    ABSENT: re.compile(f"(?:{_WORDS.regex('absent')})"),
}
_UNWELL = _WORDS.pattern("unwell")


_HOME = re.compile(f"{_BEFORE}(?:{_WORDS.regex('home')})了{_BEHIND}")


def gone_home(words: str) -> bool:
    """回家了, 巡好了: by whoever says it something is over, and it is nothing that they saw."""
    return _HOME.fullmatch(" ".join(plain(words[:LONGEST]).text.split()).casefold().strip(_EDGES)) is not None


def wellbeing(words: str) -> Wellbeing:
    """What these words, the whole of them, say of it; '' where they say anything else, or ask something."""
    text = " ".join(plain(words[:200]).text.replace("\u2019", "'").split()).casefold()
    if text.endswith(("吗", "么", "?", "？", "呢?", "伐")):
        return ""
    text = text.strip(_EDGES)
    if _UNWELL.search(text):
        return UNWELL
    if not text or len(text) > LONGEST:
        return ""
    for said, pattern in _WHOLE.items():
        if pattern.fullmatch(text):
            return said  # type: ignore[return-value]  # the keys are of the type
    return WELL if _WELL.fullmatch(text) else ""
