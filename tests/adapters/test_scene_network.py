"""The scene network keeps the contract, with everything and with what each other network lacks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.scene import network as scene
from adapters.scene.network import CAN, Fault, SceneNetwork
from core.messages import Action, Chat, Event, Message, Person
from core.network import Can, Later, Lost
from tests.adapters.contract import NetworkContract
from tests.adapters.place import Ear, OnScreen, listening


class ScenePlace:
    """The far end of the scene network is its own screens."""

    def __init__(self, can: Can, ear: Ear) -> None:
        self.network = SceneNetwork(can)
        self.group = scene.group("group")
        self.ear = ear
        self._people = 0
        self._last: dict[str, str] = {}
        self._event: Event | None = None

    async def _happen(self, event: Event) -> None:
        self._event = event
        await self.network.happen(event)

    async def person(self, name: str, *, opened: bool = True) -> Person:
        self._people += 1
        who = scene.person(f"{name}#{self._people}")
        if opened:
            await self._happen(self.network.opened(who))
        else:
            self.network.closed.add(who.id)
        return who

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None:
        said = self.network.said(who, chat, text, reply_to)
        self._last[who.id] = said.message
        await self._happen(said)

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        await self._happen(self.network.rewrote(who, chat, self._last[who.id], text))

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        buttons = self.network.can.buttons
        facts = {"action": action.id} if buttons else {"emoji": action.emoji}
        await self._happen(self.network.pressed(who, chat, message, **facts))

    async def leave(self, who: Person) -> None:
        await self._happen(self.network.left(who, self.group))

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        return [
            OnScreen(shown.id, shown.text, tuple(a.label for a in shown.message.actions) or tuple(shown.seeds))
            for shown in self.network.screens.now_on(chat)
        ]

    async def vanish(self, chat: Chat, message: str) -> None:
        self.network.screens.take(message)

    async def pinged(self, who: Person) -> int:
        return sum(shown.names(who) for shown in self.network.screens.now_on(self.group))

    async def again(self) -> None:
        assert self._event is not None
        await self.network.happen(self._event)

    async def fail(self, call: str, *, after: bool) -> None:
        self.network.faults.append(Fault(call, ConnectionError("cut"), after=after))


class SceneContract(NetworkContract):
    @pytest.fixture
    async def place(self) -> AsyncIterator[ScenePlace]:
        place = ScenePlace(self.can, Ear())
        async with listening(place.network, place.ear):
            yield place


WORDS = Can(buttons=False, reactions=False, marks=False, edits=False, removes=False, pins=False, toasts=False)


class TestEverything(SceneContract, can=CAN): ...


class TestWithoutButtons(SceneContract, can=Can(buttons=False, reactions=True, toasts=False)): ...


class TestOnlyWords(SceneContract, can=WORDS): ...


class TestWhereNobodyCanTell(SceneContract, can=Can(tells=False, opens=False)): ...


async def test_a_fault_comes_once_and_only_to_its_call() -> None:
    network = SceneNetwork()
    group = scene.group("group")
    network.faults.extend([Fault("edit", Lost("x")), Fault("send", Later(3))])
    with pytest.raises(Later):
        await network.send(group, Message(("a",)), "k1")
    shown = await network.send(group, Message(("a",)), "k1")
    with pytest.raises(Lost):
        await network.edit(group, shown, Message(("b",)), "k1.e2")
    await network.edit(group, shown, Message(("b",)), "k1.e2")
    assert [(call.name, call.key) for call in network.calls] == [
        ("send", "k1"),
        ("send", "k1"),
        ("edit", "k1.e2"),
        ("edit", "k1.e2"),
    ]


async def test_a_network_that_cannot_tell_shows_a_repeated_message_twice() -> None:
    network = SceneNetwork(Can(tells=False))
    group = scene.group("group")
    assert await network.send(group, Message(("a",)), "k1") != await network.send(group, Message(("a",)), "k1")


def test_a_second_person_of_a_name_is_shown_without_the_number() -> None:
    assert [scene.person(name).name for name in ("王阿姨", "王阿姨#2", "#2", "C#", "a#b")] == [
        "王阿姨",
        "王阿姨",
        "#2",
        "C#",
        "a#b",
    ]
