"""What a picture is drawn from: a few values of plain words, none of which can hold what is confided."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "good", "wanting", "bad", "soft"]
"""What a colour says besides the words, which say it as well: nobody has to tell green from red."""


DRAWN = "drawn-"
"""How the file of a drawing begins."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of words, as long as it likes. `under`: it says more of the one above, and no rule parts them."""

    words: str
    strong: bool = False
    under: bool = False
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One place of a map: what it is called, how it stands, and a line or two besides."""

    name: str
    state: str
    more: tuple[str, ...] = ()
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is seen of something at one moment: its title, its lines, and the places of a map below them."""

    title: str
    rows: tuple[Row, ...] = ()
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet with the moment at which it was true. `font`: the file that it is written with, and which face in it.

    `left`: what stands at the end of one that is too long, with `{n}` for how many lines are not on it.
    """

    sheet: Sheet
    stamp: str
    font: tuple[str, int]
    left: str = "{n}"

    @property
    def name(self) -> str:
        """The file of the shelf that it is drawn into: the same drawing has the same name."""
        return f"{DRAWN}{hashlib.sha256(repr(self).encode('utf-8', 'replace')).hexdigest()}.jpg"
