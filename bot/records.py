"""Records of hours as files: a month as CSV and XLSX, one person's year as a page to be printed."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from bot.backup import NotDone
from bot.config import Config
from bot.rights import opened, served
from bot.wording import catalogue
from core.here import Here
from core.hours import of_days, of_year, own, records
from core.said.records import end_of_month
from core.views.record_files import as_csv, as_xlsx, page, table
from core.words import text


def month(config: Config, said: str, folder: Path, now: datetime) -> list[Path]:
    """Write the record of a month ("2026-11") of each community into this folder; the files. Raises `NotDone`."""
    first = first_day(config, said)
    files: list[Path] = []
    with opened(config) as session:
        for here in served(session, config, now):
            rows = records(session, here, of_days(here, first, end_of_month(first)), here.lang)
            name = f"record-{f'{here.community.named}-' if here.community.named else ''}{said}"
            lines = table(here, rows)
            for file, content in ((f"{name}.csv", as_csv(lines)), (f"{name}.xlsx", as_xlsx(lines))):
                (folder / file).write_bytes(content)
                files.append(folder / file)
    return files


def first_day(config: Config, said: str) -> date:
    try:
        return datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        raise NotDone(catalogue().text(config.community.lang, "record.month", said=said)) from None


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
