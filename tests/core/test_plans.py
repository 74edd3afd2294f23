"""Nothing on the way of an event looks at all that ever was: the plans of its statements, young and after years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from core.posts import Post
from tests.migrating import bring
from tests.street import GROUP, MONDAY, YANG, Street, street

GROWS = ("occurrence", "slot", "claim", "post", "copy", "seen", "auditline", "draft", "heard", "matterstep")
"""What grows for as long as a community lives. Members, accounts and groups do not."""
NARROW = {"ix_occurrence_coming", "ix_occurrence_state", "ix_post_under_way", "ix_post_pending"}
"""Indexes that hold, or are asked for, a few rows of a community only: what is to come, drafted, ahead, owed."""
FEW = re.compile(r"FROM (slot|seen|occurrence|account|pairingcode|away|appointment)\b")
"""Whose few rows found by an index may be put in order: of one activity, one message, one person; those ahead."""
SAID = (
    ("陈伯", "报名", GROUP), ("李阿姨", "+1", GROUP), ("王伯", "今天天气好", GROUP), ("陈伯", "我的", None),
    ("陈伯", "名单 1", None), ("李阿姨", "活动", None), ("李阿姨", "退出", GROUP), (YANG, "加 老张 1", None),
    ("陈伯", "帮 王奶奶 报名", GROUP), ("陈伯", "王奶奶 退出", GROUP), ("王伯", "我来", None), ("王伯", "谢谢", None),
    (YANG, "改 1 3人", None),
)  # fmt: skip


@contextmanager
def statements(here: Street) -> Iterator[dict[str, Any]]:
    """What is asked of the database meanwhile: statements with parameters of one time each."""
    found: dict[str, Any] = {}

    def heard(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found.setdefault(statement, parameters[0] if many else parameters)

    event.listen(here.database.engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(here.database.engine, "before_cursor_execute", heard)


def wide(plan: str) -> bool:
    """Whether this step looks at all rows of a table that grows."""
    scan = re.match(r"SCAN (\w+)", plan)
    search = re.match(r"SEARCH (\w+) USING (?:COVERING )?INDEX (\w+) \(community_id=\?\)$", plan)
    if scan is not None:
        return scan[1] in GROWS and not any(f"INDEX {name}" in plan for name in NARROW)
    return search is not None and search[1] in GROWS and search[2] not in NARROW


def faults(here: Street, asked: dict[str, Any]) -> list[str]:
    out = []
    with here.database.engine.connect() as connection:
        cursor = connection.connection.cursor()
        for statement, parameters in asked.items():
            plans = [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()]
            sorts = [plan for plan in plans if "TEMP B-TREE FOR" in plan and not FEW.search(statement)]
            bad = [*filter(wide, plans), *(plan for plan in sorts if "DISTINCT" not in plan)]
            out += [f"{plan}: {statement}" for plan in bad]
    return out


def grow(here: Street, times: int = 400) -> None:
    """Years: what is there, over and over, long ago, with its posts, copies and events; and then `ANALYZE`."""
    with here.database.writing() as session:
        run = session.connection().connection.cursor().execute
        for table, own, since in (
            ("occurrence", "id, number, series_id, original", "starts_at"),
            ("slot", "id, occurrence_id", ""),
            ("claim", "id, occurrence_id, slot_id", "made_at"),
            ("post", "id, occasion, pending, sending, state", "due"),
            ("copy", "message", "at"),
            ("seen", "event", "at"),
        ):
            names = [row[1] for row in run(f"SELECT * FROM pragma_table_info('{table}')").fetchall()]
            shown = {
                "id": "id + (n + 1) * 1000000", "number": "number + (n + 1) * 1000", "series_id": "NULL",
                "original": "original || n", "occasion": "occasion || n", "pending": "0", "sending": "NULL",
                "state": "'ended'", "message": "message || '.' || n", "event": "event || '.' || n",
                "slot_id": "slot_id + (n + 1) * 1000000",
                "occurrence_id": "occurrence_id + (n + 1) * 1000000",
            }  # fmt: skip
            chosen = {name: shown[name] for name in own.split(", ")}
            if since:
                chosen[since] = f"strftime('%Y-%m-%d %H:%M:%f', {since}, '-' || (n + 3) || ' days') || '000'"
            values = ", ".join(chosen.get(name, f'"{name}"') for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            years = f"WITH RECURSIVE y(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM y WHERE n < {times})"
            run(f"INSERT INTO {table} ({columns}) {years} SELECT {values} FROM {table}, y")
    with here.database.engine.connect() as connection:
        connection.execute(text("ANALYZE"))


async def spoken(here: Street) -> dict[str, Any]:
    with statements(here) as asked:
        for name, words, chat in SAID:
            await here.say(name, words, chat)
            await here.deliver()
        await here.say("李阿姨", "报名", GROUP, reply_to="a neighbour's words")
        await here.press("王伯", "我来")
        await here.deliver()
    return asked


@pytest.mark.parametrize("years", [False, True], ids=["young", "grown"])
async def test_no_statement_of_an_event_looks_at_all_that_ever_was(tmp_path: Path, years: bool) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", "王伯") as here:
        if years:
            await here.say("王伯", "报名")
            await here.say("王伯", "退出")
            await here.deliver()
            grow(here)
            assert len(here.rows(Post)) > 1_500
        asked = await spoken(here)
        assert len(asked) > 60
        assert faults(here, asked) == []


async def test_what_the_version_before_wrote_is_found_by_the_new_indexes(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "王伯") as here:
        await here.say("陈伯", "报名")
        await here.deliver()
        await here.die()
        bring(here.url, "0036", back=True)
        await here.start()
        await here.say("陈伯", "我的", None)
        await here.say("王伯", "我来", GROUP)
        await here.deliver()
        assert "11月27日" in here.texts("陈伯")[-1]
        assert here.promised() == {"陈伯": "claimed", "王伯": "claimed"}
        await here.at(MONDAY + timedelta(days=5))
        await here.say("陈伯", "我的", None)
        await here.deliver()
        assert "11月27日" not in here.texts("陈伯")[-1], "it is over"
