"""What somebody sends in a scene besides words: a picture, a voice message, a file."""

from __future__ import annotations

from core.messages import Attached

SENT = r"a (?:picture|voice message|sticker|place|file [^\s:(]+)"
"""How a line says it, behind `NAME sends`: a pattern."""


def thing(words: str) -> Attached:
    """'a picture', 'a file names.csv': what it is."""
    match words.split():
        case ["a", "voice", *_]:
            return Attached("voice")
        case ["a", "file", name]:
            return Attached("file", name=name)
        case ["a", "sticker"]:
            return Attached("sticker")
        case ["a", "place"]:
            return Attached("place")
    return Attached("picture")
