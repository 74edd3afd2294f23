"""What one person alone sees in a group, where the bot may say it so; and what everybody sees where it may not."""

from __future__ import annotations

import pytest

from tests.telegram.waiting import until
from tests.telegram.whole import posted, pressed, whole_bot


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/whole.db"


async def test_an_answer_to_somebody_without_a_private_chat_is_seen_by_them_alone(world, server, url):
    world.whispers = True
    lead, chen, li = world.person("杨老师"), world.person("陈伯", opened=False), world.person("李阿姨", opened=False)
    group = world.group("邻里", lead, chen, li, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, url):
        roster = await posted(world, group, lead, [lead], places=2)
        before = sum(letter.author is world.me for letter in group.shown())
        world.say(chen, group, "+1")
        await until(lambda: "1/2" in roster.text.plain and group.aside)
        (back,) = group.aside.values()
        assert (back.receiver, back.text.plain.startswith("陈伯，报上名了")) == (chen, True)
        assert [button["text"] for button in back.buttons()] == ["↩️ 撤销", "和我私聊"]
        press = pressed(world, li, back, "撤销")
        await until(lambda: press.answer is not None)
        assert "1/2" in roster.text.plain, "a press forged by somebody else does nothing"
        pressed(world, chen, back, "撤销")
        await until(lambda: "0/2" in roster.text.plain)
        world.say(chen, group, "我的")
        await until(lambda: len(group.aside) == 2)
        second = list(group.aside.values())[1]
        assert "和我私聊" not in [button["text"] for button in second.buttons()], "it asks once"
        assert sum(letter.author is world.me for letter in group.shown()) == before, "all others see the roster only"


@pytest.mark.parametrize("whispers", [True, False])
async def test_where_nobody_can_be_spoken_to_alone_it_is_one_line_as_ever(world, server, url, whispers):
    """Where the bot is no administrator; on a server that does not know of it."""
    world.whispers = whispers
    lead, chen = world.person("杨老师"), world.person("陈伯", opened=False)
    group = world.group("邻里", lead, chen, admins=(lead,), bot="member" if whispers else "administrator")
    async with whole_bot(world, server, url):
        await posted(world, group, lead, [lead], places=2)
        world.say(chen, group, "+1")
        await until(lambda: any("和我私聊" in letter.text.plain for letter in group.shown()))
        assert not group.aside
