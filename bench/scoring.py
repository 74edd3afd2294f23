"""Whether a text was read as it was meant: rows of the corpora, and the part of them that nobody builds with."""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.read import READERS

CORPORA = Path(__file__).parent.parent / "tests" / "reading" / "corpora"
HELD = 3
"""One row in so many is held: read by `python -m bench.reading --held` and a test that only counts, by no author."""
WRITTEN = {
    "second": "n-",
    "third": "t-",
    "fourth": "u-",
    "fresh": "f-",
    "fifth": "v-",
    "sixth": "x-",
    "seventh": "y-",
    "eighth": "z-",
    "ninth": "q-",
    "tenth": "r-",
    "eleventh": "k-",
}
"""The corpora that were written unseen, and how the rows of each are numbered. From `third` on all of a corpus is held:
each was written while the grammar was closed, and `docs/reading.md` says how much of it was read at the first look.
"""
ACTS = frozenset({"join", "leave", "swap", "here", "on_the_way", "done"})
HOURS = {"morning": (4, 11), "smallhours": (0, 5), "noon": (11, 14), "afternoon": (12, 17), "evening": (16, 23),
         "night": (18, 24)}  # fmt: skip

Row = dict[str, Any]


def rows(kind: str) -> Iterator[Row]:
    """Every row of a kind: the first corpus, then those that were written before the grammar was opened again."""
    for file in (CORPORA / f"{kind}.jsonl", *(CORPORA / name / f"{kind}.jsonl" for name in WRITTEN)):
        if file.exists():
            yield from (json.loads(line) for line in file.read_text("utf-8").splitlines())


def held(row: Row) -> bool:
    """Whether a row is of the part that nobody builds with: the later corpora, and what the text of a row decides."""
    if str(row["id"]).startswith(tuple(WRITTEN.values())[1:]):
        return True
    return zlib.crc32((row.get("text") or row["id"]).encode()) % HELD == 0


def of(row: Row, corpus: str) -> bool:
    """Whether a row is of this corpus of those written unseen."""
    return str(row["id"]).startswith(WRITTEN[corpus])


def right(kind: str, row: Row) -> bool:
    """Whether a row is read as it was meant, every field of it."""
    return RIGHT[kind](row, READERS[kind](row))


# ---------------------------------------------------------------- what counts as right


def right_time(row: Row, read: Row) -> bool:
    return any(_same_time(row, read, *other) for other in (_as_meant(row), *map(tuple, row.get("alts", []))))


def _as_meant(row: Row) -> tuple[Any, ...]:
    if row.get("rrule"):
        return row["rrule"], row.get("time"), row.get("time_end")
    return row.get("start"), row.get("end")


def _same_time(row: Row, read: Row, *meant: Any) -> bool:
    if row["kind"] is None:
        return read["kind"] is None
    if row["kind"] == "recurring":
        rule = read["kind"] == "recurring" and same_rule(read["rrule"], meant[0])
        return rule and (row.get("note") == "daypart" or (read["time"], read["time_end"]) == meant[1:])
    if read["kind"] not in ("instant", "range"):
        return False
    long = 10 if row["gran"] == "day" else 16
    start, end = ((said or "")[:long] for said in meant)
    if part := row.get("daypart"):
        hour = int((read["start"] or "0000-00-00T99")[11:13] or 99)
        within = HOURS[part][0] <= hour <= HOURS[part][1]
        return (read["start"] or "")[:long] == start or ((read["start"] or "")[:10] == start[:10] and within)
    if (read["start"] or "")[:long] != start:
        return False
    return (read["end"] or "")[:long] == end or bool(row.get("ignore_end"))


def same_rule(one: str | None, other: str | None) -> bool:
    """Whether both rules fall on the same days."""
    return _rule(one) == _rule(other)


def _rule(rule: str | None) -> dict[str, str]:
    parts = dict(part.split("=", 1) for part in (rule or "").split(";") if "=" in part)
    parts = {key: ",".join(sorted(value.split(","))) for key, value in parts.items()}
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    return {key: value for key, value in parts.items() if (key, value) != ("INTERVAL", "1") and key != "WKST"}


def right_words(row: Row, read: Row) -> bool:
    return any(_same_words({**row, **other}, read) for other in ({}, *row.get("accept", [])))


def _same_words(row: Row, read: Row) -> bool:
    if "never" in row:
        return bool(read["intent"] != row["never"])
    if row["intent"] not in ACTS:
        return bool(read["intent"] == row["intent"])
    fields = ["intent", "ref", *(["count"] if row["intent"] in ("join", "leave", "here") else [])]
    same_people = sorted(map(_letters, read["who"])) == sorted(map(_letters, row["who"]))
    return same_people and all(read[field] == row[field] for field in fields)


def right_chain(row: Row, read: Row) -> bool:
    if row.get("not_chain"):
        return bool(read["not_chain"])
    fields = [field for field in ("n", "name", "count", "note", "status", "unit", "by")
              if field not in row.get("lenient", [])]  # fmt: skip
    return _letters(read["title"]) == _letters(row["title"]) and _told(read, fields) == _told(row, fields)


def _told(row: Row, fields: list[str]) -> list[tuple[Any, ...]]:
    return [tuple(_plainly(entry.get(field)) for field in fields) for entry in row["entries"]]


def _plainly(value: Any) -> Any:
    return _letters(value) if isinstance(value, str) else value


def right_posting(row: Row, read: Row) -> bool:
    if row["kind"] is None:
        return read["kind"] is None
    fields = [field for field in row if field in read and field not in row.get("skip", []) and field != "bring"]
    fields = [field for field in fields if not (row["rrule"] and field in ("start", "end"))]
    same = all(_same_fact(row, read, field) for field in fields if field != "slots" and field != "question")
    return same and _same_slots(row, read) and _same_goods(row, read)


def _same_fact(row: Row, read: Row, field: str) -> bool:
    return _plainly(read[field]) in [_plainly(value) for value in (row[field], *row.get(f"{field}_any", []))]


def _same_slots(row: Row, read: Row) -> bool:
    if "slots" in row.get("skip", []):
        return True
    meant, got = row["slots"] or [], read["slots"] or []
    return len(meant) == len(got) and all(
        slot["max"] == other["max"] and slot["label"] in ("*", other["label"])
        for slot, other in zip(meant, got, strict=True)
    )


def _same_goods(row: Row, read: Row) -> bool:
    if "bring" in row.get("skip", []):
        return True
    if has := row.get("bring_has"):
        return all(_letters(word) in _letters(read["bring"]) for word in has)
    return _letters(read["bring"]) == _letters(row["bring"])


def _letters(words: str | None) -> str:
    folded = unicodedata.normalize("NFKC", words or "").lower()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def right_answer(row: Row, read: Row) -> bool:
    return bool(read["picks"] == row["picks"])


def sorts(kind: str) -> dict[str, Callable[[Row], bool]]:
    """What the rows of a kind are told apart by, where each sort has a goal of its own."""
    return SORTS.get(kind, {})


SORTS: dict[str, dict[str, Callable[[Row], bool]]] = {
    "times": {
        "Chinese": lambda row: row["lang"] == "zh" and row["kind"] is not None,
        "ranges and rules": lambda row: row["lang"] == "zh" and row["kind"] in ("range", "recurring"),
        "English": lambda row: row["lang"] == "en" and row["kind"] is not None,
        "without a time": lambda row: row["kind"] is None,
    },
    "words": {
        "commands": lambda row: "never" not in row and row["intent"] is not None,
        "talk": lambda row: "never" not in row and row["intent"] is None,
        "refusals": lambda row: "never" in row,
    },
}
RIGHT: dict[str, Callable[[Row, Row], bool]] = {
    "times": right_time,
    "words": right_words,
    "chains": right_chain,
    "posts": right_posting,
    "answers": right_answer,
}
