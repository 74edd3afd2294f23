"""Rows that are only looked at say the same as those that a session watches, and cannot be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel, select

from bot.planning import due_posts, next_due
from core.claims import Claim
from core.members import Account, KnownChat, Member
from core.plain import Plain
from core.posts import Post
from tests.street import MONDAY, PATROL, YANG, street


@pytest.mark.parametrize("table", [Post, Claim, Member, Account, KnownChat])
async def test_a_plain_row_has_every_column_as_the_table_has_it(tmp_path: Path, table: type[SQLModel]) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=PATROL) as here:
        await here.say("陈伯", "报名")
        plain = Plain(table)
        with here.database.reading() as session:
            watched = {tuple(getattr(row, name) for name in ("community_id", "id")
                             if hasattr(row, name)): row for row in session.exec(select(table)).all()}  # fmt: skip
            rows = plain.all(session, plain.where())
            assert len(rows) == len(watched) > 0
            for row in rows:
                like = watched[tuple(getattr(row, name) for name in ("community_id", "id") if hasattr(row, name))]
                for column in plain.columns:
                    assert getattr(row, column.name) == getattr(like, column.name), column.name


async def test_what_was_not_written_yet_is_read_too(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        plain = Plain(Member)
        with here.database.writing() as session:
            session.add(Member(community_id=session.exec(select(Member.community_id)).first(), id=77, name="新来的"))
            assert "新来的" in {row.name for row in plain.all(session, plain.where())}


async def test_a_plain_row_cannot_be_changed(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        plain = Plain(Member)
        with here.database.reading() as session:
            row = plain.all(session, plain.where())[0]
        with pytest.raises(AttributeError):
            row.name = "别人"


async def test_what_is_due_is_found_by_its_index_however_many_posts_there_are(tmp_path: Path) -> None:
    """Without it the whole table is read in every round, for ever: posts are never deleted."""
    async with street(tmp_path, YANG, posted=PATROL) as here:
        statements: list[tuple[str, tuple[object, ...]]] = []

        def overhear(_c: object, _r: object, statement: str, values: tuple[object, ...], *_: object) -> None:
            statements.append((statement, values))

        event.listen(here.database.engine, "before_cursor_execute", overhear)
        with here.database.reading() as session:
            due_posts(session, MONDAY, frozenset(), 500)
            next_due(session, MONDAY)
        event.remove(here.database.engine, "before_cursor_execute", overhear)
        looked = [s for s in statements if "post" in s[0]]
        assert len(looked) == 2
        with here.database.engine.connect() as connection:
            for statement, values in looked:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                plan = " ".join(str(row[3]) for row in rows)
                assert plan.count("ix_post_pending") == 5, "one range for each urgency"
                assert "TEMP B-TREE" not in plan
