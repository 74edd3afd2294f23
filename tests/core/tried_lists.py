"""The deeds of lists, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.deeds import lists
from core.members import Member
from core.work import Work

Members = dict[str, Member]


def kept(work: Work, members: Members) -> Callable[[], Any]:
    lists.keep(work, "第一支部", [members["陈伯"].id])
    return lambda: lists.keep(work, "第一支部", [members["王伯"].id], ["孙奶奶"])


def taken_in(work: Work, members: Members) -> Callable[[], Any]:
    lists.keep(work, "第一支部", [members["陈伯"].id])
    wanted = [("第一支部", [members["王伯"].id], ["孙奶奶"]), ("第二支部", [], ["孙奶奶"])]
    return lambda: lists.take_in(work, wanted)


def given_up(work: Work, members: Members) -> Callable[[], Any]:
    row = lists.keep(work, "第一支部", [members["陈伯"].id])
    return lambda: lists.give_up(work, row)


LISTS: dict[str, Callable[[Work, Members], Callable[[], Any]]] = {
    "lists.keep": kept,
    "lists.take_in": taken_in,
    "lists.give_up": given_up,
}
