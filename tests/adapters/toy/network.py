"""What the bot writes on the board, and what people write there."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from core.messages import Chat, Event, Message, Person
from core.network import Can, Gone, Receive, Refused, insist
from tests.adapters.toy import CAN

NETWORK = "toy"


@dataclass
class Board:
    """The far end: it stays where it is when the bot dies."""

    lines: dict[str, tuple[str, Message]] = field(default_factory=dict)  # key -> where, what
    written: asyncio.Queue[Event] = field(default_factory=asyncio.Queue)
    breaks: str = ""  # the next line is cut "before" it stands there, or "after"


BOARDS: defaultdict[str, Board] = defaultdict(Board)


class Toy:
    """The `Network` of one board. A line that stands there stays as it is."""

    name = NETWORK

    def __init__(self, board: str) -> None:
        self.bot = board
        self.board = BOARDS[board]

    @property
    def can(self) -> Can:
        return CAN

    async def run(self, receive: Receive) -> None:
        while True:
            await insist(receive, await self.board.written.get(), waits=(0.01,))

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        broken, self.board.breaks = self.board.breaks, ""
        if broken == "before":
            raise ConnectionError("cut")
        self.board.lines.setdefault(key, (chat.id, message))
        if broken == "after":
            raise ConnectionError("cut")
        return key

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        raise Refused("what is written stays")

    async def remove(self, chat: Chat, id: str) -> None:
        raise Refused("what is written stays")

    async def pin(self, chat: Chat, id: str) -> None:
        raise Refused("it hangs there already")

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        raise Refused("words only")

    async def leave(self, chat: Chat) -> None:
        raise Gone("the board is screwed on")

    async def private(self, person: Person) -> Chat:
        return letterbox(person)


def letterbox(person: Person) -> Chat:
    return Chat(NETWORK, f"letterbox/{person.id}", private=True)
