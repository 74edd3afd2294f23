"""A street as the version of schema 0007 left it: see `recorded_0007.sql`."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from core.ids import new_id
from core.members import Member
from core.posts import Post
from tests.migrating import bring
from tests.street import YANG, Street

THEN = datetime(2026, 11, 24, 11, 16, tzinfo=UTC)
ROWS = Path(__file__).with_name("recorded_0007.sql")

PUZZLED = {"key": "private.not_understood", "words": "路灯坏了", "passed": True, "reached": True}

RETIRED = {("remind", "reminder"), ("ask", "outcome")}
"""What bodies said then, by kind, that nobody asks for any more."""


def written_then(url: str) -> None:
    """A database with these rows, at the schema they were written in."""
    bring(url, "0007")
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    file.execute("DELETE FROM counter")
    file.executescript(ROWS.read_text("utf-8"))
    file.commit()
    file.close()


def written_since(session: Session) -> None:
    """Adds to these rows, brought up to date, one of each kind that came later, as that version wrote it.

    `untold`: two whom a change of the patrol did not reach. `puzzle`, `passed`, `reply`: words passed on, and answered.
    """
    called_for = session.exec(select(Post).where(Post.kind == "call")).first()
    assert called_for is not None
    facts = called_for.model_dump(exclude={"id", "kind", "body", "occasion"})
    people = session.exec(select(Member.id).where(Member.community_id == called_for.community_id).limit(2)).all()
    body = {"untold": list(people), "called": False}
    session.add(Post(**facts, id=new_id(THEN), kind="untold", occasion="moved", body=body))
    session.add(Post(**facts, id=new_id(THEN), kind="puzzle", occasion="said", body=PUZZLED))
    passed = new_id(THEN)
    who, other = people
    body = {"key": "said", "words": "路灯坏了", "whose": who, "answers": [[other, "明天修"]]}
    session.add(Post(**facts, id=passed, kind="passed", occasion="said", body=body))
    session.add(Post(**facts, id=new_id(THEN), kind="reply", occasion="said", body={"about": passed}))


@contextlib.asynccontextmanager
async def recorded_street(folder: Path) -> AsyncIterator[Street]:
    """The street of these rows, a moment later, run by the program as it is now."""
    here = Street(folder, coordinators=[f"scene:{YANG}", "scene:李老师"])
    written_then(here.url)
    here.clock.moment = THEN
    here.network.closed |= {"小周", "老吴"}
    await here.start()
    try:
        await here.deliver()
        yield here
    finally:
        await here.die()
