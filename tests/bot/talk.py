"""Talk in a test: a village that is spoken to in the scene language, with its network, clock and rows at hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, SQLModel, select

from adapters.scene import network as scene
from adapters.scene.language import read
from adapters.scene.network import SceneNetwork
from bot.play import Player
from core.messages import Said

T = TypeVar("T", bound=SQLModel)

PATROL = """coordinator 杨老师
member 陈伯, 李阿姨, 王伯
at 2026-11-23 09:00
杨老师: 发布 巡逻 本周五 19:00-21:00 东门集合 2人
杨老师 presses 发布
"""


class Talk:
    """Call it with lines of a scene; AssertionError for the first that cannot be carried out or does not hold."""

    def __init__(self, folder: Path, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.player = Player(read(text), f"sqlite:///{folder}/talk.db", self.lines.append)

    async def __call__(self, text: str) -> None:
        known = len(read(self.text).steps)
        self.text += text.rstrip("\n") + "\n"
        for step in read(self.text).steps[known:]:
            await self.player.line(step)
            assert not self.player.failures, "\n".join([*self.lines, str(self.player.failures)])

    @property
    def network(self) -> SceneNetwork:
        return self.player.network

    def screen(self, place: str = "group") -> list[str]:
        """The texts on a screen now, oldest first."""
        chat = scene.group(place) if place in self.player.scene.groups else scene.private(scene.person(place))
        return [shown.text for shown in self.network.screens.now_on(chat)]

    def said(self, who: str, words: str, place: str = "group") -> Said:
        """What a network hands over when somebody says something, for a test to hand over itself."""
        return self.network.said(scene.person(who), scene.group(place), words)

    def rows(self, kind: type[T]) -> list[T]:
        """All rows of a table, as they are in the database now."""
        with self.player.database.reading() as session:
            return all_rows(session, kind)


def all_rows(session: Session, kind: type[T]) -> list[T]:
    return list(session.exec(select(kind)).all())


@asynccontextmanager
async def talking(folder: Path, text: str = PATROL) -> AsyncIterator[Talk]:
    """A village in which the lines of `text` have been said."""
    talk = Talk(folder, text)
    for step in await talk.player.begin():
        await talk.player.line(step)
    assert not talk.player.failures, "\n".join([*talk.lines, str(talk.player.failures)])
    try:
        yield talk
    finally:
        await talk.player.end()
