"""What came of a deed: ids, and what undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.claims import UNKNOWN, WAITLISTED, Claim, Happened, Promised


@dataclass(frozen=True, slots=True)
class Moved:
    """One claim that was moved: how often it had been moved then, and what it was before. `promised` '': it is new."""

    claim: int
    changes: int
    member: int = 0
    promised: Promised | Literal[""] = ""
    happened: Happened = UNKNOWN

    @property
    def is_new(self) -> bool:
        return not self.promised


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed did. `before`: the id of what an activity was before it was changed: see `core.drafts`."""

    verb: str
    occurrence: int = 0
    moved: tuple[Moved, ...] = ()
    before: int | None = None

    @property
    def claims(self) -> list[int]:
        return [each.claim for each in self.moved]

    @property
    def members(self) -> list[int]:
        """Whose claims were moved, each once."""
        return list(dict.fromkeys(each.member for each in self.moved))

    def of(self, member: int) -> Outcome:
        """The part of it that concerns one member."""
        mine = tuple(each for each in self.moved if each.member == member)
        return Outcome(self.verb, self.occurrence, mine, self.before)


@dataclass(slots=True)
class ClaimsBefore:
    """What claims were before they are moved, so that an outcome can say it afterwards."""

    states: dict[int, tuple[Promised | Literal[""], Happened]]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> ClaimsBefore:
        return cls({claim.id: (claim.promised, claim.happened) for claim in claims})

    def outcome(self, verb: str, occurrence: int, claims: Sequence[Claim]) -> Outcome:
        """The outcome for these claims as they are now; those that were not there before are new."""
        moved = tuple(
            Moved(claim.id, claim.changes, claim.member_id, *self.states.get(claim.id, ("", UNKNOWN)))
            for claim in claims
        )
        return Outcome(verb, occurrence, moved)


def waited(outcome: Outcome) -> list[int]:
    """Of the claims that ended, those that had only waited."""
    return [each.claim for each in outcome.moved if each.promised == WAITLISTED]
