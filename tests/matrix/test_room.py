"""A plain Matrix room: what people do there, and what the bot shows."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.matrix.settings import MatrixSettings
from core.messages import (
    Bold,
    Chat,
    Confide,
    Edited,
    Entered,
    Expelled,
    Joined,
    Left,
    Mention,
    Message,
    Moved,
    Pressed,
    Said,
    Withdrawn,
)
from core.messages import (
    Person as Named,
)
from core.network import Gone, Lost, Standing
from tests.matrix.conftest import Bot, NewGroup, NewPerson
from tests.matrix.person import Person, until


async def test_an_invitation_is_accepted_and_says_who_brought_the_bot(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    entered = await bot.hears(Entered)
    assert entered.chat == chat
    assert entered.person == Named("matrix", owner.user, "李阿姨")


async def test_words_say_who_said_them_and_as_which_message(bot: Bot, person: NewPerson, group: NewGroup):
    owner, other = await person("李阿姨"), await person("陈伯")
    chat = await group(owner, other)
    message = await other.say(chat.id, "!报名 12")
    said = await bot.hears(Said)
    assert (said.text, said.message, said.event, said.person.name) == ("!报名 12", message, message, "陈伯")
    assert not said.chat.private


async def test_a_power_level_of_50_is_a_rank_and_a_changed_one_counts_with_the_next_word(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner, other, far = await person("李阿姨"), await person("陈伯"), await person("外人")
    chat = await group(owner, other)

    async def stands(who: Person) -> Standing:
        return await bot.network.standing(Named("matrix", who.user), chat, acting=False)

    await other.say(chat.id, "一")
    await bot.hears(Said)
    assert await stands(owner) == Standing(present=True, administrator=True)
    assert await stands(other) == Standing(present=True, administrator=False)
    assert await stands(far) == Standing(present=False, administrator=False)
    levels = await owner.call("GET", "rooms", chat.id, "state", "m.room.power_levels", "")
    levels["users"][other.user] = 50
    await owner.call("PUT", "rooms", chat.id, "state", "m.room.power_levels", "", body=levels)
    await other.say(chat.id, "二")
    await bot.hears(Said, 2)
    assert await stands(other) == Standing(present=True, administrator=True)
    nowhere = Chat("matrix", "!nowhere:here.test")
    assert await bot.network.standing(Named("matrix", owner.user), nowhere, acting=False) == Standing()


async def test_an_answer_points_at_what_it_answers_and_loses_the_quotation(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message(("名单",)), "1.0")
    await owner.say(chat.id, f"> <{bot.user}> 名单\n> 2/4\n\n报名", roster)
    said = await bot.hears(Said)
    assert (said.text, said.reply_to) == ("报名", roster)


async def test_a_word_in_a_thread_answers_the_message_above_it(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message(("名单",)), "1.0")
    relation = {
        "rel_type": "m.thread",
        "event_id": roster,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$other"},
    }
    await owner.put(chat.id, "m.room.message", {"msgtype": "m.text", "body": "报名", "m.relates_to": relation})
    assert (await bot.hears(Said)).reply_to == roster


async def test_an_edit_is_told_apart_from_new_words(bot: Bot, person: NewPerson, group: NewGroup):
    owner, other = await person("李阿姨"), await person("陈伯")
    chat = await group(owner, other)
    message = await owner.say(chat.id, "报名")
    await other.edit(chat.id, message, "退出")  # servers let anybody send this; it is nobody's edit
    await owner.edit(chat.id, message, "报名 2")
    edited = await bot.hears(Edited)
    assert (edited.text, edited.message, edited.person.name) == ("报名 2", message, "李阿姨")
    assert len(bot.all_of(Said)) == 1


async def test_withdrawn_words_are_told_and_a_reaction_taken_away_is_nothing(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner, other = await person("李阿姨"), await person("陈伯")
    chat = await group(owner, other)
    roster = await bot.network.send(chat, Message(("名单",)), "1.0")
    first = await other.react(chat.id, roster, "✋")
    await bot.hears(Pressed)  # what is taken away before the bot saw it is empty: nobody can know what it was
    await other.withdraw(chat.id, first)
    second = await other.react(chat.id, roster, "✋")
    message = await other.say(chat.id, "我来")
    await bot.hears(Said)
    await other.withdraw(chat.id, message)
    theirs = await other.say(chat.id, "广告")
    await bot.hears(Said, 2)
    await owner.withdraw(chat.id, theirs)  # a moderator tidies up: they took nothing back
    assert (await bot.hears(Withdrawn)).message == message
    await other.say(chat.id, "好")
    await bot.hears(Said, 3)
    assert [press.event for press in bot.all_of(Pressed)] == [first, second]
    assert {(press.message, press.emoji, press.action) for press in bot.all_of(Pressed)} == {(roster, "✋", None)}
    assert len(bot.all_of(Withdrawn)) == 1


async def test_the_bots_own_words_and_other_bots_notices_are_not_heard(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.network.send(chat, Message(("名单",)), "1.0")
    await owner.say(chat.id, "天气", msgtype="m.notice")
    await owner.say(chat.id, "好")
    assert (await bot.hears(Said)).text == "好"


async def test_what_was_said_before_the_bot_was_asked_in_is_not_heard(bot: Bot, person: NewPerson):
    owner = await person("李阿姨")
    room = await owner.create()
    await owner.say(room, "早先")
    await bot.stop()
    await owner.invite(room, bot.user)
    await owner.say(room, "已经请了")
    await bot.start()
    await bot.hears(Entered)
    await owner.say(room, "后来")
    await bot.hears(Said, 2)
    assert [said.text for said in bot.all_of(Said)] == ["已经请了", "后来"]
    kinds = [type(event) for event in bot.heard]
    assert kinds.index(Entered) < kinds.index(Said)


async def test_a_long_talk_before_the_bot_came_in_is_heard_from_the_invitation_on(bot: Bot, person: NewPerson):
    owner = await person("李阿姨")
    room = await owner.create()
    await bot.stop()
    await owner.say(room, "早先")
    await owner.invite(room, bot.user)
    for number in range(130):
        await owner.say(room, str(number))
    await bot.start()
    await bot.hears(Said, 130)
    assert [said.text for said in bot.all_of(Said)] == [str(number) for number in range(130)]


async def test_people_come_and_go(bot: Bot, person: NewPerson, group: NewGroup):
    owner, other = await person("李阿姨"), await person("陈伯")
    chat = await group(owner)
    await owner.invite(chat.id, other.user)
    await other.join(chat.id)
    assert (await bot.hears(Joined)).person.name == "陈伯"
    await other.call("PUT", "profile", other.user, "displayname", body={"displayname": "陈老伯"})
    await other.leave(chat.id)
    assert (await bot.hears(Left)).person.id == other.user
    assert len(bot.all_of(Joined)) == 1


async def test_the_bot_says_that_it_was_removed_and_can_no_longer_write(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await owner.call("POST", "rooms", chat.id, "kick", body={"user_id": bot.user})
    assert (await bot.hears(Expelled)).chat.id == chat.id
    with pytest.raises(Gone):
        await bot.network.send(chat, Message(("在吗",)), "1.0")


async def test_a_room_that_was_upgraded_is_followed(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    rules = {"join_rule": "public"}
    await owner.call("PUT", "rooms", chat.id, "state", "m.room.join_rules", "", body=rules)
    new = (await owner.call("POST", "rooms", chat.id, "upgrade", body={"new_version": "11"}))["replacement_room"]
    moved = await bot.hears(Moved)
    assert (moved.chat.id, moved.to.id) == (chat.id, new)
    await owner.say(new, "到了")
    assert (await bot.hears(Said)).chat.id == new
    assert len(bot.all_of(Entered)) == 1


async def test_an_upgraded_room_that_needs_an_invitation_is_entered_when_it_comes(
    bot: Bot, person: NewPerson, group: NewGroup
):
    owner = await person("李阿姨")
    chat = await group(owner)
    await bot.hears(Entered)
    new = (await owner.call("POST", "rooms", chat.id, "upgrade", body={"new_version": "12"}))["replacement_room"]
    await owner.say(new, "有人吗")
    await owner.invite(new, bot.user)
    moved = await bot.hears(Moved)
    assert (moved.chat.id, moved.to.id) == (chat.id, new)
    await owner.say(new, "到了")
    assert (await bot.hears(Said)).text == "到了"
    stands = await bot.network.standing(Named("matrix", owner.user), moved.to, acting=True)
    assert stands.administrator  # whoever made a room of version 12 stands above every number


async def test_what_is_shown_is_edited_in_place_and_a_repeat_shows_once(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message((Bold("巡逻"), "\n1/2 李阿姨")), "7.0")
    assert await bot.network.send(chat, Message((Bold("巡逻"), "\n2/2 李阿姨 陈伯")), "7.0") == roster
    await bot.network.edit(chat, roster, Message((Bold("巡逻"), "\n2/2 李阿姨 陈伯")), "7.0.e2")
    await bot.network.edit(chat, roster, Message((Bold("巡逻"), "\n2/2 李阿姨 陈伯")), "7.0.e2")
    assert await owner.screen(chat.id, bot.user) == ["巡逻\n2/2 李阿姨 陈伯"]


async def test_seeded_reactions_stand_in_order_and_twice_is_once(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message(("名单",)), "7.0")
    for key, emoji in (("7.0.r1", "✋"), ("7.0.r2", "👋"), ("7.0.r1", "✋"), ("other", "✋")):
        await bot.network.react(chat, roster, emoji, key)
    assert await owner.reactions(chat.id, roster, bot.user) == ["✋", "👋"]


async def test_a_message_that_somebody_withdrew_is_lost_to_edits(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    roster = await bot.network.send(chat, Message(("名单",)), "7.0")
    await owner.withdraw(chat.id, roster)
    for message in (roster, "$never", await owner.say(chat.id, "我的")):
        with pytest.raises(Lost):
            await bot.network.edit(chat, message, Message(("名单二",)), "7.0.e1")


async def test_a_message_is_pinned_and_taken_away(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    levels = await owner.call("GET", "rooms", chat.id, "state", "m.room.power_levels", "")
    levels["users"][bot.user] = 50
    await owner.call("PUT", "rooms", chat.id, "state", "m.room.power_levels", "", body=levels)
    roster = await bot.network.send(chat, Message(("名单",)), "7.0")
    await bot.network.pin(chat, roster)
    await bot.network.pin(chat, roster)
    assert (await owner.call("GET", "rooms", chat.id, "state", "m.room.pinned_events", ""))["pinned"] == [roster]
    await bot.network.remove(chat, roster)
    await bot.network.remove(chat, roster)
    assert await owner.screen(chat.id, bot.user) == []


async def test_peoples_words_cannot_format_ring_or_break_anything(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    hostile = "<b>王</b> *粗* @room <img src=x onerror=1> @admin:here.test \x00\ud800\u202e > <@a:b> hi\n<mx-reply>x"
    named = Named("matrix", owner.user, "李</a><h1>\n阿姨")
    roster = await bot.network.send(chat, Message((Bold(hostile), hostile, Mention(named))), "7.0")
    shown = next(event["content"] for event in await owner.events(chat.id) if event["event_id"] == roster)
    assert shown["m.mentions"] == {"user_ids": [owner.user]}
    assert "@room" not in shown["body"]
    assert "\u202e" not in shown["body"]
    tags = shown["formatted_body"].replace("<br>", "")
    link = f'<a href="https://matrix.to/#/{owner.user}">'
    assert tags.count("<") == tags.count("<b>") + tags.count("</b>") + tags.count(link) + tags.count("</a>")
    assert link in tags
    assert "李</a><h1> 阿姨" in shown["body"]


async def test_a_text_too_long_for_the_network_ends_at_a_whole_line(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner, encrypted=True)
    lines = tuple(f"{number}. <王阿姨>&'\"家的\n" for number in range(1_000))
    roster = await bot.network.send(chat, Message((Bold("名单\n"), *lines)), "7.0")
    await bot.network.edit(chat, roster, Message((Bold("名单\n"), *lines)), "7.0.e1")


async def test_confided_words_never_reach_a_group(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    with pytest.raises(Gone):
        await bot.network.send(chat, Message((Confide("5号楼301"),)), "7.0")
    assert await owner.screen(chat.id, bot.user) == []


async def test_an_event_of_no_shape_holds_up_nothing(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    for content in (
        {},
        {"msgtype": 7, "body": ["a"]},
        {"msgtype": "m.text", "body": {"a": 1}, "m.relates_to": 3},
        {"msgtype": "m.text", "body": "x", "m.relates_to": {"m.in_reply_to": "no"}},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": 5}, "m.new_content": {"msgtype": "m.text", "body": "x"}},
    ):
        for kind in ("m.room.message", "m.reaction", "m.room.encrypted"):
            with contextlib.suppress(RuntimeError):  # the server refuses some of it
                await owner.put(chat.id, kind, content | {"body": 5, "ciphertext": 4} | content)
    await owner.say(chat.id, "好")

    async def texts() -> list[str]:
        return [said.text for said in bot.all_of(Said)]

    await until(texts, lambda seen: "好" in seen)


def test_who_may_invite_is_a_server_or_a_person_and_where_nothing_is_said_the_own_server(tmp_path: Path):
    usual = MatrixSettings("http://x", "@bot:here.test", tmp_path)
    assert usual.welcomes("@a:here.test", "@bot:here.test")
    assert not usual.welcomes("@a:there.test", "@bot:here.test")
    settings = MatrixSettings("http://x", "@bot:here.test", tmp_path, invites_from=("there.test", "@b:else.test"))
    assert settings.welcomes("@x:there.test", "@bot:here.test")
    assert settings.welcomes("@b:else.test", "@bot:here.test")
    assert not settings.welcomes("@x:here.test", "@bot:here.test")


async def test_calls_into_a_room_the_bot_was_never_in_are_gone(bot: Bot):
    with pytest.raises(Gone):
        await bot.network.send(Chat("matrix", "!nowhere:here.test"), Message(("好",)), "1.0")


async def test_an_invitation_by_somebody_who_may_not_is_refused_and_one_by_name_is_accepted(
    bot: Bot, person: NewPerson
):
    chen, wang = await person("陈伯"), await person("王伯")
    await bot.stop()
    bot.settings = replace(bot.settings, invites_from=("there.test", wang.user))
    await bot.start()

    async def membership(room: str) -> str:
        state = await chen.call("GET", "rooms", room, "state", "m.room.member", bot.user)
        return str(state["membership"])

    refused = await chen.create(bot.user, wang.user)
    await until(lambda: membership(refused), lambda seen: seen == "leave")
    assert bot.heard == []
    room = await wang.create(bot.user)
    assert (await bot.hears(Entered)).chat.id == room


async def test_what_answers_stands_under_the_words_and_in_their_thread(bot: Bot, person: NewPerson, group: NewGroup):
    owner = await person("李阿姨")
    chat = await group(owner)
    root = await owner.say(chat.id, "下周的巡逻")
    thread = {"rel_type": "m.thread", "event_id": root}
    words = await owner.put(
        chat.id, "m.room.message", {"msgtype": "m.text", "body": "发布 巡逻", "m.relates_to": thread}
    )
    said = await bot.hears(Said, 2)
    assert said.thread == root
    answer = await bot.network.send(chat, Message(("答",), thread=said.thread, answers=words), "1.0")
    roster = await bot.network.send(chat, Message(("名单",), thread=said.thread), "2.0")
    bare = await bot.network.send(chat, Message(("答",), answers=words), "3.0")
    elsewhere = await bot.network.send(chat, Message(("名单",), thread="$of_another_room"), "4.0")
    found = {}
    for id in (answer, roster, bare, elsewhere):
        event = await owner.call("GET", "rooms", chat.id, "event", id)
        found[id] = event["content"].get("m.relates_to", {})
    reply = {"m.in_reply_to": {"event_id": words}}
    assert found[answer] == {**thread, **reply, "is_falling_back": False}
    assert found[roster] == {**thread, "m.in_reply_to": {"event_id": root}, "is_falling_back": True}
    assert (found[bare], found[elsewhere]) == (reply, {})
