"""What every kind of post must do. A new one is found in `POST_KINDS` and held to it; nothing here names one."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from core.db import Database
from core.features import FEATURES, NAMES, enabled
from core.here import Here
from core.manners import DEFAULT
from core.members import Community
from core.messages import Message
from core.posts import Body, Post, PostKind, ever_offered
from core.posts.body import defaults
from core.posts.kinds import ALL, POST_KINDS
from core.views.lookup import Lookup
from core.views.view import View
from core.words import catalogue
from tests.keys import KEYS
from tests.posts.recorded import RETIRED, THEN, WRITTEN, written_since, written_then

ROOT = Path(__file__).parents[2]
every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The recorded rows, only to be read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('recorded')}/rows.db"
    written_then(url)
    database = Database(url, KEYS)
    database.migrate()
    with database.writing() as session:
        written_since(session)
    with database.reading() as session:
        yield session
    database.close()


def of(session: Session, kind: PostKind) -> Sequence[Post]:
    return session.exec(select(Post).where(Post.kind == kind.name)).all()


# ------------------------------------------------------------ the list


def test_no_two_kinds_have_one_name() -> None:
    assert len(POST_KINDS) == len(ALL)


def test_what_is_owed_by_name_is_a_kind() -> None:
    """Deeds and talk say what they owe by its name: none is misspelt."""
    owed: dict[str, str] = {}
    for file in [*(ROOT / "core").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("owe", "privately", "want", "owed"):
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                owed.update((word, file.name) for word in words if isinstance(word, str))
    assert len(owed) > 15
    known = {*POST_KINDS, *(kind.name for feature in FEATURES for kind in feature.posts)}
    assert {name: file for name, file in owed.items() if name not in known} == {}


# ------------------------------------------------------------ the body


def made_up(usual: Any, n: int) -> Any:
    """Something of the shape of this, and not this."""
    match usual:
        case bool():
            return not usual
        case int():
            return usual + n
        case str():
            return f"{usual}{n}"
        case tuple():
            return ((n, "x"), (n + 1, "y"))
        case _:
            return {"n": n}


@every_kind
def test_a_body_comes_back_as_it_was_stored(kind: PostKind) -> None:
    full = kind.body(**{name: made_up(usual, n) for n, (name, usual) in enumerate(defaults(kind.body).items(), 1)})
    stored = full.stored()
    assert set(stored) == {field.name for field in fields(kind.body)}
    assert kind.body.read(stored) == full
    as_json = {k: [list(pair) for pair in v] if isinstance(v, tuple) else v for k, v in stored.items()}
    assert kind.body.read(as_json) == full
    assert kind.body().stored() == {}


@every_kind
def test_a_body_is_read_with_care(kind: PostKind) -> None:
    assert kind.body.read({}) == kind.body()
    assert kind.body.read({"of a later version": 1, "older": [2]} | dict.fromkeys(defaults(kind.body))) == kind.body()
    assert kind.body.read({name: {"odd": 1} for name, v in defaults(kind.body).items() if isinstance(v, int | str)})


@every_kind
def test_nothing_is_lost_of_a_body_that_an_older_version_wrote(kind: PostKind, session: Session) -> None:
    rows = of(session, kind)
    assert rows or kind.name not in WRITTEN, "the recorded rows have one of every kind that was ever given away"
    for post in rows:
        again = kind.body.read(kind.body.of(post).stored())
        known = {name: getattr(again, name) for name in defaults(kind.body)}
        for name, value in post.body.items():
            if (kind.name, name) not in RETIRED:
                assert listed(known[name]) == listed(value), (kind.name, name)


def listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: listed(each) for name, each in value.items()}
    return [listed(each) for each in value] if isinstance(value, list | tuple) else value


# ------------------------------------------------------------ shown, or done


@every_kind
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_shown_in_both_languages_or_done_at_its_time(kind: PostKind, lang: str, session: Session) -> None:
    assert (kind.render is None) != (kind.act is None)
    if kind.render is None or kind.name not in WRITTEN:
        return
    shown = [message for post in of(session, kind) if (message := rendered(session, post, kind, lang)) is not None]
    assert shown, "not one of the recorded rows is still worth showing"
    for message in shown:
        assert message.text
        assert {action.id.partition(".")[0] for action in message.actions} <= set(kind.presses)


def rendered(session: Session, post: Post, kind: PostKind, lang: str) -> Message | None:
    """As it stood when it was put there."""
    here = Here(session.exec(select(Community)).one(), DEFAULT, enabled(NAMES), posts=POST_KINDS)
    lookup = Lookup(session, here, min(THEN, post.not_before + timedelta(minutes=1)))
    assert kind.render is not None
    return kind.render(View(lookup, post, lang, private=not post.chat_id, reader=post.member_id))


@every_kind
def test_everything_it_ever_offered_can_be_pressed_and_has_a_label(kind: PostKind, session: Session) -> None:
    for post in of(session, kind):
        assert {action.partition(".")[0] for action, *_ in ever_offered(post)} <= set(kind.presses)
    for verb in kind.presses:
        for lang in ("zh", "en"):
            assert verb == "pick" or catalogue().text(lang, f"action.{verb}"), verb


@every_kind
def test_its_functions_take_what_they_are_given(kind: PostKind) -> None:
    """`PostKind` stands below views, work and turns, so that no type checker says this."""
    wanted = [
        *((press, ["Turn", "Press"]) for press in kind.presses.values()),
        *((label, ["Turn", "str"]) for label in kind.labels.values()),
        (kind.render, ["View"]),
        (kind.hears, ["Turn", "Post", "str", "Command"]),
        (kind.answered, ["Turn", "Post", "str"]),
        (kind.act, ["Work", "Post"]),
        (kind.unheard, ["Work", "Post"]),
        (kind.line, ["View", "Post"]),
    ]
    for function, types in wanted:
        if function is not None:
            assert takes(function) == types, function


def takes(function: Callable[..., Any]) -> list[str]:
    return [str(each.annotation) for each in inspect.signature(function).parameters.values()]


def test_what_is_recorded_are_kinds_that_there_are() -> None:
    assert {kind.name for kind in ALL} >= WRITTEN


def test_a_body_that_no_kind_needs_more_than_is_plain() -> None:
    assert {kind.name for kind in ALL if kind.body is Body} >= {"roster", "remind", "next"}
