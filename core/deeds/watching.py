"""Green watch: who is there looks at what was found and is open; what an activity makes of a matter becomes a step."""

from __future__ import annotations

from collections.abc import Collection

from core import matters
from core.activities import CANCELLED, PERSON, Occurrence
from core.claims import roster_of
from core.confided import Confided
from core.deeds.matters import Words, add_step, responsible, show, step, tell, watch
from core.deeds.whole import deed
from core.matters import HELD, JOINED, PLANNED, STILL, Matter, MatterPlan, StepSort
from core.members import member
from core.posts import Post
from core.work import Work

AT_MOST = 3
"""So many are asked about after 到了: the rest stands in the reminder."""


def to_look_at(work: Work, o: Occurrence) -> list[Matter]:
    """What was found, is open, and is where this watch goes."""
    kind = work.kind(o)
    return [row for row in matters.found_open(work.session, work.here.id) if kind.watches(o, row.words)]


def ask_watchers(work: Work, o: Occurrence, whom: Collection[int]) -> None:
    """Who is there is asked of each, privately and once: is it still there?"""
    for row in to_look_at(work, o)[:AT_MOST]:
        for id in whom:
            who = member(work.session, work.here.id, id).id
            work.owe("matters.green", member_id=who, occurrence_id=row.id, occasion=str(o.id))


@deed
def still_there(work: Work, row: Matter) -> None:
    """还在: a step, and told to the coordinator."""
    found = step(work, row, Words(), STILL)
    for id in responsible(work, row):
        if id != work.by.member:
            work.owe("matters.still", member_id=id, occurrence_id=row.id, occasion=str(found.id))


# ------------------------------------------------------------ an activity made of one


@deed
def plan(work: Work, row: Matter, o: Occurrence) -> None:
    """This draft is made of that matter."""
    work.session.add(MatterPlan(community_id=work.here.id, occurrence_id=o.id, matter_id=row.id))
    work.session.flush()


def planned(work: Work, o: Occurrence) -> Matter | None:
    """The matter that an activity was made of, as it is followed now."""
    found = work.session.get(MatterPlan, (work.here.id, o.id))
    row = None if found is None else matters.matter(work.session, work.here.id, found.matter_id, lock=True)
    while row is not None and row.state == JOINED:
        row = matters.matter(work.session, work.here.id, row.joined_to, lock=True)
    return row


def put_up(work: Work, o: Occurrence) -> None:
    """What was made of a matter is posted: a step, and one more when it is over."""
    row = planned(work, o)
    if row is None:
        return
    add(work, row, o, PLANNED)
    if o.starts_at is not None:
        work.owe("matters.held", occurrence_id=o.id, occasion="held", due=o.ends())


def held(work: Work, o: Occurrence) -> None:
    """It is over; or it was moved, and is looked at again then."""
    row = planned(work, o)
    if row is None or o.state == CANCELLED or o.starts_at is None:
        return
    if work.now < o.ends():
        work.owe_at("matters.held", o.ends(), occurrence_id=o.id, occasion="held")
        return
    add(work, row, o, HELD, len(roster_of(work.session, o).taking()))


def add(work: Work, row: Matter, o: Occurrence, sort: StepSort, count: int = 0) -> None:
    kind, lang = work.kind(o), work.here.lang
    words = f"{kind.title(o, lang)} #{o.number}"
    if count:
        words = f"{words} {kind.count(count, PERSON, lang)}"
    found = add_step(work, row, Words(words, Confided()), sort, about=o.id)
    tell(work, row, found)
    watch(work, row)
    show(work, row)


def act(work: Work, post: Post) -> None:
    """The end of an activity that was made of a matter."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    if o is not None:
        held(work, o)
