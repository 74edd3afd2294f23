"""A deed that fails or is refused changes nothing, whichever of its statements it is that fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, select

from core import deeds
from core.activities import DRAFT, OPEN, Occurrence
from core.claims import OFFERED, Claim, Roster, roster_of
from core.deeds import (
    attending,
    changing,
    claiming,
    merging,
    outcome,
    people,
    posting,
    undoing,
    withdrawing,
)
from core.deeds.claiming import Coming
from core.deeds.posting import Moments
from core.deeds.whole import deed
from core.drafts import Read
from core.kind import Arrangement, Wanted
from core.members import Member
from core.rules import Refusal
from core.tables import TABLES
from core.work import Actor, Work
from tests.street import MONDAY, YANG, Street, street

SERIES = "发布 巡逻 每周五 19:00-21:00 东门集合 2人"
NAMES = ("陈伯", "李阿姨", "王伯", "赵叔")


@dataclass
class Scene:
    """What deeds are done on: a work by the coordinator, a patrol with two on it and two who wait, and its people."""

    work: Work
    on: Roster
    draft: Occurrence
    members: dict[str, Member]

    def of(self, name: str) -> list[Claim]:
        return [claim for claim in self.on.claims if claim.member_id == self.members[name].id]


PLAN = Arrangement(title="", place="西门", bring="", note="", slots=(Wanted(min=3, max=3),))
LATER = Moments(MONDAY + timedelta(days=5), MONDAY + timedelta(days=5, hours=2))


def undo_leave(scene: Scene) -> Any:
    came = withdrawing.leave(scene.work, scene.on, scene.of("陈伯"))
    assert isinstance(came, outcome.Outcome)
    return lambda: undoing.undo(scene.work, came)


def change_back(scene: Scene) -> Any:
    came = changing.change(scene.work, scene.on, PLAN, LATER, Read())
    assert isinstance(came, outcome.Outcome)
    return lambda: changing.change_back(scene.work, scene.on, came.before or 0)


def answer(scene: Scene) -> Any:
    withdrawing.withdraw(scene.work, scene.on, scene.of("陈伯"))
    offered = next(claim for claim in scene.on.claims if claim.promised == OFFERED)
    return lambda: withdrawing.answer_offer(scene.work, scene.on, offered, yes=False)


def part(scene: Scene) -> Any:
    granny, who, proxy = (scene.members[name] for name in ("王奶奶", "赵叔", "李阿姨"))
    moved, ended = merging.merge(scene.work, granny, who, proxy)
    return lambda: merging.part(scene.work, granny, who, proxy, moved, ended)


DEEDS: dict[str, Callable[[Scene], Callable[[], Any]]] = {
    "attend": lambda s: lambda: attending.attend(evening(s), s.on, s.of("陈伯"), "here"),
    "change": lambda s: lambda: changing.change(s.work, s.on, PLAN, LATER, Read()),
    "close": lambda s: lambda: changing.close(s.work, s.on),
    "cancel": lambda s: lambda: changing.cancel(s.work, s.on),
    "change_back": change_back,
    "claim": lambda s: lambda: claiming.claim(s.work, s.on, [Coming(s.work.by.member, s.on.slots[0], guests=2)]),
    "merge": lambda s: lambda: merging.merge(s.work, *(s.members[name] for name in ("王奶奶", "赵叔", "李阿姨"))),
    "part": part,
    "enrol": lambda s: lambda: people.enrol(s.work, "孙奶奶", proxy=True),
    "rename": lambda s: lambda: people.rename(s.work, s.members["陈伯"], "陈建国"),
    "hush": lambda s: lambda: people.hush(s.work, s.members["陈伯"], quiet=True),
    "lay_out": lambda s: lambda: posting.lay_out(s.work, s.draft, "patrol", PLAN, LATER, [], Read()),
    "publish": lambda s: lambda: posting.publish(s.work, s.draft),
    "discard": lambda s: lambda: posting.discard(s.work, s.draft),
    "undo": undo_leave,
    "leave": lambda s: lambda: withdrawing.leave(s.work, s.on, s.of("陈伯")),
    "withdraw": lambda s: lambda: withdrawing.withdraw(s.work, s.on, s.of("陈伯")),
    "answer_offer": answer,
}
"""For each deed, what to do first, and then the deed."""


def evening(scene: Scene) -> Work:
    """The same work when the patrol begins."""
    assert scene.on.occurrence.starts_at is not None
    return replace(scene.work, now=scene.on.occurrence.starts_at)


async def set_up(here: Street) -> None:
    await here.post(SERIES)
    for name in NAMES:
        await here.say(name, "报名")
    await here.deliver()
    await here.say("李阿姨", "帮王奶奶报名")
    await here.say(YANG, "发布 巡逻 2026-12-05 19:00 西门 3人", None)
    await here.deliver()


@contextmanager
def scene(here: Street) -> Iterator[Scene]:
    """A transaction of which nothing is kept."""
    with here.database.engine.connect().execution_options(writes=True) as connection, connection.begin() as whole:
        session = Session(connection, expire_on_commit=False)
        found = {member.name: member for member in session.exec(select(Member)).all()}
        posted = session.exec(select(Occurrence).where(Occurrence.state == OPEN)).one()
        draft = session.exec(select(Occurrence).where(Occurrence.state == DRAFT)).one()
        by = Actor(found[YANG].id, ("scene", YANG), "chat")
        work = Work(session, here.app.heres.first, MONDAY + timedelta(hours=1), by, occasion="scene:deed")
        yield Scene(work, roster_of(session, posted), draft, found)
        session.close()
        whole.rollback()


def rows(session: Session) -> dict[str, list[str]]:
    """All that is in the database now."""
    session.flush()
    names = [str(table.__tablename__) for table in TABLES]
    with session.no_autoflush:
        return {name: sorted(map(repr, session.connection().execute(text(f"SELECT * FROM {name}")))) for name in names}


class Failing(Exception):
    """A statement that fails, as on a broken index."""


class Fails:
    """Lets the nth statement of a deed fail; counts them all. Savepoints themselves are left alone."""

    def __init__(self, here: Street) -> None:
        self.left = self.count = 0
        event.listen(here.database.engine, "before_cursor_execute", self.count_one)

    def count_one(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return
        self.count += 1
        self.left -= 1
        if self.left == 0:
            raise Failing


@pytest.mark.parametrize("name", DEEDS)
async def test_a_deed_changes_nothing_whichever_of_its_statements_fails(tmp_path: Path, name: str) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        fails = Fails(here)
        with scene(here) as s:
            do, before = DEEDS[name](s), rows(s.work.session)
            fails.count = 0
            assert not isinstance(do(), Refusal)
            s.work.session.flush()
            count = fails.count
            assert rows(s.work.session) != before
        assert count
        for nth in range(1, count + 1):
            with scene(here) as s:
                do = DEEDS[name](s)
                s.work.session.flush()
                before, logged = rows(s.work.session), s.work.logged
                there = [claim.id for claim in s.on.claims], [slot.id for slot in s.on.slots]
                fails.left = nth
                with pytest.raises(Failing):
                    do()
                fails.left = 0
                assert rows(s.work.session) == before, f"statement {nth} of {count}"
                assert s.work.logged == logged
                assert ([claim.id for claim in s.on.claims], [slot.id for slot in s.on.slots]) == there
                if nth % 7 == 1:
                    assert not isinstance(do(), Refusal), "what comes after it goes on as if it had not been"
                    assert rows(s.work.session) != before


async def test_a_refused_deed_changes_nothing_and_the_roster_is_as_it_was(tmp_path: Path) -> None:
    @deed
    def half(work: Work, on: Roster) -> Refusal:
        claiming.claim(work, on, [Coming(work.by.member, on.slots[0])])
        on.occurrence.place = "南门"
        work.session.add(on.occurrence)
        on.slots = []
        return Refusal("full")

    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as s:
            before, slots, logged = rows(s.work.session), s.on.slots, s.work.logged
            assert half(s.work, s.on) == Refusal("full")
            assert rows(s.work.session) == before
            assert (s.on.slots, s.on.occurrence.place, s.work.logged) == (slots, "东门", logged)
            assert not s.on.of(s.work.by.member)


def test_every_deed_is_tried() -> None:
    """What talk and the desk call is a deed: it returns an outcome, or it is in the table above."""
    found = [
        value
        for name, module in inspect.getmembers(deeds, inspect.ismodule)
        for _, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == f"core.deeds.{name}"
    ]
    marked = {value.__name__ for value in found if hasattr(value, "__wrapped__")}
    assert marked == set(DEEDS)
    returning = {v.__name__ for v in found if "Outcome" in str(inspect.signature(v).return_annotation)}
    assert returning - {"outcome", "of"} <= marked
