"""The stand-in is as strict as Telegram: driven by a client that our adapter knows nothing of."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.lazy import Lazy
from tests.telegram import api
from tests.telegram.flood import Flood
from tests.telegram.waiting import until
from tests.telegram.world import World

aiogram = Lazy("aiogram")  # takes four seconds


def client(server, token):
    """The other client, speaking to the stand-in."""
    api = aiogram.client.telegram.TelegramAPIServer.from_base(server.url)
    return aiogram.Bot(token, session=aiogram.client.session.aiohttp.AiohttpSession(api=api))


def keyboard(text="我来", data="p1.join"):
    """One button."""
    button = aiogram.types.InlineKeyboardButton(text=text, callback_data=data)
    return aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def bot(server, world):
    async with client(server, world.token) as bot:
        yield bot


async def test_another_client_gets_along_with_it(bot, world, server):
    chen = world.person("陈伯", username="chenbo")
    group = world.group("邻里", chen, bot="administrator")
    assert (await bot.get_me()).username == "xiaobandeng_bot"
    sent = await bot.send_message(group.id, "<b>巡逻</b> @chenbo", parse_mode="HTML", reply_markup=keyboard())
    assert [entity.type for entity in sent.entities] == ["bold", "mention"]
    assert group.letters[sent.message_id].notified() == {chen.id}
    press = world.press(chen, group.letters[sent.message_id], "p1.join")
    [update] = await bot.get_updates(timeout=1)
    assert update.callback_query.message.message_id == sent.message_id
    await bot.answer_callback_query(update.callback_query.id, text="好", show_alert=True)
    assert press.answer == {"text": "好", "show_alert": True}
    assert await bot.get_updates(offset=update.update_id + 1, timeout=0) == []
    assert await bot.pin_chat_message(group.id, sent.message_id)
    said = world.say(chen, group, "+1")
    assert await bot.set_message_reaction(group.id, said.number, [aiogram.types.ReactionTypeEmoji(emoji="👍")])
    assert [each.status for each in await bot.get_chat_administrators(group.id, return_bots=True)] == ["administrator"]
    assert (await bot.get_chat(group.id)).title == "邻里"
    assert world.violations == []


async def test_it_refuses_what_the_api_does_not_know(server, world):
    chen = world.person("陈伯")
    async with aiohttp.ClientSession(f"{server.url}/bot{world.token}/") as session:
        for method, body, status in (
            ("sendMessage", {"chat_id": chen.id, "text": "x", "mood": "good"}, 400),
            ("sendMessage", {"chat_id": chen.id}, 400),
            ("sendMessage", {"chat_id": chen.id, "text": "x", "disable_notification": "perhaps"}, 400),
            ("getUpdates", {"limit": 101}, 400),
            ("sendHologram", {}, 404),
        ):
            async with session.post(method, data=body) as response:
                assert response.status == status
    assert len(world.violations) == 4


async def test_it_refuses_text_and_buttons_as_telegram_does(bot, world, server):
    server.flood.on = False
    chat = world.person("陈伯").id
    for text, mode, message in (
        ("<b>x", "HTML", "can't parse entities"),
        ("a < b", "HTML", "can't parse entities"),
        ("  ", None, "message text is empty"),
        ("<b> </b>", "HTML", "message text is empty"),
        ("🙂" * 2049, None, "message is too long"),
    ):
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match=message):
            await bot.send_message(chat, text, parse_mode=mode)
    await bot.send_message(chat, "🙂" * 2048)
    long = keyboard("x", "字" * 22)
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="callback_data"):
        await bot.send_message(chat, "x", reply_markup=long)


async def test_it_refuses_those_who_did_not_open_a_chat_and_groups_it_is_not_in(bot, world):
    stranger = world.person("王伯", opened=False)
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(stranger.id, "x")
    world.block(stranger)
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="blocked by the user"):
        await bot.send_message(stranger.id, "x")
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="kicked"):
        await bot.send_message(world.group("别处", bot="kicked").id, "x")
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="chat not found"):
        await bot.send_message(-100777, "x")
    group = world.group("邻里", stranger, type="group")
    world.upgrade(group)
    with pytest.raises(aiogram.exceptions.TelegramMigrateToChat):
        await bot.send_message(group.id, "x")


async def test_an_edit_must_change_something_of_our_own(bot, world, server):
    server.flood.on = False
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    sent = await bot.send_message(group.id, "0/2", reply_markup=keyboard())
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("0/2", chat_id=group.id, message_id=sent.message_id, reply_markup=keyboard())
    await bot.edit_message_text("0/2", chat_id=group.id, message_id=sent.message_id)
    assert group.letters[sent.message_id].markup is None
    for number, message in ((77, "not found"), (world.say(chen, group, "早").number, "can't be edited")):
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match=message):
            await bot.edit_message_text("1/2", chat_id=group.id, message_id=number)


async def test_a_press_is_answered_once_and_in_time_and_leads_to_this_bot_only(bot, world):
    chen = world.person("陈伯")
    letter = world.write(world.group("邻里", chen), world.me, "名单")
    press, late = world.press(chen, letter, "x"), world.press(chen, letter, "x")
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="URL_INVALID"):
        await bot.answer_callback_query(press.id, url="https://t.me/other_bot?start=x")
    await bot.answer_callback_query(press.id)
    late.at -= 60
    for id_ in (press.id, late.id, "made up"):
        with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(id_)


async def test_one_reader_at_a_time_and_nothing_is_gone_before_it_is_confirmed(bot, world, server):
    chen = world.person("陈伯")
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await until(lambda: server.count("getUpdates"))
    second = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(aiogram.exceptions.TelegramConflictError):
        await first
    world.say(chen, world.private(chen), "1")
    world.say(chen, world.private(chen), "2")
    one, two = await bot.get_updates() if second.done() else [*await second, *await bot.get_updates()][-2:]
    assert [update.message.text for update in await bot.get_updates(offset=two.update_id)] == ["2"]
    assert await bot.get_updates(offset=two.update_id + 1) == []
    assert one.update_id + 1 == two.update_id
    with pytest.raises(aiogram.exceptions.TelegramUnauthorizedError):
        async with client(server, "1:wrong") as stranger:
            await stranger.get_me()


async def test_privacy_mode_hides_what_is_not_for_the_bot(bot, world):
    world.sees_all = False
    chen = world.person("陈伯")
    group = world.group("邻里", chen)
    ours = world.write(group, world.me, "名单")
    for text, reply in (
        ("闲聊", None),
        ("/list", None),
        ("/list@other_bot", None),
        ("@xiaobandeng_bot 报名", None),
        ("+1", ours),
    ):
        world.say(chen, group, text, reply_to=reply)
    assert [update.message.text for update in await bot.get_updates()] == ["/list", "@xiaobandeng_bot 报名", "+1"]


async def test_only_what_was_asked_for_is_told(bot, world):
    chen = world.person("陈伯")
    group = world.group("邻里", chen, bot="administrator")
    world.enter(world.person("新人"), group)
    assert [update.event_type for update in await bot.get_updates()] == ["message"]
    await bot.get_updates(offset=world.updates[-1]["update_id"] + 1, allowed_updates=["chat_member"])
    world.leave(chen, group)
    assert [update.event_type for update in await bot.get_updates()] == ["chat_member"]


class Hand:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_limits_are_kept_over_any_window():
    hand = Hand()
    flood = Flood(clock=hand)
    assert [flood.wait(n, group=False) for n in range(30)] == [0.0] * 30
    assert flood.wait(31, group=False) == 1.0
    hand.now = 1.0
    assert flood.wait(31, group=False) == 0.0
    assert flood.wait(31, group=False) == 1.0
    for _ in range(20):
        hand.now += 1.5
        assert flood.wait(-1, group=True) == 0.0
    hand.now += 1.5
    assert flood.wait(-1, group=True) == pytest.approx(30.0)
    assert flood.peak() == 30


def test_whoever_knocks_early_waits_twice_as_long():
    hand = Hand()
    flood = Flood(clock=hand, penalty=True)
    flood.wait(1, group=False)
    assert [flood.wait(1, group=False) for _ in range(3)] == [1.0, 2.0, 4.0]
    hand.now = 4.5
    assert flood.wait(1, group=False) == 0.0


async def test_a_crowd_is_told_to_wait(bot, world, server):
    people = [world.person(f"p{n}") for n in range(40)]
    server.flood = Flood(clock=Hand())  # all of them within one moment, however slow the machine
    results = await asyncio.gather(*(bot.send_message(each.id, "x") for each in people), return_exceptions=True)
    assert sum(isinstance(each, aiogram.exceptions.TelegramRetryAfter) for each in results) == 10
    assert server.flood.peak() == 30


def test_every_update_and_answer_is_judged_by_the_api_itself():
    user = {"id": 1, "is_bot": False, "first_name": "陈"}
    assert api.objections("User", user) == []
    assert api.objections("User", user | {"mood": "good"}) == ["User.mood: unknown"]
    assert api.objections("User", {"id": "1", "is_bot": False}) == [
        "User.id: not a number: '1'",
        "User.first_name: missing",
    ]
    assert api.objections("ChatMember", {"status": "member", "user": user}) == []
    assert api.objections("ChatMember", {"status": "king", "user": user})
    assert api.facts()["version"] == "10.3"
