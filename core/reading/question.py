"""A question to ask back when words are ambiguous, impossible or missing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: the sentence is in the catalogue under `question.<code>`, with the facts put in."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def words(self, lang: str) -> str:
        """The sentence to show, in `zh` or `en`."""
        return _sentences("en" if lang.startswith("en") else "zh")[self.code].format(**dict(self.facts))


@cache
def _sentences(lang: str) -> dict[str, str]:
    path = Path(__file__).parent / "words" / f"{lang}.toml"
    sentences: dict[str, str] = tomllib.loads(path.read_text("utf-8"))["question"]
    return sentences
