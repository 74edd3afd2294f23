"""Writing a chain as WeChat does, so that it can be pasted there and read again when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    cancelled: str
    waitlist: str
    tentative: str


_WORDINGS = {
    "zh": _Wording("#接龙", "例 {}", "{}人", "（{}代报）", "（{}）", "（取消）", "（候补）", "（待定）"),
    "en": _Wording(
        "#Group Note", "Example: {}", "{} people", "(by {})", "({})", "(cancelled)", "(waiting list)", "(tentative)"
    ),
}


def write_chain(chain: Chain, lang: str = "zh") -> str:
    """The chain as text. Reading it gives the same chain, numbers included."""
    wording = _WORDINGS["en" if lang.startswith("en") else "zh"]
    head = [wording.mark, *filter(None, [chain.title]), *chain.lines]
    if chain.example:
        head.append(wording.example.format(chain.example))
    blocks = ["\n".join(head), "\n".join(_line(entry, wording) for entry in chain.entries)]
    return "\n\n".join(filter(None, [*blocks, chain.tail]))


def _line(entry: Entry, wording: _Wording) -> str:
    """The plainest line that is understood as meant; a strange name may need a colon behind it."""
    lines = list(_wordings(entry, wording))
    read_back = (line for line in lines if read_entry(entry.n, line) == entry)
    return f"{entry.n}. {next(read_back, lines[0])}"


def _wordings(entry: Entry, wording: _Wording) -> Iterator[str]:
    unit = entry.unit if entry.unit and entry.unit != entry.name else ""
    people = wording.people.format(entry.count) if entry.count > 1 else ""
    note = entry.note or ""
    by = wording.by.format(entry.by) if entry.by else ""
    status = {"cancelled": wording.cancelled, "waitlist": wording.waitlist, "tentative": wording.tentative, None: ""}[
        entry.status
    ]
    yield " ".join(filter(None, [unit, entry.name, people, note])) + by + status
    yield " ".join(filter(None, [unit, entry.name, note, people])) + by + status
    aside = wording.aside.format(unit) if unit else ""
    yield " ".join(filter(None, [f"{entry.name}{aside}{by}{status}", people, note]))
    yield " ".join(filter(None, [f"{entry.name}:", unit, people, note])) + by + status
    yield (
        " ".join(filter(None, [f"{entry.name}:", people, unit, wording.aside.format(note) if note else ""]))
        + by
        + status
    )
