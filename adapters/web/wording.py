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


def preferred(asked: str) -> str:
    """Of what a browser asks for (`Accept-Language`) the first language that we speak; '' for none of them."""
    wanted = []
    for n, part in enumerate(asked[:200].split(",")):
        tag, _, weight = part.partition(";")
        said = weight.strip().removeprefix("q=")
        quality = float(said) if said.replace(".", "", 1).isdecimal() else 1.0
        wanted.append((-quality, n, tag.strip().lower().partition("-")[0]))
    return next((lang for quality, _, lang in sorted(wanted) if quality and lang in LANGS), "")
