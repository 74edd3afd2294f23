"""One person with several accounts, as it is said: 绑定, 绑定 123456, 我换手机了, 合并 李阿姨 小李."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import FIGURES, Written, clause

_WORDS = Written(__file__)
LONGEST = 60
"""Letters. Whoever writes more is telling something."""
_END = r"[\s.!?。！？~]*"
_LINK = re.compile(rf"(?:{_WORDS.regex('link')})(?:{_WORDS.regex('code')})?{_END}")
_PERHAPS = re.compile(rf"(?:{_WORDS.regex('perhaps')}){_END}")
_TWO = re.compile(rf"(?:{_WORDS.regex('two')}){_END}")
_JOINED = re.compile(rf"(?:{_WORDS.regex('joined')}){_END}")


@dataclass(frozen=True, slots=True)
class Linking:
    """绑定: with the `code` of another account, '' where one is asked for. Or two people, as they are called; `sure`:
    it says nothing else than that they are one. `two`: the speaker has another account, and asks for nothing.
    """

    code: str = ""
    people: tuple[str, ...] = ()
    sure: bool = True
    two: bool = False


def read_linking(words: str) -> Linking | None:
    """What these words, all of them, say of accounts; None where they say anything else."""
    piece = clause(words[: LONGEST * 2]).strip()
    if len(piece.text) > LONGEST:
        return None
    if found := _LINK.fullmatch(piece.text):
        code = "".join((found["code"] or "").split()).translate(FIGURES)
        return Linking(code=code)
    if _TWO.fullmatch(piece.text):
        return Linking(two=True)
    for sure, pattern in ((True, _JOINED), (False, _PERHAPS)):
        if found := pattern.fullmatch(piece.text):
            names = [name for name in found.groupdict() if found[name] is not None]
            people = tuple(piece.said[found.start(name) : found.end(name)].strip() for name in names)
            return Linking(people=people, sure=sure)
    return None
