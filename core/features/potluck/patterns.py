"""The patterns of what is said of dishes, as `said.toml` has them, put together."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _written() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "said.toml").read_text(encoding="utf-8"))
    return {name: written.replace("\n", "") for name, written in table.items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern with the others that it names: «number»."""
    written = _written()[name]
    while found := re.search("«([a-z_]+)»", written):
        written = written.replace(found[0], _written()[found[1]])
    return re.compile(written)
