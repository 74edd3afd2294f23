"""Writing a chain as WeChat does, so that it can be pasted there and read again when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from core.reading.chains.entry import read_entry
from core.reading.chains.values import Chain, Entry


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of the format. They are no speech: each must be one that the reader knows, so they live beside it."""

    mark: str
    example: str
    people: str
    by: str
    aside: str
    statuses: dict[str, str]


_WORDINGS = {
    "zh": _Wording(
        mark="#接龙",
        example="例 {}",
        people="{}人",
        by="（{}代报）",
        aside="（{}）",
        statuses={"cancelled": "（取消）", "waitlist": "（候补）", "tentative": "（待定）"},
    ),
    "en": _Wording(
        mark="#Group Note",
        example="Example: {}",
        people="{} people",
        by=" (by {})",
        aside=" ({})",
        statuses={"cancelled": " (cancelled)", "waitlist": " (waiting list)", "tentative": " (tentative)"},
    ),
}


def write_chain(chain: Chain, lang: str = "zh") -> str:
    """The chain as text. Reading it gives the same chain, numbers included."""
    wording = _WORDINGS["en" if lang.startswith("en") else "zh"]
    head = [wording.mark, *filter(None, [chain.title]), *chain.lines]
    if chain.example:
        head.append(wording.example.format(chain.example))
    blocks = ["\n".join(head), "\n".join(_lines(chain.entries, wording))]
    return "\n\n".join(filter(None, [*blocks, chain.tail]))


def _lines(entries: tuple[Entry, ...], wording: _Wording) -> Iterator[str]:
    """Every entry on a line of its own; those of a table that had no numbers in rows, by their slots."""
    for slot, row in groupby(entries, lambda entry: None if entry.n else entry.note or ""):
        if slot is None:
            yield from (_line(entry, wording) for entry in row)
        else:
            yield f"{slot}：{'、'.join(_name(entry, wording) for entry in row)}"


def _name(entry: Entry, wording: _Wording) -> str:
    return next(_wordings(replace(entry, note=None), wording, ""))


def _line(entry: Entry, wording: _Wording) -> str:
    """The plainest line that is understood as meant: a strange name may need a colon, or a number behind it."""
    one = wording.people.format(1)
    lines = [*_wordings(entry, wording, ""), *_wordings(entry, wording, one)]
    read_back = (line for line in lines if read_entry(entry.n, line) == entry)
    return f"{entry.n}. {next(read_back, lines[0])}"


def _wordings(entry: Entry, wording: _Wording, one: str) -> Iterator[str]:
    """An entry in several orders; `one` is written for a single person."""
    name = entry.name
    unit = entry.unit or ""
    people = wording.people.format(entry.count) if entry.count > 1 else one
    note = entry.note or ""
    by = wording.by.format(entry.by) if entry.by else ""
    marks = by + wording.statuses.get(entry.status or "", "")
    yield _spaced(unit, name, people, note) + marks
    yield _spaced(unit, name, note, people) + marks
    yield _spaced(name + (wording.aside.format(unit) if unit else "") + marks, people, note)
    yield _spaced(f"{name}:", unit, people, note) + marks
    yield _spaced(f"{name}:", people, unit, wording.aside.format(note) if note else "") + marks


def _spaced(*words: str) -> str:
    return " ".join(filter(None, words))
