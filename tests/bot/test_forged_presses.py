"""Presses that nobody was offered: an action of another's private chat, from whoever knows its id, does nothing."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlmodel import Session, select

from adapters.scene.network import person, private
from core.ids import short
from core.members import Account
from core.messages import Chat, Pressed
from core.posts import Post, ever_offered
from core.words import text
from tests.street import GROUP, YANG, Street, street

MEAL = "发布 百家饭 2026-11-28 17:00 活动室 凉菜2 热菜4"
VISIT = "发布 慰问 2026-11-27 14:00-16:00 3号楼502 孙奶奶 2人"


async def a_busy_morning(here: Street) -> None:
    """Something of every kind that can be pressed privately is on somebody's screen."""
    await here.post(MEAL)
    await here.post(VISIT)
    for name in ("陈伯", "李阿姨", "王伯"):
        await here.say(name, "报名 1", None)
        await here.deliver()
    await here.say("李阿姨", "帮顾奶奶报名 3", None)
    await here.say("陈伯", "退出 1", None)  # 王伯 waited: an offer
    await here.deliver()
    await here.say("陈伯", "报名", None)  # which? a question
    await here.say("李阿姨", "安静", None)
    await here.say(YANG, "改 1 晚上8点", None)
    await here.say(YANG, "取消 2", None)
    await here.say(YANG, "发布 巡逻 2026-12-01 19:00 西门 2人", None)
    await here.meet("顾奶奶")
    await here.say("顾奶奶", "活动", None)  # is it she whom 李阿姨 put down?
    await here.deliver()


def changed(here: Street) -> dict[str, list[str]]:
    """All that a press may change. What it was answered with is remembered, and is no change."""
    state = here.state()
    del state["Seen"]
    return state


async def test_nobody_can_press_what_stands_in_anothers_private_chat_or_in_another_chat(tmp_path: Path) -> None:
    names = ("陈伯", "李阿姨", "王伯", "赵姨")
    async with street(tmp_path, *names, posted="发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人") as here:
        await a_busy_morning(here)
        owners = dict(here.read(accounts))
        rows = [post for post in here.rows(Post) if ever_offered(post)]
        assert {post.kind for post in rows} >= {
            "roster", "draft", "ask", "confirm", "readback", "offer", "notice", "quieted", "same",
        }  # fmt: skip
        before, tries = changed(here), 0
        for post in rows:
            for action, *_ in ever_offered(post):
                for name in (YANG, "顾奶奶", *names):
                    for chat in (private(person(name)), GROUP):
                        if may(post, owners[name], chat):
                            continue
                        tries += 1
                        event = Pressed(f"forged{tries}", chat, person(name), "x", f"{short(post.id)}.{action}")
                        answer = await here.tell(event)
                        assert answer.alert, (post.kind, action, name)
                        assert changed(here) == before, (post.kind, action, name)
        assert tries > 100


def accounts(session: Session) -> list[tuple[str, int]]:
    return [(row.id, row.member_id) for row in session.exec(select(Account)).all()]


def may(post: Post, member: int, chat: Chat) -> bool:
    """Whether this is the chat in which the post offered its actions to this member."""
    if post.chat_id:
        return chat == GROUP
    return chat.private and post.member_id == member


async def test_what_a_post_never_offered_and_what_is_no_post_at_all_is_an_old_button(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "xiaobandeng.security")
    async with street(tmp_path, "陈伯", posted="发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人") as here:
        await here.say("陈伯", "报名", None)
        await here.deliver()
        before, old = changed(here), text("zh", "refusal.old_button")
        posts = [post for post in here.rows(Post) if ever_offered(post)]
        assert {bool(post.chat_id) for post in posts} == {True, False}
        made_up = ["%.join"]
        forged = [f"{short(7)}.join", "join", *made_up]
        for post in posts:
            known = here.app.heres.first.posts[post.kind].presses
            never = known.keys() - {action.partition(".")[0] for action, *_ in ever_offered(post)}
            forged += [f"{short(post.id)}.{verb}" for verb in (*never, "nothing")]
        assert len(forged) > len(posts) + 3, "some that the post's kind does know"
        for n, action in enumerate(forged):
            for chat in (private(person("陈伯")), GROUP):
                answer = await here.tell(Pressed(f"never{n}{chat.id}", chat, person("陈伯"), "x", action))
                assert (answer.toast, answer.alert) == (old, True), action
                assert changed(here) == before, action
                noted = "was not offered there" in caplog.text
                assert noted or action not in (*made_up, forged[-1]), "it is written down"
                caplog.clear()


async def test_a_reaction_to_what_is_not_ours_is_a_reaction(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        for chat in (private(person("陈伯")), GROUP):
            answer = await here.tell(Pressed(f"r{chat.id}", chat, person("陈伯"), "theirs", None, "👍"))
            assert (answer.toast, answer.alert) == ("", False)
