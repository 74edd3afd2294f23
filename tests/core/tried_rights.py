"""The deeds of rights, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.deeds import appointing, linking, rights
from core.members import Member
from core.work import Work


def unlink(work: Work, members: dict[str, Member]) -> Callable[[], Any]:
    twin, who = members["陈伯"], members["李阿姨"]
    came = linking.link(work, twin, who)
    return lambda: linking.unlink(work, twin, who, came)


RIGHTS: dict[str, Callable[[Work, dict[str, Member]], Callable[[], Any]]] = {
    "rights.forget": lambda work, members: lambda: rights.forget(work, members["陈伯"], "一位邻居"),
    "linking.link": lambda work, members: lambda: linking.link(work, members["陈伯"], members["李阿姨"]),
    "linking.unlink": unlink,
    "appointing.appoint": lambda work, members: lambda: appointing.appoint(work, members["陈伯"], "deputy"),
    "rights.erase": lambda work, members: lambda: rights.erase(work, members["陈伯"].id),
}
