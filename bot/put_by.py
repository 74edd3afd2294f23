"""Posts with which nothing can be done now: they are not read and weighed again at each press of a busy evening."""

from __future__ import annotations

from collections.abc import Iterable

AT_MOST = 5.0
"""Seconds, at most, for which a post is not looked at again whose chat takes nothing, or that is another process's."""


class PutBy:
    """By id, until when. Every moment is monotonic seconds, given by the caller."""

    def __init__(self) -> None:
        self._left: dict[int, float] = {}  # another process is to show them
        self._shut: dict[int, tuple[float, float]] = {}  # their chats take nothing: until when, and when one wakes

    def leave(self, posts: Iterable[int], moment: float) -> None:
        """Another process is to show these."""
        self._left.update(dict.fromkeys(posts, moment + AT_MOST))

    def wait(self, post: int, when: float, moment: float, *, alone: bool) -> None:
        """Its chat takes nothing before `when`. What is for one person `alone` is looked for before that: they may have
        another chat by then.
        """
        until = min(when, moment + AT_MOST)
        self._shut[post] = (until, until if alone else when)

    def now(self, moment: float) -> frozenset[int]:
        """Those that are put by at this moment."""
        self._left = {id: until for id, until in self._left.items() if until > moment}
        self._shut = {id: (until, wakes) for id, (until, wakes) in self._shut.items() if until > moment}
        return frozenset((*self._left, *self._shut))

    def wakes(self, lane_free: float | None) -> float | None:
        """The earliest moment at which one of them, or another whose lane is free then, is to be looked at."""
        frees = [wakes for _, wakes in self._shut.values()] + ([] if lane_free is None else [lane_free])
        return min(frees, default=None)
