"""The lines of a chain, with those found that are entries among all that begin with a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.entry import read_entry
from core.reading.chains.numbering import Numbered, broken_up, circled_apart, numbered
from core.reading.chains.people import person
from core.reading.text import plain
from core.reading.vocabulary import regex

_INSTRUCTIONS = re.compile(regex("chains.page", "instructions"), re.IGNORECASE)
_SENTENCE = re.compile(regex("chains.page", "sentence"), re.IGNORECASE)
_MANUAL = re.compile(regex("chains.page", "manual"), re.IGNORECASE)
_LONG = re.compile(r"[\u3400-\u9fff]{20}|.{70}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as written, and its number if it is an entry."""

    words: str
    entry: Numbered | None = None

    @property
    def blank(self) -> bool:
        return not self.words.strip()

    def as_entry(self, n: int) -> Numbered:
        """The whole line as entry `n`: somebody forgot to count."""
        return Numbered(n, self.words, firm=False)


def page(body: list[str], *, marked: bool) -> list[Line]:
    """The lines below a chain's mark. `marked`: they do stand below one, so loose numbering is believed."""
    lines = _apart(body, marked=marked)
    candidates = {at: found for at, line in enumerate(lines) if (found := numbered(line))}
    accepted = _accepted(candidates, marked=marked)
    title = next((at for at, line in enumerate(lines) if line.strip()), 0) if marked else -1
    kept: set[int] = set()
    runs = _runs(lines, accepted)
    for run in runs:
        words = [candidates[at].words for at in run]
        if run == [title] and len(runs) > 1 and not people_among(words):
            continue  # a title that begins with a number: 一、二号楼楼道清理
        label = _label(lines, run[0], title)
        if is_people(words, label):
            kept.update(run)
    return [Line(line, candidates[at] if at in kept else None) for at, line in enumerate(lines)]


def _apart(body: list[str], *, marked: bool) -> list[str]:
    """One entry a line, where people wrote several on one."""
    lines: list[str] = []
    for line in (part for whole in body for part in circled_apart(whole)):
        found = numbered(line)
        if found and found.firm and not found.dated:
            lines += broken_up(line, found.n)
        elif marked and not (found and found.firm):
            lines += broken_up(line)
        else:
            lines.append(line)
    return _in_order(lines)


def _in_order(lines: list[str]) -> list[str]:
    """Entries that stood in columns (1. 5. / 2. 6.) in the order of their numbers."""
    firm = {at: found.n for at, line in enumerate(lines) if (found := numbered(line)) and found.firm}
    numbers = list(firm.values())
    if sorted(numbers) != list(range(1, len(numbers) + 1)) or numbers == sorted(numbers):
        return lines
    ordered = iter(sorted(firm, key=lambda at: firm[at]))
    return [lines[next(ordered)] if at in firm else line for at, line in enumerate(lines)]


def _accepted(candidates: dict[int, Numbered], *, marked: bool) -> list[int]:
    """The lines whose number is one: firm numbers, and loose ones that fit between the others."""
    accepted: list[int] = []
    last: Numbered | None = None
    order = list(candidates.items())
    for place, (at, found) in enumerate(order):
        following = order[place + 1][1].n if place + 1 < len(order) else None
        if last is None:
            fits = found.n == 1 and (following == 2 or (following is None and marked))
        else:
            fits = last.n < found.n <= last.n + 2 or (found.n == 1 and following == 2)
        if (found.firm and not found.dated) or fits:
            accepted.append(at)
            last = found
    return accepted


def _runs(lines: list[str], accepted: list[int]) -> list[list[int]]:
    """Numbered lines, in stretches that each count from the beginning; other words must part two stretches."""
    runs: list[list[int]] = []
    last = 0
    for at in accepted:
        found = numbered(lines[at])
        n = found.n if found else 0
        if runs and not (n <= 1 and n <= last and at - runs[-1][-1] > 1):
            runs[-1].append(at)
        else:
            runs.append([at])
        last = n
    return runs


def _label(lines: list[str], first: int, title: int) -> str:
    """The last words above a stretch of numbered lines; a title that only sounds like a label is none."""
    at = next((at for at in range(first - 1, max(-1, first - 4), -1) if lines[at].strip()), -1)
    return "" if at < 0 or (at == title and not _MANUAL.search(lines[at])) else lines[at]


def is_people(entries: list[str], label: str = "") -> bool:
    """Whether these are entries of a chain rather than points to note. Nicknames pass: only sentences do not."""
    entries = [words for words in entries if words.strip()]
    if not entries:
        return True
    likely = people_among(entries)
    if 2 * likely >= len(entries):
        return True
    if _INSTRUCTIONS.search(label) and (len(label.strip()) <= 8 or label.rstrip()[-1] in ":："):
        return False
    return 2 * sum(map(_is_sentence, entries)) <= len(entries)


def _is_sentence(words: str) -> bool:
    """Whether somebody tells others what to do: 请戴帽子, but not 晨曦 自带铲子."""
    entry = read_entry(1, words)
    return entry is None or bool(_SENTENCE.search(entry.name) or _LONG.search(entry.name) or _LONG.search(words))


def people_among(entries: list[str]) -> int:
    """How many of these entries name somebody in a way that only people are named."""
    return sum(_names_somebody(words) for words in entries)


def _names_somebody(words: str) -> bool:
    if _SENTENCE.search(words):
        return False
    entry = read_entry(1, words)
    if entry is None:
        return False
    if entry.note and entry.name.isascii() and words.strip().startswith(f"{entry.name} {entry.note[0]}"):
        return False  # "Bring gloves" begins with a capital, too
    return person(plain(entry.name).text) or person(entry.name) or entry.by is not None


def somebody_alone(words: str) -> bool:
    """Whether a line without a number is nothing but a person, in Chinese: somebody forgot to count."""
    if len(words) > 24 or numbered(words) or _SENTENCE.search(words):
        return False
    entry = read_entry(1, words)
    return entry is not None and entry.note is None and not entry.name.isascii() and person(plain(entry.name).text)
