"""Who may know whom: dependencies point to the core, and neighbours do not look into each other's folders."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from core.features import FEATURES

ROOT = Path(__file__).parents[2]
OURS = ("core", "adapters", "bot")
LIBRARIES = {
    "telegram": {"telegram", "aiohttp", "aiohttp_socks"},
    "matrix": {"nio", "aiohttp", "Crypto"},
    "web": {"aiohttp", "jinja2", "segno", "http_ece", "py_vapid"},
    "scene": set[str](),
}
"""What an adapter may use besides the core: its own library. Rows (sqlmodel) where it keeps some, checked apart."""


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                yield module
                yield from (f"{module}.{name.name}" for name in names)
            case ast.ImportFrom(level=level):
                raise AssertionError(f"{file}: a relative import ({level} up)")


def top(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("file", modules("core"), ids=lambda f: str(f.relative_to(ROOT)))
def test_the_core_knows_no_network_no_process_and_no_clock(file: Path) -> None:
    used = set(imports(file))
    assert not {module for module in used if top(module) in ("adapters", "bot", "tests", "bench")}
    assert not {module for module in used if top(module) in set().union(*LIBRARIES.values()) | {"time", "socket"}} - {
        "time"
    }
    if "migrations" not in file.parts:
        source = file.read_text("utf-8")
        for clock in ("datetime.now(", "date.today(", "time.time(", "monotonic(", "utcnow("):
            assert clock not in source, f"{file.name} reads a clock: now is an argument"
        if file.name != "sounds.py":  # it tells a library something that this only takes from there
            assert "os.environ" not in source


@pytest.mark.parametrize("file", modules("adapters"), ids=lambda f: str(f.relative_to(ROOT)))
def test_an_adapter_knows_the_core_itself_and_its_own_library(file: Path) -> None:
    parts = file.relative_to(ROOT / "adapters").parts
    name = parts[0] if len(parts) > 1 else ""
    for module in imports(file):
        if top(module) == "bot":
            raise AssertionError(f"{file.name} imports {module}")
        if top(module) == "adapters" and name:
            other = (*module.split("."), "")[1]
            assert other in (name, "adapter", "html", "settings", ""), f"{file.name} imports {module}"
        for owner, libraries in LIBRARIES.items():
            if top(module) in libraries and top(module) not in LIBRARIES.get(name, set()):
                raise AssertionError(f"{file.name} imports {module}, which is {owner}'s")


def test_features_do_not_know_one_another() -> None:
    for file in modules("core/features"):
        parts = file.relative_to(ROOT / "core" / "features").parts
        if len(parts) == 1:
            continue  # the list of all of them
        for module in imports(file):
            if module.startswith("core.features."):
                assert module.split(".")[2] == parts[0], f"{file} imports {module}"


def test_reading_knows_no_database() -> None:
    for file in (*modules("core/reading"), *modules("core/said"), *(ROOT / "core" / "features").rglob("said.py")):
        for module in imports(file):
            assert top(module) not in ("sqlalchemy", "sqlmodel", "alembic"), f"{file.name} imports {module}"
            assert not module.startswith(("core.db", "core.talk", "core.views")), f"{file.name} imports {module}"


def test_reading_is_entered_by_its_two_doors() -> None:
    """The five ways in, and the parts of which sentences are made; the rest is private to its folder."""
    inside = set(modules("core/reading"))
    doors = {"core.reading", "core.reading.parts"}
    names = {f"{module}.{name}" for module in doors for name in import_module(module).__all__}
    for file in (file for folder in OURS for file in modules(folder) if file not in inside):
        for module in imports(file):
            assert not module.startswith("core.reading") or module in doors | names, f"{file.name} imports {module}"


LAYERS = (
    ("core/activities.py", "core/claims.py", "core/members.py", "core/posts", "core/audit.py", "core/seen.py",
     "core/columns.py", "core/confided.py", "core/seals.py", "core/ids.py", "core/messages.py", "core/network.py"),
    ("core/views",),
    ("core/here.py", "core/work.py", "core/rules.py"),
    ("core/deeds",),
    ("core/turn.py", "core/talk", "core/belonging.py", "core/standing.py", "core/take_in.py"),
    ("core/posts/kinds",),
)  # fmt: skip
"""From below: none knows those further down this list. A folder may hold one that is a layer of its own."""


def folder_of(path: str) -> list[Path]:
    if path.endswith(".py"):
        return [ROOT / path]
    apart = [ROOT / other for layer in LAYERS for other in layer if other.startswith(f"{path}/")]
    return [file for file in modules(path) if not any(file.is_relative_to(other) for other in apart)]


def named(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


@pytest.mark.parametrize("level", range(len(LAYERS)))
def test_rows_know_no_views_deeds_know_no_talk_and_talk_stands_on_all_of_them(level: int) -> None:
    above = {named(path) for layer in LAYERS[level + 1 :] for path in layer} - {"core.here", "core.work", "core.rules"}
    for path in LAYERS[level]:
        for file in folder_of(path):
            for module in imports(file):
                known = [name for name in above if module == name or module.startswith(f"{name}.")]
                assert not known, f"{file.relative_to(ROOT)} imports {module}"


def test_rows_know_no_feature() -> None:
    for path in LAYERS[0]:
        for file in folder_of(path):
            for module in imports(file):
                assert not module.startswith(("core.feature", "core.kind")), f"{file.name} imports {module}"


def test_the_core_knows_its_features_only_through_here() -> None:
    serving = {ROOT / "core" / "described.py", ROOT / "core" / "serving.py"}  # these make it
    for file in set(modules("core")) - set(modules("core/features")) - serving:
        for module in imports(file):
            assert not module.startswith("core.features"), f"{file.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize("file", modules("core/deeds"), ids=lambda f: f.name)
def test_a_deed_says_nothing_and_reads_nothing(file: Path) -> None:
    for module in imports(file):
        assert not module.startswith(
            (
                "core.talk",
                "core.turn",
                "core.reading",
                "core.said",
                "core.words",
                "core.views",
                "core.messages",
                "core.posts.kinds",
            )
        ), f"{file.name} imports {module}"


@pytest.mark.parametrize("file", modules("bot"), ids=lambda f: f.name)
def test_what_runs_hands_events_over_and_does_deeds_but_does_not_talk(file: Path) -> None:
    for module in imports(file):
        assert not module.startswith(("core.talk", "core.turn")), f"{file.name} imports {module}"


def test_everything_that_moves_a_claim_is_a_deed() -> None:
    """Talk, the desk, the clock and an import call the same deeds: none of them writes a claim itself."""
    movers = {"put_down", "take_back", "promote", "promise", "happen"}
    for folder in ("core/talk", "core/views", "bot", "adapters"):
        for file in modules(folder):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "core.claims":
                    assert not movers & {alias.name for alias in node.names}, f"{file.name} moves claims"


def test_every_import_is_of_something_that_the_project_says_it_needs() -> None:
    known = {"dateutil", "borax", "chinese_calendar", "openpyxl", "pypinyin", "rapidfuzz", "sqlalchemy", "sqlmodel",
             "ortools", "alembic", "PIL", "pydantic", "pydantic_core", "cryptography", "typer", "click", "psycopg",
             *set().union(*LIBRARIES.values())}  # fmt: skip
    for folder in OURS:
        for file in modules(folder):
            for module in imports(file):
                assert top(module) in known or top(module) in OURS or top(module) in sys.stdlib_module_names, (
                    f"{file.name} imports {module}"
                )


def test_what_a_feature_keeps_stands_in_its_own_folder_and_nothing_of_it_elsewhere() -> None:
    """Dishes, places and things: their rows are in their feature's folder, and no other code has a name for them."""
    kept = {table.__name__: feature.name for feature in FEATURES for table in feature.tables}
    assert {"Diet", "Thing", "ThingHeld", "Balcony", "BalconyStep", "ActionDay", "ActionPart"} <= set(kept)
    for feature in FEATURES:
        for table in feature.tables:
            assert table.__module__.startswith(f"core.features.{feature.name}."), table
    for file in (file for folder in OURS for file in modules(folder)):
        parts = file.relative_to(ROOT).parts
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = node.id if isinstance(node, ast.Name) else node.name if isinstance(node, ast.alias) else ""
            if name in kept:
                assert parts[:3] == ("core", "features", kept[name]), f"{file} speaks of {name}"
