"""What an activity is for one member at one moment: whether they come, what it lacks, and what they can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core import rules
from core.claims import FINISHED, OFFERED, PRESENT, WAITLISTED, Claim, Roster

State = Literal["offered", "waiting", "mine", "not_invited", "started", "closed", "full", "thin", "open"]
Deed = Literal["accept", "decline", "here", "done", "leave", "join"]

SOON = timedelta(days=2)
"""What begins within this time and has too few is thin."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One posted activity as one member sees it. `now` has a zone."""

    on: Roster
    member_id: int
    now: datetime

    @property
    def theirs(self) -> list[Claim]:
        """Their live claims, those of whom they bring included."""
        return self.on.of(self.member_id)

    @property
    def sure(self) -> list[Claim]:
        """What they promised and have: neither waiting nor only offered."""
        return [claim for claim in self.theirs if claim.promised not in (WAITLISTED, OFFERED)]

    @property
    def state(self) -> State:
        """What matters most: what is theirs, then what stands in the way of joining, then what it lacks."""
        promised = {claim.promised for claim in self.theirs}
        if promised:
            return "offered" if OFFERED in promised else "waiting" if promised == {WAITLISTED} else "mine"
        if (shut := self._shut()) is not None:
            return shut
        missing = self.on.missing()
        if missing == 0:
            return "full"
        starts = self.on.occurrence.starts_at
        return "thin" if missing and starts is not None and starts - self.now <= SOON else "open"

    def _shut(self) -> Literal["not_invited", "started", "closed"] | None:
        """Why they cannot join, in one word."""
        of_them = rules.is_for(self.on, self.member_id)
        match rules.first((of_them, rules.may_join(self.on, self.member_id, self.now))):
            case None:
                return None
            case rules.Refusal(code="not_invited"):
                return "not_invited"
            case rules.Refusal(code="started"):
                return "started"
        return "closed"

    @property
    def current(self) -> bool:
        """Whether it concerns them: until it is over; what they promised, until they have said that it is done."""
        if self.on.occurrence.starts_at is None:
            return False
        return self.now < self.on.occurrence.ends() or any(claim.happened != FINISHED for claim in self.sure)

    def deeds(self) -> tuple[Deed, ...]:
        """What they can do about it now, the likeliest first."""
        match self.state:
            case "offered":
                return ("accept", "decline")
            case "mine" | "waiting":
                leaves = rules.may_leave(self.on, self.theirs, self.now) is None
                return (*self._there(), *(("leave",) if leaves else ()))
            case "open" | "thin" | "full":
                return ("join",)
        return ()

    def _there(self) -> tuple[Deed, ...]:
        """到了, and then 平安结束, when it is time."""
        if rules.may_check_in(self.on, self.sure, self.now) is not None:
            return ()
        if any(claim.happened not in (PRESENT, FINISHED) for claim in self.sure):
            return ("here",)
        return ("done",) if any(claim.happened == PRESENT for claim in self.sure) else ()
