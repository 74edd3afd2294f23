"""The deeds of the register, for the test that fails every statement of every deed: what to do first, and then it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from core.activities import OPEN, Occurrence, Slot
from core.confided import Confided
from core.deeds import consenting, elders
from core.elders import Elder, ReadElder
from core.members import Member
from core.work import Work

Members = dict[str, Member]
SUN = ReadElder(name="孙奶奶", building="3号楼", flat="502", phone="13900001111", mind="耳背")


def visited(work: Work) -> Elder:
    """Somebody of the register whom an activity is for."""
    row = elders.register(work, SUN)
    o = work.session.exec(select(Occurrence).where(Occurrence.state == OPEN)).first()
    assert o is not None
    o.confided = Confided("孙奶奶，带点水果")
    slot = work.session.exec(select(Slot).where(Slot.occurrence_id == o.id)).first()
    assert slot is not None
    slot.elder_id, slot.confided = row.id, Confided("先打 13900001111")
    work.session.add(o)
    work.session.add(slot)
    work.session.flush()
    return row


def on(row: Any, do: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: do(row)


ELDERS: dict[str, Callable[[Work, Members], Callable[[], Any]]] = {
    "elders.register": lambda work, _: lambda: elders.register(work, SUN),
    "elders.correct": lambda work, _: on(
        visited(work), lambda row: elders.correct(work, row, ReadElder(name="孙奶奶", flat="503"))
    ),
    "consenting.share": lambda work, _: on(visited(work), lambda row: consenting.share(work, row, shares=False)),
    "elders.take_off": lambda work, _: on(visited(work), lambda row: elders.take_off(work, row)),
    "elders.take_off withdrew": lambda work, _: on(
        visited(work), lambda row: elders.take_off(work, row, withdrew=True)
    ),
}
