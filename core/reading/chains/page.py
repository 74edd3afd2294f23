"""The lines of a chain, with those found that are entries among all that begin with a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.reading.chains.entry import read_entry
from core.reading.chains.numbering import Numbered, broken_up, numbered
from core.reading.chains.people import person
from core.reading.text import plain

_INSTRUCTIONS = re.compile(
    r"注意|事项|要求|说明|须知|规则|内容|流程|步骤|安排|提醒|备注|温馨|准备|议程|方法|操作|notes?\b|rules|bring|agenda|steps|instructions",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<![申邀])请(?![假客])|不要|不得|不准|务必|必须|记得|注意|自备|自带|提前|准时|严禁|点击|打开|选择|复制|粘贴|长按|输入|填写|修改|禁止|集合|讨论|[。；！]$"
    r"|\b(?:please|don'?t|do not|tap|click|open|copy|paste|choose|press|type|must|remember|bring your)\b",
    re.IGNORECASE,
)
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
    kept: set[int] = set()
    runs = _runs(lines, accepted)
    likely = [people_among([candidates[at].words for at in run]) for run in runs]
    for run, people in zip(runs, likely, strict=True):
        if not people and any(likely):
            continue  # points of the header, above or below the people
        if is_people([candidates[at].words for at in run], _label(lines, run[0])):
            kept.update(run)
    return [Line(line, candidates[at] if at in kept else None) for at, line in enumerate(lines)]


def _apart(body: list[str], *, marked: bool) -> list[str]:
    """One entry a line, where people wrote several on one."""
    lines: list[str] = []
    for line in body:
        found = numbered(line)
        if found and found.firm and not found.dated:
            lines += broken_up(line, found.n)
        elif marked and not (found and found.firm):
            lines += broken_up(line)
        else:
            lines.append(line)
    return lines


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


def _label(lines: list[str], first: int) -> str:
    """The last words above a stretch of numbered lines."""
    return next((line for line in reversed(lines[max(0, first - 3) : first]) if line.strip()), "")


def is_people(entries: list[str], label: str = "") -> bool:
    """Whether these are entries of a chain rather than points to note. Nicknames pass: only sentences do not."""
    entries = [words for words in entries if words.strip()]
    if not entries:
        return True
    likely = people_among(entries)
    if 2 * likely >= len(entries):
        return True
    if _INSTRUCTIONS.search(label) and len(label.strip()) <= 20:
        return False
    sentences = sum(bool(_SENTENCE.search(words) or _LONG.search(words)) for words in entries)
    return 2 * sentences <= len(entries)


def people_among(entries: list[str]) -> int:
    """How many of these entries name somebody in a way that only people are named."""
    return sum(_names_somebody(words) for words in entries)


def _names_somebody(words: str) -> bool:
    if _SENTENCE.search(words):
        return False
    entry = read_entry(1, words)
    return entry is not None and (person(plain(entry.name).text) or person(entry.name) or entry.by is not None)


def somebody_alone(words: str) -> bool:
    """Whether a line without a number is nothing but a person, in Chinese: somebody forgot to count."""
    if len(words) > 24 or numbered(words) or _SENTENCE.search(words):
        return False
    entry = read_entry(1, words)
    return entry is not None and entry.note is None and not entry.name.isascii() and person(plain(entry.name).text)
