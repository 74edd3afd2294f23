"""Reasons to say no: pure functions over rows already loaded, each returning a refusal or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT
from core.claims import Claim, Roster
from core.invited import ONLY


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind no: `code` names the sentence `refusal.<code>` of the catalogues, `facts` fill it."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"refusal.{self.code}"


MOST_USEFUL_FIRST = (
    "not_yours", "coordinators_only", "cancelled", "over", "not_posted", "not_invited", "already", "already_waiting",
    "started", "closed", "not_joined", "too_early", "too_late", "no_offer", "nothing_to_undo",
)  # fmt: skip
"""If several things stand in the way, the one said is the one that would remain when the others were mended."""


def first(reasons: Iterable[Refusal | None]) -> Refusal | None:
    """Of all reasons, the most useful one."""
    found = [reason for reason in reasons if reason is not None]
    return min(found, key=lambda r: MOST_USEFUL_FIRST.index(r.code), default=None)


def may_join(roster: Roster, member_id: int, now: datetime, *, more: bool = False) -> Refusal | None:
    """Whether this member may claim a place. `more`: they bring somebody or something further."""
    return first((stands(roster), not_over(roster, now), still_open(roster, now), not_twice(roster, member_id, more)))


def may_be_added(roster: Roster, member_id: int, *, coordinates: bool, more: bool = False) -> Refusal | None:
    """Whether a coordinator may put this member down. That it is closed or has begun is no reason not to."""
    allowed = None if coordinates else Refusal("coordinators_only")
    return first((allowed, stands(roster), not_twice(roster, member_id, more)))


def is_for(roster: Roster, member_id: int) -> Refusal | None:
    """Whether this member may come to what is for the people of a list only."""
    if roster.occurrence.bidden != ONLY or member_id in roster.invited:
        return None
    return Refusal("not_invited")


def stands(roster: Roster) -> Refusal | None:
    match roster.occurrence.state:
        case state if state == CANCELLED:
            return Refusal("cancelled")
        case state if state in (DRAFT, DISCARDED):
            return Refusal("not_posted")
    return None


def not_over(roster: Roster, now: datetime) -> Refusal | None:
    return Refusal("over") if roster.occurrence.starts_at and now >= roster.occurrence.ends() else None


def still_open(roster: Roster, now: datetime) -> Refusal | None:
    if roster.occurrence.state == CLOSED:
        return Refusal("closed")
    if roster.occurrence.starts_at is not None and now >= roster.occurrence.starts_at and not roster.occurrence.all_day:
        return Refusal("started")
    return None


def not_twice(roster: Roster, member_id: int, more: bool) -> Refusal | None:
    mine = roster.of(member_id)
    if not mine or more:
        return None
    waiting = all(claim in roster.waiting() for claim in mine)
    return Refusal("already_waiting" if waiting else "already")


def may_leave(roster: Roster, claims: Iterable[Claim], now: datetime) -> Refusal | None:
    """Whether there is something to leave, and it is not over."""
    return first((None if list(claims) else Refusal("not_joined"), stands(roster), not_over(roster, now)))


SET_OUT = timedelta(hours=2)
"""How long before the check-in somebody may be on the way."""


def may_check_in(roster: Roster, claims: Iterable[Claim], now: datetime, *, leaving: bool = False) -> Refusal | None:
    """到了 and 平安结束 count from 30 minutes before to 3 hours after, from those who promised.

    `leaving`: it is 我出发了, which comes earlier than being there.
    """
    if roster.occurrence.starts_at is None:
        return Refusal("not_posted")
    begins, ends = roster.occurrence.check_in()
    return first(
        (
            stands(roster),
            None if list(claims) else Refusal("not_joined"),
            Refusal("too_early") if now < begins - (SET_OUT if leaving else timedelta(0)) else None,
            Refusal("too_late") if now > ends else None,
        )
    )


def speaks_for(claim: Claim, speaker: tuple[str, str], member_id: int, *, coordinates: bool) -> Refusal | None:
    """A claim is taken back by who made it, by the person it is for, or by a coordinator."""
    made = (claim.speaker_network, claim.speaker_account) == speaker
    return None if made or claim.member_id == member_id or coordinates else Refusal("not_yours")
