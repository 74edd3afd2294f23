"""Who is who in several copies of one chain."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice

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
    pairs: dict[int, Entry] = {}
    left = dict(enumerate(copy))
    for way in WAYS if corrected else WAYS[:2]:
        shelves: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, entry in left.items():
            for mark in way.lies(entry):
                shelves[mark].append(place)
        for at, one in enumerate(known):
            if at in pairs:
                continue
            shelf = shelves[way.looks(one)]
            while shelf and shelf[0] not in left:
                shelf.popleft()
            candidates = (place for place in islice(shelf, LOOKED_AT) if place in left)
            found = next((place for place in candidates if way.fits(one, left[place])), None)
            if found is not None:
                pairs[at] = left.pop(found)
    return pairs, list(left.values())


LOOKED_AT = 8
"""Lines on one shelf that are looked at for one entry. A number that more people have says nothing of who is who."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to know somebody again: on which shelves a line of the copy lies, on which one an entry looks for it.

    So who is looked for among hundreds is found at once, and only what lies there is tried.
    """

    lies: Callable[[Entry], tuple[Hashable, ...]]
    looks: Callable[[Entry], Hashable]
    fits: Callable[[Entry, Entry], bool] = lambda _one, _other: True


def _at_home(entry: Entry) -> tuple[str, str]:
    return key(entry), _flat(entry)


def _numbered(entry: Entry) -> tuple[str, int]:
    """Under the same number with another flat: it was mended. Under another number it is somebody else."""
    return key(entry), entry.n


def _but_for_the_name(entry: Entry) -> tuple[int, str | None, str | None]:
    return entry.n, entry.note, entry.unit


def _mended(one: Entry, other: Entry) -> bool:
    """李 that became 李四, or 李思 that became 李四."""
    short, long = sorted((key(one), key(other)), key=len)
    return long.startswith(short) or syllables(short) == syllables(long)


WAYS = (
    _Way(lambda entry: (_at_home(entry),), _at_home),
    # One of the two has no flat.
    _Way(
        lambda entry: ((key(entry), "anywhere"), *([(key(entry), "")] if entry.unit is None else [])),
        lambda entry: (key(entry), "anywhere" if entry.unit is None else ""),
    ),
    _Way(lambda entry: (_numbered(entry),), _numbered),
    _Way(lambda entry: (_but_for_the_name(entry),), _but_for_the_name, _mended),
)
"""The surest first; the last two only where a copy may have been corrected in place."""


def _flat(entry: Entry) -> str:
    return re.sub(r"[^\w]", "", plain(entry.unit or "").text)
