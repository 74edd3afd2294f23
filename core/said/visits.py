"""What is said of visits besides whom they go to; and what may be said of whoever is visited."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from core.reading.parts import Written, clause

_WORDS = Written(__file__)
EACH = re.compile(_WORDS.regex("each"), re.IGNORECASE)
OVER = re.compile(_WORDS.regex("over"), re.IGNORECASE)
LONG_AGO = re.compile(_WORDS.regex("long_ago"))
EXCUSED = re.compile(_WORDS.regex("excused"), re.IGNORECASE)
LISTS = re.compile(f"{OVER.pattern}|{LONG_AGO.pattern}|{EXCUSED.pattern}", re.IGNORECASE)
SAYS_NOTHING = re.compile(_WORDS.regex("says_nothing"), re.IGNORECASE)
"""What is left of words that only named somebody, and what they are visited for."""
_EXCUSED_ALONE = re.compile(
    _WORDS.regex("excused_alone", EXCUSED=f"(?P<whom>{EXCUSED.pattern})"), re.IGNORECASE | re.DOTALL
)
_CARRIED = re.compile(_WORDS.regex("carried"), re.IGNORECASE)


def read_excused(words: str) -> bool:
    """Whether these words are 请假的送上门, with days behind them or without."""
    found = _EXCUSED_ALONE.fullmatch(clause(words[:300]).strip().text)
    return found is not None and _CARRIED.search(found["whom"]) is not None


@dataclass(frozen=True, slots=True)
class ReadElder:
    """What was said of somebody, field by field, as it was written; '' for what was not."""

    name: str = ""
    building: str = ""
    flat: str = ""
    phone: str = ""
    door: str = ""
    mind: str = ""
    times: str = ""
    close: str = ""
    born: str = ""  # a year


FIELDS = tuple(field.name for field in fields(ReadElder))
