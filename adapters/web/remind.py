"""Whether somebody wants to be called while their page is closed: asked once, after their first promise."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from adapters.web import push_rows
from adapters.web.entry import Visitor
from adapters.web.ids import NETWORK
from core.claims import Claim
from core.members import Account


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page knows of it. `key`: what a browser is told that we sign with. `state`: what they said so far.

    `due`: it is time to ask. `here`: this very browser is called.
    """

    key: str
    state: str
    due: bool
    here: bool

    @property
    def undecided(self) -> bool:
        """Whether they have answered nothing that counts for good: another browser of theirs may be able to."""
        return self.state in ("", "unable")


def asked(session: Session, visitor: Visitor, key: str) -> Asked | None:
    """What this person's page knows of it; None where nobody is called. `key`: as in `Unseen.key`."""
    if not key:
        return None
    state = visitor.person.reminding
    here = push_rows.calls_session(session, visitor.session, key)
    return Asked(key, state, state in ("", "unable") and promised(session, visitor.person.id), here)


def promised(session: Session, person: str) -> bool:
    """Whether somebody has promised anything yet."""
    theirs = select(Claim.id).join(
        Account,
        (col(Account.community_id) == Claim.community_id) & (col(Account.member_id) == Claim.member_id),
    )
    found = session.exec(theirs.where(Account.network == NETWORK, Account.id == person).limit(1)).first()
    return found is not None
