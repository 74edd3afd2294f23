"""Which lines of a text are a chain's title, free lines, example, entries and tail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.reading.chains.headings import Heading, find_headings, without_mentions
from core.reading.chains.numbering import Numbered
from core.reading.chains.page import Line, page, somebody_alone
from core.reading.chains.standing import standing
from core.reading.chains.tables import table
from core.reading.chains.values import Status
from core.reading.text import plain
from core.reading.vocabulary import regex

_EXAMPLE = re.compile(regex("chains.layout", "example"), re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"[-–—_=*~.·•─━\s]{3,}|\s*")
_QUOTED = re.compile(r"^\s*(?:>\s?)+|^\s*[「『](?=[^」』]*$)")
_QUOTE = re.compile(
    r"^\s*(?:[^\n「『]{1,20}[:：]\s*)?[「『][^「『」』]{0,4000}[」』]\s*\n\s*(?:[-–—_=─━ ]{3,}|——)\s*(?:\n|$)"
)
"""A message that is quoted above the words about it: 「…」 and a line of dashes."""
_NOTICE = re.compile(regex("chains.layout", "notice"), re.IGNORECASE)
_GREETING = re.compile(regex("chains.layout", "greeting"), re.IGNORECASE)
_SECTION = re.compile(regex("chains.layout", "section"))
_COMING = frozenset({"正式", "参加", "报名", "已报名", "确认"})
"""What heads those who simply come, above others who wait."""
_FRAME = " \t:：()（）[]【】<>《》-—–=*~·•#▼↓👇"
_WAITING = re.compile(regex("chains.layout", "waiting"), re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry's number and words, its continuation lines included, with what its section says."""

    n: int
    words: str
    status: Status | None = None


@dataclass(slots=True)
class Sheet:
    """A chain as it lies on the page. `marked`: it says that it is a chain, as WeChat's own do."""

    marked: bool
    title: str | None = None
    example: str | None = None
    lines: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tail: str | None = None


def lay_out(text: str) -> Sheet | None:
    """The lines of a text sorted as those of a chain; None when nothing is numbered and nothing says 接龙.

    Of several chains in one text the last that has entries counts: people quote the old one above the new.
    """
    lines = [_QUOTED.sub("", line) for line in _QUOTE.sub("", text).splitlines()]
    headings = find_headings(lines)
    best: Sheet | None = None
    for place, heading in enumerate(headings):
        until = headings[place + 1].at if place + 1 < len(headings) else len(lines)
        sheet = _sheet(lines[heading.at + 1 : until], heading, lines[: heading.at] if place == 0 else [])
        if sheet.items or best is None:
            best = sheet
    if best is None:
        best = _sheet(lines, None, [])
    return best if best.items or best.marked else None


def _sheet(body: list[str], heading: Heading | None, preface: list[str]) -> Sheet:
    sheet = Sheet(marked=heading is not None)
    if heading and heading.after:
        body = [heading.after, *body]
    lines = page(body, marked=sheet.marked)
    if sheet.marked and not any(line.entry for line in lines):
        lines = table(lines) or _uncounted(lines)
    first = next((at for at, line in enumerate(lines) if line.entry), len(lines))
    walk = _Walk(lines, sheet)
    if 0 < first < len(lines) and walk.label(first - 1) and any(walk.label(at) for at in range(first, len(lines))):
        first -= 1  # the first of several sections
    header = [line.words.strip() for line in lines[:first]]
    beside = [heading.before] if heading and heading.before else []
    # "周五巡逻 #接龙": what stands before the mark is the title when nothing else is
    for words in header + beside if any(map(_says_something, header)) else beside + header:
        _take_header(sheet, words)
    above = [line.strip() for line in preface if _says_something(line) and line.rstrip()[-1] not in ":：」』"]
    if above and sheet.title is None and not _GREETING.search(above[-1]):
        sheet.title = without_mentions(above.pop()) or None
    sheet.lines += above
    walk.down_from(first)
    return sheet


def _says_something(line: str) -> bool:
    return not _EXAMPLE.fullmatch(line) and not _RULE.fullmatch(line)


def _take_header(sheet: Sheet, words: str) -> None:
    if found := _EXAMPLE.fullmatch(words):
        sheet.example = sheet.example or found["said"].strip() or None
    elif _RULE.fullmatch(words):
        pass
    elif sheet.title is None:
        sheet.title = without_mentions(words) or words
    else:
        sheet.lines.append(words)


def _uncounted(lines: list[Line]) -> list[Line]:
    """The same lines with numbers given to people whom nobody counted; the title is never one of them."""
    counted, n = lines[:1], 0
    for line in lines[1:]:
        words = line.words.lstrip(" \t-*•·●")
        if words and somebody_alone(words):
            n += 1
            counted.append(Line(words, Line(words).as_entry(n)))
        else:
            counted.append(line)
    return counted if n >= 2 else lines


def _below(lines: list[Line]) -> list[tuple[int | None, Numbered | None]]:
    """For each line the place of the next that is not blank, and the next entry."""
    found: list[tuple[int | None, Numbered | None]] = []
    place, entry = None, None
    for at in range(len(lines) - 1, -1, -1):
        found.append((place, entry))
        place = place if lines[at].blank else at
        entry = lines[at].entry or entry
    return found[::-1]


class _Walk:
    """Goes down the lines from the first entry and puts each where it belongs."""

    def __init__(self, lines: list[Line], sheet: Sheet) -> None:
        self.lines = lines
        self.sheet = sheet
        self.last = max((at for at, line in enumerate(lines) if line.entry), default=-1)
        self.below = _below(lines)
        self.restarts = {at for at, line in enumerate(lines) if line.entry and line.entry.n <= 1}
        self.status: Status | None = None
        self.section = ""
        self.gap = False
        self.tail: list[str] = []

    def down_from(self, first: int) -> None:
        for at in range(first, len(self.lines)):
            line = self.lines[at]
            if line.entry:
                self._entry(line.entry.n, line.entry.words)
            elif self.tail:
                self.tail.append(line.words.rstrip())
            elif _RULE.fullmatch(line.words):
                self.gap = True
            elif label := self.label(at):
                self.status = standing(plain(label).text)
                self.section = "" if self.status or label in _COMING else label
            elif found := _WAITING.fullmatch(line.words):
                self._waiting(found)
            elif at < self.last:
                self._between(at, line)
            else:
                self._after(line)
        self.sheet.tail = "\n".join(self.tail).strip() or None

    def label(self, at: int) -> str:
        """What the line says if it heads the entries below it: 候补：, 下午班, 【3号楼】. Else ''."""
        line, (below, _) = self.lines[at], self.below[at]
        if line.entry or below is None or not self.lines[below].entry:
            return ""
        words = line.words.strip(_FRAME)
        if standing(plain(words).text.strip("以下为是")):
            return words.strip("以下为是")
        restarts = below in self.restarts
        if words in _COMING:
            return words
        if _SECTION.fullmatch(words):
            framed = words != line.words.strip()
            return words if framed or restarts or self.gap else ""
        framed = line.words.strip()[-1:] not in words[-1:]
        return words if framed and restarts and 0 < len(words) <= 16 else ""

    def _entry(self, n: int, words: str) -> None:
        if found := _EXAMPLE.fullmatch(words):
            self.sheet.example = self.sheet.example or found["said"].strip() or None
            return
        self.gap = words.rstrip().endswith(("」", "』"))
        words = words.rstrip()[:-1].rstrip() if self.gap and words.count("「") < words.count("」") else words
        self.sheet.items.append(
            Item(n, f"{words} {self.section}" if self.section and words.strip() else words, self.status)
        )

    def _waiting(self, found: re.Match[str]) -> None:
        if found["n"]:
            self.sheet.items.append(Item(int(found["n"]), found["words"], "waitlist"))
            return
        n = self._n()
        for name in _BETWEEN_NAMES.split(found["words"].strip()):
            n += 1
            self.sheet.items.append(Item(n, name, "waitlist"))

    def _between(self, at: int, line: Line) -> None:
        """A line without a number that has entries below."""
        _, entry = self.below[at]
        if entry and entry.n == self._n() + 2 and somebody_alone(line.words):
            self._entry(self._n() + 1, line.words)
        elif self.gap:
            self.sheet.lines.append(line.words.strip())
        else:
            self._continue(line.words)

    def _after(self, line: Line) -> None:
        """A line without a number below the last entry."""
        if self.gap or not self.sheet.items or _NOTICE.search(line.words):
            self.tail.append(line.words.rstrip())
        elif self.sheet.items[-1].words.strip() and somebody_alone(line.words):
            self._entry(self._n() + 1, line.words)
        else:
            self._continue(line.words)

    def _continue(self, words: str) -> None:
        if not self.sheet.items:
            self.sheet.lines.append(words.strip())
            return
        item = self.sheet.items[-1]
        self.sheet.items[-1] = Item(item.n, f"{item.words}\n{words}", item.status)

    def _n(self) -> int:
        return self.sheet.items[-1].n if self.sheet.items else 0
