"""What is said of meetings: 请假, by whom, of which day, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.parts import Written, clause, looks_like_a_name, subject

_WORDS = Written(__file__)
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Excuse:
    """Somebody cannot come: `who` as named, '' for the speaker; the words of a day; the reason, if one was said."""

    who: str = ""
    day: str = ""
    reason: str = ""


_SAID = tuple(re.compile(_WORDS.regex(name)) for name in ("excuse", "excuse_en"))
_NOT = _WORDS.pattern("not_excuse")
_IDLE = _WORDS.pattern("idle")


def read_excuse(words: str) -> Excuse | None:
    """The words, all of them, as 请假; None where they say something else."""
    if len(words) > LONGEST:
        return None
    piece = clause(words).strip()
    if not piece.text or _NOT.search(piece.text):
        return None
    for pattern in _SAID:
        found = pattern.fullmatch(piece.text)
        if found is None:
            continue
        parts = {name: piece.cut(*found.span(name)).said.strip() for name, said in found.groupdict().items() if said}
        who = parts.get("for") or parts.get("who") or ""
        if parts.get("who") and not looks_like_a_name(who):
            return None
        if not who and "before" in parts:
            named = subject(clause(parts["before"]))
            if named and looks_like_a_name(named) and not _IDLE.fullmatch(clause(parts["before"]).text):
                who = named
        reasons = [parts[name] for name in ("before", "after") if name in parts]
        reason = " ".join(each for each in reasons if not _IDLE.fullmatch(clause(each).text))
        return Excuse(who, parts.get("day", ""), reason)
    return None
