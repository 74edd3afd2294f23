"""Pictures that the bot draws, as they stand on Telegram: a photograph with all its words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from adapters.telegram.network import Telegram
from adapters.telegram.settings import TelegramSettings
from core.drawing.fonts import found
from core.messages import Bold, Message
from core.shelf import Shelf
from tests.telegram.sample import place
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.whole import posted, whole_bot
from tests.telegram.world import Chat, Letter, World


def photographs(chat: Chat) -> list[Letter]:
    return [letter for letter in chat.shown() if "photo" in letter.extra]


@pytest.mark.skipif(found() is None, reason="no font here can write Chinese")
async def test_who_asks_for_a_picture_is_shown_one_where_they_ask(world, server, tmp_path):
    lead, chen = world.person("杨老师"), world.person("陈伯")
    group = world.group("邻里", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, f"sqlite:///{tmp_path}/whole.db"):
        await posted(world, group, lead, [lead, chen], places=2)
        asked = world.say(chen, group, "图")
        world.say(chen, world.private(chen), "发张图")
        await until(lambda: photographs(group) and photographs(world.private(chen)))
        for letter in (*photographs(group), *photographs(world.private(chen))):
            (shown,) = letter.extra["photo"]
            assert shown["width"] == 1080
            assert "的名单\n巡逻 #1" in letter.text.plain
            assert "报名 0/2" in letter.text.plain
        assert photographs(group)[0].reply_to is asked


@pytest.fixture
async def shelved(settings: TelegramSettings, tmp_path: Path) -> AsyncIterator[tuple[Telegram, str]]:
    shelf = Shelf(tmp_path / "pictures")
    Image.new("RGB", (1080, 2400), "white").save(tmp_path / "a.png")
    telegram = Telegram(settings, shelf)
    yield telegram, shelf.keep((tmp_path / "a.png").read_bytes())
    await telegram._client.hang_up()


async def test_words_that_do_not_fit_below_a_picture_follow_it(shelved: tuple[Telegram, str], world: World):
    telegram, name = shelved
    group = world.group("邻里", world.person("陈伯"))
    words = "\n".join(f"{n}号楼 1/2：陈伯、李阿姨、王师傅、赵老师" for n in range(1, 90))
    long = Message((Bold("周二 14:05 的名单"), "\n", words), picture=name)
    sent = await telegram.send(place(group), long, "1.1")
    first, *rest = group.shown()
    assert ("photo" in first.extra, len(first.text.plain) <= 1024) == (True, True)
    assert [letter.extra for letter in rest] == [{}]
    assert "\n".join(letter.text.plain.strip("\n") for letter in (first, *rest)) == long.plain()
    await telegram.remove(place(group), sent)
    assert group.shown() == []


async def test_a_picture_stands_in_the_topic_that_it_belongs_into(
    shelved: tuple[Telegram, str], world: World, server: Server
):
    server.flood.on = False
    telegram, name = shelved
    group = world.group("邻里", world.person("陈伯"))
    group.forum, group.topics = True, {5: True, 6: False}
    for thread in ("5", "6"):
        await telegram.send(place(group), replace(Message(("名单",), picture=name), thread=thread), thread)
    assert [letter.topic for letter in photographs(group)] == [5, None], "that of a closed one where all else does"
