"""What becomes of one due post: called, ended, settled, left to another process, or told in another way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from adapters.scene.network import CAN
from bot.planning import Gate, Plan, Round, Target, consider, show
from core.members import CONFIRMED, Account, KnownChat, Presence
from core.messages import Confide, Message, Person
from core.posts import Post
from core.posts.kind import PostKind
from core.views.lookup import Lookup
from tests.street import GROUP, MONDAY, Street, street

Render = Callable[[Any], Message | None]
CHEN = Person("scene", "陈伯", "陈伯")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Street]:
    async with street(tmp_path, posted="") as made:
        await made.say("陈伯", "大家好")
        with made.database.writing() as session:
            facts: dict[str, Any] = {
                "community_id": made.app.heres.first.id,
                "private": False,
                "bound": CONFIRMED,
                "account": "",
            }
            session.add(KnownChat(id=7, network="other", address="there", name="那边", **facts))
        yield made


@contextmanager
def looking(here: Street, **can: Any) -> Iterator[tuple[Round, KnownChat]]:
    """A look at what is due, by a process that speaks for one of two networks; and the group there."""
    with here.database.reading() as session:
        group = session.exec(select(KnownChat).where(KnownChat.address == GROUP.id)).one()
        networks: dict[str, Any] = {"scene": SimpleNamespace(can=replace(CAN, **can))}
        heres = here.app.heres
        lookup = Lookup(session, heres.first, MONDAY)
        yield Round(Plan(), lookup, networks, Gate({"scene": 5}), heres, frozenset({"scene", "other"})), group


def due(chat: KnownChat, **facts: Any) -> Post:
    moments = {"due": MONDAY, "not_before": MONDAY}
    return Post(**{"community_id": chat.community_id, "id": 9, "chat_id": chat.id, "kind": "x", **moments, **facts})


def saying(*words: Any) -> Render:
    return lambda view: Message(words) if words else None


def test_what_is_too_late_and_what_says_nothing_any_more_ends(here: Street) -> None:
    with looking(here) as (now, group):
        late = due(group, expires=MONDAY)
        consider(late, PostKind("x", render=saying("你好")), now)
        empty = due(group)
        consider(empty, PostKind("x", render=saying()), now)
        consider(due(group, expires=MONDAY + timedelta(seconds=1)), PostKind("x", render=saying("你好")), now)
        assert now.plan.ended == [late, empty]
        assert len(now.plan.calls) == 1


def test_what_is_for_another_processs_network_is_left_to_it(here: Street) -> None:
    with looking(here) as (now, group):
        other = now.lookup.chat(7)
        assert other is not None
        theirs = due(other)
        for post in (theirs, due(group)):
            consider(post, PostKind("x", render=saying("你好")), now)
        assert now.plan.left == [theirs]
        assert [call.target.network for call in now.plan.calls] == ["scene"]


@pytest.mark.parametrize("can", [True, False])
def test_a_group_is_left_where_the_network_can_and_else_there_is_nothing_to_do(here: Street, can: bool) -> None:
    with looking(here, leaves=can) as (now, group):
        post = due(group)
        consider(post, PostKind("x", render=saying("再见"), leaves=True), now)
        assert (len(now.plan.calls), now.plan.ended) == ((1, []) if can else (0, [post]))


def test_what_stands_there_and_is_as_it_was_is_settled(here: Street) -> None:
    with looking(here) as (now, group):
        shown = due(group, message="m", shown_in=group.id, wanted=3)
        consider(shown, PostKind("x", render=saying()), now)
        assert now.plan.settled == [(shown, 3)]
        consider(shown, PostKind("x", render=saying("你好")), now)
        shown.looks = now.plan.calls[0].looks
        consider(shown, PostKind("x", render=saying("你好")), now)
        assert now.plan.settled == [(shown, 3), (shown, 3)]
        assert len(now.plan.calls) == 1


def test_a_database_that_fails_is_no_defect_of_a_post(here: Street) -> None:
    def fails(view: Any) -> Message | None:
        raise error

    with looking(here) as (now, group):
        error: Exception = OperationalError("SELECT 1", {}, Exception("database is locked"))
        with pytest.raises(OperationalError):
            consider(due(group), PostKind("x", render=fails), now)
        error = ValueError()
        post = due(group)
        consider(post, PostKind("x", render=fails), now)
        assert [each for each, _ in now.plan.postponed] == [post]


def test_said_aside_it_asks_for_a_private_chat_once_and_never_says_what_is_confided(here: Street) -> None:
    with looking(here) as (now, group):
        who = now.lookup.session.get_one(Account, (group.community_id, "scene", CHEN.id)).member_id
        post = due(group, chat_id=0, member_id=who)
        aside = Target("scene", group.address, group=True, chat=group, reader=who, alone=CHEN)
        kind = PostKind("x", render=saying("你好"))
        show(post, kind, aside, now)
        there = now.lookup.session.get_one(Presence, (group.community_id, group.id, CHEN.id))
        there.asked = True
        now.lookup._made.clear()
        show(post, kind, aside, now)
        first, second = (str(call.fitted) for call in now.plan.calls)
        assert len(first) > len(second)
        show(post, PostKind("x", render=saying(Confide("3号楼502"))), aside, now)
        assert (now.plan.unheard, len(now.plan.calls)) == ([post], 2)
