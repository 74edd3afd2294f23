"""Reads sample texts, one JSON object a line, and writes down how they are understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.features import KINDS
from core.reading import Chain, Command, Option, choose, read_chain, read_command, read_post, read_time
from core.reading.parts import Kinds, chain_row, merge, merge_row, post_row, time_row

SPOKEN = frozenset({"join", "leave", "swap", "mine", "list", "help", "here", "on_the_way", "done", "post"})
ALSO = {"stand_in": "swap", "publish": "post"}
"""Labels of actions that mean, typed alone, what the spoken words mean."""


def command_of(row: dict[str, Any]) -> Command:
    """What the words of a row come to."""
    command = _command(row, KINDS)
    if command.intent == "balcony":  # 浇完了, 我负责2号楼: here no balcony is known, so that it is about an activity
        command = _command(row, KINDS.unverbed)
    return command


def words(row: dict[str, Any]) -> dict[str, Any]:
    command = command_of(row)
    intent = ALSO.get(command.intent or "", command.intent)
    if intent not in SPOKEN:
        return {"intent": None, "who": [], "count": None, "ref": None}
    return {"intent": intent, "who": list(command.who), "count": command.count, "ref": command.ref}


def _command(row: dict[str, Any], kinds: Kinds) -> Command:
    return read_command(
        row["text"],
        context=row.get("context", "group"),
        kinds=kinds,
        open=row.get("open", ()),
        lang=row.get("lang", "zh"),
    )


def posts(row: dict[str, Any]) -> dict[str, Any]:
    lang = row.get("lang", "zh")
    return post_row(read_post(row["text"], base=base(row), kinds=KINDS, lang=lang), lang)


def times(row: dict[str, Any]) -> dict[str, Any]:
    lang = row.get("lang", "zh")
    return time_row(read_time(row["text"], base=base(row), lang=lang), lang, row["text"])


def base(row: dict[str, Any]) -> datetime:
    """The row's now, aware in the row's zone."""
    at = datetime.fromisoformat(row["base"])
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(row.get("tz", "Asia/Shanghai")))


def chains(row: dict[str, Any]) -> dict[str, Any]:
    return chain_row(row.get("id", ""), read_chain(row["text"]))


def merges(row: dict[str, Any]) -> dict[str, Any]:
    nothing = Chain(None)
    earlier, a, b = (read_chain(row[copy], expected=True) or nothing for copy in ("base", "a", "b"))
    return merge_row(row.get("id", ""), merge(earlier, a, b))


def answers(row: dict[str, Any]) -> dict[str, Any]:
    """Which of the `options` the words choose, by their numbers."""
    options = [
        Option((one["name"], one["place"]), one["number"], one.get("kind", ""), datetime.fromisoformat(one["when"]))
        for one in row["options"]
    ]
    picks = choose(row["text"], options, base=base(row), kinds=KINDS, lang=row.get("lang", "zh"))
    return {"picks": [options[at].number for at in picks]}


READERS = {"answers": answers, "times": times, "posts": posts, "chains": chains, "merges": merges, "words": words}


def read_lines(kind: str, lines: Iterable[str]) -> Iterator[str]:
    """One line out for each line in; blank lines are skipped.

    Raises `KeyError` for an unknown kind, `ValueError` with its number for a line that lacks what this kind needs.
    """
    reader = READERS[kind]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise ValueError(f"line {number}: this is no JSON object")  # noqa: TRY004 - the file is wrong, not we
        try:
            yield json.dumps({"id": row.get("id"), **reader(row)}, ensure_ascii=False)
        except KeyError as missing:
            raise ValueError(f"line {number}: {missing} is missing") from None
