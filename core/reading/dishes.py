"""Dishes and their courses, as `vocabulary/dishes.toml` has them: for postings, for what is brought, for chains."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "vocabulary" / "dishes.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Course:
    """What dishes of one course are like; `sort`: how a posting names the course, `called`: its other names."""

    label: str
    sort: str
    called: frozenset[str]
    endings: tuple[str, ...]
    beginnings: tuple[str, ...]


def _course(said: dict[str, str]) -> Course:
    endings = f"{said.get('endings', '')} {said.get('course_only', '')}"
    called, beginnings = said["called"].split(), said.get("beginnings", "").split()
    return Course(said["label"], said["sort"], frozenset(called), tuple(endings.split()), tuple(beginnings))


COURSES = {name: _course(said) for name, said in _TABLE.items() if "sort" in said}
SORTS = "|".join(f"(?P<{name}>{course.sort})" for name, course in COURSES.items())
"""Any course as a posting names it, for use inside a regular expression."""
ENDING = re.compile(f"(?:{'|'.join(' '.join(said.get('endings', '') for said in _TABLE.values()).split())})$")
"""How a word ends that is a dish wherever it stands."""
GOODS = frozenset(_TABLE["goods"]["letters"])
