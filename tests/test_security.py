"""docs/security.md promises with a test for each row: the tests are there, and so are the rows that must be."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

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
