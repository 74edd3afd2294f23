"""The name of a community in front of private words: [东区] 报名 3, 【东区】报名, 东区：报名, or the name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_BRACKETED = re.compile(
    r"\s*[\[【［〔]\s*(?P<name>[^\]】］〕]{1,60}?)\s*[\]】］〕]\s*[:：,，]?\s*(?P<rest>.*)", re.DOTALL
)
_BEFORE_COLON = re.compile(r"\s*(?P<name>[^:：\n]{1,60}?)\s*[:：]\s*(?P<rest>.*)", re.DOTALL)
_ALONE = re.compile(r"\s*(?P<name>[^\n]{1,60}?)\s*[。.!！]?\s*(?P<rest>)")


def in_front(text: str, names: Sequence[str]) -> tuple[int, str] | None:
    """Which of these names stands in front, or alone, and the words behind it; None where none does."""
    known = {folded(name): n for n, name in enumerate(names)}
    for form in (_BRACKETED, _BEFORE_COLON, _ALONE):
        found = form.fullmatch(text)
        if found is not None and (n := known.get(folded(found["name"]))) is not None:
            return n, found["rest"]
    return None


def folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
