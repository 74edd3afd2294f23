"""Whole or not at all: a savepoint round each deed, so that one that fails or is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlmodel import Session

from core.claims import Roster
from core.rules import Refusal
from core.work import Work

P = ParamSpec("P")
T = TypeVar("T")


def on_rows(do: Callable[Concatenate[Session, P], T], /) -> Callable[Concatenate[Session, P], T]:
    """The same round what is done before anybody is known who does it: on a session. Where it raises, rows are as
    before it.
    """

    @wraps(do)
    def whole(session: Session, *args: P.args, **facts: P.kwargs) -> T:
        with session.begin_nested():
            return do(session, *args, **facts)

    return cast(Callable[Concatenate[Session, P], T], whole)


def deed(do: Callable[Concatenate[Work, P], T], /) -> Callable[Concatenate[Work, P], T]:
    """Run `do` in a savepoint. Where it raises, or returns a `Refusal`, rows, rosters and the work are as before it."""

    @wraps(do)
    def whole(work: Work, *args: P.args, **facts: P.kwargs) -> T:
        rosters = [(on, [*on.slots], [*on.claims], [*on.aside]) for on in args if isinstance(on, Roster)]
        told = work.logged, work.about
        done = False
        try:
            with work.session.begin_nested() as savepoint:
                came = do(work, *args, **facts)
                if refused := isinstance(came, Refusal):
                    savepoint.rollback()
            done = not refused  # what was left to be written is written only at the end of the savepoint
        finally:
            if not done:
                work.logged, work.about = told
                for on, slots, claims, aside in rosters:
                    on.slots, on.claims, on.aside = slots, claims, aside
        return came

    return cast(Callable[Concatenate[Work, P], T], whole)
