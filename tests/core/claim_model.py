"""A simple model of the life of claims: lists of names that know nothing of rows, slots, posts or transactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from core.claims import CLAIMED, LIVE, OFFERED, PROMISES, TAKING, UNKNOWN, WAITLISTED, WITHDRAWN, Promised


@dataclass(slots=True)
class Line:
    """One promise as the model has it."""

    who: str
    state: Promised
    happened: str = UNKNOWN
    moves: int = 0

    def to(self, state: Promised) -> None:
        assert state in PROMISES[self.state], f"{self.state} -> {state}"
        self.state, self.moves = state, self.moves + 1


@dataclass(slots=True)
class Sheet:
    """A roster as the model has it: so many places, and lines in the order of their places."""

    places: int = 2
    lines: list[Line] = field(default_factory=list)
    closed: bool = False
    late: bool = False  # within the last hour: nobody is moved up

    def live(self) -> list[Line]:
        return [line for line in self.lines if line.state in LIVE]

    def of(self, who: str) -> Line | None:
        return next((line for line in self.live() if line.who == who), None)

    def room(self) -> bool:
        return sum(line.state in TAKING for line in self.live()) < self.places

    def fill(self) -> None:
        for line in self.live():
            if line.state == WAITLISTED and self.room() and not self.late:
                line.to(OFFERED)

    def join(self, who: str, *, added: bool = False) -> bool:
        mine = self.of(who)
        moves_up = mine is not None and (mine.state == OFFERED or (mine.state == WAITLISTED and self.room()))
        if (self.closed and not added) or (mine is not None and not moves_up):
            return False
        if mine is not None:
            mine.to(CLAIMED)
        else:
            self.lines.append(Line(who, CLAIMED if self.room() else WAITLISTED))
        return True

    def leave(self, line: Line) -> None:
        took = line.state in TAKING
        line.to(WITHDRAWN)
        if took:
            self.fill()


SEEN: set[str] = set()
"""The states in which claims were seen."""


class Counted(RuleBasedStateMachine):
    """A machine that counts the histories it played."""

    played: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).played += 1


def play(machine: type[Counted], histories: int, number: int, steps: int = 12) -> None:
    SEEN.clear()
    machine.played = 0
    facts = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=facts)
    assert machine.played >= histories
    assert set(PROMISES) == SEEN, "every state of the table is set by something"
