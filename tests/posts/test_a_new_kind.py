"""A kind of post is one value: pressing, hearing, the courier and what stands in for it ask nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from adapters.scene.network import person
from core import posts
from core.deeds.group_line import one_line
from core.members import Account
from core.messages import Message, Span
from core.posts import Body, Post, PostKind, Press
from core.posts.kinds import POST_KINDS
from core.reading.commands import Command
from core.turn import Turn
from core.views.view import View
from core.work import Work
from tests.street import Street, street

# ------------------------------------------------------------ a ladder of two steps, as its file would have it


@dataclass(frozen=True, slots=True)
class Umbrella(Body):
    colour: str = ""
    answer: str = ""


def umbrella(view: View) -> Message | None:
    body = Umbrella.of(view.post)
    return Message((f"谁的伞？{body.colour} {body.answer}",), view.open("yes"))


def is_mine(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Umbrella.of(press.post), answer="有人认领"))


def heard(turn: Turn, post: Post, words: str, command: Command) -> bool:
    if "伞" not in words:
        return False
    posts.settle(turn.session, post, turn.now, replace(Umbrella.of(post), answer=words))
    return True


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    return (f"伞 {Umbrella.of(post).colour}",)


def ask_again(work: Work, post: Post) -> None:
    """The second step: asked anew, of the same member."""
    work.owe("umbrella", member_id=post.member_id, occasion="again", body=Umbrella(colour="再问"))


UMBRELLA = PostKind(
    "umbrella", Umbrella, umbrella, presses={"yes": is_mine}, hears=heard, unheard=one_line, line=in_public
)
UMBRELLA_LATER = PostKind("umbrella_later", act=ask_again)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line in the list."""
    for kind in (UMBRELLA, UMBRELLA_LATER):
        monkeypatch.setitem(POST_KINDS, kind.name, kind)  # type: ignore[arg-type]  # a dictionary, which nobody changes


def owe(here: Street, name: str, kind: str, body: Body | None = None, **by: float) -> None:
    with here.database.writing() as session:
        member = account(session, name)
        now, due = here.clock.now(), here.clock.now() + timedelta(**by)
        posts.want(
            session, member.community_id, now, kind, urgency=posts.OFFER, member_id=member.member_id, due=due, body=body
        )


def account(session: Session, name: str) -> Account:
    return session.exec(select(Account).where(Account.id == name)).one()


# ------------------------------------------------------------ what happens


async def test_its_presses_do_what_it_says(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        owe(here, "陈伯", "umbrella", Umbrella(colour="红"))
        await here.deliver()
        await here.press("陈伯", "是我", "谁的伞")
        await here.deliver()
        assert here.texts("陈伯")[-1] == "谁的伞？红 有人认领"


async def test_the_next_private_words_are_its_answer_unless_it_leaves_them(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        owe(here, "陈伯", "umbrella", Umbrella(colour="红"))
        await here.deliver()
        await here.say("陈伯", "那把伞是老吴的", None)
        await here.deliver()
        assert here.texts("陈伯")[-1] == "谁的伞？红 那把伞是老吴的"
        owe(here, "陈伯", "umbrella_later")
        await here.deliver()
        await here.say("陈伯", "报名", None)
        await here.deliver()
        assert here.promised() == {"陈伯": "claimed"}
        assert any("谁的伞？再问" in text for text in here.texts("陈伯"))


async def test_at_its_time_it_is_done_once_and_nothing_is_shown(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯") as here:
        owe(here, "陈伯", "umbrella_later", hours=2)
        await here.later(hours=1)
        assert not any("谁的伞" in text for text in here.texts("陈伯"))
        await here.again()
        await here.later(hours=1)
        await here.later(hours=1)
        assert [text.split()[0] for text in here.texts("陈伯") if "谁的伞" in text] == ["谁的伞？再问"]


async def test_who_cannot_be_told_is_named_in_the_group_and_told_when_they_can_be(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        await here.meet("小周", reachable=False)
        owe(here, "小周", "umbrella", Umbrella(colour="红"))
        await here.deliver()
        assert "伞 红" in here.texts()[-1]
        here.network.closed.clear()
        await here.tell(here.network.opened(person("小周")))
        await here.deliver()
        assert any("谁的伞？红" in text for text in here.texts("小周"))


async def test_a_kind_of_a_later_version_is_let_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with street(tmp_path, "陈伯") as here:
        owe(here, "陈伯", "umbrella", Umbrella(colour="红"))
        await here.deliver()
        event = here.pressed("陈伯", "是我", "谁的伞")
        monkeypatch.delitem(here.app.heres.first.posts, "umbrella")  # type: ignore[arg-type]  # as above
        owe(here, "陈伯", "umbrella_later")
        owe(here, "陈伯", "another_later")
        answer = await here.tell(event)
        await here.deliver()
        assert answer.alert
