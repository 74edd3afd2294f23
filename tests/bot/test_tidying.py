"""What was seen long ago goes, all of it and a little at a time; what may be delivered again stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, text

from bot.config import load
from bot.tidying import KEPT, tidy
from core.db import Database
from core.seen import MOST, Seen
from tests.keys import KEYS
from tests.street import MONDAY, street


def long_ago(database: Database, count: int) -> None:
    facts = {"bot": "b", "chat": "c", "outcome": "nothing", "occurrence_id": 0, "answer": {}, "message": ""}
    rows = [{**facts, "event": str(n), "at": MONDAY - KEPT - timedelta(minutes=1)} for n in range(count)]
    with database.writing() as session:
        session.connection().execute(insert(Seen), rows)


async def test_what_was_seen_long_ago_goes_and_what_may_come_again_is_answered_as_it_was(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        event = here.pressed("陈伯", "我来")
        answer = await here.tell(event)
        kept = len(here.rows(Seen))
        long_ago(here.database, 2 * MOST + 7)
        assert await tidy(here.database, here.clock.moment - KEPT, MONDAY) == 2 * MOST + 7
        assert len(here.rows(Seen)) == kept
        assert await here.tell(event) == answer
        assert here.promised() == {"陈伯": "claimed"}
        counted = here.read(lambda s: s.connection().execute(text("SELECT count(*) FROM sqlite_stat1")).scalar())
        assert counted, "it has been counted what there is"
        assert await tidy(here.database, here.clock.moment - KEPT, MONDAY) == 0


async def test_on_a_database_server_too(fresh: Callable[[], str]) -> None:
    database = Database(fresh(), KEYS)
    database.migrate()
    long_ago(database, MOST + 1)
    assert await tidy(database, MONDAY - KEPT, MONDAY) == MOST + 1
    database.close()


def test_how_long_is_a_setting(tmp_path: Path) -> None:
    assert timedelta(days=load(None, {}).database.seen_days) == KEPT
    file = tmp_path / "config.toml"
    file.write_text("[database]\nseen_days = 30\n", "utf-8")
    assert load(file, {}).database.seen_days == 30
