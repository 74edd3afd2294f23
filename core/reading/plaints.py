"""What is written privately by who is tired of it, ill, in a hurry or at a loss: no order, and not to be left alone.

`mine`: whether and for what they signed up. `noise`: too many messages. `wrong`: something was pressed by mistake.
`person`: they want to be talked to. `ill`: they are not well. `lost`: they are angry, or understand nothing. `there`:
whether anybody is there. `how`: how to sign up. `joined`: 报名了, which may be a wish. `leads`: who is in charge.
`asks`: any other question.
"""

from __future__ import annotations

import re
from functools import cache

from core.reading.text import plain
from core.reading.vocabulary import listed, lists

LONGEST = 60
"""Letters that are read; a sigh is shorter."""
_COURTESY = re.compile(
    r"^(?:请问|你好|您好|侬好|麻烦|老师|阿姨|小板凳|哎呀?|喂|唉|please|hello|hi|hey|sorry)[\s,.!。~]*|"
    r"[\s,.!。~…]*(?:谢谢|啊|呀|哦|喔|嘛|吧|哈|哎|thanks?|thank you|please)$"
)
_TAIL = re.compile(r"(?<=.)[\s?]*(?:吗|伐|么|呢|呀|啊|哦|\?)+[\s?]*$")


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    return {name: listed("plaints", name) for name in lists("plaints")}


def plaint(words: str) -> str:
    """Which of them these words are, '' for none."""
    if len(words) > LONGEST:
        return ""
    text = " ".join(plain(words).text.replace("\u2019", "'").split()).strip(" ,.!。~…")
    bare = _COURTESY.sub("", text).strip(" ,.!。~…") or text
    found = {bare, _TAIL.sub("", bare)}
    return next((name for name, said in _lists().items() if any(map(said.fullmatch, found))), "")
