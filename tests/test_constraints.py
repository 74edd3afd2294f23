"""What is installed: every library by one version and its hashes, all that program and tests need, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PROGRAM = (ROOT / "constraints.txt").read_text("utf-8")
TESTS = (ROOT / "tests/constraints.txt").read_text("utf-8")
LISTS = [pytest.param(PROGRAM, id="program"), pytest.param(TESTS, id="tests")]


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def unmet(text: str, *extras: str) -> list[str]:
    """What `pyproject.toml` asks for, with these extras, and this list does not name in a version that will do."""
    named = pins(text)
    asked = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    needed = [Requirement(line) for line in asked]
    return [
        str(one)
        for one in needed
        if not one.specifier.contains(named.get(canonicalize_name(one.name), "0"), prereleases=True)
    ]


def test_all_that_the_program_needs_is_named_in_a_version_that_it_may_have() -> None:
    assert unmet(PROGRAM, "postgres", "build") == [], "renew constraints.txt: docs/running.md"


def test_what_a_rota_needs_besides_is_named_with_its_hashes() -> None:
    """For who wants it: large libraries, which nobody else installs."""
    rota = (ROOT / "constraints-rota.txt").read_text("utf-8")
    assert unmet(PROGRAM + rota, "rota") == [], "renew constraints-rota.txt: docs/running.md"
    assert not pins(rota).keys() & pins(PROGRAM).keys()
    entries = re.split(r"^(?=[a-z])", rota, flags=re.MULTILINE)[1:]
    hashed = r"[a-z0-9._-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert [entry for entry in entries if not re.fullmatch(hashed, entry)] == []


def test_all_that_the_tests_need_is_named_in_a_version_that_they_may_have() -> None:
    assert unmet(TESTS, "postgres", "build", "test") == [], "renew tests/constraints.txt: docs/running.md"


def test_what_is_installed_is_what_the_tests_run_with() -> None:
    assert pins(PROGRAM).items() <= pins(TESTS).items(), "renew both: docs/running.md"


@pytest.mark.parametrize("text", LISTS)
def test_every_line_is_a_version_with_its_hashes(text: str) -> None:
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(text)) > 30
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n", entry), entry
    assert "://" not in text
