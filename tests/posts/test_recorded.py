"""Posts that an older version wrote: they look as they did, their buttons do what they did, what they owe is done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from adapters.scene.network import person, private
from core import posts
from core.activities import Occurrence
from core.ids import short
from core.members import Account, KnownChat, as_chat
from core.messages import Chat, Pressed, Said
from core.posts import ENDED, SETTLED, Post, ever_offered
from core.seen import FAILED, Seen
from core.words import text
from tests.posts.recorded import recorded_street
from tests.street import YANG

OTHERWISE = ("已结束\n", "还空：", "还缺：", "号楼：", "小周", "老吴", "天（周二） ", "您要报哪一个？")
"""What is said in other words since: empty places, households to who goes there; whom a line names is mentioned; a
reminder says the day once; a question offers nothing that was called off; and what is over asks for nothing.
"""


async def test_what_stands_on_screens_looks_to_this_version_as_it_did_to_the_one_that_wrote_it(tmp_path: Path) -> None:
    async with recorded_street(tmp_path) as here:
        before = len(here.network.calls)
        with here.database.writing() as session:
            shown = [post for post in session.exec(select(Post)).all() if post.state != ENDED and post.message]
            shown = [
                post for post in shown if post.kind != "open"
            ]  # 活动 tells of what repeats now, and follows nothing
            posts.touch(session, shown, here.clock.now())
        await here.deliver()
        edits = [call.message.plain() for call in here.network.calls[before:] if call.message is not None]
        assert [said for said in edits if not any(words in said for words in OTHERWISE)] == []


@pytest.mark.parametrize("newest_first", [False, True])
async def test_every_button_that_was_on_a_screen_still_does_something(tmp_path: Path, *, newest_first: bool) -> None:
    async with recorded_street(tmp_path) as here:
        pressed = 0
        for post, owner, chat in sorted(here.read(offers), key=lambda each: each[0].id, reverse=newest_first):
            for action, *_ in ever_offered(post):
                pressed += 1
                event = Pressed(f"again{pressed}", chat, person(owner), post.message, f"{short(post.id)}.{action}")
                answer = await here.tell(event)
                assert answer.toast != text("zh", "refusal.old_button"), (post.kind, action)
        await here.deliver()
        assert pressed > 80
        assert [row.event for row in here.rows(Seen) if row.outcome == FAILED] == []


def offers(session: Session) -> list[tuple[Post, str, Chat]]:
    """The posts that ever offered something, with who may press there and the chat in which they stand."""
    names = {row.member_id: row.id for row in session.exec(select(Account)).all()}
    chats = {row.id: row for row in session.exec(select(KnownChat)).all()}
    return [
        (post, names.get(post.member_id, YANG), as_chat(chats[post.shown_in]))
        for post in session.exec(select(Post)).all()
        if ever_offered(post) and post.shown_in
    ]


async def test_words_right_below_a_question_that_was_asked_then_are_its_answer(tmp_path: Path) -> None:
    async with recorded_street(tmp_path) as here:
        asked, owner, chat = next(each for each in here.read(offers) if each[0].body.get("expects") == "thing")
        with here.database.writing() as session:
            now_last(session, asked, here.clock.now())
        await here.tell(Said("dish", chat, person(owner), "凉拌木耳", "m"))
        await here.deliver()
        assert here.read(lambda s: s.get_one(Post, (asked.community_id, asked.id))).state == SETTLED
        assert any("结束" in said for said in here.texts(owner)), here.texts(owner)


def now_last(session: Session, post: Post, now: datetime) -> None:
    """It was asked just now, and its message was put into its chat last."""
    copy = session.get_one(posts.Copy, (post.community_id, post.shown_in, post.message))
    row = session.get_one(Post, (post.community_id, post.id))
    copy.at = row.due = now
    session.add(copy)
    session.add(row)


async def test_what_nobody_heard_within_the_day_is_told_when_they_open_their_chat(tmp_path: Path) -> None:
    async with recorded_street(tmp_path) as here:
        here.network.closed.clear()
        await here.tell(here.network.opened(person("小周")))
        await here.deliver()
        (said,) = (shown.text for shown in here.network.screens.now_on(private(person("小周"))))
        assert said.startswith("您好")
        assert "巡逻 #5" in said


async def test_the_next_of_a_series_that_was_owed_then_goes_up(tmp_path: Path) -> None:
    async with recorded_street(tmp_path) as here:
        before = len(here.rows(Occurrence))
        await here.later(days=8)
        assert len(here.rows(Occurrence)) > before
