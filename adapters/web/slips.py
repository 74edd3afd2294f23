"""Personal links as slips of paper: a name in large type, a code for a telephone's camera, two sentences."""

from __future__ import annotations

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class Slip:
    """A personal link, to be given to one person. `code` and `size`: see `drawn`."""

    name: str
    building: str
    link: str
    code: str
    size: int


def slip(name: str, building: str, link: str) -> Slip:
    code, size = drawn(link)
    return Slip(name, building, link, code, size)


def drawn(words: str) -> tuple[str, int]:
    """A QR code as the path of an SVG, one unit a module, and its width with the quiet zone of four around it.

    The middle level of correction: a slip that was folded, or has a drop of oil on it, is still read.
    """
    path = []
    made = segno.make(words, error="m", micro=False)
    rows = [[*row] for row in made.matrix_iter(border=0)]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                path.append(f"M{x + 4} {y + 4}h{end - x}v1h-{end - x}z")
            x = end + 1
    return "".join(path), len(rows) + 8
