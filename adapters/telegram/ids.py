"""The ids of chats and messages on Telegram: made here, taken apart here, opaque everywhere else.

A chat's id is Telegram's number, with `/TOPIC` behind it for a group where the bot keeps to one topic: all that is said
in any topic of that group comes from that one chat, and all that is sent there goes into its topic. A message's id is
Telegram's number, or the numbers of its parts joined by `+` when it was too long for one message.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from telegram import Message

from core.messages import Chat

NETWORK = "telegram"
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where Telegram is to put something: a chat, and a topic in it or None."""

    chat: int
    topic: int | None = None


def place(chat: Chat) -> Place:
    """Where a chat of ours is on Telegram. Raises ValueError for an id that was not made here."""
    return taken_apart(chat.id)


def taken_apart(id: str) -> Place:
    number, _, topic = id.partition("/")
    return Place(int(number), int(topic) if topic else None)


def parts(message: str) -> list[int]:
    """Telegram's numbers of a message of ours, in reading order."""
    return [int(number) for number in message.split("+")]


def whispered(receiver: int, number: int) -> str:
    """The id of a message that one person alone sees."""
    return f"w{receiver}.{number}"


def whisper(message: str) -> tuple[int, int] | None:
    """Who sees a message alone, and its number; None for one that all see."""
    if not message.startswith("w"):
        return None
    receiver, _, number = message[1:].partition(".")
    return int(receiver), int(number)


@dataclass(slots=True)
class Ids:
    """Makes ids. `groups` are the configured ones, of which some name a topic; `stools` the topics of their boards.

    Which parts make up a long message is remembered for the newest ones only: after a restart an answer to, or a press
    under, one that was split does not find it by its id. Its buttons name their post, so nothing but a reply is lost.
    """

    groups: Iterable[str] = ()
    stools: Iterable[str] = ()
    _stools: dict[int, int] = field(init=False)
    _topics: dict[int, str] = field(init=False)
    _spoken: dict[int, int] = field(init=False, default_factory=dict)  # the topic in which somebody spoke last
    _wholes: OrderedDict[tuple[int, int], str] = field(init=False, default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._stools = {place.chat: place.topic for place in map(taken_apart, self.stools) if place.topic}
        self._topics = {int(group.partition("/")[0]): group for group in self.groups if "/" in group}

    def chat(self, number: int, *, private: bool = False, name: str = "") -> Chat:
        return Chat(NETWORK, self._topics.get(number, str(number)), private=private, name=name)

    def thread(self, message: Message) -> str:
        """The topic of its group in which a message stands; '' for General, and where the bot keeps to one topic."""
        if not message.is_topic_message or message.chat.id in self._topics:
            return ""
        self._spoken[message.chat.id] = message.message_thread_id or 0
        return str(message.message_thread_id or "")

    def places(self, where: Place, thread: str, topic: str) -> list[Place]:
        """Where something can be put, the best first: its own topic, that of the group, and, as General may be closed,
        the one in which somebody spoke last.
        """
        own = self.apart(where, topic)
        if own == where and thread.isdecimal() and where.topic is None:
            own = Place(where.chat, int(thread))
        spoken = self._spoken.get(where.chat) if where.topic is None else None
        return list(dict.fromkeys([own, where, *([Place(where.chat, spoken)] if spoken else [])]))

    def apart(self, where: Place, topic: str) -> Place:
        """Where something goes that may stand in a topic of its own."""
        return Place(where.chat, self._stools[where.chat]) if topic and where.chat in self._stools else where

    def whole(self, chat: int, numbers: list[int]) -> str:
        """The id of a message that was sent as these."""
        whole = "+".join(map(str, numbers))
        if len(numbers) > 1:
            for number in numbers:
                self._wholes[chat, number] = whole
            while len(self._wholes) > REMEMBERED:
                self._wholes.popitem(last=False)
        return whole

    def message(self, chat: int, number: int) -> str:
        """The id of the message that Telegram calls so."""
        return self._wholes.get((chat, number), str(number))
