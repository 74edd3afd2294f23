"""What a note may show where everybody reads: telephone numbers stay out of groups."""

from __future__ import annotations

import re

_TELEPHONE = re.compile(
    r"(?:(?:电话|手机号?|联系方式|联系电话|tel|phone|mobile)[:：]?\s*)?(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|[2-8]\d{7})(?!\d)",
    re.IGNORECASE,
)
_EDGES = " \t,，;；、:：()（）"


def telephone_at(text: str, start: int) -> int | None:
    """Where the telephone number ends that begins at `start`."""
    found = _TELEPHONE.match(text, start)
    return found.end() if found else None


def public_note(note: str | None) -> str | None:
    """The note without telephone numbers; None when nothing else is left. Differs from `note`: it holds a confidence."""
    if note is None:
        return None
    return _TELEPHONE.sub("", note).strip(_EDGES) or None if _TELEPHONE.search(note) else note
