"""The deeds of meetings, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.activities import OPEN, Occurrence, Slot
from core.claims import Roster, roster_of
from core.deeds import meetings, minuting
from core.ids import new_id
from core.invited import INVITED, Invited
from core.members import Member
from core.work import Work

Members = dict[str, Member]


def meeting(work: Work, members: Members) -> Roster:
    """A meeting tomorrow to which 陈伯 is invited."""
    o = Occurrence(
        community_id=work.here.id,
        id=new_id(work.now),
        kind="meeting",
        state=OPEN,
        number=99,
        bidden=INVITED,
        starts_at=work.now + timedelta(days=1),
        made_by=work.by.member,
    )
    work.session.add(o)
    work.session.flush()
    work.session.add(Slot(community_id=work.here.id, id=new_id(work.now), occurrence_id=o.id))
    work.session.add(Invited(community_id=work.here.id, occurrence_id=o.id, member_id=members["陈伯"].id))
    work.session.flush()
    return roster_of(work.session, o)


def excused(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    return lambda: meetings.excuse(work, on, members["陈伯"].id)


def reason(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    return lambda: meetings.give_reason(work, on.occurrence, members["陈伯"].id, "腰疼")


def written(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    return lambda: minuting.write_down(work, on.occurrence, "学了文件")


def struck(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    id = minuting.write_down(work, on.occurrence, "学了文件")
    return lambda: minuting.strike_out(work, [id])


def pictured(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    return lambda: minuting.put_picture(work, on.occurrence, "a.jpg")


def released(work: Work, members: Members) -> Callable[[], Any]:
    on = meeting(work, members)
    minuting.put_picture(work, on.occurrence, "a.jpg")
    return lambda: minuting.release(work, on.occurrence, released=True)


MEETINGS: dict[str, Callable[[Work, Members], Callable[[], Any]]] = {
    "meetings.excuse": excused,
    "meetings.give_reason": reason,
    "minuting.write_down": written,
    "minuting.strike_out": struck,
    "minuting.put_picture": pictured,
    "minuting.release": released,
}
