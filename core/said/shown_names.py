"""What an account shows: a name one may be called by on a roster, or something else."""

from __future__ import annotations

import re

from core.reading.parts import at_home, looks_like_a_name

_BEHIND = re.compile(r"\s*[(（\[【][^()（）\[\]【】]{1,12}[)）\]】]\s*$")


def has_a_name(shown: str, lang: str = "zh") -> bool:
    """Does what an account shows say a name, be it with a building (3号楼王阿姨) or a role (杨老师（组长）)?"""
    bare = _BEHIND.sub("", at_home(shown.strip())[1]).strip()
    return looks_like_a_name(bare, lang)
