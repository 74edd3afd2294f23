"""A street as the version of schema 0007 left it: see `recorded_0007.sql`."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from core.activities import Series
from core.claims import Claim
from core.ids import new_id
from core.members import KnownChat, Member
from core.posts import Post
from core.regulars import Regular
from tests.migrating import bring
from tests.street import YANG, Street

THEN = datetime(2026, 11, 24, 11, 16, tzinfo=UTC)
ROWS = Path(__file__).with_name("recorded_0007.sql")

PUZZLED = {"key": "private.not_understood", "words": "路灯坏了", "passed": True, "reached": True}

WRITTEN = frozenset((
    "roster", "draft", "ask", "confirm", "say", "mine", "open", "chain",
    "chained", "quieted", "readback", "several", "regular", "exchange", "exchanged", "offer",
    "notice", "remind", "line", "lines", "empty", "call", "untold", "same",
    "vouch", "merged", "ours", "foreign", "leave", "cut_off", "greeting", "let_go",
    "puzzle", "passed", "reply", "answered", "seek", "stand_in", "stood_in", "next",
    "fade", "again",
))  # fmt: skip
"""The kinds of which a row is recorded, and has to be. One that is younger than all that anybody has installed joins
them when its first version is given away: until then nobody has rows of it, and scenes show it in both languages.
"""
RETIRED = {("remind", "reminder"), ("ask", "outcome")}
"""What bodies said then, by kind, that nobody asks for any more."""


def written_then(url: str) -> None:
    """A database with these rows, at the schema they were written in."""
    bring(url, "0007")
    file = sqlite3.connect(url.removeprefix("sqlite:///"))
    file.execute("DELETE FROM counter")
    file.executescript(ROWS.read_text("utf-8"))
    file.commit()
    file.close()


def written_since(session: Session) -> None:
    """Adds to these rows, brought up to date, one of each kind that came later, as that version wrote it.

    `untold`: two whom a change of the patrol did not reach. `puzzle`, `passed`, `reply`: words passed on, and
    answered. `answered`: how many are missing.
    """
    called_for = session.exec(select(Post).where(Post.kind == "call")).first()
    assert called_for is not None
    facts = called_for.model_dump(exclude={"id", "kind", "body", "occasion"})
    people = session.exec(select(Member.id).where(Member.community_id == called_for.community_id).limit(2)).all()
    body = {"untold": list(people), "called": False}
    session.add(Post(**facts, id=new_id(THEN), kind="untold", occasion="moved", body=body))
    session.add(Post(**facts, id=new_id(THEN), kind="puzzle", occasion="said", body=PUZZLED))
    passed = new_id(THEN)
    who, other = people
    body = {"key": "said", "words": "路灯坏了", "whose": who, "answers": [[other, "明天修"]]}
    session.add(Post(**facts, id=passed, kind="passed", occasion="said", body=body))
    session.add(Post(**facts, id=new_id(THEN), kind="reply", occasion="said", body={"about": passed}))
    body = {"what": "short", "which": [called_for.occurrence_id]}
    session.add(Post(**facts, id=new_id(THEN), kind="answered", occasion="said", body=body))
    session.add(several_days(session))
    for post in (*for_good(session), *about_a_group(session, facts)):
        session.add(post)


def about_a_group(session: Session, facts: dict[str, Any]) -> list[Post]:
    """In a group of ours the bot hears again; it was greeted; and another's people are kept for a while."""
    chat = session.exec(select(KnownChat).where(~col(KnownChat.private), KnownChat.bound != "")).all()[0]
    facts = facts | {"occurrence_id": 0, "message": None}
    body, on = {"chat": chat.id, "how": "hears"}, str(chat.id)
    told = Post(**facts, id=new_id(THEN), kind="cut_off", occasion=on, body=body)
    greeted = Post(**(facts | {"chat_id": chat.id, "member_id": 0}), id=new_id(THEN), kind="greeting")
    keeps = Post(**(facts | {"member_id": 0}), id=new_id(THEN), kind="let_go", occasion=on)
    return [told, greeted, keeps]


def several_days(session: Session) -> Post:
    """Somebody promised two days in one breath: their claims, as a read-back of each had them."""
    told = [post for post in session.exec(select(Post).where(Post.kind == "readback")).all() if post.body.get("claims")]
    facts = told[0].model_dump(exclude={"id", "kind", "body", "occasion", "occurrence_id"})
    claims = [pair for post in told if post.member_id == told[0].member_id for pair in post.body["claims"]]
    body = {"verb": "join", "claims": claims[:2]}
    return Post(**facts, id=new_id(THEN), kind="several", occasion="days", body=body)


def for_good(session: Session) -> list[Post]:
    """Somebody comes every week, and would change a place with another."""
    told = session.exec(select(Post).where(Post.kind == "readback")).all()[0]
    facts = told.model_dump(
        exclude={"id", "kind", "body", "occasion", "occurrence_id", "actions", "offered", "message"}
    )
    series = session.exec(select(Series).where(col(Series.rrule).is_not(None))).all()[0]
    row = Regular(
        community_id=told.community_id, id=new_id(THEN), series_id=series.id, member_id=told.member_id, since=THEN
    )
    session.add(row)
    one, other = session.exec(select(Claim).where(Claim.community_id == told.community_id).limit(2)).all()
    places = {"by": other.member_id, "mine": [one.id, one.changes], "theirs": [other.id, other.changes]}
    bodies: dict[str, dict[str, Any]] = {
        "regular": {"regular": row.id},
        "exchange": places,
        "exchanged": {**places, "answer": "agreed"},
    }
    first = Post(**facts, id=new_id(THEN), kind="seek", occasion="0", body={"whose": one.member_id, "rounds": 1})
    first.occurrence_id = one.occurrence_id
    found = {"whose": one.member_id, "found": other.member_id}
    stands = Post(**facts, id=new_id(THEN), kind="stood_in", occasion="notice.stood_in", body=found)
    asks = Post(**facts, id=new_id(THEN), kind="stand_in", occasion="0", body={"whose": one.member_id}, message="m")
    asks.occurrence_id = stands.occurrence_id = one.occurrence_id
    rows = [Post(**facts, id=new_id(THEN), kind=kind, occasion=kind, body=body) for kind, body in bodies.items()]
    return [*rows, first, stands, asks]


@contextlib.asynccontextmanager
async def recorded_street(folder: Path) -> AsyncIterator[Street]:
    """The street of these rows, a moment later, run by the program as it is now."""
    here = Street(folder, coordinators=[f"scene:{YANG}", "scene:李老师"])
    written_then(here.url)
    here.clock.moment = THEN
    here.network.closed |= {"小周", "老吴"}
    await here.start()
    try:
        await here.deliver()
        yield here
    finally:
        await here.die()
