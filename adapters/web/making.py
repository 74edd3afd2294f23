"""Links made from a form: twice sent they are the same, and none is made anew over one that is newer than the form."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from adapters.web import people
from adapters.web.guard import digest
from adapters.web.ids import NETWORK, PERSON, number
from adapters.web.naming import NEW, SKIP, Item
from adapters.web.neighbours import elsewhere
from adapters.web.people import Fresh
from adapters.web.store import WebPerson
from core.deeds.doorway import known_there
from core.work import Work

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Form:
    """What a form says of itself: `once` is made with it and kept nowhere else, `drawn` is when that was."""

    secret: str
    once: str
    drawn: datetime

    @classmethod
    def new(cls, secret: str, now: datetime) -> Form:
        return cls(secret, secrets.token_urlsafe(24), now)

    @classmethod
    def sent(cls, secret: str, fields: Mapping[str, str]) -> Form:
        at = BEGINNING + timedelta(microseconds=number(fields.get("at", ""), most=2**52))
        return cls(secret, fields.get("once", ""), at)

    @property
    def fields(self) -> dict[str, str]:
        return {"once": self.once, "at": str((self.drawn - BEGINNING) // timedelta(microseconds=1))}

    def fresh(self, n: int) -> Fresh:
        """What its nth link is made of. Nobody who has the database can work it out: `once` is in no row of it."""

        def made(what: str) -> bytes:
            return hmac.new(self.secret.encode(), f"{what} {self.once} {n}".encode(), hashlib.sha256).digest()

        return Fresh(urlsafe_b64encode(made("link"))[:32].decode(), made("person").hex()[: 2 * PERSON])


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was made for somebody. Without `token` another was made meanwhile."""

    name: str
    building: str
    token: str


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes links, within one transaction. `me` and `mine`: the person, and the session that they act in."""

    session: Session
    works: Sequence[Work]
    log: people.Log
    now: datetime
    form: Form
    me: str = ""
    mine: str = ""

    def of(self, item: Item, said: str) -> Made | None:
        """The link of one name of a list, as was answered; None where none is wanted."""
        fresh = self.form.fresh(item.n)
        before = self.session.get(WebPerson, fresh.id)
        if before is not None:  # the same form once more
            return Made(before.name, before.building, fresh.token if before.link == digest(fresh.token) else "")
        means = item.means(said)
        if means == SKIP:
            return None
        if means.startswith("web:"):
            return self.again(means.removeprefix("web:"), item.n)
        person = self.person(item, means)
        return Made(person.name, person.building, fresh.token) if person is not None else None

    def again(self, id: str, n: int = 0) -> Made | None:
        """A new link for somebody who has one, unless another was made since the form was drawn."""
        person = self._holder(id)
        if person is None:
            return None
        fresh = self.form.fresh(n)
        newer = person.linked_at is not None and person.linked_at > self.form.drawn
        if newer and person.link != digest(fresh.token):
            return Made(person.name, person.building, "")
        self._renew(person, fresh)
        return Made(person.name, person.building, fresh.token)

    def person(self, item: Item, means: str) -> WebPerson | None:
        """Somebody with a new link: new, known from elsewhere, or who had one. None: there is nobody like that."""
        fresh = self.form.fresh(item.n)
        sort, _, id = means.partition(":")
        if sort == "web":
            person = self._holder(id)
            if person is not None:
                self._renew(person, fresh)
            return person
        known = next((each for each in elsewhere(self.works) if str(each.id) == id), None) if sort == "member" else None
        if known is None and sort != NEW:
            return None
        name = known.name if known is not None else item.name
        made = people.make(self.session, name, self.now, fresh, self.log, building=item.building)
        if known is not None:
            known_there(self.works[0], known, (NETWORK, made.id))
        return made

    def _holder(self, id: str) -> WebPerson | None:
        person = self.session.get(WebPerson, id)
        return person if person is not None and person.link and not person.gone else None

    def _renew(self, person: WebPerson, fresh: Fresh) -> None:
        sparing = self.mine if person.id == self.me else ""
        people.renew(self.session, person, self.now, fresh, self.log, sparing=sparing)
