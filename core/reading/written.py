"""Words to be read that stand in a file beside the code that reads with them: `said.toml` of `said.py`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Any


class Written:
    """Regular expressions over plain text, by name, and lists of them; lines of one are put together as they stand.

    «X» in one of them is what is said for X, else the entry of that name.
    """

    def __init__(self, code: str, file: str = "") -> None:
        self._file = Path(code).with_name(file) if file else Path(code).with_suffix(".toml")
        self.pattern = cache(self._pattern)
        self.listed = cache(self._listed)

    @cached_property
    def _table(self) -> dict[str, Any]:
        return tomllib.loads(self._file.read_text(encoding="utf-8"))

    @cached_property
    def entries(self) -> dict[str, str]:
        return {name: said.replace("\n", "") for name, said in self._table.items() if isinstance(said, str)}

    @cached_property
    def lists(self) -> dict[str, tuple[list[str], list[str]]]:
        """Those with a list for each language: the Chinese apart by spaces, the English by lines."""
        lists = {name: said for name, said in self._table.items() if isinstance(said, dict)}
        return {name: (said["zh"].split(), list(filter(None, said["en"].splitlines()))) for name, said in lists.items()}

    def regex(self, name: str, **parts: str) -> str:
        known = self.entries | parts
        return re.sub(r"«(\w+)»", lambda found: self._part(known, found), known[name])

    def _part(self, known: dict[str, str], found: re.Match[str]) -> str:
        return re.sub(r"«(\w+)»", lambda inner: self._part(known, inner), known[found[1]])

    def _pattern(self, name: str) -> re.Pattern[str]:
        """An entry, compiled once."""
        return re.compile(self.regex(name))

    def _listed(self, name: str) -> re.Pattern[str]:
        """Any of a list, compiled once. `…` in one of them is a few letters, whichever."""
        zh, en = self.lists[name]
        return re.compile("|".join(entry.replace("…", ".{0,30}?") for entry in (*zh, *en)))
