"""Chains as the JSON rows that the corpora use, so that anybody can measure the reader."""

from __future__ import annotations

from typing import Any

from core.reading.chains.merge import Conflict, Merged
from core.reading.chains.values import Chain, Entry


def chain_row(id: str, chain: Chain | None) -> dict[str, Any]:
    """A chain as one row; a text that is none has `not_chain` and no entries."""
    if chain is None:
        return {"id": id, "title": None, "header": None, "entries": [], "not_chain": True}
    header = {"example": chain.example, "lines": list(chain.lines), "tail": chain.tail, "need": chain.need}
    entries = [entry_row(entry) for entry in chain.entries]
    return {"id": id, "title": chain.title, "header": header, "entries": entries, "not_chain": False}


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry; flat, proxy and status are there only when they were written."""
    row: dict[str, Any] = {"n": entry.n or None, "name": entry.name, "count": entry.count, "note": entry.note}
    rare = {"unit": entry.unit, "by": entry.by, "status": entry.status}
    return row | {key: value for key, value in rare.items() if value is not None}


def merge_row(id: str, merged: Merged) -> dict[str, Any]:
    """A merge as one row."""
    return {
        "id": id,
        "entries": [entry_row(entry) for entry in merged.entries],
        "added": list(merged.added),
        "removed": list(merged.removed),
        "changed": list(merged.changed),
        "conflicts": [conflict_row(conflict) for conflict in merged.conflicts],
        "doubtful": merged.doubtful,
    }


def conflict_row(conflict: Conflict) -> dict[str, Any]:
    """A conflict: the names that took one number, or the field that two copies changed differently."""
    if conflict.n is not None:
        return {"n": conflict.n, "names": list(conflict.names)}
    return {"field": conflict.field, "names": list(conflict.names), "a": conflict.a, "b": conflict.b}
