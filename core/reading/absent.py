"""Whether somebody asks why the bot is not in their group, or why nothing comes of what they said there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from core.reading.text import plain

LONGEST = 60
"""Letters that are read; the question is shorter."""


@cache
def _list(name: str) -> re.Pattern[str]:
    lists = tomllib.loads((Path(__file__).parent / "vocabulary" / "absent.toml").read_text(encoding="utf-8"))[name]
    return re.compile("|".join([*lists["zh"].split(), *(line for line in lists["en"].splitlines() if line)]))


def absence(words: str) -> Literal["away", "unheard", ""]:
    """What is asked about the bot in a group: why it is `away`, why somebody is `unheard` there; '' for neither."""
    if len(words) > LONGEST:
        return ""
    text = plain(words).text.replace("\u2019", "'")
    if _list("away").search(text):
        return "away"
    return "unheard" if _list("unheard").search(text) else ""
