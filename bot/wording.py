"""Wording: what the command line says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.words import Catalogue


@cache
def catalogue() -> Catalogue:
    """The sentences of this folder."""
    return Catalogue(Path(__file__).parent / "words")
