"""The article as HTML to be pasted into the editor of a public account: all styles stand in the elements, for that
editor drops every other, and pictures stand in it as data, for it fetches none from a machine that it cannot reach; no
script or link is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from core.shelf import placed

BODY = "max-width:677px;margin:0 auto;font-size:17px;line-height:1.8;color:#333333;letter-spacing:0.5px;"
TITLE = "font-size:22px;line-height:1.4;font-weight:bold;color:#1a1a1a;text-align:center;margin:0 0 24px 0;"
PARAGRAPH = "font-size:17px;line-height:1.8;color:#333333;margin:0 0 20px 0;text-align:justify;"
FRAME = "margin:0 0 8px 0;text-align:center;"
PICTURE = "max-width:100%;height:auto;display:block;margin:0 auto;"
"""Without a width: a browser copies 100% as so many points of its own window, and a telephone is narrower."""
CAPTION = "font-size:15px;line-height:1.6;color:#767676;margin:0 0 20px 0;text-align:center;"
SIDE = 1080
"""Points of the longer side of a picture: as wide as the widest telephone shows it, and well under the megabyte that a
picture of an article may have there.
"""


class Shot(NamedTuple):
    """A picture of the article: which file of the shelf, what is to be seen, and how the text tells of it."""

    name: str
    words: str
    spot: str = ""


def page(lang: str, title: str, paragraphs: Sequence[str], shots: Mapping[int, Sequence[Shot]]) -> bytes:
    """One section to be copied whole. `shots`: pictures, by the paragraph below which they stand."""
    inner = [styled("h2", TITLE, title)]
    for n, each in enumerate(paragraphs):
        inner.append(styled("p", PARAGRAPH, each))
        inner += pictures(shots.get(n, ()))
    body = "\n".join(inner)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title></head><body>\n<section style="{BODY}">\n{body}\n</section>\n</body></html>\n'
    ).encode()


def styled(tag: str, style: str, words: str) -> str:
    lines = "<br>".join(escape(line) for line in words.splitlines())
    return f'<{tag} style="{style}"><span style="font-size:inherit;">{lines}</span></{tag}>'


def pictures(shots: Sequence[Shot]) -> list[str]:
    """Each picture; what is to be seen is said once under several of the same."""
    out = []
    for n, shot in enumerate(shots):
        words = escape(shot.words)
        out.append(f'<p style="{FRAME}"><img src="{placed(shot.name)}" alt="{words}" style="{PICTURE}"></p>')
        if n + 1 == len(shots) or shots[n + 1].words != shot.words:
            out.append(styled("p", CAPTION, shot.words))
    return out
