"""Libraries that load when they are first used: every process of `pytest -n` reads every test, and runs few of them."""

from __future__ import annotations

import importlib
from typing import Any


class Lazy:
    """A module that is imported at the first look into it, which raises ModuleNotFoundError if it is not installed.

    pytest looks into all that stands in a module of tests for names of its own; they begin with `_`, and are none here.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("_", "pytest")):
            raise AttributeError(name)
        return getattr(importlib.import_module(self._name), name)
