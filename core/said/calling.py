"""The bot called by its name. A stool is one too: 小板凳借我一下 calls nobody."""

from __future__ import annotations

import re

_CALLS = re.compile(
    r"@(?:小板凳|板凳机器人|xiaobandeng\w*)|^\s*(?:小板凳|板凳机器人|xiaobandeng\w*)[\s:,：，]", re.IGNORECASE
)


def calls(text: str) -> bool:
    """Whether the bot is called by its name: 小板凳，几点集合, @小板凳."""
    return _CALLS.search(text) is not None


def uncalled(text: str) -> str:
    """The words without that name."""
    return _CALLS.sub(" ", text, count=1).strip() or text
