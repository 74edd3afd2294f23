"""What a note may show where everybody reads: telephone numbers stay out of groups."""

from __future__ import annotations

import re

from core.reading.vocabulary import regex

_LABEL = regex("chains.private", "label")
_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_LANDLINE = r"0\d{2,3}[- ]?\d{7,8}|[2-8]\d{7}"
_TELEPHONE = re.compile(rf"(?:{_LABEL})?(?<!\d)(?:{_MOBILE}|{_LANDLINE})(?!\d)", re.IGNORECASE)
_EDGES = " \t,，;；、:：()（）"


def telephone_at(text: str, start: int) -> int | None:
    """Where the telephone number ends that begins at `start`."""
    found = _TELEPHONE.match(text, start)
    return found.end() if found else None


def public_note(note: str | None) -> str | None:
    """The note without telephone numbers, None when nothing else is left.

    Where it differs from `note`, the note holds something that may be shown in a private chat only.
    """
    if note is None or not _TELEPHONE.search(note):
        return note
    return _TELEPHONE.sub("", note).strip(_EDGES) or None
