"""What the page keeps in the database: people and their sessions, the talk of every chat, and what awaits the bot.

The functions work inside a transaction that the caller opened. Writers are never run side by side (see `core.db`), so
that `change` grows by one from commit to commit: who has seen change N has seen everything before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, func, select

from adapters.web.ids import owner
from adapters.web.spans import actions_to_list, to_list, with_file
from core import columns
from core.confided import Confided
from core.messages import Answer, Message


class WebPerson(SQLModel, table=True):
    """Somebody who uses the page. `link` is the hash of their personal link; who never had one is of the demo."""

    __tablename__ = "web_person"

    id: str = Field(primary_key=True)
    name: str
    lang: str | None = None  # what they chose on the page
    coordinator: bool = False
    link: str | None = Field(default=None, unique=True)
    added_at: datetime = columns.moment()
    arrived: bool = False  # the bot has been told, or will be, that they live here
    gone: bool = False  # and that they no longer do
    building: str = columns.added("")  # where they live, as a coordinator or they themselves wrote it
    linked_at: datetime | None = columns.moment()  # when their link was made; before it was kept: None
    reminding: str = columns.added("")  # what they said to being called while the page is closed: see `reminding`


class WebSession(SQLModel, table=True):
    """A browser that came in by a personal link. Only the hash of what its cookie says is kept.

    `began_at`: when it came in, or when the session was last renewed by use.
    """

    __tablename__ = "web_session"

    cookie: str = Field(primary_key=True)
    person: str = Field(foreign_key="web_person.id", index=True)
    began_at: datetime = columns.moment()


class WebSecret(SQLModel, table=True):
    """What the page's forms are signed with: kept, so that a page opened before a restart still works after it."""

    __tablename__ = "web_secret"

    name: str = Field(primary_key=True)
    value: str


class WebRead(SQLModel, table=True):
    """Up to which message a person has seen a chat."""

    __tablename__ = "web_read"

    person: str = Field(primary_key=True, foreign_key="web_person.id")
    chat: str = Field(primary_key=True)
    upto: int


class WebMessage(SQLModel, table=True):
    """One message in one chat: the bot's where `person` is None, somebody's own words otherwise."""

    __tablename__ = "web_message"
    __table_args__ = (Index("ix_web_message_chat", "chat", "id"), {"sqlite_autoincrement": True})
    # An id is never used again: the core remembers it.

    id: int | None = Field(default=None, primary_key=True)
    chat: str
    person: str | None = Field(default=None, foreign_key="web_person.id")
    key: str | None = Field(default=None, unique=True)
    text: list[Any] = columns.json(list)  # said to a group
    confided: Confided = columns.confided("web_message.confided", later=True)  # said in a private chat, as JSON
    actions: list[Any] = columns.json(list)
    picture: str = columns.added("")  # the name of one on the shelf
    reply_to: int | None = None
    mark: str = ""
    edited: bool = False
    removed: bool = False
    pinned_at: datetime | None = columns.moment()
    said_at: datetime = columns.moment()
    change: int = Field(index=True)  # the number of the latest change to any message, when this one was changed last


class WebEvent(SQLModel, table=True):
    """Something that a person did, kept until the bot has taken it, and for a while what the bot answered."""

    __tablename__ = "web_event"
    __table_args__ = (
        UniqueConstraint("person", "once"),
        Index("ix_web_event_taken_at", "taken_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    chat: str
    person: str = Field(foreign_key="web_person.id")
    message: int | None = None
    text: str = ""  # said to a group
    confided: Confided = columns.confided("web_event.confided", later=True)  # said in a private chat
    action: str = ""
    picture: str = columns.added("")  # sent with the words
    reply_to: int | None = None
    once: str | None = None  # made with the form: the same form sent twice is one event
    happened_at: datetime = columns.moment()
    taken_at: datetime | None = columns.moment()
    toast: str = ""
    alert: bool = False


# ---------------------------------------------------------------- people


def person_by_link(session: Session, link: str) -> WebPerson | None:
    """Whose personal link hashes to this."""
    return session.exec(select(WebPerson).where(WebPerson.link == link)).first()


def session_by_cookie(session: Session, cookie: str, since: datetime) -> tuple[WebSession, WebPerson] | None:
    """The session, begun or renewed after `since`, whose cookie hashes to this, and whose it is."""
    begun = session.get(WebSession, cookie)
    person = session.get(WebPerson, begun.person) if begun and begun.began_at > since else None
    return (begun, person) if begun and person else None


def renew_session(session: Session, cookie: str, now: datetime) -> None:
    """This session is used: it lasts from now on. One that was ended meanwhile stays ended."""
    begun = session.get(WebSession, cookie)
    if begun:
        begun.began_at = now
        session.add(begun)


def end_session(session: Session, cookie: str) -> None:
    """Whoever has this cookie is out."""
    begun = session.get(WebSession, cookie)
    if begun:
        session.delete(begun)


def end_sessions(session: Session, person: str) -> None:
    """This person is out, in every browser."""
    for begun in session.exec(select(WebSession).where(WebSession.person == person)):
        session.delete(begun)


def forget_sessions(session: Session, before: datetime) -> None:
    """Drop sessions begun before then."""
    for old in session.exec(select(WebSession).where(WebSession.began_at < before)):
        session.delete(old)


def players(session: Session) -> Sequence[WebPerson]:
    """Everybody whom a newcomer may be in the demo, in the order in which they were added."""
    return session.exec(
        select(WebPerson)
        .where(col(WebPerson.link).is_(None), col(WebPerson.gone).is_(False))
        .order_by(col(WebPerson.added_at), col(WebPerson.id))
    ).all()


def residents(session: Session) -> Sequence[WebPerson]:
    """Everybody who came and has not gone."""
    here = select(WebPerson).where(col(WebPerson.arrived).is_(True), col(WebPerson.gone).is_(False))
    return session.exec(here.order_by(col(WebPerson.added_at), col(WebPerson.id))).all()


def holders(session: Session) -> Sequence[WebPerson]:
    """Everybody who has a personal link, in the order in which they were added."""
    links = select(WebPerson).where(col(WebPerson.link).is_not(None), col(WebPerson.gone).is_(False))
    return session.exec(links.order_by(col(WebPerson.added_at), col(WebPerson.id))).all()


def secret(session: Session, name: str, fresh: str) -> str:
    """The secret of this name: the one kept, or `fresh`, which is kept from now on."""
    row = session.get(WebSecret, name)
    if row is None:
        row = WebSecret(name=name, value=fresh)
        session.add(row)
    return row.value


# ---------------------------------------------------------------- talk


def next_change(session: Session) -> int:
    return last_change(session) + 1


def last_change(session: Session) -> int:
    """The number of the latest change, 0 before the first."""
    return session.exec(select(func.coalesce(func.max(WebMessage.change), 0))).one()


def written(row: WebMessage, text: list[Any]) -> None:
    """Set what a message says, sealed where it is said to one person."""
    private = owner(row.chat) is not None
    row.text, row.confided = ([], Confided(json.dumps(text) if text else "")) if private else (text, Confided())


def said(row: WebMessage) -> list[Any] | None:
    """What a message says; None if it cannot be opened any more."""
    if not row.confided:
        return row.text
    return None if row.confided.lost else list(json.loads(row.confided.privately()))


def words(event: WebEvent) -> str:
    """What was said in an event; '' if it cannot be opened any more."""
    return event.confided.privately() if event.confided else event.text


def put(session: Session, chat: str, message: Message, key: str, now: datetime) -> int:
    """Add a message of the bot's; the id of the earlier one if this key was put before."""
    earlier = session.exec(select(WebMessage).where(WebMessage.key == key)).first()
    if earlier is not None:
        assert earlier.id is not None  # noqa: S101 - a row that was read has its key
        return earlier.id
    row = WebMessage(
        chat=chat,
        key=key,
        actions=actions_to_list(message.actions),
        picture=message.picture,
        said_at=now,
        change=next_change(session),
    )
    written(row, with_file(to_list(message.text), message.file))
    return _added(session, row)


def say(session: Session, event: WebEvent) -> int:
    """Add a person's own words, as the event of their saying them has them."""
    row = WebMessage(
        chat=event.chat,
        person=event.person,
        actions=[],
        picture=event.picture,
        reply_to=event.reply_to,
        said_at=event.happened_at,
        change=next_change(session),
    )
    written(row, [["text", words(event)]])
    return _added(session, row)


def _added(session: Session, row: WebMessage) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - the database has just given it
    return row.id


def message(session: Session, chat: str, id: str) -> WebMessage | None:
    """The message with this id, if it stands in this chat and was not taken away."""
    row = session.get(WebMessage, int(id)) if id.isdecimal() and len(id) < 19 else None
    return row if row is not None and row.chat == chat and not row.removed else None


def change(session: Session, row: WebMessage, **new: Any) -> None:
    """Set fields of a message. Setting what is there already is no change, and nobody's page is told."""
    differing = {n: value for n, value in new.items() if (said(row) if n == "text" else getattr(row, n)) != value}
    if not differing:
        return
    if "text" in differing:
        row.edited = True
        written(row, differing.pop("text"))
    for name, value in differing.items():
        setattr(row, name, value)
    row.change = next_change(session)
    session.add(row)


def replace(session: Session, row: WebMessage, message: Message) -> None:
    """Show `message` in the place of this one."""
    text = with_file(to_list(message.text), message.file)
    now = {"text": text, "actions": actions_to_list(message.actions), "picture": message.picture}
    change(session, row, **now)


def last_moment(session: Session) -> datetime | None:
    """When the newest message was said; None where nothing was."""
    return session.exec(select(WebMessage.said_at).order_by(col(WebMessage.id).desc()).limit(1)).first()


def own_last(session: Session, chat: str, person: str) -> WebMessage | None:
    """The last thing this person said in this chat: the one they may edit."""
    mine = select(WebMessage).where(WebMessage.chat == chat, WebMessage.person == person)
    return session.exec(mine.order_by(col(WebMessage.id).desc()).limit(1)).first()


def latest(session: Session, chat: str, count: int, before: int = 0) -> Sequence[WebMessage]:
    """The newest messages of a chat, or the newest of those before message `before`, oldest first."""
    shown = select(WebMessage).where(WebMessage.chat == chat, col(WebMessage.removed).is_(False))
    if before:
        shown = shown.where(col(WebMessage.id) < before)
    return session.exec(shown.order_by(col(WebMessage.id).desc()).limit(count)).all()[::-1]


def page_of(session: Session, chat: str, id: int, count: int) -> int:
    """Before which message the page ends that shows this one; 0 where it is among the newest `count`."""
    newest = latest(session, chat, count)
    return 0 if not newest or id >= (newest[0].id or 0) else id + 1


def pinned(session: Session, chat: str) -> WebMessage | None:
    """The message pinned last, if it is still there."""
    shown = select(WebMessage).where(WebMessage.chat == chat, col(WebMessage.pinned_at).is_not(None))
    shown = shown.where(col(WebMessage.removed).is_(False))
    return session.exec(shown.order_by(col(WebMessage.pinned_at).desc(), col(WebMessage.id).desc()).limit(1)).first()


def changes(session: Session, after: int, count: int) -> Sequence[WebMessage]:
    """The messages changed since change `after`, in the order of their changes."""
    later = select(WebMessage).where(WebMessage.change > after)
    return session.exec(later.order_by(col(WebMessage.change)).limit(count)).all()


def newest_changes(session: Session, after: int, chats: Sequence[str], count: int) -> Sequence[WebMessage]:
    """The messages of these chats that were changed last since change `after`, in the order of their changes."""
    later = select(WebMessage).where(WebMessage.change > after, col(WebMessage.chat).in_(chats))
    return session.exec(later.order_by(col(WebMessage.change).desc()).limit(count)).all()[::-1]


def unread(session: Session, chat: str, person: str) -> int:
    """How many messages of others this person has not seen in this chat."""
    seen = session.get(WebRead, (person, chat))
    others = select(func.count()).where(
        WebMessage.chat == chat,
        col(WebMessage.id) > (seen.upto if seen else 0),
        col(WebMessage.removed).is_(False),
        func.coalesce(WebMessage.person, "") != person,
    )
    return session.exec(others).one()


def read(session: Session, chat: str, person: str) -> None:
    """This person has now seen all that stands in this chat."""
    newest = session.exec(select(func.coalesce(func.max(WebMessage.id), 0)).where(WebMessage.chat == chat)).one()
    seen = session.get(WebRead, (person, chat)) or WebRead(person=person, chat=chat, upto=0)
    if newest is not None and seen.upto != newest:
        seen.upto = newest
        session.add(seen)


# ---------------------------------------------------------------- what awaits the bot


def event_by_once(session: Session, person: str, once: str) -> WebEvent | None:
    """What the same form brought when it was sent before."""
    return session.exec(select(WebEvent).where(WebEvent.person == person, WebEvent.once == once)).first()


def drop(session: Session, event: WebEvent) -> int:
    """Keep an event for the bot; return its id."""
    session.add(event)
    session.flush()
    assert event.id is not None  # noqa: S101 - the database has just given it
    return event.id


def waiting(session: Session, count: int) -> list[tuple[WebEvent, WebPerson]]:
    """The oldest events that the bot has not taken, each with its person, in the order in which they happened."""
    due = select(WebEvent, WebPerson).join(WebPerson, col(WebPerson.id) == WebEvent.person)
    due = due.where(col(WebEvent.taken_at).is_(None)).order_by(col(WebEvent.id)).limit(count)
    return [(event, person) for event, person in session.exec(due)]


def taken(session: Session, id: int, answer: Answer, now: datetime) -> None:
    """The bot has taken this event. Its words live on in the message only."""
    row = session.get_one(WebEvent, id)
    row.taken_at, row.toast, row.alert = now, answer.toast, answer.alert
    row.text, row.confided = "", Confided()
    session.add(row)


def forget(session: Session, before: datetime) -> None:
    """Drop events that were taken before then. Ids are not given out again."""
    old = select(WebEvent).where(col(WebEvent.taken_at) < before)
    for row in session.exec(old):
        session.delete(row)
