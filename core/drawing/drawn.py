"""Drawing: a sheet as a picture in large type, as wide as a phone and of high contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from core.drawing.letters import Letters
from core.drawing.values import Drawing, Row, Tile, Tone

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDE = 1080
EDGE = 54
HIGHEST = 2400
"""Points: more is made so small by some networks that it cannot be read."""
SIZES = (60, 54, 48, 44)
"""Of letters: the largest with which all of it fits. On a phone 44 points are as large as in a book for elders."""
INDENT = 40
INK, PAPER, RULE, SOFT = "#141414", "#ffffff", "#d5d8d2", "#4a4f47"
HEAD, ON_HEAD, STAMP = "#174d2b", "#ffffff", "#dcefe0"
TONES: dict[Tone, tuple[str, str]] = {
    "": ("#3d433b", "#f1f3ef"),
    "good": ("#17632c", "#e6f3e8"),
    "wanting": ("#8f3a00", "#fdf0e2"),
    "bad": ("#7a1f1f", "#f9e9e8"),
    "soft": ("#4a4f47", "#f1f3ef"),
}
"""Of each tone the colour of words on paper, which may stand under white ones too, and that of the paper."""
COUNTED = re.compile(r"(?<![\d/])(\d{1,4})/(\d{1,4})(?![\d/])")
FEW_TILES = 16
"""So many places stand in two columns, more in three."""


@dataclass(slots=True)
class Block:
    """Lines that belong together, as high as they are; `tiles`: places beside one another instead."""

    height: int
    row: Row = field(default_factory=lambda: Row(""))
    lines: list[str] = field(default_factory=list)
    tiles: tuple[Tile, ...] = ()
    across: int = 2


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet laid out in one size of letters."""

    letters: Letters
    head: list[str]
    blocks: list[Block]
    top: int

    @property
    def height(self) -> int:
        return self.top + sum(block.height for block in self.blocks) + EDGE


def drawn(drawing: Drawing) -> bytes:
    """The picture as a JPEG. Takes a tenth of a second or two, so it is called in a thread of its own."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - not before the first picture: it takes a while

    laid = next((each for size in SIZES if (each := lay(drawing, size)).height <= HIGHEST), None)
    laid = laid if laid is not None else shortened(lay(drawing, SIZES[-1]), drawing)
    on = Image.new("RGB", (WIDE, laid.height), PAPER)
    pen = ImageDraw.Draw(on)
    write_head(on, pen, laid, drawing)
    y = laid.top
    for n, block in enumerate(laid.blocks):
        if block.tiles:
            write_tiles(on, pen, laid.letters, block, y)
        else:
            write_row(on, pen, laid.letters, block, y)
            below = laid.blocks[n + 1] if n + 1 < len(laid.blocks) else block
            if below is not block and not below.tiles and not below.row.under:
                pen.line((EDGE, y + block.height - 4, WIDE - EDGE, y + block.height - 4), RULE, 2)
        y += block.height
    out = BytesIO()
    on.save(out, "JPEG", quality=88, subsampling=0, optimize=True)
    return out.getvalue()


# ------------------------------------------------------------ laid out


def lay(drawing: Drawing, size: int) -> Laid:
    letters, sheet = Letters(drawing.font, size), drawing.sheet
    head = title_of(letters).lines(sheet.title, WIDE - 2 * EDGE)
    stamp = stamp_of(letters).lines(drawing.stamp, WIDE - 2 * EDGE)
    top = EDGE + len(head) * title_of(letters).height + len(stamp) * stamp_of(letters).height
    blocks = list[Block]()
    for row in sheet.rows:
        lines = letters.lines(row.words, WIDE - 2 * EDGE, INDENT)
        if lines:
            if row.under and blocks:
                blocks[-1].height -= size // 2
            blocks.append(Block(len(lines) * letters.height + size // 2, row, lines))
    across = columns(sheet.tiles)
    for n in range(0, len(sheet.tiles), across):
        some = sheet.tiles[n : n + across]
        height = max(tile_height(letters, tile, across) for tile in some) + GAP
        blocks.append(Block(height, tiles=some, across=across))
    return Laid(letters, head, blocks, top + EDGE // 2)


def shortened(laid: Laid, drawing: Drawing) -> Laid:
    """As much of it as there is room for, and how much is left."""
    letters = laid.letters
    room = HIGHEST - laid.top - EDGE - letters.height * 3
    kept: list[Block] = []
    for block in laid.blocks:
        if sum(each.height for each in kept) + block.height > room:
            break
        kept.append(block)
    left = sum(len(block.tiles) or 1 for block in laid.blocks[len(kept) :])
    row = Row(drawing.left.replace("{n}", str(left)), tone="wanting")
    lines = letters.lines(row.words, WIDE - 2 * EDGE, INDENT)
    return Laid(letters, laid.head, [*kept, Block(len(lines) * letters.height + letters.size, row, lines)], laid.top)


def title_of(letters: Letters) -> Letters:
    return Letters(letters.font, round(letters.size * 1.3))


def stamp_of(letters: Letters) -> Letters:
    return Letters(letters.font, round(letters.size * 0.8))


# ------------------------------------------------------------ written


def write_head(on: Image, pen: ImageDraw, laid: Laid, drawing: Drawing) -> None:
    pen.rectangle((0, 0, WIDE, laid.top - EDGE // 2), HEAD)
    title, stamp, y = title_of(laid.letters), stamp_of(laid.letters), EDGE // 3
    for line in laid.head:
        title.write(on, pen, (EDGE, y), line, ON_HEAD, 1)
        y += title.height
    for line in stamp.lines(drawing.stamp, WIDE - 2 * EDGE):
        stamp.write(on, pen, (EDGE, y), line, STAMP)
        y += stamp.height


def write_row(on: Image, pen: ImageDraw, letters: Letters, block: Block, y: float) -> None:
    colour = TONES[block.row.tone][0] if block.row.tone else INK
    for n, line in enumerate(block.lines):
        x: float = EDGE + (INDENT if n else 0)
        last = 0
        for found in COUNTED.finditer(line):  # how many of how many is what most look for
            x = letters.write(on, pen, (x, y), line[last : found.start()], colour, int(block.row.strong))
            full = int(found[1]) >= int(found[2])
            x = letters.write(on, pen, (x, y), found[0], TONES["good" if full else "wanting"][0], 2)
            last = found.end()
        letters.write(on, pen, (x, y), line[last:], colour, int(block.row.strong))
        y += letters.height


# ------------------------------------------------------------ a map

GAP = 26
INSIDE = 26


def columns(tiles: tuple[Tile, ...]) -> int:
    return 2 if len(tiles) <= FEW_TILES else 3


def tile_width(across: int) -> int:
    return (WIDE - 2 * EDGE - (across - 1) * GAP) // across


def of_tile(letters: Letters, across: int) -> tuple[Letters, Letters]:
    """The letters of a place's name, and of what else is said of it."""
    name = letters.size if across == 2 else round(letters.size * 0.85)
    return Letters(letters.font, name), Letters(letters.font, round(name * 0.82))


def tile_lines(letters: Letters, tile: Tile, across: int) -> tuple[list[str], list[str], list[str]]:
    large, small = of_tile(letters, across)
    width = tile_width(across) - 2 * INSIDE
    more = [line for words in tile.more if words for line in small.lines(words, width)]
    return large.lines(tile.name, width), small.lines(tile.state, width - INSIDE), more


def tile_height(letters: Letters, tile: Tile, across: int) -> int:
    large, small = of_tile(letters, across)
    name, state, more = tile_lines(letters, tile, across)
    return 2 * INSIDE + len(name) * large.height + (len(state) + len(more)) * small.height + INSIDE


def write_tiles(on: Image, pen: ImageDraw, letters: Letters, block: Block, y: int) -> None:
    wide = tile_width(block.across)
    for n, tile in enumerate(block.tiles):
        x = EDGE + n * (wide + GAP)
        write_tile(on, pen, letters, tile, (x, y, x + wide, y + block.height - GAP), block.across)


def write_tile(
    on: Image, pen: ImageDraw, letters: Letters, tile: Tile, box: tuple[int, int, int, int], across: int
) -> None:
    large, small = of_tile(letters, across)
    name, state, more = tile_lines(letters, tile, across)
    colour, paper = TONES[tile.tone]
    pen.rounded_rectangle(box, 22, paper, colour, 4)
    x, y = box[0] + INSIDE, box[1] + INSIDE // 2
    for line in name:
        large.write(on, pen, (x, y), line, INK, 1)
        y += large.height
    for line in state:
        width = small.width(line) + INSIDE
        pen.rounded_rectangle((x, y + 2, x + width, y + small.height - 4), 14, colour)
        small.write(on, pen, (x + INSIDE // 2, y - small.size * 0.02), line, ON_HEAD, 0)
        y += small.height
    y += INSIDE // 2
    for line in more:
        small.write(on, pen, (x, y), line, SOFT)
        y += small.height
