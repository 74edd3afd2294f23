"""The way of an event: rows that are found and written on it are like all others, and an event asks for few of them."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, event, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import SQLModel, col, select

from adapters.scene.network import Fault
from core.activities import Occurrence, Slot
from core.audit import AuditLine
from core.claims import Claim
from core.confided import Confided
from core.members import Account, KnownChat, Member
from core.network import Later
from core.posts import Post
from core.way import ByKey, New, Rewrite, Rows
from tests.databases import SERVER
from tests.street import MONDAY, Street, street

VISIT = "发布 慰问 2026-11-27 14:00 3号楼张奶奶 2人"


@pytest.mark.parametrize("table", [Post, Claim, Member, Account, KnownChat, Occurrence, Slot])
async def test_a_row_found_on_the_way_is_as_any_session_finds_it(tmp_path: Path, table: type[SQLModel]) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=VISIT) as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        with here.database.reading() as session:
            usual = [opened(row) for row in session.exec(select(table)).all()]
        with here.database.reading() as session:
            found = Rows(table).all(session)
            assert [opened(row) for row in found] == usual != []
            assert session.exec(select(table)).all() == found, "one and the same objects"
            assert not session.dirty


def opened(row: SQLModel) -> dict[str, Any]:
    """All that a row says, what is confided in clear."""
    said = ((name, getattr(row, name)) for name in type(row).model_fields)
    return {name: value.privately() if isinstance(value, Confided) else value for name, value in said}


async def test_a_row_found_on_the_way_is_changed_by_assigning_to_it(tmp_path: Path) -> None:
    named = Rows(Member, Member.name == bindparam("name"))
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            row = named.first(session, name="陈伯")
            assert row is not None
            row.name = "陈爷爷"
            assert named.first(session, name="陈爷爷") is row, "what is not written yet is written before it is asked"
        with here.database.writing() as session:
            row = named.first(session, name="陈爷爷")
            assert row is not None
            with session.begin_nested() as savepoint:
                row.name = "陈伯伯"
                session.flush()
                savepoint.rollback()
            assert row.name == "陈爷爷"
        assert [m.name for m in here.rows(Member) if m.name.startswith("陈")] == ["陈爷爷"]


async def test_what_the_driver_raises_is_raised_as_ever_and_statements_are_heard(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        facts = {"community_id": 1, "id": 7, "at": MONDAY, "verb": "join"}
        with here.database.writing() as session:
            New(AuditLine).line(session, **facts)
            with pytest.raises(IntegrityError), session.begin_nested():
                New(AuditLine).line(session, **facts)
            session.connection().execute(text("DELETE FROM deed"))
        with here.database.reading() as session:
            session.connection().execute(text("DROP TABLE deed"))
            with pytest.raises((OperationalError, ProgrammingError), match=r"no such table|does not exist"):
                New(AuditLine).line(session, **facts)
        with counted(here) as asked, here.database.writing() as session:
            New(AuditLine).line(session, **facts)
            assert ByKey(AuditLine).get(session, 1, 7) is not None
        last = ["SELECT"] if SERVER in os.environ else []  # the other processes are told; BEGIN is the driver's there
        assert [each.split()[0] for each in asked if each != "BEGIN IMMEDIATE"] == ["INSERT", "SELECT", *last]


async def test_a_new_row_is_watched_at_once_and_what_is_there_already_is_left(tmp_path: Path) -> None:
    new, version = New(Post), Rewrite(Post, "wanted")
    facts = {"community_id": 1, "kind": "say", "occasion": "x", "due": MONDAY, "not_before": MONDAY}
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            row = new.unless_there(session, id=7, **facts)
            assert row is not None
            assert session.get(Post, (1, 7)) is row
            row.urgency = 0
            version.write(session, row, row.wanted + 1)
            assert (row.wanted, row.urgency) == (2, 0)
            assert new.unless_there(session, id=8, **facts) is None
            assert new.row(session, id=9, **{**facts, "occasion": "y"}).body is not row.body
        with here.database.reading() as session:
            rows = session.exec(select(Post).where(Post.kind == "say", col(Post.id) < 10)).all()
            assert [(row.id, row.wanted, row.urgency) for row in rows] == [(7, 2, 0), (9, 1, 4)]


async def test_what_is_written_on_the_way_within_a_savepoint_goes_with_it(tmp_path: Path) -> None:
    facts = {"community_id": 1, "at": MONDAY, "verb": "join"}
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            New(AuditLine).line(session, id=7, **facts)
            with session.begin_nested() as savepoint:
                New(AuditLine).line(session, id=8, **facts)
                savepoint.rollback()
        assert [row.id for row in here.rows(AuditLine) if row.id < 10] == [7]


async def test_what_went_with_its_savepoint_is_there_for_nobody(
    tmp_path: Path,
) -> None:
    facts = {"community_id": 1, "kind": "say", "chat_id": 0, "occasion": "x", "due": MONDAY, "not_before": MONDAY}
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            kept = New(Post).row(session, id=7, **facts)
            with session.begin_nested() as savepoint:
                gone = New(Post).row(session, id=8, **{**facts, "occasion": "y"})
                Rewrite(Post, "wanted").write(session, kept, 9)
                savepoint.rollback()
            assert (session.get(Post, (1, 8)), gone in session, kept in session) == (None, False, True)
            assert kept.wanted == 1
            with session.begin_nested():
                Rewrite(Post, "wanted").write(session, kept, 5)
            assert kept.wanted == 5


# ------------------------------------------------------------ how many


@contextmanager
def counted(here: Street) -> Iterator[list[str]]:
    """All that is said to the database meanwhile."""
    found: list[str] = []

    def heard(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(" ".join(statement.split()))

    event.listen(here.database.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(here.database.engine, "before_cursor_execute", heard)


MOST = {"a claim": 17, "a leave": 19, "a press": 17, "a roster edited": 12, "mere talk": 5}
"""What is said to the database, BEGIN and savepoints included. Whoever needs one more asks for it with another."""


async def test_an_event_asks_for_few_rows(tmp_path: Path) -> None:
    found: dict[str, int] = {}

    async def counting(what: str, doing: Awaitable[Any]) -> None:
        with counted(here) as asked:
            await doing
        found[what] = len(asked)

    async with street(tmp_path, "陈伯", "李阿姨", "王伯") as here:
        await here.say("李阿姨", "报名")
        await here.deliver()
        await counting("a claim", here.say("陈伯", "报名"))
        await here.deliver()
        await counting("a leave", here.say("陈伯", "退出"))
        await here.deliver()
        await counting("a press", here.press("王伯", "我来"))
        await counting("a roster edited", here.deliver())
        await counting("mere talk", here.say("王伯", "今天天气真好"))
    more = 2 if SERVER in os.environ else 0  # places are locked there, and other processes told
    assert {what: n for what, n in found.items() if n > MOST[what] + more} == {}


async def test_what_waits_for_its_chat_is_not_read_again_at_each_word_meanwhile(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯") as here:
        here.network.faults.append(Fault("edit", Later(30)))
        await here.say("陈伯", "报名")
        due = await here.deliver()
        await here.say("王伯", "今天天气真好")
        with counted(here) as asked:
            assert await here.deliver() == due == here.clock.now() + timedelta(seconds=30)
        assert not any("FROM claim" in each or "FROM slot" in each for each in asked)
        await here.at(here.clock.now() + timedelta(seconds=31))
        assert "1. 陈伯" in here.rosters()[0]


async def test_a_row_that_is_not_written_yet_is_found_by_its_key(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        with here.database.writing() as session:
            (first,) = Rows(Member, Member.name == "陈伯").all(session)
            new = Member(community_id=first.community_id, id=7, name="王伯")
            session.add(new)
            with session.no_autoflush:
                assert session.get(Member, (first.community_id, 7)) is None
            assert session.get(Member, (first.community_id, 7)) is new
