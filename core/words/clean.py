"""People's own words made safe to stand among others: one line, no marks that turn or hide text, a bounded length."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 24
LONGEST_LINE = 200
FSI, PDI = "\u2068", "\u2069"  # isolate a right-to-left name, so that it cannot turn the line it stands in (UAX 9)

_SPACES = re.compile(r"\s+")
_BROKEN = re.compile("[\0\ud800-\udfff]")


def storable(words: str) -> str:
    """All of a person's words but what no database can hold: NUL, and halves of characters."""
    return _BROKEN.sub("", words)


def tidy_line(words: str, longest: int = LONGEST_LINE) -> str:
    """One line of a person's words: no control, format or private characters, at most two combining marks in a row."""
    out: list[str] = []
    marks = 0
    for char in words[: longest * 4]:
        category = unicodedata.category(char)
        if category.startswith("M"):
            # U+FE0F and U+20E3 belong to emoji; more than two accents on a letter climb into the lines around it.
            marks += 1
            if marks <= 2:
                out.append(char)
            continue
        marks = 0
        if char == "\u200d" and out:  # zero-width joiner inside an emoji family
            out.append(char)
        elif category in ("Cc", "Zl", "Zp"):
            out.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn"):
            out.append(char)
    line = _SPACES.sub(" ", "".join(out)).strip().strip("\u200d")
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in line):
        line = f"{FSI}{line}{PDI}"
    return line


def tidy_name(name: str) -> str:
    """A name fit for a roster; '' when nothing visible is left."""
    return tidy_line(name, LONGEST_NAME)


def tidy_text(words: str, longest: int = 2_000) -> str:
    """Several lines of a person's words, each tidy, blank lines left out."""
    return "\n".join(line for line in (tidy_line(part) for part in words[: longest * 2].splitlines()) if line)[:longest]
