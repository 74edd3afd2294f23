"""A series as rows: what older versions left out is made up for, and one of it is known by the same start for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from core.activities import AHEAD, PATTERN, Occurrence, Slot
from tests.street import MONDAY, street

WEEKLY = "发布 巡逻 每周五 19:00-21:00 东门集合 2人"
FRIDAY_NIGHT = datetime(2026, 11, 27, 13, 1, tzinfo=UTC)


async def test_a_series_posted_by_an_earlier_version_goes_on(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted=WEEKLY) as here:
        with here.database.writing() as session:  # as 0015 left it: no pattern, and the next due when this one ends
            like = session.exec(select(Occurrence).where(Occurrence.state == PATTERN)).one()
            for slot in session.exec(select(Slot).where(Slot.occurrence_id == like.id)).all():
                session.delete(slot)
            session.flush()
            session.delete(like)
        await here.say("陈伯", "下周五的我来")
        await here.at(FRIDAY_NIGHT)
        assert any("12月4日" in text and "1/2" in text for text in here.rosters())


async def test_one_promised_ahead_is_the_one_that_goes_up(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨", posted=WEEKLY) as here:
        await here.say("陈伯", "12月4号我来")
        await here.say("李阿姨", "12月4号我来")
        ahead = [row for row in here.rows(Occurrence) if row.state == AHEAD]
        assert [(row.original, row.number) for row in ahead] == [("2026-12-04T19:00", None)]
        await here.at(FRIDAY_NIGHT)
        [up] = [row for row in here.rows(Occurrence) if row.original == "2026-12-04T19:00"]
        assert (up.id, up.number) == (ahead[0].id, 2)


async def test_the_roster_of_the_next_goes_up_some_days_ahead_as_the_settings_say(tmp_path: Path) -> None:
    daily = "发布 巡逻 每天 19:00-21:00 东门集合 2人"
    async with street(tmp_path, posted=daily) as here:
        assert len(here.rosters()) == 2  # Monday's, and Tuesday's
        await here.at(MONDAY + timedelta(hours=10))
        assert len(here.rosters()) == 3  # at seven in the evening Wednesday's, two days ahead
