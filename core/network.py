"""What the core asks of a network: what it does (methods), what it can show (data), and how it may fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from core.messages import Answer, Attached, Chat, Event, Message, Person

log = logging.getLogger("xiaobandeng.network")

Receive = Callable[[Event], Awaitable[Answer]]
"""Hands one event over. Returns only after it is committed, so that the adapter may confirm it to its network; returns
the same answer when the same event is handed over again. Raises only when nothing could be stored (disk, lock): the
adapter must then not confirm the event, and must hand it over again a little later: `insist` does."""

AGAIN = (0.2, 1.0, 5.0, 15.0)
"""Seconds between tries to hand over what could not be stored; the last goes on."""


async def insist(receive: Receive, event: Event, waits: Sequence[float] = AGAIN) -> Answer:
    """Hand an event over until it is stored, and return its answer.

    What happened after it has to wait: whatever keeps one event from being stored keeps them all.
    """
    tries = 0
    while True:
        try:
            return await receive(event)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the event must not be lost; its text may have data
            wait = waits[min(tries, len(waits) - 1)]
            facts = {"event": event.event, "why": type(trouble).__name__, "seconds": wait}
            log.warning("an event could not be stored and is handed over again", extra=facts)
            await asyncio.sleep(wait)
            tries += 1


MARK = "mark."
"""How the key of a reaction begins that only says: heard. It is the first to go where calls are few."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `count` calls in any `seconds` seconds."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Can:
    """What a network can show, and how fast it may be spoken to. Edits count as calls."""

    buttons: bool = True  # actions can be shown as something to press
    reactions: bool = False  # a reaction of a person to our message reaches us as a press
    marks: bool = True  # we may put a reaction on a person's words
    edits: bool = True  # a message already shown can be changed
    removes: bool = True  # a message of ours can be taken away
    clears: bool = False  # what somebody else wrote can be taken away, where the bot has the right
    pins: bool = True
    toasts: bool = True  # a press can be answered so that only the presser sees it
    tells: bool = True  # a key sent twice shows once, and the second call returns the first message's id
    confides: bool = True  # what belongs in a private chat may be written there; else other words stand for it
    apps: bool = False  # a button can open a page of ours, which is told who pressed it
    leaves: bool = True  # the bot can leave a group that it was brought into
    pictures: bool = True  # a picture can be shown with a message
    files: bool = True  # a file can be sent with one
    blinds: bool = False  # some groups are encrypted: who comes in cannot read what was said there before
    way: Literal["words", "link", "invited"] = "words"  # how somebody is led to their private chat
    whispers: bool = False  # some messages in a group can be seen by one person alone: see `Whispers`
    opens: bool = True  # we may open a private chat first; else `private` raises `Gone` until the person did
    in_flight: int = 8  # sends under way at once: what one crash may repeat where `tells` is False
    max_text: int = 4096  # longest text of one message in UTF-16 units; `fit` splits nothing, the adapter does
    overall: tuple[Pace, ...] = ()  # of all calls of one bot account
    chat: tuple[Pace, ...] = ()  # of calls into any one chat
    group: tuple[Pace, ...] = ()  # of calls into any one group, besides `chat`


class Failure(Exception):
    """A call that a network did not carry out. Anything else that is raised is tried again, waiting longer."""


class Gone(Failure):
    """This chat cannot be written to (blocked, left, deleted): stop. Not opened yet counts as this too."""


class Mute(Gone):
    """The bot is in this group and may not write there now. It may later: what stands there is tried again."""


class Lost(Failure):
    """This message no longer exists or can no longer be changed: put it there again as a new one."""


class Refused(Failure):
    """The network will never take this message as it is (our mistake): trying again is of no use."""


class Later(Failure):
    """This lane must wait. `everywhere`: the whole bot account must, not only this chat."""

    def __init__(self, seconds: float, *, everywhere: bool = False) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds = seconds
        self.everywhere = everywhere


class UnusableError(Exception):
    """A bot account cannot be used at all until a person mends something: the message says in plain words what."""


class Network(Protocol):
    """One bot account on one network. All methods are called on one event loop."""

    @property
    def name(self) -> str:
        """The network's name as in `Person.network`: 'telegram', 'matrix', 'web', 'scene'."""

    @property
    def bot(self) -> str:
        """The bot account, stable over restarts: what `Seen` rows, offsets and the lease belong to."""

    @property
    def can(self) -> Can: ...

    async def run(self, receive: Receive) -> None:
        """Connect, hand over what happens in the order it happened, until cancelled. Cancelling must take under 3 s.

        Raises `UnusableError` when the network cannot be used at all (a wrong token).
        """

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        """Put `message`, already lowered by `fit`, into `chat`; return the network's id of it.

        `key` is the same whenever this very message is sent again. Raises `Gone`, `Refused`, `Later`.
        """

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        """Show `message` in place of the one with this id, actions included. Showing the same again is success.

        Raises `Lost`, `Gone`, `Refused`, `Later`.
        """

    async def remove(self, chat: Chat, id: str) -> None:
        """Take a message of ours away. Cosmetic: may fail freely."""

    async def pin(self, chat: Chat, id: str) -> None:
        """Keep a message of ours at the top of its chat. Cosmetic."""

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        """Put a reaction on any message. Cosmetic. A key that begins with `MARK`: on what a person wrote."""

    async def leave(self, chat: Chat) -> None:
        """Leave a group for good. Raises `Gone` where the bot is not in it, and `Later`. Needs `Can.leaves`."""

    async def private(self, person: Person) -> Chat:
        """The private chat with a person, opened if the network lets us. Raises `Gone` where it cannot be had."""


# ------------------------------------------------------------ what only some networks have


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a group now; None where the network does not say."""

    present: bool | None = None
    administrator: bool | None = None


@runtime_checkable
class Stands(Protocol):
    """A network that can be asked where somebody stands, so that a coordinator's word counts by what is true now."""

    async def standing(self, person: Person, chat: Chat, *, acting: bool) -> Standing:
        """Asked just before what they do is taken in. `acting`: it is in this group, so only their rank is asked.

        What cannot be found out within a few seconds is None; raises nothing.
        """


@runtime_checkable
class Whispers(Protocol):
    """A network where something in a group may be seen by one person alone, in some groups and for some servers."""

    async def whisper(self, chat: Chat, person: Person, message: Message, key: str) -> str:
        """Show a message to somebody who is in this group and has just done something there. Returns its id, which
        `edit` and `remove` take. Raises `Refused` where nobody can be spoken to alone; nobody has read it then.

        They may not see it, if they look away: what somebody must know is not said so.
        """


@runtime_checkable
class Fetches(Protocol):
    """A network from which what people send can be fetched."""

    async def fetch(self, thing: Attached) -> bytes:
        """The file itself, at most `shelf.LARGEST` bytes; b'' for a larger one. Asked once, before the words with it
        are taken in; may raise anything: then they are taken in without it.
        """


@runtime_checkable
class Opens(Protocol):
    """A network that takes a while until people can use it."""

    ready: asyncio.Event


@runtime_checkable
class Brought(Protocol):
    """A network that may bring what happens to any of the processes of one account."""

    @property
    def anywhere(self) -> bool:
        """Whether it does, as it is set up here."""


def anywhere(network: Network) -> bool:
    """Whether what happens there may be heard by a process while another speaks for the account."""
    return isinstance(network, Brought) and network.anywhere


@runtime_checkable
class Hosts(Protocol):
    """A network whose groups are of the operator's own making: they are the community's."""

    @property
    def groups(self) -> Collection[Chat]: ...


@runtime_checkable
class Names(Protocol):
    """A network where a configured group may go by a name that stands for its id."""

    def called(self, chat: Chat) -> Collection[str]: ...
