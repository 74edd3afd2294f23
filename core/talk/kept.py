"""A posting kept as JSON, so that a later word can change only what it says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from core.reading.headcounts import Wanted
from core.reading.posts import Posting


def keep(posting: Posting) -> dict[str, Any]:
    """The posting as JSON. Its question is not kept: it was asked."""
    out = {name: plain(value) for name, value in asdict(posting).items() if name != "question"}
    out["slots"] = [{**asdict(slot)} for slot in posting.slots]
    return out


def plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return [plain(v) for v in value] if isinstance(value, tuple | list) else value


def kept(stored: dict[str, Any]) -> Posting:
    """What `keep` made, back again."""
    fields = dict(stored)
    for name in ("start", "end"):
        fields[name] = moment(stored.get(name))
    fields["report_at"] = None if stored.get("report_at") is None else datetime.fromisoformat(stored["report_at"])
    for name in ("time", "time_end"):
        fields[name] = None if stored.get(name) is None else time.fromisoformat(stored[name])
    fields["since"] = None if stored.get("since") is None else date.fromisoformat(stored["since"])
    fields["except_"] = tuple(date.fromisoformat(day) for day in stored.get("except_", ()))
    fields["slots"] = tuple(Wanted(**slot) for slot in stored.get("slots", ()))
    fields["groups"] = tuple(stored.get("groups", ()))
    return Posting(**fields)


def moment(value: str | None) -> date | datetime | None:
    """A bare day stays a day; anything longer is an aware datetime."""
    if value is None:
        return None
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
