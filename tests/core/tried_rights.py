"""The deeds of rights, for the test that fails every statement of every deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from core.deeds import appointing, consenting, linking, morning, rights
from core.members import Member
from core.morning import PURPOSE
from core.work import Work


def unlink(work: Work, members: dict[str, Member]) -> Callable[[], Any]:
    twin, who = members["陈伯"], members["李阿姨"]
    came = linking.link(work, twin, who)
    return lambda: linking.unlink(work, twin, who, came)


def take_back(work: Work, members: dict[str, Member]) -> Callable[[], Any]:
    id = members["王伯"].id
    morning.arrange(work, id, time(9))
    return lambda: consenting.take_back(work, work.here.purposes[PURPOSE], id)


RIGHTS: dict[str, Callable[[Work, dict[str, Member]], Callable[[], Any]]] = {
    "rights.forget": lambda work, members: lambda: rights.forget(work, members["陈伯"], "一位邻居"),
    "linking.link": lambda work, members: lambda: linking.link(work, members["陈伯"], members["李阿姨"]),
    "linking.unlink": unlink,
    "consenting.take_back": take_back,
    "appointing.appoint": lambda work, members: lambda: appointing.appoint(work, members["陈伯"], "deputy"),
    "rights.erase": lambda work, members: lambda: rights.erase(work, members["陈伯"].id),
}
