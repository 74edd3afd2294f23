"""A table of people for the register, read row by row: every cell that cannot be meant is named, with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.features.visit.said import read_elder
from core.reading.parts import Written, flat_in, read_bare, read_place
from core.said.tables import LONGEST_NAME, MOST_ROWS, PHONE, Problem, folded, unfit
from core.said.visits import ReadElder
from core.words.clean import tidy_line

COLUMNS = ("name", "building", "flat", "home", "phone", "door", "mind", "times", "close", "born", "age", "consent")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody to be registered: from which line, and the day on which they agreed, None where only that they did."""

    line: int
    said: ReadElder
    agreed: date | None = None


_WRITTEN = Written(__file__).regex
_HEADS = {name: re.compile(_WRITTEN(name), re.IGNORECASE) for name in COLUMNS}
_YES, _NO = (
    re.compile(_WRITTEN("yes"), re.IGNORECASE),
    re.compile(_WRITTEN("no"), re.IGNORECASE),
)
_FLAT = re.compile(r"\d{1,5}[A-Za-z]?(?:\s?室)?")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


def read_table(rows: Sequence[Sequence[str]], today: date) -> tuple[list[Row], list[Problem]]:
    """Everybody in a table whose first row names its columns, and everything that is wrong with it."""
    if not rows or not any(cell.strip() for cell in rows[0]):
        return [], [Problem(1, "", "empty")]
    heads, problems = headed(rows[0])
    if problems:
        return [], problems
    if len(rows) > MOST_ROWS + 1:
        return [], [Problem(MOST_ROWS + 2, "", "too_many")]
    found: list[Row] = []
    for line, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row, wrong = read_row(line, heads, cells, today)
        problems += wrong
        if row is not None:
            found.append(row)
    problems += twice(found)
    if not found and not problems:
        problems.append(Problem(2, "", "nobody"))
    return found, problems


def headed(cells: Sequence[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """What each column is, with its heading as written; unknown, double and missing ones are problems."""
    heads: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for cell in cells:
        said = folded(cell)
        name = next((name for name, pattern in _HEADS.items() if pattern.fullmatch(said)), "")
        if said and not name:
            problems.append(Problem(1, tidy_line(said, 20), "unknown_column"))
        elif name and name in [known for known, _ in heads]:
            problems.append(Problem(1, tidy_line(said, 20), "double_column"))
        heads.append((name, tidy_line(said, 20)))
    names = {name for name, _ in heads}
    if not problems and "name" not in names:
        problems.append(Problem(1, "", "no_name_column"))
    if not problems and not names & {"building", "home"}:
        problems.append(Problem(1, "", "no_home_column"))
    if not problems and "consent" not in names:
        problems.append(Problem(1, "", "no_consent_column"))
    return heads, problems


def read_row(
    line: int, heads: Sequence[tuple[str, str]], cells: Sequence[str], today: date
) -> tuple[Row | None, list[Problem]]:
    """One row; None where anything of it is wrong."""
    problems: list[Problem] = []
    if any(cell.strip() for cell in cells[len(heads) :]):
        problems.append(Problem(line, "", "too_long_row"))
    said, told = ReadElder(), {}
    for (name, head), cell in zip(heads, cells, strict=False):
        value = folded(cell)
        if not name or not value:
            continue
        if code := unfit(value):
            problems.append(Problem(line, head, code))
            continue
        told[name] = head
        said, code = written(said, name, value, today)
        if code:
            problems.append(Problem(line, head, code))
    agreed, wrong = consent(line, heads, cells, today)
    problems += wrong
    missing = [("name", "no_name"), ("building", "no_building")]
    problems += [Problem(line, "", code) for field, code in missing if not getattr(said, field) and field not in told]
    if not said.building and "home" in told and not problems:
        problems.append(Problem(line, told["home"], "bad_home"))
    return (None if problems else Row(line, said, agreed)), problems


def written(said: ReadElder, name: str, value: str, today: date) -> tuple[ReadElder, str]:
    """With one cell written down, or why it cannot be."""
    match name:
        case "name":
            bad = len(value) > LONGEST_NAME or not any(char.isalpha() for char in value) or re.search(r"\d", value)
            return (said, "bad_name") if bad else (replace(said, name=value), "")
        case "building":
            number = read_bare(value)
            fits = number or read_place(value) is not None
            return (replace(said, building=f"{value}号楼" if number else value), "") if fits else (said, "bad_building")
        case "flat":
            fits = _FLAT.fullmatch(value) is not None
            return (replace(said, flat=value.removesuffix("室").strip()), "") if fits else (said, "bad_flat")
        case "home":
            read = read_elder(f"?\n{value}", today.year)
            fits = bool(read.building and (read.flat or flat_in(value)))
            return (replace(said, building=read.building, flat=read.flat), "") if fits else (said, "bad_home")
        case "phone":
            digits = re.sub(r"\D", "", value)
            fits = PHONE.fullmatch(value) is not None and 7 <= len(digits) <= 15
            return (replace(said, phone=value), "") if fits else (said, "bad_phone")
        case "born" | "age":
            year = year_of(name, value, today)
            return (replace(said, born=year), "") if year else (said, f"bad_{name}")
        case "consent":
            return said, ""
    return replace(said, **{name: value}), ""


def year_of(name: str, value: str, today: date) -> str:
    """The year in which somebody was born; '' for none that can be."""
    digits = re.match(r"\d{1,4}", value)
    if digits is None:
        return ""
    year = int(digits[0]) if name == "born" else today.year - int(digits[0])
    return str(year) if 1900 <= year <= today.year - 18 else ""


def consent(
    line: int, heads: Sequence[tuple[str, str]], cells: Sequence[str], today: date
) -> tuple[date | None, list[Problem]]:
    """When they agreed. Nobody is kept who did not."""
    for (name, head), cell in zip(heads, cells, strict=False):
        value = folded(cell)
        if name != "consent" or not value:
            continue
        if _YES.fullmatch(value):
            return None, []
        if _NO.fullmatch(value):
            return None, [Problem(line, head, "no_consent")]
        found = _DAY.fullmatch(value)
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None:
            return None, [Problem(line, head, "bad_consent")]
        return (day, []) if day <= today else (None, [Problem(line, head, "consent_to_come")])
    return None, [Problem(line, "", "no_consent")]


def twice(found: Sequence[Row]) -> list[Problem]:
    """Who stands there a second time."""
    seen: set[tuple[str, str, str]] = set()
    problems = []
    for row in found:
        key = ("".join(row.said.name.split()).casefold(), row.said.building, row.said.flat)
        if key in seen:
            problems.append(Problem(row.line, "", "twice"))
        seen.add(key)
    return problems
