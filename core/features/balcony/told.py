"""What a message about a balcony says besides the balcony itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.posts import Body


@dataclass(frozen=True, slots=True)
class Of(Body):
    """About a balcony: who said it, in which words, and how it was answered.

    `answer` of what asks for water: `watered`, `rained`, `given_back` or `adopted`; an older version wrote none, where
    it was watered. `also`: who said more of it on the same day, and what. `was`: who looked after it when it was asked.
    """

    by: int = 0
    said: str = ""
    answer: str = ""
    also: tuple[tuple[int, str], ...] = ()
    was: int = 0
