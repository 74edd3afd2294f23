"""The digest: what comes by itself, what is kept over an upgrade, and how it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.digest import Digesting, DigestReader
from core.features.digest import DIGEST, MONTH, SUBSCRIBE, UNSUBSCRIBE
from core.posts import Post
from core.reading.verbs import Spelt
from tests.migrating import bring
from tests.street import UNHURRIED, YANG, street

FRIDAY = datetime(2026, 11, 27, 8, tzinfo=UTC)
"""Four in the afternoon in Shanghai."""
WEEKLY = replace(UNHURRIED, sections=(Digesting(weekly="friday 16:00"),))


async def test_a_draft_comes_by_itself_where_there_is_something_to_say(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", posted="", manners=WEEKLY) as here:
        await here.at(FRIDAY)
        assert not [text for text in here.texts(YANG) if "本周简报" in text], "a week without anything"
        await here.again()
        await here.post("发布 巡逻 2026-12-04 19:00-21:00 东门集合 2人")
        await here.at(datetime(2026, 12, 4, 7, 59, tzinfo=UTC))
        assert not [text for text in here.texts(YANG) if "本周简报" in text]
        await here.at(datetime(2026, 12, 4, 8, tzinfo=UTC))
        (draft,) = [text for text in here.texts(YANG) if "本周简报" in text]
        assert "巡逻 #1 0/2" in draft
        assert not [text for text in here.texts() if "本周简报" in text]


async def test_where_the_settings_say_nothing_nothing_comes(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.at(FRIDAY)
        assert not [post for post in here.rows(Post) if post.kind.startswith("digest.")]


async def test_rows_from_before_go_on_and_the_digest_can_be_had(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        await here.die()
        bring(here.url, "0046", back=True)
        await here.start()
        await here.say("陈伯", "订阅", None)
        await here.say("陈伯", "订阅", None)
        await here.deliver()
        assert len(here.rows(DigestReader)) == 1


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (DIGEST, "简报 本周简报 这周的简报 发简报 出一期简报 写个简报 我要发简报 周报"),
        (MONTH, "上月简报 上个月的简报 简报上月 月度简报"),
        (SUBSCRIBE, "订阅 我要订阅 订阅简报 我也要订阅 我想看简报 订简报"),
        (UNSUBSCRIBE, "不订 不订了 不订阅了 退订 取消订阅 不想看简报了 别发简报了 简报不要了"),
        (DIGEST, "digest,this week's digest,make a digest"),
        (MONTH, "digest last month,last month's digest"),
        (SUBSCRIBE, "subscribe,subscribe to the digest"),
        (UNSUBSCRIBE, "unsubscribe,no digest"),
    ],
)
def test_it_is_asked_for_in_many_ways(verb: Spelt, said: str) -> None:
    for words in said.split(",") if said.isascii() else said.split():
        found = [each.intent for each in (DIGEST, MONTH, UNSUBSCRIBE, SUBSCRIBE) if each.pattern.fullmatch(words)]
        assert found[:1] == [verb.intent], words


@pytest.mark.parametrize("words", ["看了简报", "订了", "不订餐", "简报写得好", "订蛋糕", "订", "the digest is good"])
def test_talk_of_it_is_talk(words: str) -> None:
    assert not [each.intent for each in (DIGEST, MONTH, UNSUBSCRIBE, SUBSCRIBE) if each.pattern.fullmatch(words)]
