"""The smallest programs that do the same durable work: raw sqlite3, WAL, synchronous=FULL, nothing else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

BATCH = 500
JOIN = re.compile(r"报名\s*(\d+)")


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    return connection


# ---------------------------------------------------------------- reminders


def load_reminders(file: Path, pending: int, overdue: int) -> sqlite3.Connection:
    """`pending` reminders, the first `overdue` of them due."""
    connection = connect(file)
    connection.execute(
        "create table reminder "
        "(id integer primary key, due real, chat text, title text, place text, state integer, message text)"
    )
    connection.execute("create table copy (chat text, message text, reminder integer, primary key (chat, message))")
    connection.execute("begin immediate")
    rows = ((n, 0.0 if n < overdue else 9e9, f"@{n}", "巡逻 #1", "东门", 0) for n in range(pending))
    connection.executemany("insert into reminder (id, due, chat, title, place, state) values (?, ?, ?, ?, ?, ?)", rows)
    connection.execute("commit")
    connection.execute("create index due on reminder (due) where state < 2")
    return connection


async def remind(connection: sqlite3.Connection, send: Callable[[str, str, str], Awaitable[str]]) -> int:
    """Everything due: read, rendered, marked, handed over, recorded. Returns how many."""
    sent = 0
    while True:
        rows = connection.execute(
            "select id, chat, title, place from reminder where state < 2 and due <= 1 order by due limit ?", (BATCH,)
        ).fetchall()
        if not rows:
            return sent
        connection.execute("begin immediate")
        connection.executemany("update reminder set state = 1 where id = ?", [(row[0],) for row in rows])
        connection.execute("commit")
        done = []
        for id, chat, title, place in rows:
            text = f"明天（周五） {title}\n11月27日周五晚上7点到9点\n地点：{place}"
            done.append((await send(chat, text, str(id)), id, chat))
        connection.execute("begin immediate")
        connection.executemany("update reminder set state = 2, message = ? where id = ?", [(m, i) for m, i, _ in done])
        connection.executemany("insert into copy values (?, ?, ?)", [(chat, m, i) for m, i, chat in done])
        connection.execute("commit")
        sent += len(rows)


# ---------------------------------------------------------------- claims


def load_claims(file: Path, slots: int, places: int) -> sqlite3.Connection:
    connection = connect(file)
    connection.execute("create table seen (event text primary key, answer text)")
    connection.execute("create table slot (number integer primary key, places integer, taken integer)")
    connection.execute("create table claim (slot integer, member text, state text, primary key (slot, member))")
    connection.execute("create table outbox (id integer primary key, chat text, what text)")
    connection.executemany("insert into slot values (?, ?, 0)", [(n, places) for n in range(1, slots + 1)])
    return connection


def take_in(connection: sqlite3.Connection, raw: str) -> str:
    """One update: parsed, told apart, written in one durable transaction, answered."""
    update = json.loads(raw)
    found = JOIN.fullmatch(update["text"])
    if found is None:
        return ""
    slot = int(found[1])
    connection.execute("begin immediate")
    if connection.execute("select 1 from seen where event = ?", (update["event"],)).fetchone():
        connection.execute("rollback")
        return "again"
    places, taken = connection.execute("select places, taken from slot where number = ?", (slot,)).fetchone()
    state = "claimed" if taken < places else "waitlisted"
    connection.execute("insert or ignore into claim values (?, ?, ?)", (slot, update["person"], state))
    connection.execute("update slot set taken = taken + ? where number = ?", (int(taken < places), slot))
    connection.execute("insert into outbox (chat, what) values (?, ?)", (update["person"], state))
    connection.execute("insert into outbox (chat, what) values ('group', ?)", (str(slot),))
    connection.execute("insert into seen values (?, ?)", (update["event"], state))
    connection.execute("commit")
    return state
