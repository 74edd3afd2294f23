"""Lists of people kept, changed and given up; who is on one is invited to what is for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, delete

from core.deeds.inviting import renew
from core.deeds.people import enrol
from core.deeds.whole import deed
from core.ids import new_id
from core.invited import Audience
from core.lists import Listed, PeopleList, list_called
from core.work import Work


@deed
def keep(work: Work, name: str, people: Sequence[int], strangers: Sequence[str] = ()) -> PeopleList:
    """The list of this name has these people, and nobody else; a stranger becomes a member without an account."""
    new = [enrol(work, stranger, proxy=False).id for stranger in strangers]
    row = list_called(work.session, work.here.id, name)
    if row is None:
        row = PeopleList(community_id=work.here.id, id=new_id(work.now), name=name, at=work.now)
    row.at = work.now
    work.session.add(row)
    work.session.flush()
    empty(work, row.id)
    for position, id in enumerate(dict.fromkeys((*people, *new)), 1):
        work.session.add(Listed(community_id=work.here.id, list_id=row.id, member_id=id, position=position))
    work.session.flush()
    work.log("listed")
    renew(work, row.id)
    return row


@deed
def take_in(work: Work, wanted: Sequence[tuple[str, Sequence[int], Sequence[str]]]) -> int:
    """Each list of a table: its name, who is on it, and the names of those who are to become members; who stands on two
    of them becomes one member. Returns on how many lists something changed.
    """
    new = {name: enrol(work, name, proxy=False).id for _, _, names in wanted for name in dict.fromkeys(names)}
    for name, people, strangers in wanted:
        keep(work, name, [*people, *(new[stranger] for stranger in strangers)])
    return len(wanted)


@deed
def give_up(work: Work, row: PeopleList) -> None:
    """The list is kept no more. Who was invited because of it stays invited."""
    empty(work, row.id)
    audiences = (col(Audience.community_id) == work.here.id, col(Audience.list_id) == row.id)
    work.session.execute(delete(Audience).where(*audiences))
    work.session.delete(row)
    work.session.flush()
    work.log("unlisted")


def empty(work: Work, list_id: int) -> None:
    theirs = (col(Listed.community_id) == work.here.id, col(Listed.list_id) == list_id)
    work.session.execute(delete(Listed).where(*theirs))
