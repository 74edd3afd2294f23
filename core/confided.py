"""Words that belong to one person and to whoever visits them: a value that nothing shows by accident."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic_core import CoreSchema, core_schema

SHOWN = "…"


class Confided:
    """What somebody confided. Formatted, printed or logged it is `…`; only `privately` says the words.

    Whoever calls `privately` answers for where they go: into a `Confide` span, which the courier puts into a private
    chat only, or into a sealed column. Comparing is refused rather than guessed: two are compared with `same_as`.
    """

    __slots__ = ("_words", "lost")
    __hash__ = None  # type: ignore[assignment]  # a set or a key would compare them

    def __init__(self, words: str = "", *, lost: bool = False) -> None:
        self._words = words
        self.lost = lost  # there are words, and the key that opens them is gone

    def privately(self) -> str:
        """The words; '' if they are lost."""
        return self._words

    def same_as(self, other: Confided) -> bool:
        return self._words == other._words and self.lost == other.lost

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self._words) or self.lost

    def __str__(self) -> str:
        return SHOWN if self else ""

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return str(self)

    def __eq__(self, _other: object) -> NoReturn:
        raise TypeError("confided words are compared with same_as, where it is meant")

    def __reduce__(self) -> NoReturn:
        raise TypeError("confided words are kept in a sealed column and nowhere else")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        """For the models that tables are: a value of this type and no other."""
        return core_schema.is_instance_schema(cls)
