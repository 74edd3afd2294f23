"""A pasted list of names before links are made: who is new, who is known already, and what has to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.web.neighbours import Candidate, called
from adapters.web.residents import Resident, residents
from core.reading.parts import same

NEW, SKIP = "new", "skip"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: `value` in the form, `key` of its words, and whom it names."""

    value: str
    key: str
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One name of the list, with what may be done about it. `chosen`: what is done where nobody says otherwise."""

    n: int
    name: str
    building: str
    options: tuple[Option, ...]
    chosen: str
    asks: str  # what has to be asked, '' for nothing

    def means(self, said: str) -> str:
        """What was answered, where that is one of the answers; else what is done anyhow."""
        return said if said in {option.value for option in self.options} else self.chosen


def items(words: str, known: Sequence[Candidate]) -> list[Item]:
    """Everybody on the list, in its order."""
    people = residents(words)
    return [_item(n, one, people[:n], known, alone=len(people) == 1) for n, one in enumerate(people)]


def _item(n: int, one: Resident, before: Sequence[Resident], known: Sequence[Candidate], *, alone: bool) -> Item:
    there = called(known, one.name)
    twins = [each for each in before if same(each.name, one.name)]
    options = [Option(each.value, f"people.is_{each.state}", each) for each in there]
    options.append(Option(NEW, "people.is_another" if there or twins else "people.is_new"))
    options.append(Option(SKIP, "people.is_twice" if twins else "people.is_none"))
    if twins:
        asks, chosen = "twice", SKIP if any(each.building == one.building for each in twins) else NEW
    elif there:
        asks, chosen = "known", _likeliest(one, there, alone=alone)
    else:
        asks, chosen = ("", NEW) if one.likely else ("unlikely", SKIP)
    return Item(n, one.name, one.building, tuple(options), chosen, asks)


def _likeliest(one: Resident, there: Sequence[Candidate], *, alone: bool) -> str:
    """Who is meant by a name that somebody has. On a long list nobody who is in is put out for a new link by this."""
    here = [each for each in there if not one.building or each.building in ("", one.building)]
    if not here:
        return NEW
    if len(here) > 1:
        return SKIP
    return here[0].value if alone or here[0].state in ("waits", "elsewhere") else SKIP
