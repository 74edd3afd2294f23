"""Records of hours as files: a month as CSV and XLSX, one person's year as a page to be printed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from io import BytesIO, StringIO

from core.here import Here
from core.hours import Served, total
from core.views.document import document
from core.views.records import duration
from core.words import text

COLUMNS = (
    "person", "activity", "number", "day", "from", "to", "hours", "hours_added", "role", "recorded_by", "confirmed_by",
)  # fmt: skip
"""`hours` were signed in, `hours_added` recorded later: nobody adds them up by mistake."""


def heads(here: Here) -> list[str]:
    return [text(here.lang, f"record.column_{name}") for name in COLUMNS]


def cells(here: Here, row: Served) -> list[str]:
    """One time of one person; what would be a formula in a table is words there."""
    begins, ends = row.begins.astimezone(here.tz), row.ends.astimezone(here.tz)
    hours = f"{row.hours / timedelta(hours=1):g}"
    said = [
        row.name,
        row.title,
        str(row.number),
        f"{begins:%Y-%m-%d}",
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        "" if row.added else hours,
        hours if row.added else "",
        row.role,
        row.recorded_by,
        row.confirmed_by,
    ]
    return [harmless(cell) for cell in said]


def harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def table(here: Here, rows: Sequence[Served]) -> list[list[str]]:
    return [heads(here), *(cells(here, row) for row in rows)]


def as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    """With a mark at the beginning by which Excel knows that it is UTF-8."""
    out = StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - not before the first table: it takes a while

    book, out = Workbook(), BytesIO()
    sheet = book.active
    for line in lines:
        sheet.append(list(line))
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"  # words, whatever they look like
    book.save(out)
    return out.getvalue()


STYLE = "body{font:16px serif;margin:3em}table{border-collapse:collapse}td,th{border:1px solid;padding:.3em}"


def page(here: Here, name: str, year: int, rows: Sequence[Served]) -> str:
    """The sheet: the sentence, and a line for each time."""
    hours = duration(total(rows), here.lang)
    facts = {"community": here.community.name, "name": name, "year": str(year), "hours": hours}
    said = text(here.lang, "certificate.first", n=len(rows), **facts)
    title, *sentences = said.splitlines()
    shown = ("day", "from", "to", "activity", "hours", "hours_added")
    head = "".join(f"<th>{escape(text(here.lang, f'record.column_{column}'))}</th>" for column in shown)
    body = "".join(line(here, row, shown) for row in rows)
    told = "".join(f"<p>{escape(each)}</p>" for each in sentences)
    return document(title, here.lang, STYLE, f"{told}<table><tr>{head}</tr>{body}</table>")


def line(here: Here, row: Served, shown: Sequence[str]) -> str:
    said = dict(zip(COLUMNS, cells(here, row), strict=True))
    return f"<tr>{''.join(f'<td>{escape(said[column])}</td>' for column in shown)}</tr>"
