"""The people of the page as a coordinator sees them: who is in, who was not seen for long, who has not come yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, col, func, select

from adapters.web import store
from adapters.web.ids import NETWORK
from adapters.web.store import WebPerson, WebSession
from core.deeds.doorway import without_account
from core.members import Account, Member
from core.reading.parts import same
from core.words import text
from core.work import Work

LONG = timedelta(days=30)
"""Who was not seen for so long is listed apart: they may have lost their link, or be ill."""
State = Literal["in", "away", "waits"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody with a personal link. `when`: last seen, or, of who has not come yet, when the link was made."""

    id: str
    name: str
    building: str
    state: State
    when: datetime
    coordinates: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is known already and may be meant: `value` names them in a form.

    `state` "elsewhere": known from another network, or put down by a neighbour, and without a link.
    """

    value: str
    name: str
    building: str
    state: Literal["in", "away", "waits", "elsewhere"]


def neighbours(session: Session, works: Sequence[Work], now: datetime) -> list[Neighbour]:
    """Everybody who has a personal link; in the demo everybody who plays."""
    playing = select(WebPerson).where(col(WebPerson.gone).is_(False)).order_by(col(WebPerson.added_at))
    rows = store.holders(session) or session.exec(playing).all()
    last = _last_seen(session, works)
    roles = {account: work.roles.get(id) for work in works for account, id in _members(session, work).items()}
    return [_neighbour(row, last.get(row.id), now, coordinates=roles.get(row.id) == "coordinator") for row in rows]


def _neighbour(row: WebPerson, last: datetime | None, now: datetime, *, coordinates: bool) -> Neighbour:
    if not row.arrived:
        state: State = "waits"
        when = row.linked_at or row.added_at
    else:
        when = last or row.added_at
        state = "in" if now - when < LONG else "away"
    return Neighbour(row.id, row.name, row.building, state, when, coordinates or row.coordinator)


def _last_seen(session: Session, works: Sequence[Work]) -> dict[str, datetime]:
    """When each was last heard, or used the page: whichever is later. A day more or less."""
    used = select(WebSession.person, func.max(WebSession.began_at)).group_by(WebSession.person)
    last = {person: at for person, at in session.exec(used).all() if at is not None}
    for work in works:
        there = Account.community_id == work.here.id, Account.network == NETWORK
        for id, at in session.exec(select(Account.id, Account.last_used).where(*there)).all():
            last[id] = max(at, last.get(id, at))
    return last


def _members(session: Session, work: Work) -> dict[str, int]:
    there = Account.community_id == work.here.id, Account.network == NETWORK
    return dict(session.exec(select(Account.id, Account.member_id).where(*there)).all())


def candidates(session: Session, works: Sequence[Work], now: datetime) -> list[Candidate]:
    """Everybody whom a newcomer may turn out to be."""
    found = [
        Candidate(f"web:{each.id}", each.name, each.building, each.state) for each in neighbours(session, works, now)
    ]
    return found + [Candidate(f"member:{each.id}", each.name, "", "elsewhere") for each in elsewhere(works)]


def elsewhere(works: Sequence[Work]) -> list[Member]:
    """Who is known and has no link: only where the page is of one community, for a record is of one."""
    if len(works) != 1:
        return []
    forgotten = text(works[0].here.lang, "forget_me.called")
    return [each for each in without_account(works[0], NETWORK) if each.name and each.name != forgotten]


def called(known: Sequence[Candidate], name: str) -> list[Candidate]:
    """Those of them who have this name."""
    return [each for each in known if same(each.name, name)]
