"""Plain questions about an activity: 几点集合, 在哪里, 还差几个人, 都有谁, 我排第几, 带什么, 我发的."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from core.reading.parts import DAY, DAY_EN, Kinds, Written, any_of, plain

_WORDS = Written(__file__)
LONGEST = 60
"""Letters of a question."""
ASKED = ("place", "posted", "short", "who", "bring", "where", "when")
"""What may be asked, in the order in which it is looked for."""
_STOPS = re.compile(r"[\s,.;:!?~。、…\"“”'’()【】@#-]+")


_NOT_ASKED = re.compile(
    r"(?:现在|请问|,|\s)*(?:几点(?:钟)?|到?哪里|到哪)了|where are you(?: now)?|"
    r"我?(?:今年|一共|总共|到现在|已经|现在|做|干|有|服务|攒|积|了)*(?:多少|几)(?:个)?(?:小时|钟头|工时)(?:了)?"
)
"""The hour of the clock, and where somebody is on their way."""


@cache
def _words(name: str) -> str:
    zh, en = _WORDS.lists[name]
    bounded = (entry if entry.startswith("^") else rf"\b(?:{entry})(?![a-z])" for entry in en)
    return "|".join([*(f"(?:{entry})" for entry in zh), *bounded])


@cache
def _asks(name: str) -> re.Pattern[str]:
    return re.compile(_words(name))


@lru_cache(16)
def _beside(kinds: Kinds) -> re.Pattern[str]:
    """What is left aside: words of courtesy and of time, and what activities are called."""
    names = sorted({entry for _, role, entry in kinds.roles if role == "g"}, key=len, reverse=True)
    days = re.sub(r"\?P<\w+>", "?:", f"{DAY.pattern}|{DAY_EN.pattern}")
    return re.compile(f"{any_of(map(re.escape, names))}|{days}|{_words('beside')}")


def asked(words: str, kinds: Kinds) -> str:
    """What is asked of an activity, one of `ASKED`; '' where it is none of these, or about something else as well."""
    if len(words) > LONGEST:
        return ""
    text = " ".join(plain(words).text.replace("\u2019", "'").split()).strip(" .!?,。~…")
    if _NOT_ASKED.fullmatch(text):
        return ""
    for name in ASKED:
        found = _longest(_asks(name), text)
        if found is None:
            continue
        left = _STOPS.sub("", _beside(kinds).sub(" ", f"{text[: found.start()]} , {text[found.end() :]}"))
        if not left:
            return name
    return ""


def _longest(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda found: found.end() - found.start(), default=None)
