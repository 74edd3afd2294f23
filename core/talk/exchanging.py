"""换班: 我跟王伯换，我周二他周四. The other is asked; both rosters change, or neither does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from core.activities import AHEAD, CLOSED, OPEN, Occurrence
from core.claims import CLAIMED, Claim
from core.deeds.exchanging import exchange, may_exchange
from core.members import member
from core.posts import OFFER, Body, Post, settle
from core.rules import Refusal
from core.talk import people
from core.talk.ahead import days_of
from core.talk.regulars import stand_on
from core.talk.wishes import Wish
from core.turn import Meant, Turn


@dataclass(frozen=True, slots=True)
class Exchange(Body):
    """Two places that are to change hands: who asks, the claims of either, each with how often it was moved."""

    by: int = 0
    mine: tuple[int, int] = (0, 0)
    theirs: tuple[int, int] = (0, 0)
    answer: str = ""


def propose(turn: Turn, wish: Wish) -> bool:
    """Ask the other. False: no two days were named, and nothing says which are meant."""
    two = days_of(turn, wish)
    found = people.resolve(turn, replace(wish, day=""), make=False)
    if found is None:
        return True
    if not found.people:
        return False
    other = found.people[0]
    pair = places(turn, other, two)
    if pair is None:
        if len(two) != 2:
            return False
        turn.refuse(Refusal("exchange_none", {"name": member(turn.session, turn.here.id, other).name}))
        return True
    turn.meant = Meant.SURELY  # two days of two people, and each has the one of them: that is no talk
    mine, theirs = pair
    if (refusal := may_exchange(turn.work, mine, theirs)) is not None:
        turn.refuse(refusal)
        return True
    body = Exchange(by=turn.member.id, mine=(mine.id, mine.changes), theirs=(theirs.id, theirs.changes))
    first = min(o.starts_at for o in rows_of(turn, mine, theirs) if o.starts_at is not None)
    turn.privately("exchange", member_id=other, urgency=OFFER, body=body, expires=first)
    turn.mark()
    turn.tell("exchange.asked", name=member(turn.session, turn.here.id, other).name)
    return True


def rows_of(turn: Turn, *claims: Claim) -> list[Occurrence]:
    return [turn.session.get_one(Occurrence, (turn.here.id, claim.occurrence_id)) for claim in claims]


def places(turn: Turn, other: int, days: tuple[date, ...]) -> tuple[Claim, Claim] | None:
    """The speaker's place and the other's that are to change, one on each of the two days; with no day said, the only
    one that each has."""
    stand_on(turn, (other, turn.member.id), days)  # who comes every week may have no row of that day yet
    mine, theirs = held_by(turn, turn.member.id), held_by(turn, other)
    if not days:
        both = (mine[0][1], theirs[0][1]) if len(mine) == len(theirs) == 1 else None
        return both if both and both[0].occurrence_id != both[1].occurrence_id else None
    if len(days) != 2:
        return None
    for a, b in (days, days[::-1]):
        here, there = [c for day, c in mine if day == a], [c for day, c in theirs if day == b]
        if len(here) == len(there) == 1:
            return here[0], there[0]
    return None


def held_by(turn: Turn, member_id: int) -> list[tuple[date, Claim]]:
    """The places that somebody holds in what is still to come, with their days."""
    rows = turn.session.exec(
        select(Claim, Occurrence)
        .join(
            Occurrence,
            (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id),
        )
        .where(
            Claim.community_id == turn.here.id,
            Claim.member_id == member_id,
            Claim.promised == CLAIMED,
            Claim.ordinal == 0,
            col(Occurrence.state).in_((OPEN, CLOSED, AHEAD)),
            col(Occurrence.starts_at) > turn.now,
        )
        .order_by(col(Occurrence.starts_at))
    ).all()
    return [(o.starts_at.astimezone(turn.here.tz).date(), claim) for claim, o in rows if o.starts_at is not None]


def answer(turn: Turn, post: Post, *, yes: bool) -> None:
    """同意 or 不换."""
    body = Exchange.of(post)
    if body.answer:
        turn.refuse(Refusal("exchange_gone"))
        return
    one, other = (turn.session.get(Claim, (turn.here.id, id)) for id, _ in (body.mine, body.theirs))
    if not yes:
        settle(turn.session, post, turn.now, replace(body, answer="declined"))
        turn.seen_done("exchange.declined")
        tell(turn, post, body, "exchange_declined")
        return
    same = one is not None and other is not None and (one.changes, other.changes) == (body.mine[1], body.theirs[1])
    came = exchange(turn.work, one, other) if same and one and other else Refusal("exchange_gone")
    if isinstance(came, Refusal):
        settle(turn.session, post, turn.now, replace(body, answer="gone"))
        turn.refuse(came)
        return
    settle(turn.session, post, turn.now, replace(body, answer="agreed"))
    turn.seen_done("exchange.agreed")
    tell(turn, post, body, "exchange_agreed")


def tell(turn: Turn, post: Post, body: Exchange, kind: str) -> None:
    """Tell who asked how it was answered."""
    said = replace(body, answer=kind.removeprefix("exchange_"), by=post.member_id)
    turn.privately("exchanged", member_id=body.by, urgency=OFFER, body=said)
