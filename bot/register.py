"""A table of people taken into the register at the machine: all of it, or nothing with every bad row named."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from sqlmodel import Session, select

from bot.backup import NotDone
from bot.config import Config
from bot.rights import opened, served
from bot.wording import catalogue
from core import elders
from core.deeds import elders as deeds
from core.features.visit.read_table import Row, read_table
from core.here import Here
from core.members import Member
from core.said import tables
from core.said.tables import Problem
from core.work import Actor, Work


def take_in(config: Config, file: Path, by: str, now: datetime, community: str = "") -> int:
    """Register everybody of a table, whose consent `by` has taken. Returns how many.

    Raises `NotDone`, which names every row that is wrong; then nothing was taken in.
    """
    rows = table_of(config, file)
    with opened(config) as session:
        here = one_of(config, served(session, config, now), community)
        found, problems = read_table(rows, now.astimezone(here.tz).date())
        problems += known_already(session, here, found)
        if problems:
            lang = here.lang
            told = [line(lang, problem) for problem in sorted(problems, key=lambda each: each.line)]
            raise NotDone("\n".join([catalogue().text(lang, "import.nothing", n=len(told)), *told]))
        who = taker(config, session, here, by)
        work = Work(session, here, now, Actor(who.id, ("", ""), "import"), occasion=f"import:{now:%Y%m%d%H%M%S}")
        for row in found:
            noon = datetime.combine(row.agreed, time(12), here.tz).astimezone(UTC) if row.agreed is not None else None
            deeds.register(work, row.said, agreed=noon)
        return len(found)


def table_of(config: Config, file: Path) -> list[list[str]]:
    """The cells of a CSV or XLSX file. Raises `NotDone` for one that is neither."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise refused(config, "unreadable", file=str(file), why=error.strerror or "") from None
    try:
        return tables.cells(file.name, data)
    except tables.UnreadableError as bad:
        raise refused(config, bad.code, file=str(file), why=bad.why, n=tables.LARGEST // 1_000_000) from None


def one_of(config: Config, heres: list[Here], named: str) -> Here:
    found = [here for here in heres if not named or named in (here.community.name, here.community.named)]
    if len(found) != 1:
        names = ", ".join(here.community.name for here in heres)
        raise refused(config, "which_community", names=names)
    return found[0]


def taker(config: Config, session: Session, here: Here, name: str) -> Member:
    """Who took their consent: a member of this name. Raises `NotDone`."""
    rows = session.exec(select(Member).where(Member.community_id == here.id, Member.name == name)).all()
    found = [row for row in rows if row.merged_into is None]
    if len(found) != 1:
        raise refused(config, "several_called" if found else "nobody_called", name=name)
    return found[0]


def refused(config: Config, key: str, **facts: str | int) -> NotDone:
    return NotDone(catalogue().text(config.community.lang, f"import.{key}", **facts))


def known_already(session: Session, here: Here, found: list[Row]) -> list[Problem]:
    return [
        Problem(row.line, "", "known")
        for row in found
        if elders.called(session, here.id, row.said.name, row.said.building, row.said.flat)
    ]


def line(lang: str, problem: Problem) -> str:
    """'第5行 电话：不像电话号码'; nothing of what stands in the cell is repeated."""
    said = catalogue().text(lang, f"import.bad.{problem.code}")
    key = "import.at_column" if problem.column else "import.at"
    return catalogue().text(lang, key, line=problem.line, column=problem.column, said=said)
