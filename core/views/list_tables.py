"""What a table would make of the lists, said before it is done; and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.list_plan import Change
from core.said.tables import Problem
from core.words import text

MOST_TOLD = 20
"""Rows that are wrong, and names of one list that come or go, that are told of."""


def preview(lang: str, changes: Sequence[Change], called: Callable[[int], str], aside: Sequence[str]) -> list[str]:
    """Line by line: each list with how many it has, who comes and who goes."""
    out = [text(lang, "lists.file.head", lists=len(changes), n=sum(each.n for each in changes))]
    for each in changes:
        said = text(lang, "lists.file.one", name=each.name, n=each.n)
        if not each.kept:
            said += text(lang, "lists.file.new")
        elif not each.changes:
            said += f" · {text(lang, 'lists.file.same')}"
        out.append(said)
        if each.kept and each.changes:
            plus = [*map(called, each.plus), *each.strangers]
            less = [called(id) for id in each.less]
            out += [moved(lang, "plus", plus)] if plus else []
            out += [moved(lang, "less", less)] if less else []
    new = {name for each in changes for name in each.strangers}
    out += [text(lang, "lists.file.strangers", n=len(new))] if new else []
    return [*out, *([text(lang, "lists.file.aside", names=listed(lang, aside))] if aside else [])]


def moved(lang: str, way: str, names: Sequence[str]) -> str:
    return text(lang, f"lists.file.{way}", n=len(names), names=listed(lang, names))


def listed(lang: str, names: Sequence[str]) -> str:
    return text(lang, "list.comma").join(names[:MOST_TOLD]) + ("…" if len(names) > MOST_TOLD else "")


def wrong(lang: str, problems: Sequence[Problem]) -> list[str]:
    """'第5行 姓名：不像姓名'; nothing of what stands in the cell is repeated."""
    rows = sorted(problems, key=lambda each: each.line)
    told = [text(lang, "lists.file.nothing", n=len(rows)), *(line(lang, each) for each in rows[:MOST_TOLD])]
    return [*told, *([text(lang, "lists.file.more", n=len(rows) - MOST_TOLD)] if len(rows) > MOST_TOLD else [])]


def line(lang: str, problem: Problem) -> str:
    said = text(lang, f"lists.bad.{problem.code}")
    key = "lists.bad.at_column" if problem.column else "lists.bad.at"
    return text(lang, key, line=problem.line, column=problem.column, said=said)
