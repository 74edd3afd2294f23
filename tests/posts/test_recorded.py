"""Posts that an older version wrote: they look as they did, their buttons do what they did, what they owe is done."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from core import posts
from core.posts import ENDED, Post
from tests.posts.recorded import recorded_street


async def test_what_stands_on_screens_looks_to_this_version_as_it_did_to_the_one_that_wrote_it(tmp_path: Path) -> None:
    async with recorded_street(tmp_path) as here:
        before = len(here.network.calls)
        with here.database.writing() as session:
            shown = [post for post in session.exec(select(Post)).all() if post.state != ENDED and post.message]
            posts.touch(session, shown, here.clock.now())
        await here.deliver()
        assert here.network.calls[before:] == []
