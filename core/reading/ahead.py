"""Reading ahead: what is long is read before a transaction begins, which then asks what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROUNDS = 12
"""Transactions that are begun for one event before what is still unread is read in the last of them."""
SHORT = 40
"""Letters that are read within a transaction: it takes no longer than two of its statements."""


@dataclass(frozen=True, slots=True)
class Call:
    """A reader and all that it is told; `words` is what it is to read."""

    read: Callable[..., Any]
    words: str
    args: tuple[Any, ...]
    facts: tuple[tuple[str, Any], ...]

    @property
    def key(self) -> Hashable:
        key = self.read, self.args, self.facts
        try:
            hash(key)
        except TypeError:
            return self.read, repr(self.args), repr(self.facts)
        return key

    def make(self) -> Any:
        return self.read(*self.args, **dict(self.facts))


def firm(fact: Any) -> Any:
    return tuple(fact) if isinstance(fact, list) else fact


class UnreadError(Exception):
    """Long words are to be read: the transaction is to be begun again when that is done."""

    def __init__(self, calls: Iterable[Call]) -> None:
        super().__init__("long words have to be read first")
        self.calls = tuple(calls)


class Ahead:
    """What was read for one event."""

    def __init__(self) -> None:
        self._read: dict[Hashable, Any] = {}
        self._rounds = 0
        self.asked: list[Call] = []  # in the last transaction, of what is long

    def read(self, calls: Iterable[Call]) -> None:
        for call in calls:
            if call.key not in self._read:
                self._read[call.key] = call.make()

    def demand(self, calls: Iterable[Call]) -> None:
        """Raises `UnreadError` with all of them that are long and not read yet."""
        missing = [call for call in calls if len(call.words) > SHORT and call.key not in self._read]
        if missing and self._rounds < ROUNDS:
            raise UnreadError(missing)

    def answer(self, call: Call) -> Any:
        """What was read. Raises `UnreadError`."""
        if len(call.words) <= SHORT:
            return call.make()
        self.asked.append(call)
        if call.key not in self._read:
            if self._rounds < ROUNDS:
                raise UnreadError([call])
            self.read([call])
        return self._read[call.key]

    @contextmanager
    def within(self) -> Iterator[None]:
        """While a transaction goes on that must not wait for a reader."""
        self.asked = []
        self._rounds += 1
        token = AHEAD.set(self)
        try:
            yield
        finally:
            AHEAD.reset(token)


AHEAD: ContextVar[Ahead | None] = ContextVar("ahead", default=None)


def door(read: Callable[P, R], *, words: int = 0, regardless: Collection[str] = ()) -> Callable[P, R]:
    """A reader as others call it. `words`: which argument it reads; `regardless`: what it does not look at."""

    @wraps(read)
    def asked(*args: P.args, **facts: P.kwargs) -> R:
        ahead = AHEAD.get()
        if ahead is None:
            return read(*args, **facts)
        told = tuple((name, firm(fact)) for name, fact in sorted(facts.items()) if name not in regardless)
        answer: R = ahead.answer(Call(read, str(args[words]), tuple(map(firm, args)), told))
        return answer

    return asked


def read_all(read: Callable[..., R], each: Iterable[str], **facts: Any) -> list[R]:
    """What a reader makes of each of these. Those that have to be read first are read in one go."""
    words, ahead = list(each), AHEAD.get()
    if ahead is not None:
        bare, told = getattr(read, "__wrapped__", read), tuple(sorted(facts.items()))
        ahead.demand(Call(bare, one, (one,), told) for one in words)
    return [read(one, **facts) for one in words]
