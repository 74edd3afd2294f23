"""What a table would make of the lists that are kept: whom each name means, who is new, who comes and who goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.lists import list_called, people_on
from core.members import members
from core.reading import Known
from core.reading.parts import SURE, at_home, find_all, judged, name_key, same
from core.said.audiences import key
from core.said.tables import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody of a list, as a table names them: from which line of it."""

    line: int
    list: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """One list as it is to be: its members, and the names of those whom nobody knows; who of them comes, who goes."""

    name: str
    people: tuple[int, ...]
    strangers: tuple[str, ...]
    plus: tuple[int, ...]
    less: tuple[int, ...]
    kept: bool  # it is there already

    @property
    def n(self) -> int:
        return len(self.people) + len(self.strangers)

    @property
    def changes(self) -> bool:
        return not self.kept or bool(self.plus or self.less or self.strangers)


def plan(session: Session, community_id: int, rows: Sequence[Row]) -> tuple[list[Change], list[Problem]]:
    """Each list of these rows as it is to be, in their order; a name that may mean two is a problem of its row."""
    known = [Known(m.id, m.name, unit=at_home(m.name)[0]) for m in members(session, community_id) if m.name]
    wanted: dict[str, tuple[str, dict[int, None], dict[str, str]]] = {}
    problems = []
    for row in rows:
        _, people, strangers = wanted.setdefault(key(row.list), (row.list, {}, {}))
        match meant(row.name, known):
            case "":
                strangers.setdefault(name_key(row.name) or row.name, row.name)
            case int(id):
                if id in people:
                    problems.append(Problem(row.line, "", "twice"))
                people[id] = None
            case _:
                problems.append(Problem(row.line, "", "two_fit"))
    lists = wanted.values()
    return [
        change(session, community_id, called, tuple(people), tuple(new.values())) for called, people, new in lists
    ], problems


def change(
    session: Session, community_id: int, called: str, people: tuple[int, ...], strangers: tuple[str, ...]
) -> Change:
    """What it would change now that these, and nobody else, stand on the list of this name."""
    kept = list_called(session, community_id, called)
    there = people_on(session, community_id, kept.id) if kept is not None else []
    return Change(
        kept.name if kept is not None else called,
        people,
        strangers,
        tuple(id for id in people if id not in there),
        tuple(id for id in there if id not in people),
        kept is not None,
    )


def meant(name: str, known: Sequence[Known]) -> int | str:
    """The member whom a name in a table means; '' for nobody, '?' where it may be one of several.

    A name that is written exactly so is that person, whoever else is called nearly so; what is only like a name is
    another's: a table is written with care.
    """
    spelt_so = [each.id for each in known if same(each.name, name)]
    if len(spelt_so) == 1:
        return spelt_so[0]
    if spelt_so:
        return "?"
    found = judged([match for match in find_all(name, known) if match.how in SURE])
    if found is None:
        return ""
    return found.id if isinstance(found, Known) else "?"
