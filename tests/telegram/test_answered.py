"""Every press is answered."""

from __future__ import annotations

import asyncio

import pytest

from core.messages import (
    Answer,
    Pressed,
    Said,
)
from tests.telegram.faults import Fault
from tests.telegram.sample import ROSTER, place
from tests.telegram.waiting import until


async def test_every_press_is_answered_once_whatever_was_pressed(listening, world, village):
    chen, far = world.person("陈伯"), world.person("外人")
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    village.answer = lambda event: Answer(toast="名额满了，您排第1位。" * 30, alert=True)
    presses = [
        world.press(chen, letter, "p1.join"),
        world.press(far, letter, "p1.join"),
        world.press(chen, letter, "p1.join", old=True),
        world.press(chen, letter, "forged " * 9),
        world.press(chen, letter, None),
        world.press(chen, None, "p1.join"),
    ]
    await until(lambda: not world.unanswered())
    assert all(press.answer["show_alert"] and len(press.answer["text"]) == 200 for press in presses)
    assert len(village.heard(Pressed)) == 6


async def test_somebody_without_a_private_chat_is_led_to_one_with_the_press(listening, world, village):
    chen = world.person("陈伯", opened=False)
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    village.answer = lambda event: Answer(toast="好", open=isinstance(event, Pressed))
    press = world.press(chen, letter, "p1.join")
    await until(lambda: press.answer is not None)
    assert press.answer == {"url": "https://t.me/xiaobandeng_bot?start=hello"}


async def test_a_press_answered_too_late_or_in_trouble_stops_nobody(listening, world, village, server):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    letter = group.letters[int(await listening.send(place(group), ROSTER, "1.1"))]
    server.faults.plan("answerCallbackQuery", Fault("broken"), Fault("flood", 1), Fault("cut after"))
    late = world.press(chen, letter, "p1.join")
    late.at -= 60
    press = world.press(chen, letter, "p1.leave")
    await until(lambda: press.answer is not None)
    world.say(chen, group, "在吗")
    await until(lambda: village.heard(Said))
    assert late.answer is None


async def test_a_mark_is_put_on_anybodys_words(telegram, world):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    said = world.say(chen, group, "+1")
    await telegram.react(place(group), str(said.number), "👍", "mark.1")
    assert said.reactions == {world.me.id: ["👍"]}


@pytest.mark.parametrize("count", [1, 5])
async def test_words_are_confirmed_after_their_mark_is_there_and_nobody_waits_for_it(
    listening, world, village, server, count
):
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    await until(lambda: world.wanted)
    server.held["setMessageReaction"] = asyncio.Event()
    village.answer = lambda event: Answer(mark="👍" if isinstance(event, Said) else "")

    beside = set()

    async def receive(event):
        answer = await village.receive(event)
        if answer.mark:
            beside.add(asyncio.create_task(listening.react(event.chat, event.message, answer.mark, "mark.1")))
        return answer

    listening._handover.receive = receive
    said = [world.say(chen, group, f"+{n}") for n in range(count)]
    await until(lambda: len(village.heard(Said)) == count)
    await asyncio.sleep(0.1)
    assert len(world.updates) == count
    assert not any(each.reactions for each in said)
    server.held["setMessageReaction"].set()
    await until(lambda: not world.updates)
    assert all(each.reactions for each in said)
