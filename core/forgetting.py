"""What a network of our own keeps of people in the same database: it is forgotten with them, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlmodel import Session

Forget = Callable[[Session, str], None]
"""Drops all that a network keeps of the account with this id."""
FORGETS: Final[dict[str, Forget]] = {}
"""By the name of the network. An adapter whose talk is kept by ourselves says how it is dropped, when it is built."""


def forget_there(session: Session, network: str, account: str) -> None:
    """Drop what a network of ours keeps of an account; nothing where the network keeps its own."""
    if network in FORGETS:
        FORGETS[network](session, account)
