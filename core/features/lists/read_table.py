"""A table of people for lists, read row by row: every row that cannot be meant is named, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.features.lists.said import MOST
from core.list_plan import Row
from core.reading.parts import Written
from core.said.audiences import key
from core.said.tables import LONGEST_CELL, LONGEST_NAME, MOST_ROWS, Problem, folded, unfit
from core.words.clean import tidy_line, tidy_name

COLUMNS = ("list", "name")
_WRITTEN = Written(__file__)
_HEADS = {name: re.compile(_WRITTEN.regex(name), re.IGNORECASE) for name in COLUMNS}
_SEVERAL = re.compile(r"[、,，;；/|\n]|\s(?:and|&)\s|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff]{2})")
_NUMBER = re.compile(r"\+?[\d\s.:：/-]+")
_ENTRIES = re.compile(
    r"(?:合计|总计|小计|共计|总数|以下空白|备注|说明|注|序号|total|sum|n/?a|none|null|无|空|待定|未知|不详)[:：]?.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Table:
    """All that a table says: who, what is wrong with it, and which of its columns were left aside."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    aside: tuple[str, ...] = ()


def read_lists(cells: Sequence[Sequence[str]], called: str = "") -> Table:
    """Everybody in a table whose first row names its columns. `called`: the list, where no column says it: the name of
    the file. What stands in other columns is not looked at.
    """
    if not cells or not any(cell.strip() for cell in cells[0]):
        return Table(problems=(Problem(1, "", "empty"),))
    heads, problems = headed(cells[0])
    columns = {name for name, _ in heads}
    if "list" not in columns and not problems and (bad := unfit_list(called)):
        problems.append(Problem(1, "", "no_list_column" if bad == "no_list" else bad))
    if len(cells) > MOST_ROWS + 1:
        problems.append(Problem(MOST_ROWS + 2, "", "too_many"))
    aside = tuple(head for name, head in heads if not name and head)
    if problems:
        return Table((), tuple(problems), aside)
    found: list[Row] = []
    for line, row in enumerate(cells[1:], 2):
        if any(cell.strip() for cell in row):
            read, wrong = read_row(line, heads, row, "" if "list" in columns else called)
            found += [read] if read is not None else []
            problems += wrong
    problems += [*twice(found), *too_long(found)]
    if not found and not problems:
        problems.append(Problem(2, "", "nobody"))
    return Table(tuple(found), tuple(problems), aside)


def headed(cells: Sequence[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """What each column is, '' for one that is left aside, with its heading as written."""
    heads: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for cell in cells:
        said = folded(cell)
        name = next((name for name, pattern in _HEADS.items() if pattern.fullmatch("".join(said.split()) or " ")), "")
        name = name or next((name for name, pattern in _HEADS.items() if pattern.fullmatch(said)), "")
        if name and name in [known for known, _ in heads]:
            problems.append(Problem(1, tidy_line(said, 20), "double_column"))
        heads.append((name, tidy_line(said, 20)))
    if "name" not in {name for name, _ in heads}:
        problems.append(Problem(1, "", "no_name_column"))
    return heads, problems


def read_row(
    line: int, heads: Sequence[tuple[str, str]], cells: Sequence[str], called: str
) -> tuple[Row | None, list[Problem]]:
    """One row; None where anything of it is wrong."""
    problems: list[Problem] = []
    if any(cell.strip() for cell in cells[len(heads) :]):
        problems.append(Problem(line, "", "too_long_row"))
    said = {"list": called, "name": ""}
    told = {name: head for name, head in heads if name}
    for (name, _), cell in zip(heads, cells, strict=False):
        if name:
            said[name] = folded(cell)
    checked = [("list", unfit_list), ("name", unfit_name)] if "list" in told else [("name", unfit_name)]
    problems += [Problem(line, told[name], bad) for name, unfit_one in checked if (bad := unfit_one(said[name]))]
    if problems:
        return None, problems
    return Row(line, said["list"], tidy_name(said["name"])), []


def unfit_list(said: str) -> str:
    """Why this can be no name of a list; '' where it can."""
    if not said:
        return "no_list"
    if bad := unfit(said):
        return bad
    bare = len(said) > LONGEST_NAME or not any(char.isalpha() for char in said) or _SEVERAL.search(said)
    return "bad_list" if bare or _ENTRIES.fullmatch(said) else ""


def unfit_name(said: str) -> str:
    """Why this can be nobody's name; '' where it can."""
    if not said:
        return "no_name"
    if bad := unfit(said):
        return bad
    if len(said) <= LONGEST_CELL and _SEVERAL.search(said):
        return "several_names"
    no_words = not any(char.isalpha() for char in said) or (_NUMBER.match(said) is not None and not _home(said))
    wrong = no_words or len(said) > LONGEST_NAME or _ENTRIES.fullmatch(said) or not tidy_name(said)
    return "bad_name" if wrong or re.search(r"[?!=<>{}\[\]\\^~*#%$\"]|https?:|@.*\.", said) else ""


def _home(said: str) -> bool:
    """Whether a figure at its beginning is where somebody lives: 3号楼王阿姨."""
    return re.match(r"\d{1,3}\s?(?:号楼|楼|栋|幢|号)", said) is not None


def twice(found: Sequence[Row]) -> Iterator[Problem]:
    """Who stands on one list a second time."""
    seen: set[tuple[str, str]] = set()
    for row in found:
        who = (key(row.list), "".join(row.name.split()).casefold())
        if who in seen:
            yield Problem(row.line, "", "twice")
        seen.add(who)


def too_long(found: Sequence[Row]) -> Iterator[Problem]:
    """Where a list has more people than one may have."""
    n: dict[str, int] = {}
    for row in found:
        n[key(row.list)] = n.get(key(row.list), 0) + 1
        if n[key(row.list)] == MOST + 1:
            yield Problem(row.line, "", "too_many")
