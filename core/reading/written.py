"""Patterns that stand in a file beside the code that reads with them: `said.toml`, by name, both languages in each."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path


class Written:
    """The regular expressions of such a file, over plain text. Lines are put together as they stand.

    «X» in one of them is what is said for X, else the entry of that name.
    """

    def __init__(self, code: str, file: str = "said.toml") -> None:
        self._file = Path(code).with_name(file)
        self.pattern = cache(self._pattern)

    @cached_property
    def entries(self) -> dict[str, str]:
        table: dict[str, str] = tomllib.loads(self._file.read_text(encoding="utf-8"))
        return {name: written.replace("\n", "") for name, written in table.items()}

    def regex(self, name: str, **parts: str) -> str:
        known = self.entries | parts
        return re.sub(r"«(\w+)»", lambda found: self._part(known, found), known[name])

    def _part(self, known: dict[str, str], found: re.Match[str]) -> str:
        return re.sub(r"«(\w+)»", lambda inner: self._part(known, inner), known[found[1]])

    def _pattern(self, name: str) -> re.Pattern[str]:
        """An entry, compiled once."""
        return re.compile(self.regex(name))
