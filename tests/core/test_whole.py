"""A deed that fails or is refused changes nothing, whichever of its statements it is that fails."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, select

from core import deeds
from core.activities import DRAFT, OPEN, Occurrence
from core.claims import OFFERED, Claim, Roster, roster_of
from core.deeds import (
    arriving,
    attending,
    changing,
    claiming,
    falling_back,
    groups,
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
from core.members import CONFIRMED, Account, KnownChat, Member, account_of, know_chat, open_groups, present
from core.messages import Chat, Person
from core.news import Notice
from core.posts import Post, Say
from core.rules import Refusal
from core.tables import TABLES
from core.way import Asking
from core.work import Actor, Work
from tests.core.tried_away import AWAY
from tests.core.tried_digest import DIGEST
from tests.core.tried_doorway import DOORWAY
from tests.core.tried_elders import ELDERS
from tests.core.tried_groups import CUT_OFF
from tests.core.tried_lists import LISTS
from tests.core.tried_matters import MATTERS
from tests.core.tried_meetings import MEETINGS
from tests.core.tried_morning import MORNING
from tests.core.tried_rights import RIGHTS
from tests.core.tried_rounds import ROUNDS
from tests.core.tried_series import SERIES
from tests.core.tried_unread import UNREAD
from tests.street import MONDAY, YANG, Street, street

WEEKLY = "发布 巡逻 每周五 19:00-21:00 东门集合 2人"
NAMES = ("陈伯", "李阿姨", "王伯", "赵叔")


T = TypeVar("T")


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


def account(scene: Scene, name: str) -> Account:
    found = account_of(scene.work.session, scene.work.here.id, Person("scene", name))
    assert found is not None
    return found


def ours(scene: Scene) -> KnownChat:
    """The community's group."""
    return next(chat for chat in open_groups(scene.work.session, scene.work.here.id) if chat.bound)


def foreign(scene: Scene) -> KnownChat:
    """A group into which the bot has just been brought."""
    chat = know_chat(scene.work.session, scene.work.here.community, Chat("scene", "别处", name="别处"), scene.work.now)
    scene.work.session.flush()
    return chat


def on(what: T, do: Callable[[T], Any]) -> Callable[[], Any]:
    """What is done with something that was found before."""
    return lambda: do(what)


def begun(scene: Scene, do: Callable[[KnownChat], Any]) -> Callable[[], Any]:
    """A group about which it was begun to ask, of which somebody was asked already, and what is done with it."""
    chat = foreign(scene)
    groups.begin(scene.work.session, scene.work.here, chat, MONDAY, brought_by="外人")
    present(scene.work.session, chat, "外人")
    for post in scene.work.session.exec(select(Post).where(Post.kind == "ours")):
        scene.work.session.delete(post)  # else there is nothing to ask any more
    scene.work.session.flush()
    groups.ask_about(scene.work.session, [chat], scene.members["王伯"].id, MONDAY, MONDAY + timedelta(days=1))
    return lambda: do(chat)


def moved(scene: Scene) -> Callable[[], Any]:
    """Our group and another that was asked about turn out to be one."""
    here = ours(scene)
    return begun(scene, lambda chat: groups.moved(scene.work.session, here, chat, scene.work.now))


def shut_out(scene: Scene) -> Callable[[], Any]:
    """Somebody whose private chat was shut, with something that was kept for them."""
    who = account(scene, "陈伯")
    who.reachable = False
    scene.work.session.add(who)
    post = scene.work.owe("say", member_id=who.member_id, occasion="kept", body=Say(key="private.hello"))
    scene.work.session.flush()
    scene.work.keep(post)
    return lambda: arriving.reached(scene.work.session, who, scene.work.now)


def unheard(scene: Scene) -> Callable[[], Any]:
    """A word to somebody who reads it in the group only."""
    who = scene.members["陈伯"]
    post = scene.work.owe(
        "notice", member_id=who.id, occurrence_id=scene.on.occurrence.id, occasion="n", body=Notice(key="cancelled")
    )
    scene.work.session.flush()
    return lambda: falling_back.fall_back(scene.work, post)


def on_roster(
    made: Callable[[Work, Roster, dict[str, Member]], Callable[[], Any]],
) -> Callable[[Scene], Callable[[], Any]]:
    return lambda scene: made(scene.work, scene.on, scene.members)


def on_work(made: Callable[[Work, dict[str, Member]], Callable[[], Any]]) -> Callable[[Scene], Callable[[], Any]]:
    return lambda scene: made(scene.work, scene.members)


DEEDS: dict[str, Callable[[Scene], Callable[[], Any]]] = {
    "attending.attend": lambda s: lambda: attending.attend(evening(s), s.on, s.of("陈伯"), "here"),
    "attending.record": lambda s: lambda: attending.record(evening(s), s.on, {c.id: "excused" for c in s.of("陈伯")}),
    "changing.change": lambda s: lambda: changing.change(s.work, s.on, PLAN, LATER, Read()),
    "changing.close": lambda s: lambda: changing.close(s.work, s.on),
    "changing.cancel": lambda s: lambda: changing.cancel(s.work, s.on),
    "changing.change_back": change_back,
    "claiming.claim": lambda s: (
        lambda: claiming.claim(s.work, s.on, [Coming(s.work.by.member, s.on.slots[0], guests=2)])
    ),
    "merging.merge": lambda s: (
        lambda: merging.merge(s.work, *(s.members[name] for name in ("王奶奶", "赵叔", "李阿姨")))
    ),
    "merging.part": part,
    "people.enrol": lambda s: lambda: people.enrol(s.work, "孙奶奶", proxy=True),
    "people.rename": lambda s: lambda: people.rename(s.work, s.members["陈伯"], "陈建国"),
    "people.hush": lambda s: lambda: people.hush(s.work, s.members["陈伯"], quiet=True),
    "posting.lay_out": lambda s: lambda: posting.lay_out(s.work, s.draft, "patrol", PLAN, LATER, [], Read()),
    "posting.publish": lambda s: lambda: posting.publish(s.work, s.draft),
    "posting.discard": lambda s: lambda: posting.discard(s.work, s.draft),
    "undoing.undo": undo_leave,
    "withdrawing.leave": lambda s: lambda: withdrawing.leave(s.work, s.on, s.of("陈伯")),
    "withdrawing.withdraw": lambda s: lambda: withdrawing.withdraw(s.work, s.on, s.of("陈伯")),
    "withdrawing.answer_offer": answer,
    "claiming.claim a stranger": lambda s: (
        lambda: claiming.claim(s.work, s.on, [Coming(0, s.on.slots[0], stranger="孙奶奶", guests=1)])
    ),
    "groups.begin": lambda s: on(
        foreign(s), lambda chat: groups.begin(s.work.session, s.work.here, chat, MONDAY, brought_by="外人")
    ),
    "groups.ask": lambda s: begun(s, lambda _: groups.ask(s.work.session, s.work.here, s.work.now)),
    "groups.ask_about": lambda s: begun(
        s, lambda chat: groups.ask_about(s.work.session, [chat], s.members["陈伯"].id, s.work.now, s.work.now)
    ),
    "groups.bind": lambda s: begun(s, lambda chat: groups.bind(s.work.session, chat, CONFIRMED, s.work.now)),
    "groups.brought": lambda s: begun(
        s,
        lambda chat: groups.brought(
            s.work.session, s.work.here, chat, s.members[YANG], s.work.now, ("scene", YANG, s.members[YANG].id)
        ),
    ),
    "groups.refuse": lambda s: begun(s, lambda chat: groups.refuse(s.work.session, chat, s.work.now)),
    "groups.unbind": lambda s: on(ours(s), lambda chat: groups.unbind(s.work.session, chat, s.work.now)),
    "groups.leave": lambda s: on(ours(s), lambda chat: groups.leave(s.work.session, chat, s.work.now, s.work.now)),
    "groups.gone": lambda s: begun(s, lambda chat: groups.gone(s.work.session, chat, s.work.now)),
    "groups.moved": moved,
    "arriving.say_once": lambda s: on(
        ours(s),
        lambda chat: arriving.say_once(
            s.work.session, chat, "private.stranger", "once", s.work.now, more=["pairing.awaited"]
        ),
    ),
    "arriving.greet": lambda s: on(foreign(s), lambda chat: arriving.greet(s.work.session, chat, s.work.now)),
    "arriving.hello": lambda s: on(
        account(s, "陈伯"), lambda who: arriving.hello(s.work.session, who, s.members["陈伯"], s.work.now)
    ),
    "arriving.reached": shut_out,
    "arriving.unreachable": lambda s: on(account(s, "陈伯"), lambda who: arriving.unreachable(s.work.session, who)),
    "falling_back.fall_back": unheard,
    **{
        name: on_work(made)
        for name, made in {**MATTERS, **CUT_OFF, **ELDERS, **RIGHTS, **DIGEST, **LISTS, **MEETINGS}.items()
    },
    **{name: on_roster(made) for name, made in {**SERIES, **AWAY, **ROUNDS, **MORNING, **UNREAD, **DOORWAY}.items()},
}
"""For each deed, what to do first, and then the deed."""


def evening(scene: Scene) -> Work:
    """The same work when the patrol begins."""
    assert scene.on.occurrence.starts_at is not None
    return replace(scene.work, now=scene.on.occurrence.starts_at)


async def set_up(here: Street) -> None:
    await here.post(WEEKLY)
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
        session = Asking(connection, expire_on_commit=False)
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


async def test_somebody_new_who_may_not_come_is_not_put_down_at_all(tmp_path: Path) -> None:
    async with street(tmp_path, *NAMES, posted="") as here:
        await set_up(here)
        with scene(here) as s:
            changing.close(s.work, s.on)
            before = rows(s.work.session)
            came = claiming.claim(s.work, s.on, [Coming(0, s.on.slots[0], stranger="孙奶奶")])
            assert isinstance(came, Refusal)
            assert rows(s.work.session) == before
        for chain in ("帮孙奶奶报名 9", "报名 孙奶奶 9", "加 孙奶奶 9"):
            await here.say(YANG, chain)
        await here.say("陈伯", "帮孙奶奶报名 1")
        await here.say(YANG, "关闭 1")
        await here.say("陈伯", "帮吴奶奶报名 1")
        names = await here.database.read(lambda session: [m.name for m in session.exec(select(Member)).all()])
        assert names.count("孙奶奶") == 1
        assert "吴奶奶" not in names


def test_every_deed_is_tried() -> None:
    """What talk and the desk call is a deed: it returns an outcome, or it is in the table above."""
    found = [
        (name, value)
        for name, module in inspect.getmembers(deeds, inspect.ismodule)
        for _, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == f"core.deeds.{name}"
    ]
    marked = {f"{name}.{value.__name__}" for name, value in found if hasattr(value, "__wrapped__")}
    assert marked == {tried.split()[0] for tried in DEEDS}
    returning = {
        f"{name}.{v.__name__}" for name, v in found if "Outcome" in str(inspect.signature(v).return_annotation)
    }
    assert (
        returning
        - {"outcome.outcome", "outcome.of", "regulars.seat", "regulars.give_back", "absence.pause", "absence.seats"}
        <= marked
    )
