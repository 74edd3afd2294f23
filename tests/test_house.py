"""The house is in order: who may know whom, two languages that say the same, and nothing left lying about."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.config import Config
from core.words import LANGUAGES, Catalogue

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in ("core", "adapters", "bot") for path in (ROOT / folder).rglob("*.py"))
CATALOGUES = sorted(path.parent for path in ROOT.glob("*/**/words/zh.toml") if ".venv" not in path.parts)
OF_CLOCKS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\b")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{each.name}" for each in names)


def forbidden(path: Path) -> tuple[str, ...]:
    """What a file must not import, as the beginnings of modules."""
    match path.relative_to(ROOT).parts:
        case ("core", "features", own, *_) if not own.endswith(".py"):
            others = {folder.name for folder in (ROOT / "core" / "features").iterdir() if folder.is_dir()} - {own}
            return ("bot", "adapters", *(f"core.features.{other}" for other in sorted(others)))
        case ("core", *_):
            return ("bot", "adapters")
        case ("adapters", own, *_) if not own.endswith(".py"):
            others = {folder.name for folder in (ROOT / "adapters").iterdir() if folder.is_dir()} - {own}
            return ("bot", *(f"adapters.{other}" for other in sorted(others)))
        case _:
            return ()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_part_knows_only_those_below_it(path: Path) -> None:
    never = forbidden(path)
    assert [m for m in imported(path) if any(m == each or m.startswith(f"{each}.") for each in never)] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.parts[len(ROOT.parts)] == "core"], ids=name)
def test_the_core_knows_no_clock(path: Path) -> None:
    assert OF_CLOCKS.findall(path.read_text("utf-8")) == []


def test_the_core_loads_no_library_of_a_network() -> None:
    of_networks = {"aiohttp", "jinja2", "nio", "telegram", "typer"}
    found = {module.partition(".")[0] for path in FILES if "core" in path.parts for module in imported(path)}
    assert found & of_networks == set()


SPELT = {"monthname": "month", "ordinal": "day", "n": None}
"""Facts that one language spells otherwise: 11月 is November, 3日 is the 3rd; "one day" needs no number."""


def facts(words: Catalogue, lang: str, key: str) -> set[str | None]:
    """What the sentences of a key are filled with, whatever the number."""
    sentences = (words.template(lang, key, n) for n in (1, 2))
    found = {field for sentence in sentences for _, field, _, _ in Formatter().parse(sentence) if field is not None}
    return {SPELT.get(field, field) for field in found} - {None}


@pytest.mark.parametrize("folder", CATALOGUES, ids=name)
def test_two_languages_say_the_same_things_with_the_same_facts(folder: Path) -> None:
    words = Catalogue(folder)
    first, second = LANGUAGES
    assert words.keys(first) == words.keys(second)
    shared = [key for key in words.keys(first) if not key.startswith("time.")]  # times are put together in other ways
    assert [key for key in shared if facts(words, first, key) != facts(words, second, key)] == []


@pytest.mark.parametrize("folder", CATALOGUES, ids=name)
def test_what_the_bot_says_in_chinese_is_in_the_simplified_script(folder: Path) -> None:
    text = (folder / "zh.toml").read_text("utf-8")
    assert sorted(set(re.findall(r"[們來個報義這裡過請時開關還沒點]", text))) == []


def test_every_file_says_first_what_it_is_for() -> None:
    assert [name(path) for path in FILES if path.stat().st_size and ast.get_docstring(tree(path)) is None] == []


def test_the_example_of_settings_has_every_table() -> None:
    example = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))
    assert set(example) == set(Config.model_fields) - {"file"}


def test_pages_link_to_files_that_are_there() -> None:
    pages = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)|src=\"([^\"]+)\"", page.read_text("utf-8"))
    ]
    missing = [
        f"{name(page)}: {target}"
        for page, link in links
        if "://" not in (target := link[0] or link[1]) and not (page.parent / target).exists()
    ]
    assert missing == []


def test_this_python_is_one_that_we_promise() -> None:
    promised = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert promised == ">=3.11,<3.14"
    assert (3, 11) <= sys.version_info < (3, 14)
