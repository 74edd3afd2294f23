"""How Chinese characters sound, one by one: a name is not a phrase, and its characters are read as they stand."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def syllables(text: str) -> list[str]:
    """Pinyin without tones, a syllable for each character; what is not Chinese stays as it is."""
    return lazy_pinyin(list(text), style=Style.NORMAL)
