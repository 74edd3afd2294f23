"""Records of hours as files: a month as CSV and XLSX, one person's year as a page to be printed."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path

from openpyxl import Workbook
from sqlmodel import Session

from bot.backup import NotDone
from bot.config import Config
from bot.rights import opened, served
from bot.wording import catalogue
from core.here import Here
from core.hours import Served, of_days, of_year, own, records, total
from core.reading.records import end_of_month
from core.views.records import duration
from core.words import text

COLUMNS = ("person", "activity", "number", "day", "from", "to", "hours", "role", "recorded_by", "confirmed_by", "added")


def month(config: Config, said: str, folder: Path, now: datetime) -> list[Path]:
    """Write the record of a month ("2026-11") of each community into this folder; the files. Raises `NotDone`."""
    first = first_day(config, said)
    files: list[Path] = []
    with opened(config) as session:
        for here in served(session, config, now):
            rows = records(session, here, of_days(here, first, end_of_month(first)), here.lang)
            name = f"record-{f'{here.community.named}-' if here.community.named else ''}{said}"
            lines = [heads(here), *(cells(here, row) for row in rows)]
            files += [as_csv(lines, folder / f"{name}.csv"), as_xlsx(lines, folder / f"{name}.xlsx")]
    return files


def first_day(config: Config, said: str) -> date:
    try:
        return datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        raise NotDone(catalogue().text(config.community.lang, "record.month", said=said)) from None


def heads(here: Here) -> list[str]:
    return [text(here.lang, f"record.column_{name}") for name in COLUMNS]


def cells(here: Here, row: Served) -> list[str]:
    """One time of one person; what would be a formula in a table is words there."""
    begins, ends = row.begins.astimezone(here.tz), row.ends.astimezone(here.tz)
    said = [
        row.name,
        row.title,
        str(row.number),
        f"{begins:%Y-%m-%d}",
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        f"{row.hours / timedelta(hours=1):g}",
        row.role,
        row.recorded_by,
        row.confirmed_by,
        text(here.lang, "record.later") if row.added else "",
    ]
    return [harmless(cell) for cell in said]


def harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_csv(lines: Sequence[Sequence[str]], file: Path) -> Path:
    """With a mark at the beginning by which Excel knows that it is UTF-8."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return file


def as_xlsx(lines: Sequence[Sequence[str]], file: Path) -> Path:
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(list(line))
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"  # words, whatever they look like
    book.save(file)
    return file


def certificate(config: Config, name: str, said: str, folder: Path, now: datetime) -> list[Path]:
    """Write one person's year ("2026") as a page to be printed; the files. Raises `NotDone` where there is nothing."""
    if not re.fullmatch(r"20\d\d", said):
        raise NotDone(catalogue().text(config.community.lang, "record.year", said=said))
    year, files = int(said), list[Path]()
    with opened(config) as session:
        for here in served(session, config, now):
            files += sheets(session, here, name, year, folder)
    if not files:
        raise NotDone(text(config.community.lang, "certificate.none", name=name, year=str(year)))
    return files


def sheets(session: Session, here: Here, name: str, year: int, folder: Path) -> list[Path]:
    """A page for each person of that name."""
    rows = records(session, here, of_year(here, year), here.lang)
    ids = list(dict.fromkeys(row.member for row in rows if row.name == name))
    files = []
    for at, id in enumerate(ids):
        file = folder / f"certificate-{year}-{name}{f'-{at + 1}' if at else ''}.html".replace("/", "_")
        file.write_text(page(here, name, year, own(rows, id)), encoding="utf-8")
        files.append(file)
    return files


def page(here: Here, name: str, year: int, rows: Sequence[Served]) -> str:
    """The sheet: the sentence, and a line for each time."""
    hours = duration(total(rows), here.lang)
    facts = {"community": here.community.name, "name": name, "year": str(year), "hours": hours}
    said = text(here.lang, "certificate.first", n=len(rows), **facts)
    title, *sentences = said.splitlines()
    shown = ("day", "from", "to", "activity", "hours")
    head = "".join(f"<th>{escape(text(here.lang, f'record.column_{column}'))}</th>" for column in shown)
    body = "".join(line(here, row, shown) for row in rows)
    return (
        f'<!doctype html><html lang="{here.lang}"><meta charset="utf-8"><title>{escape(title)}</title>'
        "<style>body{font:16px serif;margin:3em}table{border-collapse:collapse}td,th{border:1px solid;padding:.3em}"
        f"</style><h1>{escape(title)}</h1>{''.join(f'<p>{escape(each)}</p>' for each in sentences)}"
        f"<table><tr>{head}</tr>{body}</table></html>\n"
    )


def line(here: Here, row: Served, shown: Sequence[str]) -> str:
    said = dict(zip(COLUMNS, cells(here, row), strict=True))
    return f"<tr>{''.join(f'<td>{escape(said[column])}</td>' for column in shown)}</tr>"
