"""Who is who in several copies of one chain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.reading.chains.values import Entry
from core.reading.sounds import syllables
from core.reading.text import plain


@dataclass(frozen=True, slots=True)
class Person:
    """One person's line in the base and in both copies, None where they are not."""

    base: Entry | None = None
    a: Entry | None = None
    b: Entry | None = None


def align(base: Sequence[Entry], a: Sequence[Entry], b: Sequence[Entry]) -> list[Person]:
    """Everybody once: those of the base in its order, then whom only `a` has or both have, then whom only `b` has."""
    in_a, new_a = _pairs(base, a, corrected=True)
    in_b, new_b = _pairs(base, b, corrected=True)
    both, only_b = _pairs(new_a, new_b, corrected=False)
    people = [Person(entry, in_a.get(at), in_b.get(at)) for at, entry in enumerate(base)]
    people += [Person(None, entry, both.get(at)) for at, entry in enumerate(new_a)]
    return people + [Person(None, None, entry) for entry in only_b]


def key(entry: Entry) -> str:
    """A name as compared: script, width, case, ornaments and spaces make no difference."""
    return re.sub(r"[^\w]", "", plain(entry.name).text) or entry.name


def _pairs(known: Sequence[Entry], copy: Sequence[Entry], *, corrected: bool) -> tuple[dict[int, Entry], list[Entry]]:
    """The copy's line for each known entry, by place, and the lines of people who are not known.

    The surest pairs are made first: two 王阿姨 are told apart by their flats, then by their order.
    `corrected`: the copy may have mended a name or a flat in place.
    """
    tests: list[Callable[[Entry, Entry], bool]] = [_same_flat, _one_without_flat]
    if corrected:
        tests += [_moved_flat, _mended_name]
    pairs: dict[int, Entry] = {}
    left = list(copy)
    for test in tests:
        open_names: dict[str, list[Entry]] = {}
        for entry in left:
            open_names.setdefault(_bucket(test, entry), []).append(entry)
        for at, one in enumerate(known):
            if at in pairs:
                continue
            candidates = open_names.get(_bucket(test, one), [])
            found = next((other for other in candidates if test(one, other)), None)
            if found is not None:
                candidates.remove(found)
                pairs[at] = found
        taken = {id(entry) for entry in pairs.values()}
        left = [entry for entry in left if id(entry) not in taken]
    return pairs, left


def _bucket(test: Callable[[Entry, Entry], bool], entry: Entry) -> str:
    """Only entries in one bucket need to be tried: chains of thousands of lines stay cheap."""
    return str(entry.n) if test is _mended_name else key(entry)


def _same_flat(one: Entry, other: Entry) -> bool:
    return _flat(one) == _flat(other)


def _one_without_flat(one: Entry, other: Entry) -> bool:
    return one.unit is None or other.unit is None


def _moved_flat(one: Entry, other: Entry) -> bool:
    """Under the same number with another flat: it was mended. Under another number it is somebody else."""
    return one.n == other.n


def _mended_name(one: Entry, other: Entry) -> bool:
    """李 that became 李四, or 李思 that became 李四, under the same number, with nothing else changed."""
    if (one.note, one.unit) != (other.note, other.unit):
        return False
    short, long = sorted((key(one), key(other)), key=len)
    return long.startswith(short) or syllables(short) == syllables(long)


def _flat(entry: Entry) -> str:
    return re.sub(r"[^\w]", "", plain(entry.unit or "").text)
