"""A meal that is over asks for nothing, also one that a version posted which owed no word at its end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, delete

from core.posts import Post
from tests.street import Street, street

MEAL = "发布 百家饭 2026-11-27 11:00 活动室 凉菜2 热菜4"
AFTER = datetime(2026, 11, 27, 10, tzinfo=UTC)


def forget_the_end(session: Session) -> None:
    """As the version before wrote it: nothing is owed at the end of a meal."""
    session.execute(delete(Post).where(col(Post.kind) == "over", col(Post.community_id) > 0))


@pytest.mark.parametrize("updated", ["before", "after"])
async def test_a_meal_of_the_version_before_asks_no_more_once_it_is_over(tmp_path: Path, updated: str) -> None:
    async with street(tmp_path, posted=MEAL) as here:
        assert asks(here)
        await here.database.write(forget_the_end)
        if updated == "before":
            await here.again()
        await here.at(AFTER)
        if updated == "after":
            assert asks(here), "the version before left it as it was"
            await here.again()
            await here.deliver()
        assert not asks(here)


async def test_a_start_owes_the_end_of_a_meal_once(tmp_path: Path) -> None:
    async with street(tmp_path, posted=MEAL) as here:
        await here.database.write(forget_the_end)
        for _ in range(2):
            await here.again()
            assert len(here.owed("over")) == 1


def asks(here: Street) -> bool:
    return any("还缺" in text for text in here.texts())
