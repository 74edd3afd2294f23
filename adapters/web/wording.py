"""The page's own words, in every language it speaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.words import Catalogue

LANGS = {"zh": "中文", "en": "English"}
"""The languages of the page, each named in itself."""


@cache
def catalogue() -> Catalogue:
    """What the page says, to its people and to operators."""
    return Catalogue(Path(__file__).parent / "words")


text = catalogue().text
"""`text(lang, key, **facts)`: a sentence as bare words. Raises KeyError for a key that the catalogue has not."""
