"""The deeds of rights, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.deeds import rights
from core.members import Member
from core.work import Work

RIGHTS: dict[str, Callable[[Work, dict[str, Member]], Callable[[], Any]]] = {
    "rights.forget": lambda work, members: lambda: rights.forget(work, members["陈伯"], "一位邻居"),
    "rights.erase": lambda work, members: lambda: rights.erase(work, members["陈伯"].id),
}
