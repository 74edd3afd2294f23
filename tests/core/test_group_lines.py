"""The line in a group for those without a private chat: how many a day, of which day, and who is asked in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from core.deeds.group_line import ANSWERS, NEWS, Line, Today, by_day, line_to_ask, lines_of_day
from core.members import Community, KnownChat
from core.posts import Copy, Post, Say
from core.way import Asking
from core.work import Actor, Work
from tests.street import GROUP, UNHURRIED, street

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


HOUR = f"{NEWS}2026-11-26T19"


def line(occasion: str, *, ask: bool = False) -> Post:
    return Post(community_id=1, kind="line", occasion=occasion, body=Line(ask=ask).stored(), due=NOW, not_before=NOW)


def test_a_day_is_full_of_answers_at_three_and_at_one_where_the_group_had_enough() -> None:
    def full(answers: int, *, much: bool) -> bool:
        return Today(tuple(line(f"{ANSWERS}{n}") for n in range(answers)), 1, much).full

    assert [full(n, much=False) for n in (0, 2, 3, 4)] == [False, False, True, True]
    assert [full(n, much=True) for n in (0, 1)] == [False, True]
    assert not Today((line(HOUR),) * 3, 1, much=True).full, "news answers nobody"


def test_so_many_lines_ask_and_one_that_asks_goes_on() -> None:
    asking, quiet = line(HOUR, ask=True), line(HOUR)
    assert Today((quiet,), 1, much=False).may_ask(None)
    today = Today((asking, quiet), 1, much=False)
    assert [today.may_ask(each) for each in (None, quiet, asking)] == [False, False, True]


async def test_somebody_is_asked_in_the_line_of_the_hour_else_in_one_more_else_in_the_last_that_asks(
    tmp_path: Path,
) -> None:
    async with street(tmp_path, posted="") as here:
        work: Any = SimpleNamespace(here=here.app.heres.first)
        openly = Post(kind="say", body=Say(key="refusal.full").stored())
        alone, answering = (Post(kind="say", body=Say(key="private.hello", origin=n).stored()) for n in (0, 5))
        early, now, asks = line(f"{NEWS}earlier"), line(HOUR), line(f"{NEWS}earlier", ask=True)
        answers = tuple(line(f"{ANSWERS}{n}") for n in range(3))

        def found(post: Post, *lines: Post) -> tuple[Post | None, bool]:
            return line_to_ask(work, post, HOUR, Today(lines, 1, much=False))

        assert found(alone, early, now) == (now, True)
        assert found(alone, asks, now) == (asks, True)
        assert found(alone, early) == (None, True)
        assert found(alone, *answers) == (None, True), "it answers nobody"
        assert found(answering, *answers) == (None, False), "and nobody is asked whom it could join"
        assert found(openly, asks) == (None, False), "it is known that it was done: another day"


async def test_a_line_belongs_to_the_day_it_is_due_on_by_the_clocks_there(tmp_path: Path) -> None:
    async with street(tmp_path, posted="") as here:
        ours, midnight = here.app.heres.first, datetime(2026, 11, 26, 16, tzinfo=UTC)
        with here.database.writing() as session:
            chat = session.exec(select(KnownChat).where(KnownChat.address == GROUP.id)).one()
            facts = {"chat_id": chat.id, "body": Line().stored(), "not_before": midnight}
            for n, due in enumerate((midnight - SECOND, midnight, midnight + timedelta(days=1))):
                session.add(Post(community_id=ours.id, id=n + 1, kind="line", occasion=f"{n}", due=due, **facts))
            session.flush()
            work = Work(session, ours, NOW, Actor(0, ("", ""), "clock"))
            days = [lines_of_day(work, chat.id, midnight + n * SECOND) for n in (-1, 0)]
            assert [[post.occasion for post in day.lines] for day in days] == [["0"], ["1"]]


async def test_a_group_had_enough_when_all_that_was_said_to_it_that_day_and_is_still_to_be_said_is_the_budget(
    tmp_path: Path,
) -> None:
    begins = datetime(2026, 11, 25, 16, tzinfo=UTC)
    ends, noon = begins + timedelta(days=1), begins + timedelta(hours=12)
    async with street(tmp_path, posted="") as here:
        ours = here.app.heres.first
        budget = ours.manners.group_budget

        def day(
            *said: datetime, aside: Sequence[datetime] = (), coming: Sequence[datetime] = (), **facts: Any
        ) -> Today:
            """The day with these messages to all, these to one alone, and these to come. `facts`: else than usual."""
            with here.database.engine.connect() as connection, Asking(connection) as session:
                session.add(Community(id=2, name="别处", zone="Asia/Shanghai", lang="zh"))
                of = {"community_id": ours.id, "chat_id": 5, "kind": "lines", **facts}
                whose = {name: of[name] for name in ("community_id", "chat_id")}
                usual = {"not_before": noon, "body": {}, "occasion": ""}
                for n, (at, member) in enumerate([*((at, 0) for at in said), *((at, 7) for at in aside)]):
                    told = {**usual, **whose, "kind": "say", "occasion": f"{n}", "due": at, "pending": False}
                    session.add(Post(id=n + 1, member_id=member, **told))
                    session.add(Copy(message=f"{n}", post_id=n + 1, at=at, **whose))
                for n, due in enumerate(coming):
                    session.add(Post(id=100 + n, due=due, **{**usual, **of, "occasion": f"{n}"}))
                session.flush()
                work = Work(session, ours, NOW, Actor(0, ("", ""), "clock"))
                return lines_of_day(work, 5, noon)

        full = [begins] * budget
        assert (day(*full).much, day(*full[1:]).much) == (True, False)
        assert not day(*[ends] * budget).much
        assert not day(*full, community_id=2).much
        assert day(*full[1:], coming=[noon]).much
        assert not day(*full[1:], coming=[ends]).much
        for facts in ({"community_id": 2}, {"chat_id": 6}, {"kind": "remind"}):
            assert not day(coming=[noon] * budget, **facts).much
        assert day(coming=[noon] * budget).much
        assert not day(*full[1:], aside=[begins]).much, "who alone read something was not the group"
        assert [day(aside=[at]).most for at in (begins, noon, ends)] == [1, 1, 3]


def test_who_has_no_quiet_hours_is_spoken_to_at_once() -> None:
    night = datetime(2026, 11, 26, 18, tzinfo=UTC)
    for quiet, at in ((UNHURRIED.quiet, datetime(2026, 11, 26, 23, tzinfo=UTC)), (None, night)):
        work: Any = SimpleNamespace(
            here=SimpleNamespace(manners=replace(UNHURRIED, quiet=quiet), tz=SHANGHAI), now=night
        )
        assert by_day(work) == at
