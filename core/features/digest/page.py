"""The article as HTML to be pasted into the editor of a public account: all styles stand in the elements, for that
editor drops every other; no picture, script or link is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

BODY = "max-width:677px;margin:0 auto;font-size:17px;line-height:1.8;color:#333333;letter-spacing:0.5px;"
TITLE = "font-size:22px;line-height:1.4;font-weight:bold;color:#1a1a1a;text-align:center;margin:0 0 24px 0;"
PARAGRAPH = "font-size:17px;line-height:1.8;color:#333333;margin:0 0 20px 0;text-align:justify;"
SPOT = "font-size:15px;line-height:1.8;color:#888888;margin:0 0 20px 0;text-align:center;"


def page(lang: str, title: str, paragraphs: Sequence[str], spots: Sequence[str] = ()) -> bytes:
    """One section to be copied whole. `spots`: where a picture goes, in words."""
    said = [styled("p", PARAGRAPH, each) for each in paragraphs] + [styled("p", SPOT, each) for each in spots]
    inner = "\n".join([styled("h2", TITLE, title), *said])
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f'<title>{escape(title)}</title></head><body>\n<section style="{BODY}">\n{inner}\n</section>\n</body></html>\n'
    ).encode()


def styled(tag: str, style: str, words: str) -> str:
    lines = "<br>".join(escape(line) for line in words.splitlines())
    return f'<{tag} style="{style}"><span style="font-size:inherit;">{lines}</span></{tag}>'
