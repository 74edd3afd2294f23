"""Plain questions: about which activity they can be, the nearest first, and what is to be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.activities import Occurrence
from core.claims import Roster, rosters_of
from core.posts import Body
from core.reading import read_time
from core.rules import Refusal
from core.said.asked import LONGEST, asked
from core.talk.titled import titled
from core.turn import Turn

MOST = 3
"""Activities that one answer is about."""


@dataclass(frozen=True, slots=True)
class Answered(Body):
    """An answer: what was asked (one of `core.said.asked.ASKED`), and about which activities."""

    what: str = ""
    which: tuple[int, ...] = ()


def answer(turn: Turn, words: str, about: int) -> bool:
    """Answer a plain question privately. False: it is none.

    `about`: the activity whose roster it answers, 0 for none.
    """
    if len(words) > LONGEST:
        return False
    by_title = titled(turn, words)
    places = {o.place for o in turn.posted() if o.place and o.place in words}
    bare = by_title.rest if by_title else words
    for place in places:  # 活动室怎么走
        bare = bare.replace(place, " ")
    what = asked(bare, turn.kinds)
    if not what:
        return False
    if what == "posted":
        turn.privately("answered", body=Answered(what=what))
        return True
    if about or by_title:
        id = about or (by_title.occurrence.id if by_title else 0)
        turn.privately("answered", body=Answered(what=what, which=(id,)))
        return True
    found = [on for on in possible(turn, words) if not places or on.occurrence.place in places]
    if what == "place":
        found = [on for on in found if on.of(turn.member.id)]
    if not found:
        turn.refuse(nothing(turn, what))
        return True
    mine = [on for on in found if on.of(turn.member.id)]
    meant = found if what == "short" or not mine else mine
    turn.privately("answered", body=Answered(what=what, which=tuple(on.occurrence.id for on in meant[:MOST])))
    return True


def nothing(turn: Turn, what: str) -> Refusal:
    """There is nothing that the question can be about."""
    some = bool(turn.posted())
    if what == "place" and some:
        return Refusal("nothing_promised")
    return Refusal("none_such" if some else "nothing_open")


def possible(turn: Turn, words: str) -> list[Roster]:
    """What is open or under way, of the kind and on the day that were said, soonest first."""
    kind, day = turn.kinds.of(words, asked=True), day_in(turn, words)

    def fits(o: Occurrence) -> bool:
        if kind is not None and o.kind != kind.name:
            return False
        return day is None or o.starts_at is None or o.starts_at.astimezone(turn.here.tz).date() == day

    return rosters_of(turn.session, [o for o in turn.posted() if fits(o)])


def day_in(turn: Turn, words: str) -> date | None:
    """The one day that is named, if one is: 明天几点集合."""
    said = read_time(words, base=turn.local, lang=turn.lang)
    if said.start is None or said.rrule:
        return None
    if isinstance(said.start, datetime):
        return said.start.date() if said.daypart and said.start.date() != turn.local.date() else None
    return said.start if said.end in (None, said.start) else None
