"""Matrix: what can be shown there. Importing this costs nothing; the library is loaded by `adapters.matrix.network`."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from adapters.adapter import Adapter, Clock, Finding, Id
from adapters.matrix.settings import MatrixSection, told
from adapters.settings import Around
from core.db import Database
from core.network import Can, Network
from core.words import Catalogue

CAN = Can(
    buttons=False,
    reactions=True,
    marks=True,
    edits=True,
    removes=True,
    clears=True,  # with the right to
    pins=True,
    toasts=False,
    tells=True,
    blinds=True,
    way="invited",  # one waits for who was to be told something
    opens=True,
    in_flight=8,
    max_text=6_000,  # an event has 64 KiB; encrypted, a Chinese character takes 8 bytes of them
)
"""No pace: it is the server's own matter (Synapse's default is 0.2 messages a second, ten at once), and it says at each
refusal how long to wait."""


@cache
def catalogue() -> Catalogue:
    """What this adapter itself says: to the operator alone."""
    return Catalogue(Path(__file__).parent / "words")


def _build(section: MatrixSection, around: Around, database: Database, _clock: Clock) -> Network:
    from adapters.matrix.network import Matrix

    return Matrix(told(section, around), database.shelf)


async def _check(section: MatrixSection, around: Around) -> Sequence[Finding]:
    from adapters.matrix.check import check

    return await check(told(section, around))


MATRIX = Adapter(
    name="matrix",
    can=CAN,
    section=MatrixSection,
    person=Id(r"@[^\s:]+:\S+", "matrix:@name:example.org"),
    group=Id(r"!\S+|#[^\s:]+:\S+", "matrix:!id:example.org or matrix:#name:example.org"),
    words=catalogue,
    build=_build,
    check=_check,
)
