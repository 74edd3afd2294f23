"""The page's own words, in every language it speaks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGS = {"zh": "中文", "en": "English"}
"""The languages of the page, each named in itself."""


def text(lang: str, key: str, **facts: Any) -> str:
    """The words under `key`, `table.name`, in this language, the facts filled in. Raises KeyError for an unknown key."""
    words: Any = _catalogue(lang if lang in LANGS else "zh")
    for part in key.split("."):
        words = words[part]
    if isinstance(words, dict):
        words = words["one" if facts.get("n") == 1 else "other"]
    return str(words).format(**facts)


@cache
def _catalogue(lang: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words" / f"{lang}.toml").read_text(encoding="utf-8"))
