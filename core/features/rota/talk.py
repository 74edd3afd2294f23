"""排班 12月: a proposal for the coordinator only; 发出去 asks each of those named, who say yes or no by a press."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core import posts
from core.activities import Occurrence
from core.claims import roster_of
from core.deeds.claiming import Coming, claim
from core.deeds.ladders import by_day
from core.deeds.series import ahead
from core.features.rota.problem import Duty, Month, filled, spread
from core.features.rota.rows import month_of, series_of_key
from core.features.rota.settings import Table
from core.features.rota.solver import Solved, solve
from core.posts import Body, Post
from core.reading import read_time
from core.reading.parts import Written
from core.repeating import moment
from core.rules import Refusal
from core.talk.wishes import Wish
from core.turn import Turn

LONGEST = timedelta(days=62)
FURTHEST = timedelta(days=120)
"""So far ahead nobody plans duty: a month that is over was meant."""
_BEFORE = re.compile(Written(__file__, "said.toml").regex("before"), re.IGNORECASE)
Line = tuple[str, str, tuple[int, ...], int]
"""A duty of a proposal: its key, its start (ISO), who is proposed, and how many places stay empty."""


@dataclass(frozen=True, slots=True)
class Proposed(Body):
    """A proposal: its days, a line for each duty, how it was found, and whether it was sent."""

    first: str = ""
    last: str = ""
    duties: tuple[Line, ...] = ()
    how: str = ""
    per_mille: int = -1  # how much fairer a plan might be at most; -1 where nobody knows
    tenths: int = 0  # the spread of hours over half a year, in tenths of an hour
    sent: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Wanted(Body):
    """What somebody is asked for: each duty by its key and its start; and what they said to each (yes, no, gone)."""

    proposal: int = 0
    duties: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()

    @property
    def open(self) -> list[int]:
        """Which of them are not answered."""
        return [nth for nth, answer in enumerate(self.said) if not answer]


def hears(turn: Turn, _about: int, words: str) -> bool:
    """12月的班排一下, said privately: the verb behind the month."""
    found = _BEFORE.fullmatch(words.strip(" 。.!！?？~吧")) if turn.chat.private else None
    if found is None:
        return False
    if not turn.may("records"):
        turn.refuse(Refusal("coordinators_only"))
        return True
    return propose(turn, Wish("rota"), found["month"] or found["month_en"])


def propose(turn: Turn, _wish: Wish, rest: str) -> bool:
    """排班 12月: look at what is open, and propose."""
    days = span(turn, rest)
    if days is None:
        turn.tell("rota.how")
        return True
    month = month_of(turn.work, *days)
    if not month.duties or not month.people:
        turn.tell("rota.nothing" if not month.duties else "rota.nobody")
        return True
    found = solve(month, turn.here.settings(Table).seconds)
    body = said(month, found, *days)
    turn.privately("rota.proposal", body=body)
    return True


def span(turn: Turn, words: str) -> tuple[date, date] | None:
    """The days of the month that was said, from today on; without one, of this, or from the 16th on of the next."""
    today = turn.local.date()
    if not words.strip():
        first = today if today.day <= 15 else (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first, (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    reading = read_time(words, base=turn.local, lang="en" if words.isascii() else turn.lang)
    if reading.start is None or reading.end is None:
        return None
    first, last = (value.date() if isinstance(value, datetime) else value for value in (reading.start, reading.end))
    first = max(first, today)
    soon = first <= today + FURTHEST
    return (first, last) if soon and first <= last <= first + LONGEST else None


def said(month: Month, found: Solved, first: date, last: date) -> Proposed:
    lines = tuple(line(duty, tuple(found.plan.get(duty.key, ()))) for duty in month.duties)
    return Proposed(
        first=first.isoformat(),
        last=last.isoformat(),
        duties=lines,
        how=found.how,
        per_mille=-1 if found.gap is None else round(found.gap * 1000),
        tenths=round(spread(month, found.plan) * 10) if filled(found.plan) else 0,
    )


def line(duty: Duty, ids: tuple[int, ...]) -> Line:
    return duty.key, duty.starts.isoformat(), ids, duty.places - len(ids)


# ------------------------------------------------------------ sent


def send(turn: Turn, post: Post) -> None:
    """发出去: each is asked once, privately and by day, for all that is proposed to them."""
    body = Proposed.of(post)
    if not turn.may("records"):
        turn.refuse(Refusal("coordinators_only"))
        return
    if body.sent or body.dropped:
        turn.refuse(Refusal("answered"))
        return
    theirs: dict[int, list[tuple[str, str]]] = {}
    for key, starts, ids, _ in body.duties:
        for id in ids:
            theirs.setdefault(id, []).append((key, starts))
    due = by_day(turn.work, turn.now)
    for id, mine in theirs.items():
        asked = Wanted(proposal=post.id, duties=tuple(mine), said=("",) * len(mine))
        last = max(datetime.fromisoformat(starts) for _, starts in mine)
        turn.work.owe_at("rota.ask", due, member_id=id, occasion=str(post.id), body=asked, expires=last)
    posts.settle(turn.session, post, turn.now, replace(body, sent=True))
    turn.seen_done("rota.sent", n=len(theirs))


def drop(turn: Turn, post: Post) -> None:
    posts.settle(turn.session, post, turn.now, replace(Proposed.of(post), dropped=True))
    turn.seen_done("rota.dropped")


def accept(turn: Turn, post: Post) -> None:
    """可以: they are on the rosters of all that is not answered yet, where the place is still free."""
    body = Wanted.of(post)
    answers = list(body.said)
    for nth in body.open:
        answers[nth] = "yes" if put_down(turn, post.member_id, *body.duties[nth]) else "gone"
    answered(turn, post, replace(body, said=tuple(answers)), "rota.thanks" if "yes" in answers else "rota.gone")


def decline(turn: Turn, post: Post, nth: int | None = None) -> None:
    """来不了: to all that is not answered, or to one of them."""
    body = Wanted.of(post)
    off = body.open if nth is None else [nth] if nth in body.open else []
    answers = ["no" if at in off else answer for at, answer in enumerate(body.said)]
    answered(turn, post, replace(body, said=tuple(answers)), "rota.declined")


def answered(turn: Turn, post: Post, body: Wanted, key: str) -> None:
    if body.open:
        post.body = body.stored()
        posts.touch(turn.session, [post], turn.now)
    else:
        posts.settle(turn.session, post, turn.now, body)
    proposal = turn.session.get(Post, (turn.here.id, body.proposal))
    if proposal is not None:
        posts.touch(turn.session, [proposal], turn.now)
    turn.seen_done(key)


def put_down(turn: Turn, member_id: int, key: str, starts: str) -> bool:
    """Whether they have the place now: nobody is put onto a waiting list by a rota."""
    if datetime.fromisoformat(starts) <= turn.now:
        return False
    if key.startswith("o"):
        o = turn.session.get(Occurrence, (turn.here.id, int(key[1:])))
    else:
        row, known_by = series_of_key(turn.session, turn.here.id, key)
        o = None if row is None else ahead(turn.work, row, moment(known_by, turn.here))
    if o is None:
        return False
    on = roster_of(turn.session, o, lock=True)
    slot = next((slot for slot in on.slots if on.room(slot)), None)
    if on.of(member_id):
        return True
    return slot is not None and not isinstance(claim(turn.work, on, [Coming(member_id, slot)]), Refusal)
