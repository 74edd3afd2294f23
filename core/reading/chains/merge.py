"""Two people's copies of one chain brought together, person by person: numbers shift, people do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from core.reading.chains.align import Person, align, key
from core.reading.chains.values import Chain, Entry


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the copies disagree: two new people under one number `n`, or one person's `field` set to `a` and to `b`.

    `field` is 'gone' when one copy left a person out whom the other changed. What `b` says holds.
    """

    names: tuple[str, ...]
    n: int | None = None
    field: str | None = None
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """The chain after both copies, numbered from 1, and what is different from `base`, by name.

    `entries` keep the lines of people who cancelled; `removed` names them all the same, for they will not come.
    `doubtful`: a copy lacks so many people that it is more likely a piece of the chain than a change to it. Nobody is
    removed because of that copy, and `missing` names whom it lacks: ask.
    """

    entries: tuple[Entry, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    doubtful: bool = False
    missing: tuple[str, ...] = ()


def merge(base: Chain, a: Chain, b: Chain) -> Merged:
    """Both copies grew out of `base`, and `b` was posted after `a`: where both changed one thing, `b` holds."""
    people = align(base.entries, a.entries, b.entries)
    missing_a = _missing(people, "a", a, base)
    missing_b = _missing(people, "b", b, base)
    result = _Result()
    for person in people:
        # a copy that is only a piece says nothing about those it lacks
        in_a = person.base if person in missing_a else person.a
        in_b = person.base if person in missing_b else person.b
        if person.base is None:
            result.add(in_a, in_b)
        else:
            result.keep_or_drop(person.base, in_a, in_b)
    result.conflicts += _same_numbers(people)
    # whom the other copy lacks for good reason is gone: no question about them
    asked = [
        person
        for person in people
        if (person in missing_a and (person.b or person in missing_b))
        or (person in missing_b and (person.a or person in missing_a))
    ]
    return Merged(
        tuple(replace(entry, n=n) for n, entry in enumerate(result.entries, 1)),
        tuple(result.added),
        tuple(result.removed),
        tuple(result.changed),
        tuple(result.conflicts),
        doubtful=bool(asked),
        missing=tuple(person.base.name for person in asked if person.base),
    )


@dataclass(slots=True)
class _Result:
    entries: list[Entry] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def add(self, a: Entry | None, b: Entry | None) -> None:
        """Somebody whom the base does not know."""
        entry = self._both(a, a, b) if a and b else a or b
        if entry is not None:
            self.entries.append(entry)
            if entry.status != "cancelled":
                self.added.append(entry.name)

    def keep_or_drop(self, base: Entry, a: Entry | None, b: Entry | None) -> None:
        """Somebody of the base, in one copy, in both or in neither."""
        entry = self._both(base, a, b) if a and b else self._left_out(base, a, b)
        if entry is not None:
            self.entries.append(entry)
        came = base.status != "cancelled"
        if entry is None or entry.status == "cancelled":
            if came:
                self.removed.append(base.name)
        elif not came:
            self.added.append(entry.name)
        elif _content(entry) != _content(base):
            self.changed.append(entry.name)

    def _left_out(self, base: Entry, a: Entry | None, b: Entry | None) -> Entry | None:
        """Somebody whom one copy lacks goes, unless the later one has them, changed."""
        kept = a or b
        if kept is None or _content(kept) == _content(base):
            return None
        if kept.status != "cancelled":
            self.conflicts.append(Conflict((base.name,), field="gone", a=_words(a), b=_words(b)))
        return b

    def _both(self, base: Entry, a: Entry, b: Entry) -> Entry:
        """One person in both copies, field by field."""
        ours, theirs = _content(a), _content(b)
        if "cancelled" in (a.status, b.status) and _content(base) not in (ours, theirs) and a.status != b.status:
            self.conflicts.append(Conflict((b.name,), field="status", a=_words(a), b=_words(b)))
            return b
        values = {}
        for name in ("name", "count", "note", "unit", "by", "status"):
            was, in_a, in_b = getattr(base, name), getattr(a, name), getattr(b, name)
            if name == "name":  # their own spelling stays, unless somebody mended it
                in_a, in_b = (was if key(entry) == key(base) else entry.name for entry in (a, b))
            values[name] = in_a if in_b == was else in_b
            if in_a != in_b and was not in (in_a, in_b):
                self.conflicts.append(Conflict((b.name,), field=name, a=str(in_a or ""), b=str(in_b or "")))
        return replace(b, **values)


def _content(entry: Entry) -> Entry:
    """An entry as compared: its number says nothing, nor does the way in which the name is spelled."""
    return replace(entry, n=0, name=key(entry))


def _words(entry: Entry | None) -> str:
    if entry is None:
        return ""
    parts = (entry.name, str(entry.count) if entry.count > 1 else None, entry.note, entry.status)
    return " ".join(part for part in parts if part)


def _missing(people: list[Person], copy: Literal["a", "b"], chain: Chain, base: Chain) -> set[Person]:
    """Those whom a copy lacks, if it is rather a piece of the chain, or an older one, than a change; else nobody."""
    known = [person for person in people if person.base]
    lacking = [person for person in known if getattr(person, copy) is None]
    if not lacking:
        return set()
    headless = chain.title is None and base.title is not None
    if not chain.entries or headless or (len(lacking) > 1 and 2 * len(lacking) > len(known)):
        return set(lacking)
    # The end is cut off, or an older copy went on from there: its new people have the numbers of those it lacks.
    at_the_end = lacking == known[-len(lacking) :]
    numbers = {person.base.n for person in lacking if person.base}
    new = [entry for person in people if not person.base and (entry := person.a if copy == "a" else person.b)]
    if at_the_end and (len(lacking) > 2 or any(entry.n in numbers for entry in new)):
        return set(lacking)
    # The beginning is cut off: those who are left kept their numbers.
    at_the_beginning = len(lacking) > 1 and lacking == known[: len(lacking)]
    return set(lacking) if at_the_beginning and chain.entries[0].n > len(lacking) else set()


def _same_numbers(people: list[Person]) -> list[Conflict]:
    """New people who took the same number, each in a copy that does not know of the other."""
    new = [person for person in people if not person.base]
    only_a = {person.a.n: person.a.name for person in new if person.a and not person.b and person.a.count}
    only_b = {person.b.n: person.b.name for person in new if person.b and not person.a and person.b.count}
    return [Conflict((only_a[n], only_b[n]), n=n) for n in only_a if n and n in only_b]
