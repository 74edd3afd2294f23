"""A network that lives in memory: the bot's side is a `Network`, the other side is what people do and see."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, replace
from struct import pack
from typing import Literal
from zlib import crc32

from adapters.scene.screens import Screens
from core.messages import (
    Answer,
    Attached,
    Chat,
    Edited,
    Entered,
    Event,
    Expelled,
    Hears,
    Joined,
    Left,
    Message,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
    Withdrawn,
)
from core.network import Can, Gone, Lost, Receive, Refused, insist

NAME = "scene"
CAN = Can(
    buttons=True, reactions=True, marks=True, edits=True, removes=True, clears=True, pins=True, toasts=True, tells=True
)
"""Everything, at no pace: what `full` means in a scene."""

_PRIVATE = "private/"

AGAIN = 0.01
"""Seconds until an event that could not be stored is handed over again."""

Name = Literal["send", "edit", "remove", "pin", "react", "private", "leave"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, whether it went well or not."""

    name: Name
    chat: Chat
    id: str = ""  # of the message it was about
    key: str = ""
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """The next call of this name fails with `error`: before anything has happened, or after all of it has."""

    call: Name
    error: Exception
    after: bool = False


class SceneNetwork:
    """One bot account. What must survive the bot's death lives here, as it would on a real network."""

    name = NAME
    bot = "bot"

    def __init__(self, can: Can = CAN) -> None:
        self.can = can  # may be changed at any time: what is on the screens stays as it is
        self.screens = Screens()
        self.calls: list[Call] = []
        self.faults: deque[Fault] = deque()
        self.holds: dict[Name, asyncio.Event] = {}  # calls that have had their effect, and return when this is set
        self.outside: set[str] = set()  # ids of groups that the bot is not in
        self.deaf: set[str] = set()  # ids of groups in which the bot hears commands and answers to it only
        self.closed: set[str] = set()  # ids of people whose private chat cannot be written to
        self._sent: dict[str, str] = {}
        self._waiting: asyncio.Queue[tuple[Event, asyncio.Future[Answer]]] = asyncio.Queue()

    # ------------------------------------------------------------ what the bot asks for

    async def run(self, receive: Receive) -> None:
        """Hand over what people do with `happen`, one after another, each until it has been stored."""
        while True:
            event, answered = await self._waiting.get()
            answer = await insist(receive, event, waits=(AGAIN,))
            if not answered.done():
                answered.set_result(answer)

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        fault = self._begin(Call("send", chat, key=key, message=message))
        self._reach(chat)
        shown = self._sent.get(key) if self.can.tells else None
        if shown is None:
            shown = self._sent[key] = self.screens.put(chat, message)
        await self._hold("send")
        self._end(fault)
        return shown

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        fault = self._begin(Call("edit", chat, id, key, message))
        if not self.can.edits:
            raise Refused("nothing can be changed here")
        self._reach(chat)
        if self.screens.find(id) is None:
            raise Lost(id)
        self.screens.change(id, message)
        await self._hold("edit")
        self._end(fault)

    async def remove(self, chat: Chat, id: str) -> None:
        fault = self._begin(Call("remove", chat, id))
        if not self.can.removes:
            raise Refused("nothing can be removed here")
        if self.screens.find(id) is not None:
            self.screens.take(id)
        self._end(fault)

    async def pin(self, chat: Chat, id: str) -> None:
        fault = self._begin(Call("pin", chat, id))
        if not self.can.pins or (shown := self.screens.find(id)) is None:
            raise Refused("cannot be pinned")
        shown.pinned = True
        self._end(fault)

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        fault = self._begin(Call("react", chat, id, key))
        if not (self.can.marks or self.can.reactions):
            raise Refused("no reactions here")
        if (shown := self.screens.find(id)) is None:
            self.screens.note("mark", chat, text=emoji, message=id)
        elif emoji not in shown.seeds:
            shown.seeds.append(emoji)
        self._end(fault)

    async def leave(self, chat: Chat) -> None:
        fault = self._begin(Call("leave", chat))
        self._reach(chat)
        self.outside.add(chat.id)
        self._end(fault)

    async def fetch(self, thing: Attached) -> bytes:
        """A picture of one colour, which is its name's."""
        return painted(thing.ref)

    async def private(self, person: Person) -> Chat:
        chat = private(person)
        fault = self._begin(Call("private", chat))
        self._reach(chat)
        self._end(fault)
        return chat

    def _reach(self, chat: Chat) -> None:
        if chat.private and owner(chat) in self.closed:
            raise Gone("they have not opened a private chat")
        if chat.id in self.outside:
            raise Gone("the bot is not in this group")

    def _begin(self, call: Call) -> Fault | None:
        self.calls.append(call)
        fault = next((fault for fault in self.faults if fault.call == call.name), None)
        if fault is not None:
            self.faults.remove(fault)
            if not fault.after:
                raise fault.error
        return fault

    async def _hold(self, call: Name) -> None:
        if call in self.holds:
            await self.holds[call].wait()

    @staticmethod
    def _end(fault: Fault | None) -> None:
        if fault is not None:
            raise fault.error

    # ------------------------------------------------------------ what people do

    async def happen(self, event: Event) -> Answer:
        """Let `event` reach the bot through `run`; the answer comes when the bot has stored it."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((event, answered))
        return await answered

    def answered(self, event: Event, answer: Answer) -> None:
        """Show who pressed what the press was answered with."""
        if isinstance(event, Pressed) and answer.toast and self.can.toasts:
            self.screens.note("toast", event.chat, to=event.person.id, text=answer.toast)

    def said(self, person: Person, chat: Chat, text: str, reply_to: str | None = None) -> Said:
        """Words of somebody. Who writes in private has opened their private chat by that."""
        if chat.private:
            self.closed.discard(person.id)
        message = self.screens.id()
        self.screens.note("said", chat, who=person.id, text=text, message=message)
        return Said(self.screens.id(), chat, person, text, message, reply_to)

    def rewrote(self, person: Person, chat: Chat, message: str, text: str) -> Edited:
        self.screens.note("rewrote", chat, who=person.id, text=text, message=message)
        return Edited(self.screens.id(), chat, person, text, message)

    def withdrew(self, person: Person, chat: Chat, message: str) -> Withdrawn:
        return Withdrawn(self.screens.id(), chat, person, message)

    def pressed(self, person: Person, chat: Chat, message: str, *, action: str = "", emoji: str = "") -> Pressed:
        return Pressed(self.screens.id(), chat, person, message, action or None, emoji or None)

    def opened(self, person: Person, token: str = "") -> Opened:
        self.closed.discard(person.id)
        return Opened(self.screens.id(), private(person), person, token, asks=bool(token))

    def entered(self, person: Person | None, chat: Chat) -> Entered:
        """Somebody brings the bot into a group."""
        self.outside.discard(chat.id)
        return Entered(self.screens.id(), chat, person, chat.id not in self.deaf)

    def expelled(self, chat: Chat) -> Expelled:
        self.outside.add(chat.id)
        return Expelled(self.screens.id(), chat)

    def hears(self, chat: Chat, *, hears: bool, speaks: bool | None = None) -> Hears:
        """What the bot hears in a group is this from here on."""
        (self.deaf.discard if hears else self.deaf.add)(chat.id)
        return Hears(self.screens.id(), chat, hears, speaks)

    def joined(self, person: Person, chat: Chat, *, blind: bool = False) -> Joined:
        return Joined(self.screens.id(), chat, person, blind)

    def left(self, person: Person, chat: Chat) -> Left:
        return Left(self.screens.id(), chat, person)

    def ranked(self, person: Person, chat: Chat, *, administrator: bool) -> Ranked:
        return Ranked(self.screens.id(), chat, person, administrator)


# ---------------------------------------------------------------- ids, made and taken apart here only


def person(name: str) -> Person:
    """Somebody called `name` in a scene: `王阿姨#2` is another person, shown as 王阿姨."""
    shown, mark, number = name.rpartition("#")
    return Person(NAME, name, shown if mark and shown and number.isdecimal() else name)


def group(name: str) -> Chat:
    return Chat(NAME, f"group/{name}", private=False, name=name)


def private(who: Person) -> Chat:
    return Chat(NAME, f"{_PRIVATE}{who.id}", private=True, name=who.name)


def owner(chat: Chat) -> str:
    """The id of the person whose private chat this is."""
    return chat.id.removeprefix(_PRIVATE)


def painted(ref: str) -> bytes:
    """A small picture; another for another name."""
    shade = bytes(crc32(ref.encode()).to_bytes(4, "big")[:3])
    head = b"BM" + pack("<IHHI", 246, 0, 0, 54) + pack("<IiiHHIIiiII", 40, 8, 8, 1, 24, 0, 192, 2835, 2835, 0, 0)
    return head + shade * 64


def without_pace(can: Can) -> Can:
    """The same network, as fast as one can speak: no pace applies in a scene."""
    return replace(can, overall=(), chat=(), group=())
