"""A kill between each two statements leaves all of an event or nothing of it, and a second try makes it whole."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from adapters.scene.network import CAN, SceneNetwork
from core.db import Database
from tests.bot import killed
from tests.keys import KEYS
from tests.street import PATROL, Street

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

TABLES = ("claim", "post", "seen", "deed", "presence", "account", "occurrence", "copy")


def rows(path: Path) -> dict[str, list[Any]]:
    """Everything an event may touch, ids and moments of new rows left aside."""
    made = {}
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for table in TABLES:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        keep = [n for n in names if n not in ("id", "claim_id", "body", "actions", "offered", "message", "post_id")]
        made[table] = sorted(map(repr, connection.execute(f"SELECT {', '.join(keep)} FROM {table}")))
    connection.close()
    return made


async def template(folder: Path, *, waiting: bool = False) -> Path:
    """A database with a posted patrol of one place and its roster on screen; `waiting`: taken, and two wait."""
    here = Street(folder)
    await here.start()
    await here.meet("杨老师", "陈伯", "王伯", "李阿姨", "赵叔")
    await here.post(PATROL.replace("2人", "1人"))
    if waiting:
        for name in ("王伯", "李阿姨", "赵叔"):
            await here.say(name, "报名")
            await here.deliver()
    await here.die()
    path = folder / "template.db"
    shutil.copy(folder / "street.db", path)
    return path


async def kill_all(folder: Path, start: Path, kind: str) -> tuple[list[Path], Path]:
    """The databases that the kills left, in the order of the statements, and the one that nobody killed."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.killed", str(folder), str(start), "1", "1", kind, stdout=PIPE
    )
    out, _ = await child.communicate()
    last, status = map(int, out.split())
    assert status == 0
    return [folder / f"killed-{n}.db" for n in range(1, last)], folder / f"killed-{last}.db"


@pytest.mark.parametrize(("kind", "waiting"), [("claim", False), ("leave", True)])
async def test_a_kill_at_each_statement_leaves_all_of_an_event_or_nothing_of_it(
    tmp_path: Path, kind: str, waiting: bool
) -> None:
    start = await template(tmp_path, waiting=waiting)
    dead, lived = await kill_all(tmp_path, start, kind)
    nothing, everything = rows(start), rows(lived)
    assert len(dead) > 10
    assert nothing != everything
    for n, path in enumerate(dead, 1):
        assert rows(path) == nothing, f"statement {n}"
        if n % 9:
            continue
        database = Database(f"sqlite:///{path}", KEYS)
        getattr(killed, kind)(database, 0)  # the network delivers it again
        getattr(killed, kind)(database, 0)
        database.close()
        assert rows(path) == everything, f"statement {n}, second try"


async def test_a_kill_at_each_statement_of_a_delivery_owes_what_was_not_recorded(tmp_path: Path) -> None:
    start = await template(tmp_path, waiting=True)
    database = Database(f"sqlite:///{start}", KEYS)
    killed.leave(database, 0)  # a roster to edit, an offer and words to send
    database.close()
    dead, lived = await kill_all(tmp_path, start, "deliver")
    assert len(dead) > 10
    done = rows(lived)
    for n, path in list(enumerate(dead, 1))[::4]:
        database = Database(f"sqlite:///{path}", KEYS)
        network = SceneNetwork(CAN)
        killed.deliver(database, 0)
        database.close()
        after = rows(path)
        assert len(after["copy"]) == len(done["copy"]), f"statement {n}: a message has no copy, or two"
        assert not network.calls
        connection = sqlite3.connect(path)
        owed = "SELECT count(*) FROM post WHERE pending AND not_before <= '2026-11-23 02:00'"
        assert connection.execute(owed).fetchone() == (connection.execute(owed + " AND sending IS NULL").fetchone())
        connection.close()
        assert after["claim"] == done["claim"]
