"""An answer to a message of ours that is not written down yet waits for it; nothing else does, and not for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from adapters.scene.network import person, private
from bot import inbox as inboxes
from core.messages import Said
from core.posts import Post
from core.take_in import TooSoonError
from tests.street import GROUP, MONDAY, YANG, Street, street


def put_under_way(here: Street, to: str) -> None:
    """A call to this chat or member was made, and nobody knows yet what came of it."""
    with here.database.writing() as session:
        where = col(Post.chat_id) != 0 if to == "group" else col(Post.member_id) != 0
        post = session.exec(select(Post).where(where).order_by(col(Post.id).desc())).first()
        assert post is not None
        post.message, post.sending, post.sending_since, post.pending = None, post.wanted, MONDAY, True
        session.add(post)


async def waits(here: Street, event: Said) -> bool:
    try:
        await here.app._inbox._receive(here.network, event, (), patient=True)
    except TooSoonError:
        return True
    return False


async def test_an_answer_to_a_roster_that_is_under_way_waits_for_it(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        put_under_way(here, "group")
        assert await waits(here, here.network.said(person("陈伯"), GROUP, "报名", "unknown"))


async def test_an_answer_to_a_neighbours_words_waits_for_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        said = here.network.said(person("李阿姨"), GROUP, "谁来？")
        await here.tell(said)
        put_under_way(here, "group")
        assert not await waits(here, here.network.said(person("陈伯"), GROUP, "报名", said.message))


async def test_an_answer_in_one_chat_does_not_wait_for_what_is_under_way_elsewhere(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "李阿姨") as here:
        await here.say("李阿姨", "帮助", None)
        put_under_way(here, "member")
        assert not await waits(here, here.network.said(person("陈伯"), GROUP, "报名", "unknown"))
        assert not await waits(here, here.network.said(person("陈伯"), private(person("陈伯")), "报名", "unknown"))
        assert await waits(here, here.network.said(person("李阿姨"), private(person("李阿姨")), "报名", "unknown"))


async def test_who_speaks_for_another_may_answer_what_is_under_way_to_them(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.say("陈伯", "帮王奶奶报名")
        await here.later(days=3, hours=10)
        with here.database.writing() as session:
            post = session.exec(select(Post).where(Post.kind == "remind", col(Post.message).is_not(None))).first()
            assert post is not None
            post.message, post.sending, post.pending = None, post.wanted, True
            session.add(post)
        assert await waits(here, here.network.said(person("陈伯"), private(person("陈伯")), "去不了", "unknown"))


async def test_who_answers_messages_that_nobody_wrote_makes_others_wait_once_a_minute_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with street(tmp_path, "陈伯") as here:
        put_under_way(here, "group")
        monkeypatch.setattr(inboxes, "LOOKS_AGAIN", 0.0)
        looks: list[bool] = []
        take_in = inboxes.take_in

        def watched(*args: Any, patient: bool = False, **facts: Any) -> Any:
            looks.append(patient)
            return take_in(*args, patient=patient, **facts)

        monkeypatch.setattr(inboxes, "take_in", watched)
        await here.say("陈伯", "报名", reply_to="$made-up")
        assert looks.count(True) == inboxes.LOOKS
        looks.clear()
        for n in range(5):
            await here.say("陈伯", "报名", reply_to=f"$made-up-{n}")
        assert looks == [False] * 5
        here.clock.moment += timedelta(minutes=2)
        await here.say("陈伯", "报名", reply_to="$made-up")
        assert looks.count(True) == inboxes.LOOKS
        await here.say(YANG, "名单")
