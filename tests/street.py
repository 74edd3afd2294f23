"""A street to try things in: a whole village on a real file, a network in memory, a clock moved by hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from adapters.scene.network import CAN, SceneNetwork, group, person, private
from adapters.scene.screens import Shown, choose, offers
from bot.app import App
from bot.clock import HandClock
from core.activities import Occurrence
from core.audit import AuditLine
from core.claims import Claim
from core.db import Database
from core.described import Described
from core.manners import Manners
from core.messages import Answer, Chat, Event
from core.network import Can
from core.posts import Post
from core.seen import Seen
from core.short_lives import Onward, empty
from core.visiting import Visiting
from tests.databases import drop, on_server
from tests.keys import KEYS

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
GROUP = group("group")
YANG = "杨老师"
UNHURRIED = Manners(share=1_000_000, chat_share=1_000_000, sections=(Visiting(details="at once"),))
"""The clock stands while a test goes on, and nobody's share would refill; whom a visit goes to is read at once."""
PATROL = "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人"


IDLE: list[Onward] = []
"""Engines that nobody uses: with a new one for each test, a fifth of it would be compiling the same statements."""


class Street:
    """A village with one group and 杨老师, who coordinates. People are called by name; `at` moves the clock."""

    def __init__(self, folder: Path, can: Can = CAN, network: SceneNetwork | None = None, **facts: Any) -> None:
        self.url = on_server() or f"sqlite:///{folder}/street.db"
        self.network = network or SceneNetwork(can)
        self.clock = HandClock(MONDAY)
        self.keys = KEYS
        self.facts: dict[str, Any] = {
            "manners": UNHURRIED,
            "coordinators": [f"scene:{YANG}"],
            "groups": [f"scene:{GROUP.id}"],
        } | facts
        self.others: tuple[Any, ...] = ()  # further networks
        self.beside: tuple[Described, ...] = ()  # further communities
        self.database: Database
        self.app: App

    async def start(self) -> None:
        if not self.url.startswith("sqlite"):
            self.database = Database(self.url, self.keys)
            self.app = App(
                self.database, [self.network, *self.others], self.clock, Described(**self.facts), *self.beside
            )
            await self.app.prepare()
            return
        file = Path(self.url.removeprefix("sqlite:///"))
        if not file.exists():
            file.write_bytes(await asyncio.to_thread(empty))
        self.onward = IDLE.pop() if IDLE and self.keys is KEYS else Onward()
        self.database = Database(self.url, self.keys, self.onward.to(file))
        self.app = App(self.database, [self.network, *self.others], self.clock, Described(**self.facts), *self.beside)
        await self.app.prepare()

    async def die(self) -> None:
        """The process ends here: calls under way are never heard of again, nothing is tidied up."""
        for task in list(self.app._courier._workers):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.database.close()
        self.app._slate.close()  # as the system does: the next process may have it
        if self.url.startswith("sqlite") and self.keys is KEYS and self.onward not in IDLE:  # some die twice
            IDLE.append(self.onward)

    async def again(self) -> None:
        await self.die()
        await self.start()

    # ------------------------------------------------------------ people

    async def meet(self, *names: str, reachable: bool = True) -> None:
        """These people are in the group and, if `reachable`, have opened their private chat."""
        for name in names:
            who = person(name)
            if not reachable:
                self.network.closed.add(name)
            await self.tell(self.network.joined(who, GROUP))
            if reachable:
                await self.tell(self.network.opened(who))
        await self.deliver()

    async def tell(self, event: Event) -> Answer:
        answer = await self.app.receive(self.network, event)
        self.network.answered(event, answer)
        return answer

    async def say(self, name: str, words: str, chat: Chat | None = GROUP, reply_to: str | None = None) -> Answer:
        """In the group, or with `chat=None` privately."""
        who = person(name)
        return await self.tell(self.network.said(who, chat or private(who), words, reply_to))

    async def press(self, name: str, label: str, on: str = "") -> Answer:
        return await self.tell(self.pressed(name, label, on))

    def pressed(self, name: str, label: str, on: str = "") -> Event:
        who = person(name)
        for shown in self.network.screens.newest([GROUP, private(who)], on):
            offer = choose(label, offers(shown.message), exactly=False)
            if offer is not None:
                return self.network.pressed(who, shown.chat, shown.id, action=offer.action)
        raise AssertionError(f"nothing to press called {label}: {self.texts()} {self.texts(name)}")

    async def deliver(self) -> datetime | None:
        async with asyncio.timeout(60):
            return await self.app.deliver()

    async def at(self, moment: datetime) -> None:
        """Let time pass until then; what falls due on the way is done at its own moment."""
        due = await self.deliver()
        while due is not None and due <= moment:
            self.clock.moment = max(self.clock.moment, due)
            due = await self.deliver()
        self.clock.moment = moment
        await self.deliver()

    async def later(self, **by: float) -> None:
        await self.at(self.clock.moment + timedelta(**by))

    async def post(self, words: str = PATROL) -> None:
        """杨老师 posts an activity; its roster stands in the group."""
        await self.say(YANG, words, None)
        await self.deliver()
        await self.press(YANG, "发布")
        await self.deliver()

    # ------------------------------------------------------------ what is there

    def shown(self, name: str = "") -> list[Shown]:
        """What stands in the group, or in somebody's private chat."""
        return self.network.screens.now_on(private(person(name)) if name else GROUP)

    def texts(self, name: str = "") -> list[str]:
        return [shown.text for shown in self.shown(name)]

    def rosters(self) -> list[str]:
        """The rosters in the group now."""
        return [text for text in self.texts() if "东门" in text]

    def calls(self, name: str) -> int:
        return len([call for call in self.network.calls if call.name == name])

    def read(self, work: Callable[[Session], T]) -> T:
        with self.database.reading() as session:
            return work(session)

    def rows(self, table: type[T]) -> list[T]:
        return self.read(lambda s: list(s.exec(select(table)).all()))

    def promised(self) -> dict[str, str]:
        """Who stands how on the newest activity, by the name of the account that spoke."""
        rows = self.read(lambda s: s.exec(select(Claim).order_by(col(Claim.position))).all())
        return {row.speaker_account: row.promised for row in rows}

    def owed(self, *kinds: str) -> list[Post]:
        return [post for post in self.rows(Post) if post.kind in kinds]

    def state(self) -> dict[str, list[str]]:
        """All that an event may change, to compare: tables by name, rows as text."""
        tables = (Claim, AuditLine, Occurrence, Post, Seen)
        return {table.__name__: sorted(repr(row) for row in self.rows(table)) for table in tables}


@contextlib.asynccontextmanager
async def street(
    folder: Path, *names: str, can: Can = CAN, posted: str = PATROL, **facts: Any
) -> AsyncIterator[Street]:
    """A street with these neighbours and an activity posted ('' for none)."""
    made = Street(folder, can, **facts)
    await made.start()
    try:
        await made.meet(YANG, *names)
        if posted:
            await made.post(posted)
        yield made
    finally:
        await made.die()
        if not made.url.startswith("sqlite"):
            drop(made.url)
