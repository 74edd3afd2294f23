"""Words that belong to one person and to whoever visits them: a value that nothing shows by accident."""

from __future__ import annotations

from typing import Any, NoReturn, Protocol

from pydantic_core import CoreSchema, core_schema

SHOWN = "…"


class Sealed(Protocol):
    """Words as a database keeps them."""

    def open(self) -> str | None:
        """The words; None if the key that opens them is gone."""


class Confided:
    """What somebody confided. Formatted, printed or logged it is `…`; only `privately` says the words.

    Whoever calls `privately` answers for where they go: into a `Confide` span, which the courier puts into a private
    chat only, or into a sealed column. Comparing is refused rather than guessed: two are compared with `same_as`.
    What comes from a database stays sealed until somebody wants to know the words.
    """

    __slots__ = ("_words", "seal")
    __hash__ = None  # type: ignore[assignment]  # a set or a key would compare them

    def __init__(self, words: str = "", *, seal: Sealed | None = None) -> None:
        self._words = words
        self.seal = seal

    def privately(self) -> str:
        """The words; '' if they are lost."""
        if self._words or self.seal is None:
            return self._words
        self._words = self.seal.open() or ""
        return self._words

    @property
    def lost(self) -> bool:
        """Whether there are words, and the key that opens them is gone."""
        return self.seal is not None and not self.privately()

    def same_as(self, other: Confided) -> bool:
        if self is other or (self.seal is not None and self.seal == other.seal):
            return True
        return self.privately() == other.privately() and self.lost == other.lost

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self._words) or self.seal is not None

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
