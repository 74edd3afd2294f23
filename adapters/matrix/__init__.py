"""Matrix: what can be shown there. Importing this costs nothing; the library is loaded by `adapters.matrix.network`."""

from functools import cache
from pathlib import Path

from core.network import Can
from core.words import Catalogue

CAN = Can(
    buttons=False,
    reactions=True,
    marks=True,
    edits=True,
    removes=True,
    pins=True,
    toasts=False,
    tells=True,
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
