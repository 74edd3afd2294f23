"""What is installed: every library by one version and its hashes, all that the program needs, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8")
PINS = dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", CONSTRAINTS, re.MULTILINE))


def test_all_that_the_program_needs_is_named_in_a_version_that_it_may_have() -> None:
    extras = PROJECT["optional-dependencies"]
    needed = [Requirement(line) for line in (*PROJECT["dependencies"], *extras["postgres"], *extras["build"])]
    unmet = [
        str(one)
        for one in needed
        if not one.specifier.contains(PINS.get(canonicalize_name(one.name), "0"), prereleases=True)
    ]
    assert unmet == [], "renew constraints.txt: docs/running.md"


def test_every_line_is_a_version_with_its_hashes() -> None:
    entries = re.split(r"^(?=[a-z])", CONSTRAINTS, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINS) > 30
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n", entry), entry
    assert "://" not in CONSTRAINTS
