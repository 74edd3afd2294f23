"""What every network must do: one suite, passed by supplying a `place`.

A network's own test module says:

    class TestMyNetwork(NetworkContract, can=CAN):
        @pytest.fixture
        async def place(self) -> AsyncIterator[Place]:
            ...

Its far end is a real server where one can be had, or a strict stand-in at the protocol; never a mock of the adapter. A
test asks of a network only what its `Can` promises: one that asks for more does not exist for it, so none is skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest

from bot.clock import HandClock
from core.fit import fit
from core.messages import (
    Action,
    Bold,
    Confide,
    Edited,
    Joined,
    Left,
    Mention,
    Message,
    Opened,
    Pressed,
    Said,
)
from core.network import Can, Gone, Lost
from tests.adapters.death import Dying, village
from tests.adapters.hostile import CORPUS, storable
from tests.adapters.place import PATIENCE, Place, T, plain, seen, until

Test = TypeVar("Test", bound=Callable[..., Any])

NEEDS: dict[str, Callable[[Can], bool]] = {}
"""Of the tests that not every network can pass: what a network must promise."""

JOIN, LEAVE = Action("1.j", "我来", "🙋"), Action("1.l", "退出", "👋")


def where(promised: Callable[[Can], bool]) -> Callable[[Test], Test]:
    """Mark a test that only networks with this promise can pass."""

    def mark(test: Test) -> Test:
        NEEDS[test.__name__] = promised
        return test

    return mark


class NetworkContract:
    """Inherit from this with what the network `can`, supply `place`."""

    can: ClassVar[Can]

    def __init_subclass__(cls, can: Can | None = None) -> None:
        """Leave out the tests that ask for more than the network promises: for pytest, what is None is no test."""
        if can is None:
            return
        cls.can = can
        for name, promised in NEEDS.items():
            if not promised(can):
                setattr(cls, name, None)

    async def test_the_network_promises_what_these_tests_were_chosen_by(self, place: Place) -> None:
        assert [promised(place.network.can) for promised in NEEDS.values()] == [
            promised(self.can) for promised in NEEDS.values()
        ]

    # ------------------------------------------------------------ out

    async def test_a_message_appears_where_it_was_sent(self, place: Place) -> None:
        chen = await place.person("陈伯")
        private = await place.network.private(chen)
        one = await place.network.send(place.group, plain("给大家"), "k1")
        two = await place.network.send(private, plain("给陈伯"), "k2")
        assert [(m.id, m.text) for m in await place.screen(place.group)] == [(one, "给大家")]
        assert [(m.id, m.text) for m in await place.screen(private, chen)] == [(two, "给陈伯")]

    @where(lambda can: can.tells)
    async def test_a_key_sent_twice_shows_once_where_the_network_can_tell(self, place: Place) -> None:
        one = await place.network.send(place.group, plain("巡逻 0/2"), "k1")
        assert await place.network.send(place.group, plain("巡逻 1/2"), "k1") == one
        assert [m.text for m in await place.screen(place.group)] == ["巡逻 0/2"]
        assert await place.network.send(place.group, plain("巡逻 0/2"), "k2") != one
        assert len(await place.screen(place.group)) == 2

    @where(lambda can: can.tells)
    async def test_a_send_that_broke_after_its_effect_shows_once_when_repeated(self, place: Place) -> None:
        await place.fail("send", after=True)
        with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever a broken line looks like there
            await place.network.send(place.group, plain("巡逻"), "k1")
        id_ = await place.network.send(place.group, plain("巡逻"), "k1")
        assert [(m.id, m.text) for m in await place.screen(place.group)] == [(id_, "巡逻")]

    async def test_a_send_that_broke_before_its_effect_shows_once_when_repeated(self, place: Place) -> None:
        await place.fail("send", after=False)
        with pytest.raises(Exception):  # noqa: B017, PT011 -- as above
            await place.network.send(place.group, plain("巡逻"), "k1")
        assert await place.screen(place.group) == []
        await place.network.send(place.group, plain("巡逻"), "k1")
        assert [m.text for m in await place.screen(place.group)] == ["巡逻"]

    async def test_actions_are_shown_in_order(self, place: Place) -> None:
        message = await self._offer(place)
        (shown,) = await place.screen(place.group)
        assert shown.id == message
        if place.network.can.buttons:
            assert [label.rpartition(" ")[2] for label in shown.labels] == ["我来", "退出"]
        elif place.network.can.reactions:
            assert shown.labels == ("🙋", "👋")
            assert "🙋 我来" in shown.text

    @where(lambda can: can.edits)
    async def test_an_edit_replaces_the_text_and_keeps_the_actions(self, place: Place) -> None:
        message = await self._offer(place, "巡逻 0/2")
        before = (await place.screen(place.group))[0].labels
        changed = fit(Message(("巡逻 1/2",), (JOIN, LEAVE)), place.network.can).message
        await place.network.edit(place.group, message, changed, "k1.e2")
        (shown,) = await place.screen(place.group)
        assert (shown.id, shown.labels) == (message, before)
        assert shown.text.startswith("巡逻 1/2")

    @where(lambda can: can.edits and can.buttons)
    async def test_an_edit_can_take_the_actions_away(self, place: Place) -> None:
        message = await self._offer(place)
        await place.network.edit(place.group, message, plain("已取消"), "k1.e2")
        assert [(m.text, m.labels) for m in await place.screen(place.group)] == [("已取消", ())]

    @where(lambda can: can.edits)
    async def test_showing_the_same_again_is_success(self, place: Place) -> None:
        message = await place.network.send(place.group, plain("巡逻"), "k1")
        for version in (2, 3):
            await place.network.edit(place.group, message, plain("巡逻"), f"k1.e{version}")
        assert [m.text for m in await place.screen(place.group)] == ["巡逻"]

    @where(lambda can: can.edits)
    async def test_an_edit_repeated_with_its_key_shows_once(self, place: Place) -> None:
        message = await place.network.send(place.group, plain("0/2"), "k1")
        for _ in range(2):
            await place.network.edit(place.group, message, plain("1/2"), "k1.e2")
        assert [(m.id, m.text) for m in await place.screen(place.group)] == [(message, "1/2")]

    @where(lambda can: can.edits)
    async def test_editing_a_message_that_is_gone_raises_lost(self, place: Place) -> None:
        message = await place.network.send(place.group, plain("巡逻"), "k1")
        await place.vanish(place.group, message)
        with pytest.raises(Lost):
            await place.network.edit(place.group, message, plain("巡逻 1/2"), "k1.e2")

    @where(lambda can: can.removes)
    async def test_a_message_can_be_taken_away_and_again(self, place: Place) -> None:
        message = await place.network.send(place.group, plain("巡逻"), "k1")
        await place.network.remove(place.group, message)
        assert await place.screen(place.group) == []
        with contextlib.suppress(Exception):  # cosmetic: may fail, must not hang
            await place.network.remove(place.group, message)

    @where(lambda can: not can.opens)
    async def test_somebody_who_never_opened_a_private_chat_is_gone(self, place: Place) -> None:
        stranger = await place.person("赵叔", opened=False)
        with pytest.raises(Gone):
            await place.network.send(await place.network.private(stranger), plain("在吗"), "k1")

    async def test_writing_privately_opens_the_private_chat(self, place: Place) -> None:
        chen = await place.person("陈伯")
        chat = await place.network.private(chen)
        await place.say(chen, chat, "你好")
        said = await self._heard(place, Said)
        assert said.chat.private
        assert said.chat.id == chat.id
        await place.network.send(said.chat, plain("您好"), "k1")
        assert [m.text for m in await place.screen(chat, chen)] == ["您好"]

    @where(lambda can: can.leaves)
    async def test_a_group_that_the_bot_has_left_is_gone(self, place: Place) -> None:
        await place.network.leave(place.group)
        with pytest.raises(Gone):
            await place.network.send(place.group, plain("还在吗"), "k1")
        with contextlib.suppress(Gone):  # again is no trouble: it may be called anew after a crash
            await place.network.leave(place.group)

    async def test_the_private_chat_of_a_person_is_always_the_same(self, place: Place) -> None:
        chen, li = await place.person("陈伯"), await place.person("李阿姨")
        one, two, other = [await place.network.private(who) for who in (chen, chen, li)]
        assert one.id == two.id != other.id
        assert one.private

    # ------------------------------------------------------------ people's words stay words

    async def test_hostile_text_is_shown_as_text_and_pings_nobody(self, place: Place) -> None:
        """All of it is said in one chat: a network of its own for each takes longer than all that it shows."""
        chen = await place.person("陈伯")
        wrong, before = list[str](), set[str]()
        for number, (name, text) in enumerate(CORPUS.items()):
            words = (text if storable(text) else text.replace("\x00", "")) + ("" if seen(text) else ".")
            await place.network.send(place.group, Message(("前", words, Bold("粗"), "\n后")), f"k{number}")
            on_screen = await place.screen(place.group)
            shown = "".join(new.text for new in on_screen if new.id not in before)
            before = {each.id for each in on_screen}
            whole = not storable(text) or self._same(shown, f"前{words}粗\n后")
            if not (whole and shown.startswith("前") and shown.endswith("后")):
                wrong.append(f"{name}: {shown!r}")
        assert wrong == []
        assert await place.pinged(chen) == 0

    @staticmethod
    def _same(shown: str, wanted: str) -> bool:
        """Equal but for white space and what cannot be seen: networks differ in what they trim."""
        keep = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]")
        return "".join(keep.findall(seen(shown))) == "".join(keep.findall(seen(wanted)))

    async def test_a_mention_notifies_exactly_the_person_meant(self, place: Place) -> None:
        chen, other = await place.person("王阿姨"), await place.person("王阿姨")
        await place.network.send(place.group, Message((Mention(chen), "，请打开私聊")), "k1")
        (shown,) = await place.screen(place.group)
        assert "王阿姨" in shown.text
        assert (await place.pinged(chen), await place.pinged(other)) == (1, 0)

    async def test_confided_words_are_shown_in_a_private_chat(self, place: Place) -> None:
        chen = await place.person("陈伯")
        private = await place.network.private(chen)
        await place.network.send(private, Message(("慰问 ", Confide("<b>302</b>"))), "k1")
        assert [m.text for m in await place.screen(private, chen)] == ["慰问 <b>302</b>"]

    # ------------------------------------------------------------ in

    async def test_words_say_who_where_and_in_answer_to_what(self, place: Place) -> None:
        chen = await place.person("陈伯")
        roster = await place.network.send(place.group, plain("巡逻"), "k1")
        await place.say(chen, place.group, "报名", reply_to=roster)
        said = await self._heard(place, Said)
        assert (said.person.network, said.person.id, said.person.name) == (place.network.name, chen.id, "陈伯")
        assert (said.chat.id, said.chat.private) == (place.group.id, False)
        assert (said.text, said.reply_to) == ("报名", roster)

    async def test_two_people_of_one_name_stay_two(self, place: Place) -> None:
        one, two = await place.person("王阿姨"), await place.person("王阿姨")
        await place.say(one, place.group, "+1")
        await place.say(two, place.group, "+1")
        await until(lambda: len(self._of(place, Said)) == 2)
        people = [said.person for said in self._of(place, Said)]
        assert [p.name for p in people] == ["王阿姨", "王阿姨"]
        assert people[0].id != people[1].id

    async def test_an_edit_says_which_words_changed(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await place.say(chen, place.group, "报明")
        said = await self._heard(place, Said)
        await place.rewrite(chen, place.group, "报名")
        edited = await self._heard(place, Edited)
        assert (edited.message, edited.text, edited.person.id) == (said.message, "报名", chen.id)
        assert edited.event != said.event
        assert len(self._of(place, Said)) == 1

    @where(lambda can: can.buttons or can.reactions)
    async def test_a_press_names_person_message_and_action(self, place: Place) -> None:
        can = place.network.can
        chen = await place.person("陈伯")
        message = await self._offer(place)
        await place.press(chen, place.group, message, LEAVE)
        pressed = await self._heard(place, Pressed)
        assert (pressed.person.id, pressed.chat.id, pressed.message) == (chen.id, place.group.id, message)
        assert pressed.action == LEAVE.id if can.buttons else pressed.emoji == LEAVE.emoji

    async def test_the_bot_does_not_hear_itself(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await self._offer(place)
        await place.say(chen, place.group, "好")
        await self._heard(place, Said)
        assert [said.person.id for said in self._of(place, Said)] == [chen.id]
        assert self._of(place, Pressed) == []

    async def test_private_is_true_only_for_a_chat_of_two(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await place.say(chen, await place.network.private(chen), "一")
        await place.say(chen, place.group, "二")
        await until(lambda: len(self._of(place, Said)) == 2)
        assert {said.text: said.chat.private for said in self._of(place, Said)} == {"一": True, "二": False}

    async def test_somebody_who_leaves_is_heard(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await place.leave(chen)
        left = await self._heard(place, Left)
        assert (left.person.id, left.chat.id) == (chen.id, place.group.id)

    @where(lambda can: can.blinds)
    async def test_who_comes_in_while_the_bot_speaks_reads_what_follows_and_is_known_where_they_read_no_more(
        self, place: Place
    ) -> None:
        await place.network.send(place.group, plain("早先"), "1.1")
        said = asyncio.gather(*(place.network.send(place.group, plain(f"{n}"), f"2.{n}") for n in range(4)))
        people = await asyncio.gather(place.person("陈伯"), place.person("李阿姨"))
        await said
        await place.network.send(place.group, plain("最后"), "3.1")
        for who in people:
            texts = [shown.text for shown in await place.screen(place.group, who)]
            (joined,) = [each for each in self._of(place, Joined) if each.person.id == who.id]
            assert ("最后" in texts, "早先" in texts) == (True, not joined.blind)

    async def test_an_event_that_was_not_stored_comes_again_before_any_later_one(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await place.say(chen, place.group, "先")
        await self._heard(place, Said)
        place.ear.failing = 2
        await place.say(chen, place.group, "一")
        await place.say(chen, place.group, "二")
        await until(lambda: len(self._of(place, Said)) == 3)
        assert [said.text for said in self._of(place, Said)] == ["先", "一", "二"]
        tried = [event for event in place.ear.tries if isinstance(event, Said) and event.text == "一"]
        assert len(tried) >= 2
        assert len({said.event for said in tried}) == 1

    async def test_an_event_that_comes_twice_has_one_id(self, place: Place) -> None:
        chen = await place.person("陈伯")
        await place.say(chen, place.group, "报名")
        first = await self._heard(place, Said)
        await place.again()
        await until(lambda: len(self._of(place, Said)) == 2)
        assert {said.event for said in self._of(place, Said)} == {first.event}

    async def test_events_have_ids_of_their_own(self, place: Place) -> None:
        chen = await place.person("陈伯")
        for _ in range(3):
            await place.say(chen, place.group, "报名")
        await until(lambda: len(self._of(place, Said)) == 3)
        assert len({said.event for said in self._of(place, Said)}) == 3
        assert len({said.message for said in self._of(place, Said)}) == 3

    @where(lambda can: not can.opens)
    async def test_opening_a_private_chat_is_heard_where_people_must(self, place: Place) -> None:
        chen = await place.person("陈伯")
        heard = [event for event in place.ear.events if isinstance(event, Opened | Said) and event.chat.private]
        assert heard[0].person.id == chen.id

    # ------------------------------------------------------------ through a death of the bot

    @where(lambda can: can.tells)
    @pytest.mark.parametrize("claimed", [False, True], ids=["as it was", "a claim came meanwhile"])
    async def test_a_kill_after_the_send_and_before_the_record_shows_one_roster(
        self, place: Place, tmp_path: Path, claimed: bool
    ) -> None:
        yang, chen = await place.person("杨老师"), await place.person("陈伯")
        private = await place.network.private(yang)
        dying = Dying(place.network, place.group)
        async with village(dying, tmp_path, place.group, yang) as first:
            await first.receive(dying, Said("e1", private, yang, "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人", "m1"))
            await first.deliver()
            await first.receive(dying, Said("e2", private, yang, "发布", "m2"))
            end = asyncio.create_task(first.deliver())
            await asyncio.wait_for(dying.arrived.wait(), PATIENCE)
            end.cancel()
        assert len(await place.screen(place.group)) == 1
        wanted = "1/2" if claimed and place.network.can.edits else "0/2"
        async with village(place.network, tmp_path, place.group, yang) as second:
            if claimed:
                await second.receive(place.network, Said("e3", place.group, chen, "报名", "m3"))

            clock = second.clock
            assert isinstance(clock, HandClock)

            async def caught_up() -> bool:
                await second.deliver()
                clock.moment += timedelta(minutes=1)  # a slow server may have asked to come back
                return wanted in (await place.screen(place.group))[0].text

            await until(caught_up)
        (roster,) = await place.screen(place.group)
        assert wanted in roster.text

    # ------------------------------------------------------------ shared by the above

    async def _offer(self, place: Place, text: str = "巡逻") -> str:
        """A message with two actions, lowered and seeded as the courier does it."""
        fitted = fit(Message((text,), (JOIN, LEAVE)), place.network.can)
        message = await place.network.send(place.group, fitted.message, "k1")
        for n, (emoji, _) in enumerate(fitted.seeds):
            await place.network.react(place.group, message, emoji, f"k1.r{n}")
        return message

    @staticmethod
    def _of(place: Place, kind: type[T]) -> list[T]:
        return [event for event in place.ear.events if isinstance(event, kind)]

    async def _heard(self, place: Place, kind: type[T]) -> T:
        """The newest event of a kind, once there is one."""
        return (await until(lambda: self._of(place, kind)))[-1]
