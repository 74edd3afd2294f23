"""Who talks to us: a folder for each network, each translating to and from the values of `core.messages`.

All of them, in one explicit list. A new one is its folder and a line here.
"""

from __future__ import annotations

from typing import Any

from adapters.adapter import Adapter
from adapters.matrix import MATRIX
from adapters.telegram import TELEGRAM
from adapters.web import WEB

ADAPTERS: tuple[Adapter[Any], ...] = (TELEGRAM, MATRIX, WEB)
