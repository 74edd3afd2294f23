"""The cells of a table that somebody made: a CSV as office programs here write it, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

LARGEST = 5_000_000
"""Bytes of a table."""
BOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".tsv", ".txt", *BOOKS)
"""How the names of files end that may be tables."""
MOST_ROWS, LONGEST_CELL, LONGEST_NAME = 5_000, 200, 24
PHONE = re.compile(r"\+?[\d][\d -]{5,18}\d")
_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the line of the file, its column as headed ('' for the whole row), and a key of the words."""

    line: int
    column: str
    code: str


class UnreadableError(Exception):
    """It is no table. `code`: too_large, no_text or unreadable; `why`: what the reader of its format said."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code)
        self.code, self.why = code, why


def is_table(name: str) -> bool:
    """Whether a file of this name may be a table."""
    return name.lower().endswith(TABLES)


def cells(name: str, data: bytes) -> list[list[str]]:
    """The rows of a table. Raises `UnreadableError`."""
    if len(data) > LARGEST:
        raise UnreadableError("too_large")
    return sheet(data) if name.lower().endswith(BOOKS) else separated(decoded(data))


def decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words
    raise UnreadableError("no_text")


def separated(words: str) -> list[list[str]]:
    """The rows of a CSV, whatever stands between its cells. Raises `UnreadableError`."""
    separator = max(",;\t，", key=words.split("\n", 1)[0].count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)]
    except csv.Error as error:
        raise UnreadableError("unreadable", str(error)) from None


def sheet(data: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - not before the first workbook: it takes a while

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [[cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except Exception as error:  # noqa: BLE001 - whatever a broken workbook raises, it is no table
        raise UnreadableError("unreadable", type(error).__name__) from None


def cell(value: object) -> str:
    """A cell as it would be written: 502 and not 502.0, a day without its hour."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return f"{value:%Y-%m-%d}"
    return str(value)


def written(rows: Sequence[Sequence[str]]) -> str:
    """As one CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


# ------------------------------------------------------------ what stands in a cell


def folded(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lstrip("\ufeff")


def unfit(value: str) -> str:
    """Why a cell can be nothing that belongs there, whatever its column."""
    if len(value) > LONGEST_CELL:
        return "too_long"
    if _FORMULA.match(value) and not PHONE.fullmatch(value):
        return "formula"
    if any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs") for char in value):
        return "unreadable"
    return ""
