"""What is written privately by who is tired of it, ill, in a hurry or at a loss: no order, and not to be left alone.

`mine`: whether and for what they signed up. `noise`: too many messages. `wrong`: something was pressed by mistake.
`person`: they want to be talked to. `ill`: they are not well. `lost`: they are angry, or understand nothing. `there`:
whether anybody is there. `how`: how to sign up. `joined`: 报名了, which may be a wish. `leads`: who is in charge.
`asks`: any other question.
"""

from __future__ import annotations

import re
from functools import cache

from core.reading.parts import Written, plain

_WORDS = Written(__file__)
LONGEST = 60
"""Letters that are read; a sigh is shorter."""
_COURTESY = _WORDS.pattern("courtesy")
_TAIL = _WORDS.pattern("tail")
_STOPS = re.compile(r"[,.!?。;…~]+|\s+(?=[^a-z])")
MOST_PARTS = 4
FIRST = ("mine", "person", "how", "noise", "wrong", "leads", "there", "ill", "lost")
"""Of several sighs in one breath, which is answered: what can be mended comes before what only says how it feels."""


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    return {name: _WORDS.listed(name) for name in _WORDS.lists}


def plaint(words: str) -> str:
    """Which of them these words are, '' for none."""
    if len(words) > LONGEST:
        return ""
    text = " ".join(plain(words).text.replace("\u2019", "'").split()).strip(" ,.!。~…")
    whole = _one(text)
    if whole not in ("", "asks"):
        return whole
    parts = [part for part in _STOPS.split(text) if part]
    each = {_one(part) for part in parts} if 1 < len(parts) <= MOST_PARTS else {""}
    return next((name for name in FIRST if name in each), whole) if each <= {*FIRST} else whole


def _one(text: str) -> str:
    bare = _COURTESY.sub("", text).strip(" ,.!。~…") or text
    found = {bare, _TAIL.sub("", bare)}
    return next((name for name, said in _lists().items() if any(map(said.fullmatch, found))), "")
