"""Asks tests about one change after another: each in a forked process of its own, the likeliest test first."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from _pytest.runner import runtestprotocol

from tests.guards import changes

FIRST, IN_ALL = 5.0, 60.0
"""Seconds of tests that are asked about a change at first, and before it is said that it survives."""
PATIENCE = 20
"""Seconds more, after which a change that makes everything stand still is noticed by that."""


class Asking:
    """A plugin: runs every test once to know which places it comes by, then asks about each of those changes."""

    def __init__(self, at_once: int, wanted: Callable[[changes.Change], bool], tell: Callable[[str], None],
                 seconds: float) -> None:  # fmt: skip
        self.at_once = at_once
        self.wanted = wanted
        self.tell = tell
        self.ends = time.monotonic() + seconds  # nothing more is asked after that
        self.unasked: list[changes.Change] = []
        self.by: dict[int, set[int]] = {}  # for each change, the tests that come by it
        self.seconds: dict[int, float] = {}
        self.items: list[pytest.Item] = []
        self.survived: list[changes.Change] = []
        self.unseen: list[changes.Change] = []  # no test comes by
        self.killed = 0
        self.broken: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        begun = time.monotonic()
        for n, item in enumerate(self.items):
            self._learn(n, item)
        self.tell(f"{len(self.items)} tests, {time.monotonic() - begun:.0f} s; {len(changes.CHANGES)} changes")
        asked = [n for n, change in enumerate(changes.CHANGES) if self.wanted(change)]
        self.unseen = [changes.CHANGES[n] for n in asked if n not in self.by]
        first = self._ask([(n, self._tests(n, FIRST)) for n in asked if n in self.by])
        self.killed = sum(first.values())
        doubtful = [n for n, noticed in first.items() if not noticed]
        second = self._ask([(n, self._tests(n, IN_ALL)[len(self._tests(n, FIRST)) :]) for n in doubtful])
        self.killed += sum(second.values())
        self.survived = [changes.CHANGES[n] for n, noticed in second.items() if not noticed]
        return True

    def _learn(self, n: int, item: pytest.Item) -> None:
        changes.reached.clear()
        begun = time.monotonic()
        if not passes(item):
            self.broken.append(item.nodeid)
            return
        self.seconds[n] = time.monotonic() - begun
        for change in changes.reached:
            self.by.setdefault(change, set()).add(n)

    def _tests(self, change: int, seconds: float) -> list[int]:
        """The tests that come by a change, those first that come by little else, or by it in little time."""
        found, left = [], seconds
        much: dict[int, int] = {}
        for tests in self.by.values():
            for test in tests:
                much[test] = much.get(test, 0) + 1
        for test in sorted(self.by[change], key=lambda each: (much[each] * (0.02 + self.seconds[each]), each)):
            found.append(test)
            left -= self.seconds[test]
            if left < 0:
                break
        return found

    # ------------------------------------------------------------ forked

    def _ask(self, questions: Sequence[tuple[int, list[int]]]) -> dict[int, bool]:
        """For each change, whether one of its tests fails."""
        waiting: Iterator[tuple[int, list[int]]] = iter(questions)
        running: dict[int, int] = {}
        noticed: dict[int, bool] = {}
        while True:
            while len(running) < self.at_once and (question := next(waiting, None)) is not None:
                if time.monotonic() > self.ends:
                    self.unasked.append(changes.CHANGES[question[0]])
                else:
                    running[self._fork(*question)] = question[0]
            if not running:
                return noticed
            pid, status = os.wait()
            if pid in running:
                noticed[running.pop(pid)] = status != 0
                if len(noticed) % 100 == 0:
                    self.tell(f"... {len(noticed)} of {len(questions)}")

    def _fork(self, change: int, tests: Sequence[int]) -> int:
        pid = os.fork()
        if pid:
            return pid
        signal.alarm(PATIENCE + 6 * int(sum(self.seconds[n] for n in tests)))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        changes.choose(change)
        try:
            for n in tests:
                if not passes(self.items[n]):
                    os._exit(1)
        except BaseException:  # noqa: BLE001 - whatever it is, it was noticed
            os._exit(2)
        os._exit(0)


def passes(item: pytest.Item) -> bool:
    """Run a test, as often as one likes."""
    if hasattr(item, "_initrequest"):
        item._initrequest()
    reports = runtestprotocol(item, log=False, nextitem=None)
    sys.stdout.flush()
    return all(report.outcome != "failed" for report in reports)
