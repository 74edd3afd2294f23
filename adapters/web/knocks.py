"""Who asks to be let in by the group's link: kept until somebody who knows them has answered, and a week at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, func, select

from adapters.web.store import WebSecret
from core import columns

KEPT = timedelta(days=7)
"""How long somebody may wait for an answer, or for reading it."""
MOST = 100
"""How many may wait at one time."""
AT_ONCE, WITHIN = 30, timedelta(minutes=1)
"""How many may begin to wait within how long: a whole group may open its link at once, a flood is cut off."""
NAME = "group_link"


class WebKnock(SQLModel, table=True):
    """Somebody asks to be let in. Only the hash of what their browser holds is kept.

    `person`: as whom they were let in; the row goes when they come.
    """

    __tablename__ = "web_knock"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    name: str
    building: str
    cookie: str = Field(unique=True)
    asked_at: datetime = columns.moment()
    person: str | None = Field(default=None, foreign_key="web_person.id")
    refused: bool = False

    @property
    def waits(self) -> bool:
        return self.person is None and not self.refused


def waiting(session: Session) -> Sequence[WebKnock]:
    """Who waits for an answer, who has waited longest first."""
    unanswered = select(WebKnock).where(col(WebKnock.person).is_(None), col(WebKnock.refused).is_(False))
    return session.exec(unanswered.order_by(col(WebKnock.id))).all()


def one(session: Session, id: int) -> WebKnock | None:
    """Who waits, if nobody has answered yet."""
    row = session.get(WebKnock, id)
    return row if row is not None and row.waits else None


def held(session: Session, cookie: str) -> WebKnock | None:
    """Whose browser holds what hashes to this."""
    return session.exec(select(WebKnock).where(WebKnock.cookie == cookie)).first()


def knock(session: Session, cookie: str, name: str, building: str, now: datetime) -> WebKnock | None:
    """Somebody asks to be let in; who asks again corrects what they wrote. None: too many do just now."""
    forget(session, now - KEPT)
    row = held(session, cookie)
    if row is None or not row.waits:
        just_now = session.exec(select(func.count()).where(col(WebKnock.asked_at) > now - WITHIN)).one()
        if just_now >= AT_ONCE or len(waiting(session)) >= MOST:
            return None
        row = row or WebKnock(name=name, building=building, cookie=cookie, asked_at=now)
        row.person, row.refused, row.asked_at = None, False, now
    row.name, row.building = name, building
    session.add(row)
    session.flush()
    return row


def refuse(session: Session, row: WebKnock) -> None:
    """They are not let in. What they wrote of themselves is dropped."""
    row.refused, row.name, row.building = True, "", ""
    session.add(row)


def forget(session: Session, before: datetime) -> None:
    """Drop who began to wait before then."""
    for row in session.exec(select(WebKnock).where(col(WebKnock.asked_at) < before)).all():
        session.delete(row)
    session.flush()


# ---------------------------------------------------------------- the group's link


def group_link(session: Session) -> str:
    """What the group's link ends with; '' while there is none."""
    row = session.get(WebSecret, NAME)
    return row.value if row is not None else ""


def set_group_link(session: Session, token: str) -> None:
    """From now on this one opens the door, and none that was before; '' closes it."""
    row = session.get(WebSecret, NAME) or WebSecret(name=NAME, value="")
    row.value = token
    session.add(row)
