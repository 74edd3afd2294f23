"""The shelf: pictures as files in a folder beside the database, each made anew and named by its own digest."""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from core.drawing.values import DRAWN, Drawing
from core.messages import File

LARGEST = 20 * 2**20
"""Bytes of a picture that is looked at: what a telephone makes has fewer."""
POINTS = 60_000_000
"""Points of a picture that is opened: more is no photograph, but may fill the memory."""
SIDE = 1600
"""Points of the longer side that are kept: enough to see what is wrong, and a year of matters takes little room."""
READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
NAME = re.compile(rf"(?:{DRAWN})?[0-9a-f]{{64}}\.jpg")
PLACED = re.compile(rb"shelf:([0-9a-f]{64}\.jpg)")
DRAWN_FOR = timedelta(days=30)
"""How long a picture is kept that was drawn of a roster: what it shows was true at one moment."""


class Shelf:
    """Keeps pictures in `folder`, which is made with the first of them; None: keeps none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def keep(self, raw: bytes) -> str:
        """Keep a picture and return its name; '' for what is none, is too large, or where none are kept.

        It is drawn anew: of where, when and with what it was taken nothing is left. The same picture has the same name.
        Raises OSError for a full disk.
        """
        made = redrawn(raw) if self.folder is not None and 0 < len(raw) <= LARGEST else b""
        if not made or self.folder is None:
            return ""
        name = f"{hashlib.sha256(made).hexdigest()}.jpg"
        self._put(name, made)
        return name

    def draw(self, drawing: Drawing) -> None:
        """Draw what is to stand under this drawing's name, unless it does. Raises OSError for a full disk."""
        if self.folder is None or (self.folder / drawing.name).exists():
            return
        from core.drawing.drawn import drawn  # noqa: PLC0415 - not before the first picture: it takes a while

        self._put(drawing.name, drawn(drawing))

    def _put(self, name: str, made: bytes) -> None:
        assert self.folder is not None  # noqa: S101 - who keeps nothing does not come here
        file = self.folder / name
        if file.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        with fresh.open("wb") as out:
            out.write(made)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)

    def has(self, name: str) -> bool:
        """Whether the picture of this name is there."""
        return self.folder is not None and NAME.fullmatch(name) is not None and (self.folder / name).exists()

    def read(self, name: str) -> bytes:
        """The picture of this name; b'' if it is not there."""
        if self.folder is None or not NAME.fullmatch(name):
            return b""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return b""

    def filled(self, file: File) -> File:
        """A page with the pictures that it names in it, as data: whoever opens it needs nothing else. One that is there
        no more leaves its place empty.
        """
        if not file.pictures:
            return file

        def inside(found: re.Match[bytes]) -> bytes:
            raw = self.read(found[1].decode())
            small = redrawn(raw, file.pictures) if raw else b""
            return b"data:image/jpeg;base64," + b64encode(small) if small else b"data:,"

        return replace(file, data=PLACED.sub(inside, file.data), pictures=0)

    def sweep(self, kept: Collection[str], before: datetime) -> int:
        """Throw away pictures that are not among `kept` and were put there before then; return how many."""
        return self._throw_away(lambda name: name not in kept and not name.startswith(DRAWN), before)

    def sweep_drawn(self, before: datetime) -> int:
        """Throw away what was drawn before then; return how many."""
        return self._throw_away(lambda name: name.startswith(DRAWN), before)

    def _throw_away(self, which: Callable[[str], bool], before: datetime) -> int:
        gone = 0
        for file in self.folder.iterdir() if self.folder is not None and self.folder.is_dir() else ():
            if which(file.name) and file.stat().st_mtime < before.timestamp():
                file.unlink(missing_ok=True)
                gone += 1
        return gone


def placed(name: str) -> str:
    """How a page that is sent as a file names a picture: see `Shelf.filled`."""
    return f"shelf:{name}"


def redrawn(raw: bytes, side: int = SIDE) -> bytes:
    """The same picture as a JPEG without anything beside it, upright, at most so many points long; b'' for none."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - not before the first picture: it takes a while

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is large, or half a file: it is judged here
            with Image.open(BytesIO(raw), formats=READ) as opened:
                if opened.width * opened.height > POINTS:
                    return b""
                opened.draft("RGB", (side, side))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
                upright.thumbnail((side, side))
                bare = Image.new("RGB", upright.size)
                bare.paste(upright)
        out = BytesIO()
        bare.save(out, "JPEG", quality=85, optimize=True)
        return out.getvalue()
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, MemoryError, Image.DecompressionBombError):
        return b""
