"""The owner: what root leaves in a folder of the bot's user must belong to that user, or the bot cannot start again."""

from __future__ import annotations

import os
from pathlib import Path


def give(file: int | Path, folder: Path) -> None:
    """Let a file, or an open one, belong to whom its folder belongs. Only root can, and only root needs to."""
    if os.name == "posix" and os.geteuid() == 0:
        like = folder.stat()
        os.chown(file, like.st_uid, like.st_gid)
