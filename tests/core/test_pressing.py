"""Where a press counts: what was said to one alone, what stands in a private chat, and what a post knows no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session

from core.db import Database
from core.members import Account, Community, Member
from core.posts import Post, Press
from core.posts.kind import PostKind
from core.rules import Refusal
from core.short_lives import empty
from core.talk.pressing import carry_out, offered_here
from core.views.behind import DETAILS

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    file = tmp_path / "edges.db"
    file.write_bytes(empty())
    database = Database(f"sqlite:///{file}")
    with database.writing() as session:
        yield session
    database.close()


def pressing_in(session: Session | None = None, *, private: bool = False, account: str = "陈伯") -> Any:
    """Somebody, member 7, presses in chat 5."""
    chat = SimpleNamespace(private=private, id=5, network="scene", account=account)
    found = SimpleNamespace(session=session, chat=chat, member=SimpleNamespace(id=7), here=SimpleNamespace(id=1))
    found.refused = []
    found.refuse = found.refused.append
    found.here.posts = {}
    return found


def test_what_was_said_to_one_alone_in_a_group_is_pressed_there_by_them_alone() -> None:
    assert offered_here(pressing_in(), Post(member_id=7, shown_in=5))
    assert not offered_here(pressing_in(), Post(member_id=8, shown_in=5))
    assert not offered_here(pressing_in(), Post(member_id=7, shown_in=6))


def test_in_the_private_chat_of_an_account_that_nobody_knows_nothing_is_pressed(session: Session) -> None:
    assert not offered_here(pressing_in(session, private=True, account="nobody"), Post(member_id=7, shown_in=5))


def test_privately_one_presses_for_oneself_for_whom_one_was_before_for_who_has_no_account_and_what_stood_there(
    session: Session,
) -> None:
    session.add(Community(id=1, name="邻里", zone="Asia/Shanghai", lang="zh"))
    session.flush()
    for id, more in ((7, {}), (8, {}), (9, {"merged_into": 7}), (10, {"proxy_id": 7})):
        session.add(Member(community_id=1, id=id, name=f"{id}", **more))
        session.flush()
    session.add(Account(community_id=1, network="scene", id="陈伯", member_id=7, name="陈伯", last_used=NOW))
    session.flush()
    turn = pressing_in(session, private=True)
    turn.account = SimpleNamespace(member_id=7)
    whose = {id: offered_here(turn, Post(member_id=id)) for id in (7, 8, 9, 10, 99)}
    assert whose == {7: True, 8: False, 9: True, 10: True, 99: False}
    assert offered_here(turn, Post(member_id=8, shown_in=5))
    assert not offered_here(turn, Post(member_id=99, shown_in=5))
    turn.account.member_id = 8  # somebody else speaks in this chat
    assert not offered_here(turn, Post(member_id=7))


def test_what_a_post_does_not_know_any_more_is_an_old_button() -> None:
    turn, done = pressing_in(), []
    turn.here.posts = {"x": PostKind("x", render=lambda _: None, presses={"go": lambda _, press: done.append(press)})}
    carry_out(turn, Press(Post(kind="x"), "go", ""))
    assert (len(done), turn.refused) == (1, [])
    old = [("none", "go", {}), ("none", DETAILS, {}), ("x", "other", {}), ("x", "go", {"gone": True})]
    for kind, verb, body in old:
        carry_out(turn, Press(Post(kind=kind, body=body), verb, ""))
    assert (len(done), turn.refused) == (1, [Refusal("old_button")] * len(old))
