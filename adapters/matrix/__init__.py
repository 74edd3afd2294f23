"""Matrix: what can be shown there. Importing this costs nothing; the library is loaded by `adapters.matrix.network`."""

from core.network import Can

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
    max_text=3_000,  # an event has 64 KiB; encrypted and as an edit a Chinese character takes up to 20 bytes of them
)
"""No pace: it is the server's own matter (Synapse's default is 0.2 messages a second, ten at once), and it says at each
refusal how long to wait."""
