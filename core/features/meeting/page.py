"""会议簿 as a page to be printed: each meeting as a paper book has it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from core.book import Entry
from core.confided import Confided
from core.shelf import placed
from core.views.document import document
from core.views.readback import which_and_when
from core.views.view import View
from core.words import text

STYLE = (
    "body{font:16px/1.7 serif;margin:2.5em;max-width:48em}h2{font-size:1.1em;margin:0 0 .5em}"
    "table{border-collapse:collapse;width:100%;margin:0 0 2em;page-break-inside:avoid}"
    "th,td{border:1px solid #000;padding:.4em .6em;text-align:left;vertical-align:top}th{width:6em}"
    "td p{margin:0 0 .5em}td img{max-width:48%;max-height:20em;margin:0 2% .5em 0;vertical-align:top}"
)
SIDE = 800
"""Points of the longer side of a picture: on paper, two stand beside one another."""


def page(view: View, title: str, entries: Sequence[Entry]) -> bytes:
    """For coordinators only: why somebody was excused stands in it."""
    body = "".join(meeting(view, each) for each in entries)
    return document(title, view.lang, STYLE, body).encode()


def meeting(view: View, each: Entry) -> str:
    comma, on = view.text("list.comma"), each.on
    excused = comma.join(name + bracketed(view, reason) for name, reason in each.excused)
    facts = {"expected": len(on.invited), "present": len(each.present), "excused": len(each.excused)}
    rows = [
        ("place", on.occurrence.place),
        ("host", each.host),
        ("keeper", comma.join(each.keepers) or view.text("meeting.book.nobody")),
        ("numbers", view.text("meeting.report", **facts)),
        ("present", comma.join(each.present)),
        ("excused", excused),
        ("topics", on.occurrence.note),
        ("minutes", "\n".join(plain(view, part) for part in each.minutes)),
    ]
    said = "".join(row(view.lang, key, value) for key, value in rows if value) + pictures(view.lang, each)
    return f"<h2>{escape(which_and_when(view, on))}</h2><table>{said}</table>"


def row(lang: str, key: str, value: str) -> str:
    words = "".join(f"<p>{escape(line)}</p>" for line in value.splitlines())
    return f"<tr><th>{escape(text(lang, f'meeting.book.row.{key}'))}</th><td>{words}</td></tr>"


def pictures(lang: str, each: Entry) -> str:
    """The pictures of the meeting, which are put into the page when it is sent."""
    if not each.pictures:
        return ""
    head = escape(text(lang, "meeting.book.row.pictures"))
    shown = "".join(f'<img src="{placed(row.name)}" alt="{head} {n}">' for n, row in enumerate(each.pictures, 1))
    return f"<tr><th>{head}</th><td>{shown}</td></tr>"


def bracketed(view: View, reason: Confided) -> str:
    return f"（{plain(view, reason)}）" if reason else ""


def plain(view: View, words: Confided) -> str:
    return view.text("confided.lost") if words.lost else words.privately()
