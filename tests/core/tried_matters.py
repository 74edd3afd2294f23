"""The deeds of matters, for the test that fails every statement of every deed: what to do first, and then the deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from core.activities import DRAFT, Occurrence
from core.confided import Confided
from core.deeds import matters, picturing, retracting, verdicts, watching
from core.deeds.matters import Words
from core.matters import CONCERN, NOT_YET, YES, Matter, MatterVerdict
from core.members import Member
from core.work import Work

Members = dict[str, Member]
NAME = "0" * 64 + ".jpg"
SAID = Words("楼道的灯不亮", Confided("3号楼502，陈伯家门口"))


def brought(work: Work, *, public: bool = True, perhaps: Matter | None = None) -> Matter:
    """A matter that somebody brought, with a step."""
    row = matters.bring(work, CONCERN, SAID, public=public, perhaps=perhaps)
    if perhaps is None:
        matters.step(work, row, SAID)
    return row


def pictured(work: Work) -> Matter:
    """One with a picture that everybody may see, and that somebody was shown."""
    row = brought(work)
    found = picturing.put(work, row, NAME, released=True)
    assert found is not None
    picturing.show_to(work, row.brought_by, found)
    return row


def on(row: Any, do: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: do(row)


def asked(work: Work, members: Members) -> tuple[Matter, MatterVerdict]:
    """One that is said to be solved, and what somebody who shares it was asked."""
    row = brought(work)
    matters.share(work, row, members["陈伯"].id)
    verdicts.solve(work, row, Words())
    work.session.flush()
    return row, work.session.exec(select(MatterVerdict).where(MatterVerdict.member_id == members["陈伯"].id)).one()


def judged(work: Work, members: Members) -> tuple[Matter, MatterVerdict]:
    row, verdict = asked(work, members)
    verdicts.answer(work, row, verdict, YES)
    return row, verdict


def two(work: Work, members: Members) -> tuple[Matter, Matter]:
    """Two that are one, both shared, one of them said to be solved."""
    one, _ = asked(work, members)
    other = brought(work)
    matters.share(work, other, members["李阿姨"].id)
    return one, other


MATTERS: dict[str, Callable[[Work, Members], Callable[[], Any]]] = {
    "matters.bring": lambda work, _: lambda: matters.bring(work, CONCERN, SAID, public=False),
    "matters.bring perhaps": lambda work, _: on(
        brought(work), lambda it: matters.bring(work, CONCERN, SAID, public=True, perhaps=it)
    ),
    "matters.open_up": lambda work, _: on(brought(work, perhaps=brought(work)), lambda it: matters.open_up(work, it)),
    "matters.same": lambda work, _: on(brought(work, perhaps=brought(work)), lambda it: matters.same(work, it)),
    "retracting.retract": lambda work, _: on(
        matters.bring(work, CONCERN, SAID, public=True), lambda it: retracting.retract(work, it)
    ),
    "matters.share": lambda work, members: on(brought(work), lambda it: matters.share(work, it, members["陈伯"].id)),
    "matters.publish": lambda work, _: on(brought(work, public=False), lambda it: matters.publish(work, it)),
    "matters.keep_private": lambda work, _: on(brought(work), lambda it: matters.keep_private(work, it)),
    "matters.step": lambda work, _: on(brought(work), lambda it: matters.step(work, it, SAID)),
    "matters.refuse": lambda work, _: on(brought(work), lambda it: matters.refuse(work, it, SAID)),
    "matters.well": lambda work, _: on(brought(work), lambda it: matters.well(work, it)),
    "matters.hand_over": lambda work, members: on(
        brought(work), lambda it: matters.hand_over(work, it, members["陈伯"].id)
    ),
    "matters.join": lambda work, members: on(two(work, members), lambda it: matters.join(work, it[1], it[0])),
    "watching.still_there": lambda work, _: on(brought(work), lambda it: watching.still_there(work, it)),
    "watching.plan": lambda work, _: on(
        (brought(work), work.session.exec(select(Occurrence).where(Occurrence.state == DRAFT)).one()),
        lambda it: watching.plan(work, it[0], it[1]),
    ),
    "picturing.put": lambda work, _: on(brought(work), lambda it: picturing.put(work, it, NAME, released=True)),
    "picturing.put loose": lambda work, _: lambda: picturing.put(work, None, NAME),
    "picturing.gather": lambda work, _: on(
        (picturing.put(work, None, NAME), brought(work, public=False)), lambda it: picturing.gather(work, it[1])
    ),
    "picturing.release": lambda work, _: on(pictured(work), lambda it: picturing.release(work, it)),
    "picturing.withhold": lambda work, _: on(pictured(work), lambda it: picturing.withhold(work, it)),
    "picturing.discard": lambda work, _: on(pictured(work), lambda it: picturing.discard(work, it)),
    "verdicts.solve": lambda work, _: on(brought(work), lambda it: verdicts.solve(work, it, SAID)),
    "verdicts.answer": lambda work, members: on(
        asked(work, members), lambda it: verdicts.answer(work, it[0], it[1], NOT_YET)
    ),
    "verdicts.grade": lambda work, members: on(
        judged(work, members), lambda it: verdicts.grade(work, it[0], it[1], "good")
    ),
}
