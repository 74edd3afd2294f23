"""Letters: words broken into lines of a width, each letter with a font that has it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from core.drawing import fonts
from core.drawing.fonts import COLOURED, Font, at, has

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

MISSING = "●"
"""What stands for a letter that no font here has: something is there, and the words beside the picture say what."""
CLUSTER = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|.[\ufe0e\ufe0f\u20e3\U0001F3FB-\U0001F3FF]*(?:\u200d.[\ufe0f\U0001F3FB-\U0001F3FF]*)*",
    re.DOTALL,
)
"""What is seen as one: of a small picture put together from several, the first is drawn."""
PIECE = re.compile(r"[A-Za-z0-9/.:#@'’+_%-]+[，、；：。！？）)]*|.[，、；：。！？）)]*|\s", re.DOTALL)
"""What is never torn apart: a number, a word of few letters, a sign at the end from what it ends."""
NAMED = re.compile(r"(?<=[、：])[^、，；。：\s][^、，；。：]{1,24}(?:[、，；。：]|$)|（[^（）]{1,10}）[、，；。：]?")
"""What is not torn apart where it need not be: a name in a list, a dish with who brings it; a name in brackets."""
WHOLE = 14
"""So many letters of what is named stand on one line together, of the seventeen or so that a line has."""


class Run(NamedTuple):
    """Some letters of one font; `small`: a coloured picture, which has one size only and is drawn smaller."""

    words: str
    type_: FreeTypeFont
    width: float
    coloured: bool = False


@dataclass(frozen=True)
class Letters:
    """Letters of one size."""

    font: Font
    size: int

    @cached_property
    def type_(self) -> FreeTypeFont:
        found = at(self.font, self.size)
        assert found is not None  # noqa: S101 - a font is looked at before anything is drawn with it
        return found

    @property
    def height(self) -> int:
        """From one line to the next."""
        return round(self.size * 1.42)

    def lines(self, words: str, width: float, indent: float = 0) -> list[str]:
        """Words in lines no wider than `width`, all but the first less an indent."""
        out, line = list[str](), ""
        for piece in self._pieces(" ".join(seen(words).split())):
            room = width - (indent if out else 0)
            if line and self.width(line + piece.rstrip()) > room:
                out.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while self.width(line) > width and len(line) > 1:  # one piece that is wider than all there is
                cut = next(n for n in range(len(line), 0, -1) if n == 1 or self.width(line[:n]) <= width - indent)
                out.append(line[:cut])
                line = line[cut:]
        return [*out, line.rstrip()] if line.strip() else out

    def _pieces(self, words: str) -> Iterator[str]:
        """Where a line may end: after a name of a list, after a word, else after any letter."""
        start = 0
        while start < len(words):
            named = NAMED.match(words, start)
            if named is not None and self.width(named[0]) < self.size * WHOLE:
                yield named[0]
                start = named.end()
                continue
            piece = PIECE.match(words, start)
            assert piece is not None  # noqa: S101 - it matches any letter
            yield piece[0]
            start = piece.end()

    def width(self, words: str) -> float:
        return sum(run.width for run in self.runs(words))

    def runs(self, words: str) -> list[Run]:
        """The words, letters of one font together."""
        out: list[Run] = []
        for cluster in CLUSTER.findall(words):
            type_, letter, coloured = self._of(cluster)
            if out and out[-1].type_ is type_ and not coloured:
                letter = out.pop().words + letter
            width = self.size * 1.2 if coloured else type_.getlength(letter)
            out.append(Run(letter, type_, width, coloured))
        return out

    def _of(self, cluster: str) -> tuple[FreeTypeFont, str, bool]:
        """What a letter is drawn with, and as what."""
        first = cluster[0] if cluster[:1] not in {"\u200d", "\ufe0f"} else MISSING
        if has(self.type_, first) and "\ufe0f" not in cluster:
            return self.type_, cluster if len(cluster) > 1 and has(self.type_, cluster[-1]) else first, False
        for font in fonts.others():
            if (type_ := at(font, self.size)) is not None and has(type_, first):
                return type_, first, False
            if (type_ := at(font, COLOURED)) is not None and at(font, self.size) is None and has(type_, first):
                return type_, first, True
        return self.type_, first if has(self.type_, first) else MISSING, False

    def write(
        self, on: Image, pen: ImageDraw, at_: tuple[float, float], words: str, colour: str, bold: int = 0
    ) -> float:
        """Write one line, its upper left corner there; returns where it ends."""
        x, y = at_
        base = y + self.size * 1.08
        for run in self.runs(words):
            if run.coloured:
                self._stick(on, run, (x, base - self.size * 0.95))
            else:
                pen.text(
                    (x, base),
                    run.words,
                    fill=colour,
                    font=run.type_,
                    anchor="ls",
                    stroke_width=bold,
                    stroke_fill=colour,
                )
            x += run.width
        return x

    def _stick(self, on: Image, run: Run, at_: tuple[float, float]) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415 - not before the first picture: it takes a while

        small = Image.new("RGBA", (COLOURED + 30, COLOURED + 30))
        ImageDraw.Draw(small).text((0, 0), run.words, font=run.type_, embedded_color=True)
        box = small.getbbox()
        if box is not None:
            small = small.crop(box)
            small.thumbnail((round(self.size * 1.1), round(self.size * 1.1)))
            on.paste(small, (round(at_[0]), round(at_[1])), small)


def seen(words: str) -> str:
    """Without what has no shape, but for what joins small pictures."""
    kept = (
        c for c in words if c in "\u200d\ufe0f\u20e3" or unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co", "Cn")
    )
    return "".join(" " if c.isspace() else c for c in kept)
