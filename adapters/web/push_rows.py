"""What the page keeps for calling people whose page is closed: their browsers that can be called, and what they have
not seen yet.

The functions work inside a transaction that the caller opened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal
from sqlmodel import Field, Session, SQLModel, col, select

from adapters.web.guard import digest
from adapters.web.ids import PRIVATE
from adapters.web.store import WebMessage, WebPerson, WebRead, WebSession
from core import columns
from core.confided import Confided

BROWSERS = 5
"""How many browsers of one person are called; with one more the oldest is forgotten."""


class WebBrowser(SQLModel, table=True):
    """A browser that may be called while the page is closed, by its maker's push service.

    `id` is the hash of where it is called, for whoever knows that place and our key may call there. It belongs to a
    session: who has left is called no more.
    """

    __tablename__ = "web_browser"

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="web_person.id", index=True)
    session: str  # the hash of its cookie
    key: str  # the public key of ours that it was told of: signed with another, a call is refused
    place: Confided = columns.confided("web_browser.place")  # a `Place`, as JSON
    added_at: datetime = columns.moment()


class WebUnseen(SQLModel, table=True):
    """A message of the bot's in somebody's private chat that they may not know of yet."""

    __tablename__ = "web_unseen"

    message: int = Field(primary_key=True, foreign_key="web_message.id")
    person: str = Field(foreign_key="web_person.id", index=True)
    at: datetime = columns.moment()
    calls: int = 0  # how often it was tried to call them


@dataclass(frozen=True, slots=True)
class Place:
    """Where a browser is called, and with what only it can read: as `PushSubscription.toJSON` in a browser says."""

    endpoint: str
    p256dh: str
    auth: str


# ------------------------------------------------------------ browsers


def keep_browser(session: Session, person: str, cookie: str, key: str, place: Place, now: datetime) -> None:
    """This browser may be called for this person, and for nobody else any more."""
    id = digest(place.endpoint)
    row = session.get(WebBrowser, id)
    if row is None:
        row = WebBrowser(id=id, person=person, session=cookie, key=key, added_at=now)
    row.person, row.session, row.key = person, cookie, key
    row.place = Confided(json.dumps([place.endpoint, place.p256dh, place.auth]))
    session.add(row)
    session.flush()
    theirs = select(WebBrowser).where(WebBrowser.person == person).order_by(col(WebBrowser.added_at).desc())
    for old in session.exec(theirs).all()[BROWSERS:]:
        session.delete(old)


def knows(session: Session, person: str, cookie: str, key: str, endpoint: str) -> bool:
    """Whether this browser is kept as just this already."""
    row = session.get(WebBrowser, digest(endpoint))
    return row is not None and (row.person, row.session, row.key) == (person, cookie, key)


def drop_browsers(session: Session, *ids: str, cookie: str = "", person: str = "") -> None:
    """These are not called any more: by their ids, those of a session, or all of a person."""
    found = col(WebBrowser.id).in_(ids) | (col(WebBrowser.session) == cookie) | (col(WebBrowser.person) == person)
    for row in session.exec(select(WebBrowser).where(found)):
        session.delete(row)


def called_at(session: Session, person: str, key: str, since: datetime) -> list[tuple[str, Place]]:
    """The browsers of somebody that can be called: their ids, and where. Their sessions were used since then."""
    theirs = select(WebBrowser).join(WebSession, col(WebSession.cookie) == col(WebBrowser.session))
    theirs = theirs.where(WebBrowser.person == person, WebBrowser.key == key, WebSession.person == person)
    rows = session.exec(theirs.where(WebSession.began_at > since)).all()
    return [(row.id, Place(*json.loads(row.place.privately()))) for row in rows if row.place and not row.place.lost]


def calls_session(session: Session, cookie: str, key: str) -> bool:
    """Whether the browser of this session is called."""
    theirs = select(WebBrowser.id).where(WebBrowser.session == cookie, WebBrowser.key == key)
    return session.exec(theirs.limit(1)).first() is not None


def has_browser(session: Session, person: str) -> bool:
    """Whether any browser of this person is called."""
    return session.exec(select(WebBrowser.id).where(WebBrowser.person == person).limit(1)).first() is not None


def drop_stale(session: Session, key: str) -> None:
    """Browsers whose session is over, or that know another key of ours, are never called again."""
    over = col(WebBrowser.session).not_in(select(WebSession.cookie)) | (col(WebBrowser.key) != key)
    for row in session.exec(select(WebBrowser).where(over)):
        session.delete(row)


# ------------------------------------------------------------ what they have not seen


def unseen(session: Session, message: int, person: str, now: datetime) -> None:
    """A message stands in this person's private chat, and they may not know of it."""
    if session.get(WebUnseen, message) is None:
        session.add(WebUnseen(message=message, person=person, at=now))


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message that somebody may not know of: since when it stands there, and whether that is over."""

    message: int
    person: str
    at: datetime
    calls: int
    over: bool  # they have read it, or it is gone, or they are


def awaited(session: Session, many: int) -> list[Awaited]:
    """The oldest of what people may not know of."""
    chat = literal(PRIVATE) + col(WebUnseen.person)
    read = (col(WebRead.person) == col(WebUnseen.person)) & (col(WebRead.chat) == chat)
    rows = select(WebUnseen, WebPerson.gone, WebMessage.removed, WebRead.upto)
    rows = rows.join(WebPerson, col(WebPerson.id) == col(WebUnseen.person))
    rows = rows.join(WebMessage, col(WebMessage.id) == col(WebUnseen.message)).outerjoin(WebRead, read)
    found = session.exec(rows.order_by(col(WebUnseen.message)).limit(many)).all()
    return [
        Awaited(row.message, row.person, row.at, row.calls, gone or removed or (upto or 0) >= row.message)
        for row, gone, removed, upto in found
    ]


def called(session: Session, messages: Sequence[int]) -> None:
    """It was tried once more to call somebody because of these."""
    for row in session.exec(select(WebUnseen).where(col(WebUnseen.message).in_(messages))):
        row.calls += 1
        session.add(row)


def drop_unseen(session: Session, *messages: int, person: str = "") -> None:
    """These are settled: by their ids, or all of a person."""
    found = col(WebUnseen.message).in_(messages) | (col(WebUnseen.person) == person)
    for row in session.exec(select(WebUnseen).where(found)):
        session.delete(row)
