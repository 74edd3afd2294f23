"""A process of the bot that dies at the n-th statement of one event; run by tests as a child of its own.

    python -m tests.bot.killed FOLDER TEMPLATE FROM STEP KIND

For n = FROM, FROM + STEP, ...: copies TEMPLATE, forks, and the fork takes in one event with SIGKILL at statement n,
until a fork lives through it. What is left lies in FOLDER as `killed-<n>.db`; of the last one nobody was killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event as listen
from sqlmodel import Session, select

from adapters.scene.network import CAN, SceneNetwork, person
from bot.planning import Gate, make_plan
from bot.recording import Outcome, mark, record, settle_plan
from core.db import Database
from core.heres import Heres
from core.members import Community, as_chat
from core.messages import Said
from core.serving import here_of
from core.take_in import take_in
from tests.keys import KEYS
from tests.ours import read_command
from tests.street import GROUP, MONDAY

CLAIM = Said("the-claim", GROUP, person("陈伯"), "报名", "m-claim")
LEAVING = Said("the-leaving", GROUP, person("王伯"), "退出", "m-leaving")
LATER = MONDAY + timedelta(minutes=1)


def die_at(database: Database, n: int) -> None:
    """SIGKILL just before the n-th statement from now; a COMMIT is one too."""
    left = n

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    listen.listen(database.engine, "before_cursor_execute", count)
    listen.listen(database.engine, "commit", count)


def home(session: Session) -> Heres:
    return Heres([here_of(session, session.exec(select(Community)).one())])


def claim(database: Database, n: int, event: Said = CLAIM) -> None:
    """One event, one transaction."""
    with database.reading() as session:
        at = home(session)
    die_at(database, n)
    with database.writing() as session:
        take_in(session, at, SceneNetwork(CAN), event, LATER)


def leave(database: Database, n: int) -> None:
    """Somebody leaves whose place another waits for: the longest chain of consequences that one event has."""
    claim(database, n, LEAVING)


def deliver(database: Database, n: int) -> None:
    """The courier's two transactions around its calls, all of which arrive."""
    with database.reading() as session:
        at = home(session)
    die_at(database, n)
    with database.reading() as session:
        plan = make_plan(session, at, {"scene": SceneNetwork(CAN)}, LATER, Gate({"scene": 100}))
    with database.writing() as session:
        settle_plan(session, at, plan, LATER)
        going = mark(session, plan.calls, LATER)
    done = [Outcome(c, None if c.target.chat is None else as_chat(c.target.chat), f"new-{c.post.id}") for c in going]
    with database.writing() as session:
        record(session, at, done, LATER)


KINDS = {"claim": claim, "leave": leave, "deliver": deliver}


def main(folder: Path, template: Path, first: int, step: int, kind: str) -> None:
    read_command("报名", context="group", open=(1,), lang="zh")  # once, for all forks
    n = first
    while True:
        copy = folder / f"killed-{n}.db"
        shutil.copy(template, copy)
        child = os.fork()
        if child == 0:
            try:
                KINDS[kind](Database(f"sqlite:///{copy}", KEYS), n)
            except BaseException:  # noqa: BLE001 -- a fork must not return into its parent's code
                os._exit(3)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            print(n, os.WEXITSTATUS(status), flush=True)
            return
        n += step


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
