"""The whole bot and people's phones, where only Telegram makes the difference."""

from __future__ import annotations

from tests.telegram.waiting import until
from tests.telegram.whole import posted, pressed, whole_bot


async def test_whoever_is_led_to_their_private_chat_reads_there_what_their_press_did(world, server, tmp_path):
    lead, chen = world.person("杨老师"), world.person("陈伯", opened=False)
    group = world.group("邻里", lead, chen, admins=(lead,), bot="administrator")
    async with whole_bot(world, server, f"sqlite:///{tmp_path}/whole.db"):
        roster = await posted(world, group, lead, [lead], places=2)
        press = pressed(world, chen, roster, "我来")
        await until(lambda: press.answer is not None and "1/2" in roster.text.plain)
        assert press.answer == {"url": "https://t.me/xiaobandeng_bot?start=hello"}
        private = world.private(chen)
        assert private.shown() == []
        before = len(group.shown())
        world.say(chen, private, "/start hello")
        await until(lambda: any("报上名了" in letter.text.plain for letter in private.shown()))
        await until(lambda: any("小板凳" in letter.text.plain for letter in private.shown()))
        assert [button["text"] for letter in private.shown() for button in letter.buttons()] == ["↩️ 撤销"]
        pressed(world, chen, next(letter for letter in private.shown() if letter.buttons()), "撤销")
        await until(lambda: "0/2" in roster.text.plain)
        assert len(group.shown()) == before  # nothing of it in the group
