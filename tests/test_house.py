"""The house is in order: every file says what it is for, every link leads somewhere, nothing is left lying about."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.config import CONFIG

ROOT = Path(__file__).parents[1]
CODE = sorted(
    path for folder in ("core", "adapters", "bot", "tests", "bench") for path in (ROOT / folder).rglob("*.py")
)
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LONGER = {
    "core/migrations/versions/0001_beginning.py upgrade",  # as it was made: never changed again
    "core/migrations/versions/0002_web.py upgrade",
    "tests/bot/test_restart.py test_ten_kills_lose_nothing_that_was_answered_and_show_nothing_twice",  # one story
}
"""Functions that may be longer than a screen, and why."""
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


READ = {path: path.read_text("utf-8") for path in CODE}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in READ.items()}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_file_says_first_what_it_is_for() -> None:
    assert [name(path) for path, tree in trees().items() if READ[path] and ast.get_docstring(tree) is None] == []


def test_a_file_is_no_longer_than_four_hundred_lines_and_a_function_than_fifty() -> None:
    long: list[str] = []
    for path, tree in trees().items():
        if READ[path].count("\n") > 400:
            long.append(name(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                where = f"{name(path)} {node.name}"
                if node.end_lineno - node.lineno >= 50 and where not in LONGER:
                    long.append(where)
    assert long == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_links_of_a_page_lead_to_files_that_are_there(page: Path) -> None:
    found = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", page.read_text("utf-8"))
    links = [(one or other).partition("#")[0] for one, other in found]
    assert [link for link in links if link and "://" not in link and not (page.parent / link).exists()] == []


def test_every_exception_that_the_code_asks_for_is_followed_by_its_reason() -> None:
    silent = re.compile(r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?)\s*$")
    asked = ((path, line) for path in CODE for line in READ[path].splitlines())
    assert [f"{name(path)}: {line.strip()}" for path, line in asked if silent.search(line)] == []


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
    pages = [*CODE, *PAGES, ROOT / "config.example.toml", ROOT / "pyproject.toml"]
    assert [name(path) for path in pages if later.search(path.read_text("utf-8"))] == []


def test_the_example_of_settings_has_every_table() -> None:
    example = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))
    assert set(example) == set(CONFIG.model_fields) - {"file", "communities"}


def test_every_rule_that_is_ignored_has_its_reason_beside_it() -> None:
    lint = (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.ruff.lint]")[2].partition("\n[tool.mypy]")[0]
    rules = re.findall(r"^ +\"[A-Z]+\d+\",?.*$", lint, re.MULTILINE)
    assert len(rules) == len(SETTINGS["tool"]["ruff"]["lint"]["ignore"])
    assert [rule for rule in rules if "#" not in rule and "A002" not in rule and "RUF00" not in rule] == []
