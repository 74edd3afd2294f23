"""Fonts: the file in which Chinese is written on this machine, and those that have what it lacks."""

from __future__ import annotations

import logging
import shutil
import subprocess  # for fc-match alone, asked in our own words  # nosec B404
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

log = logging.getLogger("xiaobandeng.fonts")

Font = tuple[str, int]
"""A file, and which of the faces in it."""

KNOWN: tuple[str, ...] = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/wenquanyi/wqy-zenhei/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
"""Where packages of the usual systems put one."""
BESIDE: tuple[str, ...] = (
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
"""Where small pictures among letters are, and signs that are in few fonts."""
COLOURED = 109
"""The only size that a font of small coloured pictures has."""
SAMPLE = "名单楼"
PATIENCE = 5.0


@cache
def found(named: str = "") -> Font | None:
    """The font that the settings name, or one of this machine; None where nothing can write Chinese.

    Looked for once: who installs one starts the bot again.
    """
    if named == "none":
        return None
    if named and writes((named, 0)):
        return (named, 0)
    if named:
        log.warning("the font of the settings cannot be used", extra={"file": named})
    if (said := asked()) is not None and writes(said):
        return said
    return next(((file, 0) for file in KNOWN if writes((file, 0))), None)


def asked() -> Font | None:
    """What this machine takes for Chinese, as fontconfig knows."""
    tool = shutil.which("fc-match")
    if tool is None:
        return None
    try:
        call = [tool, "-f", "%{file}\n%{index}", "sans-serif:lang=zh-cn"]
        told = subprocess.run(call, capture_output=True, text=True, timeout=PATIENCE, check=True)  # noqa: S603 - our own words  # nosec B603
    except (OSError, subprocess.SubprocessError):
        return None
    file, _, face = told.stdout.partition("\n")
    return (file, int(face) if face.isdecimal() else 0) if file else None


def writes(font: Font) -> bool:
    """Whether Chinese can be written with it."""
    return Path(font[0]).is_file() and (type_ := at(font, 32)) is not None and all(has(type_, c) for c in SAMPLE)


@lru_cache(64)
def at(font: Font, size: int) -> FreeTypeFont | None:
    """A font at a size in points; None where the file is none, or has not this size."""
    from PIL import ImageFont  # noqa: PLC0415 - not before the first picture: it takes a while

    try:
        return ImageFont.truetype(font[0], size, index=font[1])
    except (OSError, ValueError):
        return None


@lru_cache(8192)
def has(type_: FreeTypeFont, letter: str) -> bool:
    """Whether a font has a shape for this letter: what has none is drawn like a letter that no font has."""
    return letter.isspace() or bytes(type_.getmask(letter)) != nothing(type_)


@lru_cache(64)
def nothing(type_: FreeTypeFont) -> bytes:
    return bytes(type_.getmask("\U0010ffff"))


@cache
def others() -> tuple[Font, ...]:
    """Where to look for what the first has not."""
    return tuple((file, 0) for file in BESIDE if Path(file).is_file())
