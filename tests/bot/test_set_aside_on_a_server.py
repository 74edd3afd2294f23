"""Events set aside on a database server: the slate has a file of its own, the operator's commands ask the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from adapters.scene.network import person
from bot import slate as slates
from bot.app import App
from core.attempts import AGAIN, ASIDE, COUNTED, Attempt
from core.db import Database
from core.described import Described
from core.messages import Event
from core.seen import Seen
from tests.bot.commands import called
from tests.street import GROUP, YANG, Street

SORRY = "处理不了"


class OnAServer(Street):
    """A street whose database is not a file."""

    def __init__(self, folder: Path, url: str, **facts: Any) -> None:
        super().__init__(folder, **facts)
        self.url = url
        self.slate = slates.beside_key(folder / "xiaobandeng.key", [self.network.bot])

    async def start(self) -> None:
        self.database = Database(self.url, self.keys)
        self.app = App(self.database, [self.network], self.clock, Described(**self.facts), slate=self.slate)
        await self.app.prepare()

    async def die(self) -> None:
        self.database.close()
        self.app._slate.close()  # as the end of a process does

    async def killed_at(self, event: Event) -> None:
        """The process ends while it takes this in, and another one begins."""
        await self.die()
        slate = slates.Slate(self.slate, slates.Stalls())
        slate.read()
        with slate.at(self.network.bot, event.event):
            chalked = self.slate.read_bytes()
        slate.close()
        self.slate.write_bytes(chalked)
        await self.start()


@pytest.fixture
async def here(fresh: Callable[[], str], tmp_path: Path) -> AsyncIterator[OnAServer]:
    url = fresh()
    made = OnAServer(tmp_path, url)
    await made.start()
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "{url}"\n', "utf-8")
    await made.meet(YANG, "陈伯")
    await made.post()
    yield made
    await made.die()


async def test_what_two_processes_ended_at_is_set_aside_and_tried_or_dropped_by_the_operator(
    here: OnAServer, tmp_path: Path
) -> None:
    event = here.network.said(person("陈伯"), GROUP, "报名")
    await here.killed_at(event)
    assert [(row.attempts, row.state) for row in here.rows(Attempt)] == [(1, COUNTED)]
    await here.killed_at(event)
    first = await here.tell(event)
    assert await here.tell(event) == first, "delivered again, it is answered again"
    await here.deliver()
    assert here.promised() == {}
    assert [SORRY in text for text in here.texts("陈伯")].count(True) == 1
    assert [(row.attempts, row.state) for row in here.rows(Attempt)] == [(2, ASIDE)]
    assert [row.outcome for row in here.rows(Seen) if row.event == event.event] == ["aside"]

    listed = called(tmp_path, "events").output
    assert "scene  发言  群里  试了2次" in listed
    assert "陈伯" not in listed
    assert called(tmp_path, "events", "--try", "1").exit_code == 0
    assert [row.state for row in here.rows(Attempt)] == [AGAIN]
    await here.app.try_again()
    await here.deliver()
    assert here.promised() == {"陈伯": "claimed"}
    assert here.rows(Attempt) == []

    other = here.network.said(person("陈伯"), GROUP, "退出")
    for _ in range(2):
        await here.killed_at(other)
    await here.tell(other)
    assert called(tmp_path, "events", "--drop", "2").exit_code == 0
    assert here.rows(Attempt) == []
    await here.tell(other)
    assert here.promised() == {"陈伯": "claimed"}, "what was dropped is not taken in"


async def test_what_was_taken_in_after_all_is_counted_no_more(here: OnAServer) -> None:
    event = here.network.said(person("陈伯"), GROUP, "报名")
    await here.killed_at(event)
    await here.tell(event)
    assert here.promised() == {"陈伯": "claimed"}
    assert here.read(lambda session: session.exec(select(Attempt)).all()) == []
