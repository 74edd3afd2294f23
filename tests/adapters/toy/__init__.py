"""A network as small as one can be: a notice board in the stairs. The manual's example of what a network brings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from adapters.adapter import Adapter, Clock, Finding, Id
from adapters.settings import Around, Section
from core.db import Database
from core.network import Can, Network
from core.words import Catalogue

CAN = Can(buttons=False, marks=False, edits=False, removes=False, pins=False, toasts=False, leaves=False)


class ToySection(Section):
    """[toy]"""

    board: str = Field("", description="the name of a board", examples=['"stairs"'])

    @property
    def wanted(self) -> bool:
        return bool(self.board)

    @property
    def account(self) -> str:
        return self.board


@cache
def catalogue() -> Catalogue:
    return Catalogue(Path(__file__).parent / "words")


def _build(section: ToySection, _around: Around, _database: Database, _clock: Clock) -> Network:
    from tests.adapters.toy.network import Toy  # here would be its library  # noqa: PLC0415 - only where it is used

    return Toy(section.board)


async def _check(section: ToySection, around: Around) -> Sequence[Finding]:
    return [Finding(section.board in around.groups, "check.board", {"board": section.board})]


TOY = Adapter(
    name="toy",
    can=CAN,
    section=ToySection,
    person=Id(r"\w+", "toy:yang"),
    group=Id(r"\w+", "toy:stairs"),
    words=catalogue,
    build=_build,
    check=_check,
)
