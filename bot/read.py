"""Reads sample texts, one JSON object a line, and writes down how they are understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from core.reading.commands import read_command

SPOKEN = frozenset({"join", "leave", "swap", "mine", "list", "help", "here", "on_the_way", "done", "post"})
ALSO = {"stand_in": "swap", "publish": "post"}


def words(row: dict[str, Any]) -> dict[str, Any]:
    command = read_command(
        row["text"], context=row.get("context", "group"), open=row.get("open", ()), lang=row.get("lang", "zh")
    )
    intent = ALSO.get(command.intent or "", command.intent)
    if intent not in SPOKEN:
        return {"intent": None, "who": [], "count": None, "ref": None}
    return {"intent": intent, "who": list(command.who), "count": command.count, "ref": command.ref}


READERS = {"words": words}


def read_lines(kind: str, lines: Iterable[str]) -> Iterator[str]:
    """One line out for each line in; blank lines are skipped. Raises `KeyError` for an unknown kind."""
    reader = READERS[kind]
    for line in lines:
        if line.strip():
            row = json.loads(line)
            yield json.dumps({"id": row.get("id"), **reader(row)}, ensure_ascii=False)
