"""Who acts on a page for coordinators: what they may is asked of the core's own table, as anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from adapters.web.ids import NETWORK
from adapters.web.settings import WebSettings
from adapters.web.store import WebPerson
from core.here import Here
from core.heres import Heres
from core.members import account_of, member
from core.messages import Person
from core.roles import Action
from core.work import Actor, Work


def of_page(heres: Heres, settings: WebSettings) -> Sequence[Here]:
    """The communities whose groups the page shows: everybody who has a personal link is in all of them."""
    found = {here.id: here for here in map(heres.names, settings.chats)}
    return tuple(found.values())


def works(
    heres: Heres | None, settings: WebSettings, session: Session, person: WebPerson, now: datetime, action: Action
) -> list[Work]:
    """What this person acts on, for each of the page's communities; none, unless they may do this in all of them."""
    found: list[Work] = []
    for here in () if heres is None else of_page(heres, settings):
        account = account_of(session, here.id, Person(NETWORK, person.id))
        if account is None:
            return []
        by = Actor(member(session, here.id, account.member_id).id, (NETWORK, person.id), "desk")
        work = Work(session, here, now, by)
        if not work.may(action):
            return []
        found.append(work)
    return found
