"""A page that goes out as a file: one frame for all of them, which every telephone and printer opens."""

from __future__ import annotations

from html import escape


def document(title: str, lang: str, style: str, body: str) -> str:
    """`body` and `style` as they are in HTML, the title as words."""
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{style}</style><h1>{escape(title)}</h1>{body}</html>\n"
    )
