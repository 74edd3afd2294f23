"""Buttons that were never offered: forged, foreign, forwarded. Nothing changes, and everybody gets a kind answer."""

from __future__ import annotations

from tests.telegram.waiting import until
from tests.telegram.whole import data_of, posted, pressed, whole_bot


async def test_no_forged_or_foreign_button_changes_anything(world, server, tmp_path):
    world.late = 600.0  # on a slow machine hundreds of presses take a while; what comes too late is tested elsewhere
    lead, chen, far = (world.person(name) for name in ("杨老师", "陈伯", "外人"))
    group = world.group("邻里", lead, chen, admins=(lead,), bot="administrator")
    elsewhere = world.group("别处", far)
    async with whole_bot(world, server, f"sqlite:///{tmp_path}/forged.db"):
        roster = await posted(world, group, lead, [chen], places=2)
        before = roster.text.plain
        data = data_of(roster, "我来")
        draft = next(letter for letter in world.private(lead).letters.values() if letter.author is world.me)
        flipped = {
            data[:n] + chr(ord(char) ^ 1 << bit) + data[n + 1 :] for n, char in enumerate(data) for bit in range(7)
        }
        for forged in sorted(flipped - {data_of(roster, "退出")}):
            world.press(chen, roster, forged)
        for forged in ("", "p", data * 3, "发布", "\x00", "'; DROP TABLE post; --"):
            world.press(chen, roster, forged[:64])
        copy = world.write(elsewhere, far, roster.text, markup=roster.markup)
        pressed(world, far, copy, "我来")
        world.press(far, None, data)
        world.press(chen, roster, None)
        for button in draft.buttons():
            world.press(chen, draft, button["callback_data"])
        await until(lambda: not world.unanswered(), 60)
        assert all(press.answer for press in world.presses.values())
        assert roster.versions == [before]
        press = pressed(world, chen, roster, "我来")
        await until(lambda: press.answer is not None and "1/2" in roster.text.plain)


async def test_who_looks_at_a_public_group_from_outside_presses_nothing_there(world, server, tmp_path):
    """Whoever is in it, and was never heard of, may; so may a neighbour by another group of ours."""
    lead, chen, li, far = (world.person(name) for name in ("杨老师", "陈伯", "李阿姨", "外人"))
    group = world.group("邻里", lead, chen, admins=(lead,))
    world.group("南区", li)
    async with whole_bot(world, server, f"sqlite:///{tmp_path}/outside.db"):
        roster = await posted(world, group, lead, [lead, li], places=3)
        press = pressed(world, far, roster, "我来")
        await until(lambda: press.answer is not None)
        assert "请先加入小区群" in press.answer["text"]
        pressed(world, chen, roster, "我来")
        pressed(world, li, roster, "我来")
        await until(lambda: "2/3" in roster.text.plain)
        assert "外人" not in "".join(roster.versions)
        world.enter(far, group)
        await until(lambda: not world.updates)
        pressed(world, far, roster, "我来")
        await until(lambda: "3/3" in roster.text.plain)
