"""docs/security.md promises with a test for each row: the tests are there, and so are the rows that must be."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from core.features.potluck.settings import Table as Meals
from core.keeping import Keeping
from core.visiting import Visiting

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
CHAPTERS = (
    "1.2",
    "2.4",
    "3.3",
    "4.2",
    "6.3",
    "6.5",
    "7.3",
    "7.4",
    "8.2",
    "8.4",
    "11.3",
    "12.2",
    "13.3",
    "14.2",
    "16.3",
)


@cache
def defined_in(file: Path) -> frozenset[str]:
    found = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return frozenset(n.name for n in found if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def test_each_row_names_a_test_that_is_there() -> None:
    assert len(ROWS) > 50
    for row in ROWS:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert named, row
        for file, test in named:
            assert (ROOT / file).exists(), row
            assert test in defined_in(ROOT / file), row


def test_the_rows_that_must_be_are_there() -> None:
    said = {number for row in ROWS for number in re.findall(r"\d+\.\d+\.\d+", row.split("|")[1])}
    missing = [chapter for chapter in CHAPTERS if not any(number.startswith(f"{chapter}.") for number in said)]
    assert missing == []


KEPT = PAGE.partition("## How long it is kept")[2].partition("\n## ")[0].splitlines()


def test_whatever_has_an_age_stands_there_with_the_test_that_it_goes() -> None:
    rows = [line for line in KEPT if line.startswith("| ") and not line.startswith("| what |")]
    assert len(rows) > 10
    for row in rows:
        file, name = re.findall(r"`(tests/\S+)::(\w+)`", row)[-1]
        assert name in defined_in(ROOT / file), row
    for section, table in (("keeping", Keeping), ("visit", Visiting), ("potluck", Meals)):
        for field in table.model_fields:
            kept = section == "keeping" or field.endswith("kept_days") or field == "details_hours"
            assert not kept or any(f"`[{section}] {field}`" in row for row in rows), field
