"""The shadow: a second, noisy community in the same database, under which everything else must go on unchanged.

It has people of the same names, activities of the same kinds and numbers, and a group with the same bot
account. Whatever of it is seen, heard or counted elsewhere has leaked.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from adapters.scene.network import SceneNetwork, group, person, private
from adapters.scene.screens import Screens
from core.described import Described
from core.messages import Chat
from tests.street import YANG, Street

NAMED = "shadow"
"""The word by which the settings know it."""
SIGN = "罔"
"""It stands in all that the shadow says of its activities, and nowhere else."""
GROUP = group(f"{SIGN}子的群")
STRANGE = group("谁的群")
"""Nobody has confirmed it."""
PEOPLE = ("陈伯", "李阿姨", "王伯", "赵叔", "王阿姨", "Chen", "Li", "孙姐")
BEFORE = datetime(2026, 11, 22, 1, tzinfo=UTC)
"""Nine in the morning of the day before most scenes begin."""
POSTED = (
    "发布 巡逻 2026-11-27 19:00-21:00 罔东门集合 2人",
    "发布 百家饭 2026-11-28 11:00 罔活动室 凉菜2 热菜4",
    "发布 一米阳台 2026-11-28 9:00 罔子楼 1-10号楼 每处1人",
    "发布 慰问 2026-11-28 9:00 2户 每户1人 1号楼302室罔秀英奶奶 3号楼101室罔建国爷爷",
    "发布 巡逻 每天 19:00-21:00 罔东门集合 2-4人",
    "发布 巡逻 2026-11-23 10:30-11:00 罔西门集合 1人",
)
OWN = (
    *("community", "member", "account", "presence", "occurrence", "slot", "claim", "series", "paired"),
    *("matter", "matterstep", "mattershare", "matterverdict"),
)
"""Tables whose rows of the shadow nobody else's words may change."""
GROWING = ("occurrence", "slot", "claim")
"""Those to which its own series and its own deadlines add."""
OF_PEOPLE = ("spokenof",)
"""Found by whose it is: which community somebody in two of them spoke of last."""
STANDS = {"claim": "promised NOT IN ('offered', 'waitlisted')"}
"""Which rows are looked at, where time alone moves the others: an offer passes on, who waits is not needed."""


DESCRIBED = Described(named=NAMED, name=f"{SIGN}里", coordinators=[f"scene:{YANG}#9"], groups=[f"scene:{GROUP.id}"])


class Elsewhere(Screens):
    """Screens whose ids are none of those that a scene gives out."""

    def id(self) -> str:
        return f"{SIGN}{super().id()}"


class Shadow(Street):
    """The street on which the shadow's neighbours live: they are called alike, and have accounts of their own."""

    def __init__(self, folder: Path) -> None:
        network = SceneNetwork()
        network.screens = Elsewhere()
        super().__init__(folder, network=network, **vars(DESCRIBED))
        self.clock.moment = BEFORE

    async def does(self, who: str, words: str, chat: Chat | None = GROUP) -> None:
        await self.say(f"{who}#9", words, chat)
        await self.deliver()

    async def live(self) -> None:
        """A day of the shadow: rosters, claims, guests, a waiting list, drafts, questions, groups of strangers."""
        await self.start()
        for name in (YANG, *PEOPLE):
            await self.tell(self.network.joined(person(f"{name}#9"), GROUP))
            await self.tell(self.network.opened(person(f"{name}#9")))
        await self.tell(self.network.ranked(person("王伯#9"), GROUP, administrator=True))
        for words in POSTED:
            await self.does(YANG, words, None)
            await self.does(YANG, "发布", None)
        for who in PEOPLE:
            for words in ("报名 1", "报名 5", "报名 6", "我的"):
                await self.does(who, words)
        for who, words in (
            ("陈伯", "百家饭 红烧肉 10份"),
            ("李阿姨", "报名 3 3号楼"),
            ("王伯", "报名 4"),
            ("陈伯", "退出 1"),
        ):
            await self.does(who, words)
        await self.does("李阿姨", "帮王阿姨报名 2")
        for who, words in (
            ("陈伯", "烦心事 罔子楼3号楼楼道灯坏了"),
            ("李阿姨", "我也是 1"),
            ("王伯", "发现 罔子楼东门的树断了"),
            (YANG, "事1 罔子楼的物业来看过了"),
            (YANG, "事1 解决了 罔灯换了"),
            ("陈伯", "事1 还没有"),  # or it would be closed in a week
        ):
            await self.does(who, words)
        await self.does("孙姐", "烦心事 罔家的狗叫", None)  # a card that is never decided
        await self.does("赵叔", "退出", None)  # a question that is never answered
        await self.does(YANG, "发布 巡逻 2026-11-29 罔北门 2人", None)  # a draft that is never posted
        await self.tell(self.network.entered(person("生人#9"), STRANGE))
        await self.deliver()


@cache
def begun() -> bytes:
    """A database in which the shadow has lived a day, and nobody else."""

    async def live(folder: Path) -> None:
        shadow = Shadow(folder)
        await shadow.live()
        await shadow.die()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder)))
        file = Path(folder) / "street.db"
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return file.read_bytes()


def rows(file: Path, tables: Iterable[str] = OWN) -> dict[str, list[tuple[object, ...]]]:
    """What the shadow has, by table."""
    connection = sqlite3.connect(file)
    try:
        (id,) = connection.execute("SELECT id FROM community WHERE named = ?", [NAMED]).fetchone()
        where = {table: "id" if table == "community" else "community_id" for table in tables}
        return {
            table: sorted(connection.execute(f"{chosen} AND {STANDS.get(table, 1)}", [id]).fetchall(), key=repr)
            for table, column in where.items()
            for chosen in [f"SELECT * FROM {table} WHERE {column} = ?"]
        }
    finally:
        connection.close()


@contextmanager
def overheard() -> Iterator[set[str]]:
    """The statements that read or change rows of communities without saying of which."""
    blind: set[str] = set()
    theirs = (table for table in SQLModel.metadata.tables.values() if "community_id" in table.c)
    tables = [re.escape(table.name) for table in theirs if table.name not in OF_PEOPLE]
    touches = re.compile(rf"(?:FROM|UPDATE|JOIN) (?:{'|'.join(tables)})\b")

    def hear(_c: object, _r: object, statement: str, *_: object) -> None:
        if touches.search(statement) and "community_id" not in statement.partition("WHERE")[2]:
            blind.add(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield blind
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def chats() -> set[str]:
    """The ids of its chats on the network."""
    return {GROUP.id, STRANGE.id, *(private(person(f"{name}#9")).id for name in (YANG, *PEOPLE))}
