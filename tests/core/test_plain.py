"""Rows that are only looked at say the same as those that a session watches; rows written together are all written."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import String, bindparam, event, update
from sqlmodel import SQLModel, col, select

from bot.due import due_posts
from core.claims import Claim
from core.columns import Moment
from core.members import Account, Community, KnownChat, Member
from core.plain import Many, Plain, among
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
            ours = set(session.exec(select(Community.id)).all())
            statements.clear()
            due_posts(session, ours, MONDAY, frozenset(), 500)
        event.remove(here.database.engine, "before_cursor_execute", overhear)
        looked = [s for s in statements if "post" in s[0]]
        assert len(looked) == 1
        with here.database.engine.connect() as connection:
            for statement, values in looked:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                plan = " ".join(str(row[3]) for row in rows)
                assert plan.count("ix_post_pending") == 10, "one range for each urgency, and one for what is next in it"
                assert "TEMP B-TREE" not in plan


async def test_rows_among_many_are_found_by_one_parameter_whatever_its_kind(tmp_path: Path) -> None:
    members, accounts = Plain(Member), Plain(Account)
    by_id = members.where(among(members.columns.id, "ids"))
    by_name = accounts.where(among(accounts.columns.id, "ids", String))
    async with street(tmp_path, "陈伯", "李阿姨", "\"'") as here:
        with here.database.reading() as session:
            everybody = {row.id: row.name for row in members.all(session, members.where())}
            one = next(id for id, name in everybody.items() if name == "陈伯")
            assert {row.id for row in members.all(session, by_id, ids={one, 1, -5})} == {one}
            assert len(members.all(session, by_id, ids=list(everybody))) == len(everybody) > 2
            assert members.all(session, by_id, ids=[]) == []
            assert {row.id for row in accounts.all(session, by_name, ids=["李阿姨", "\"'", "谁"])} == {"李阿姨", "\"'"}


async def test_a_plain_row_has_not_what_it_was_made_without(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        plain = Plain(Member, without={"lang"})
        with here.database.reading() as session:
            row = plain.all(session, plain.where())[-1]
        assert row.name == "陈伯"
        with pytest.raises(AttributeError):
            _ = row.lang


async def test_many_rows_are_written_each_with_its_own_values_and_all_with_the_same(tmp_path: Path) -> None:
    noon = MONDAY.replace(hour=12)
    change = Many(
        update(Account)
        .where(col(Account.id) == bindparam("_id"))
        .values(name=bindparam("_name"), last_used=bindparam("_now", type_=Moment()), reachable=False),
        "_name", "_id",
    )  # fmt: skip
    async with street(tmp_path, "陈伯", "李阿姨", "王阿姨") as here:
        with here.database.writing() as session:
            change.run(session, [], _now=noon)
            change.run(session, [("陈", "陈伯"), ("李", "李阿姨")], _now=noon)
        rows = {row.id: row for row in here.rows(Account)}
        assert (rows["陈伯"].name, rows["李阿姨"].name, rows["王阿姨"].name) == ("陈", "李", "王阿姨")
        assert rows["陈伯"].last_used == rows["李阿姨"].last_used == noon != rows["王阿姨"].last_used
        assert [rows[id].reachable for id in ("陈伯", "李阿姨", "王阿姨")] == [False, False, True]
