"""0008 on rows that the version before wrote: 修改, 改, 撤销, 接龙 and 发布 go on with what was posted then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.activities import Occurrence, slots_of
from core.ids import short
from core.posts import Post
from tests.core.recorded import gone_on, recorded
from tests.street import GROUP, MONDAY, YANG, Street


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Street]:
    """The street a minute after 0007 had been shut down: five activities, two drafts and a question on screens."""
    recorded("0007", tmp_path / "street.db")
    async with gone_on(tmp_path) as here:
        yield here


def activity(here: Street, number: int) -> Occurrence:
    return next(o for o in here.rows(Occurrence) if o.number == number)


async def press(here: Street, post: Post, verb: str) -> None:
    """What stands on 杨老师's screen since before is pressed."""
    chat = private(person(YANG))
    await here.tell(here.network.pressed(person(YANG), chat, post.message or "", action=f"{short(post.id)}.{verb}"))
    await here.deliver()


async def say(here: Street, name: str, words: str) -> None:
    await here.say(name, words, None)
    await here.deliver()


def drafts(here: Street) -> list[Post]:
    """The drafts that still wait, in the order in which they were made."""
    waiting = {o.id for o in here.rows(Occurrence) if o.state == "draft"}
    return sorted((p for p in here.owed("draft") if p.occurrence_id in waiting), key=lambda p: p.id)


async def test_nothing_is_said_because_of_it(here: Street) -> None:
    before = len(here.network.calls)
    await here.deliver()
    assert here.network.calls[before:] == []


async def test_what_was_posted_is_changed_by_what_is_said_and_nothing_else(here: Street) -> None:
    await say(here, YANG, "改 1 4人")
    o = activity(here, 1)
    assert (o.place, o.starts_at, o.ends_at) == ("东门", *(MONDAY + timedelta(days=4, hours=h) for h in (10, 12)))
    assert "已改：人数" in here.texts(YANG)[-1]


async def test_households_keep_what_is_said_of_them(here: Street) -> None:
    await say(here, YANG, "改 2 每户4人")
    await say(here, "陈伯", "我的")
    assert "3号楼：501 欧阳金丝雀" in here.texts("陈伯")[-1]


async def test_the_next_of_a_series_comes_and_can_be_changed(here: Street) -> None:
    await here.at(MONDAY + timedelta(days=3))
    o = activity(here, 6)
    assert o.starts_at == MONDAY + timedelta(days=9, hours=10)
    await say(here, YANG, "改 6 5人")
    assert activity(here, 6).starts_at == o.starts_at


@pytest.mark.parametrize(("about", "was"), [(2, {"max": 2}), (4, {"hour": 9}), (5, {"state": "open"})])
async def test_a_change_made_before_can_be_taken_back(here: Street, about: int, was: dict[str, object]) -> None:
    id = activity(here, about).id
    await press(here, next(p for p in here.owed("notice") if p.occurrence_id == id and "before" in p.body), "undo")
    o = activity(here, about)
    assert o.starts_at is not None
    with here.database.reading() as session:
        now = {"max": slots_of(session, o)[0].max, "hour": (o.starts_at + timedelta(hours=8)).hour, "state": o.state}
    assert {name: now[name] for name in was} == was
    if about != 5:
        await say(here, YANG, f"改 {about} 5号楼")  # what was read before the change is there again
        assert "已改" in here.texts(YANG)[-1]


async def test_a_draft_that_asked_is_answered_changed_and_posted(here: Street) -> None:
    first, _ = drafts(here)
    await press(here, first, "change")
    await say(here, YANG, "周六晚上7点")
    assert any("地点：北门" in text and "11月28日周六晚上7点" in text for text in here.texts(YANG))
    await here.press(YANG, "发布", on="北门")
    await here.deliver()
    assert any("北门" in text for text in here.texts())


async def test_a_draft_of_a_visit_keeps_what_was_confided(here: Street) -> None:
    _, visit = drafts(here)
    await press(here, visit, "change")
    await say(here, YANG, "10点")
    assert any("白鹭爷爷" in text for text in here.texts(YANG))
    await here.press(YANG, "发布", on="白鹭爷爷")
    await here.deliver()
    assert not any("白鹭" in text for text in here.texts())


async def test_a_copy_of_a_chain_handed_out_before_is_known(here: Street) -> None:
    await here.say("陈伯", "#接龙\n巡逻 #1 11月27日周五晚上7点到9点\n地点：东门\n\n1. 李爷爷\n2. 陈伯", GROUP)
    await here.deliver()
    assert any("2/2" in text for text in here.texts())


async def test_the_question_which_kind_is_answered(here: Street) -> None:
    (post,) = (p for p in here.owed("ask") if p.body.get("options") and p.body["key"] == "ask.kind")
    pick = next(n for n, (label, _) in enumerate(post.body["options"]) if label == "慰问")
    await press(here, post, f"pick.{pick}")
    assert any("8号楼404" in text for text in here.texts(YANG))
