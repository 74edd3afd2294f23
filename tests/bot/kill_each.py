"""One claim, killed before its first database statement, its second, and so on until it lives; run by `test_inbox`.

A program of its own, since a process with threads must not be forked. Prints a line for each attempt: the signal that
ended it (0 in the end), and how many claims, seen events, log entries and owed posts it left behind.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event
from sqlmodel import Session, func, select

from bot.app import Village
from core.claims import Claim
from core.db import Database
from core.history import Deed
from core.posts import Post
from core.seen import Seen
from tests.bot.talk import Talk, talking

MOST = 500


def in_a_process(work: Callable[[], None]) -> int:
    """Run `work` in a child; return the signal that killed it, 0 when it ended well."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 -- the parent must see it, whatever it is
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit("the attempt itself broke")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


async def post(folder: Path) -> None:
    async with talking(folder):
        pass


async def claim(file: Path, last: int) -> None:
    """Take in one claim; die before statement number `last` of its transaction, the commit counted."""
    talk = Talk(file.parent, "coordinator 杨老师\nmember 陈伯\nat 2026-11-23 09:00\n")
    database = Database(f"sqlite:///{file}")
    village = Village(database, [talk.network], talk.player.clock, groups=["scene:group/group"])
    await village.prepare()
    count = 0

    def statement(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", statement)
    event.listen(database.engine, "commit", statement)
    await village.receive(talk.network, talk.said("陈伯", "报名"))


def left(file: Path) -> str:
    database = Database(f"sqlite:///{file}")
    with database.reading() as session:
        counts = [count(session, table) for table in (Claim, Seen, Deed, Post)]
        owed = session.exec(select(func.sum(Post.wanted))).one()
        sound = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
    database.close()
    return f"{counts[0]} {counts[1]} {counts[2]} {counts[3]} {owed} {sound}"


def count(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def main(folder: Path) -> None:
    in_a_process(lambda: asyncio.run(post(folder)))
    for last in range(1, MOST):
        attempt = folder / str(last)
        attempt.mkdir()
        file = attempt / "talk.db"
        shutil.copy(folder / "talk.db", file)
        died = in_a_process(lambda file=file, last=last: asyncio.run(claim(file, last)))  # type: ignore[misc]
        print(died, left(file))  # noqa: T201
        shutil.rmtree(attempt)
        if not died:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
