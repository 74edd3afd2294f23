"""Where somebody stands, as their network says: kept with what they do, and what follows when they fell or left."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import audit, members
from core.confiding import look_again
from core.here import Here
from core.members import KnownChat, Presence
from core.messages import Chat, Person
from core.network import Network, Standing
from core.speaking import moved_here

security = logging.getLogger("xiaobandeng.security")

Found = Sequence[tuple[Chat, Standing]]
"""Groups, and where somebody stands in each."""


def keep(
    session: Session, here: Here, network: Network, person: Person, chat: Chat, standing: Standing, now: datetime
) -> None:
    """Let what was found out of somebody in a group be so. Nothing is written where it was so before."""
    row = members.chat_row(session, here.id, chat) or moved_here(session, here.id, chat)
    row = row or members.know_chat(session, here.community, chat, now)
    session.flush()
    known = session.get(Presence, (here.id, row.id, person.id))
    if standing.administrator or (standing.present and (known is None or known.left)):
        known = members.present(session, row, person.id)
    if known is None:  # somebody who was never there: it need not be said that they are not, nor what they are not
        return
    if standing.administrator is not None and standing.administrator != known.administrator:
        member = 0
        if row.bound:
            _, who = members.welcome(session, here.community, person, now, row.lang, reachable=network.can.opens)
            session.flush()
            member = who.id
        rank(session, row, person, member, now, administrator=standing.administrator)
    if standing.present is False and not standing.administrator and not known.left:
        known.left = True
        session.add(known)
        reads_no_more(session, here.id, person, now)
    session.flush()


def rank(session: Session, chat: KnownChat, person: Person, member: int, now: datetime, *, administrator: bool) -> None:
    """Somebody's rank in a group is now this; in a group of ours, what that changes of their rights is written down."""
    row = members.present(session, chat, person.id)
    fell = row.administrator and not administrator
    if row.administrator != administrator and chat.bound:
        verb = "rank_given" if administrator else "rank_taken"
        audit.record(session, chat.community_id, now, verb, for_member=member, chat_id=chat.id)
        security.info("a rank has changed", extra={"chat": chat.id, "member": member, "verb": verb})
    row.administrator = administrator
    session.add(row)
    if fell:
        reads_no_more(session, chat.community_id, person, now)


def reads_no_more(session: Session, community_id: int, person: Person, now: datetime) -> None:
    """Somebody left a group, or lost their rank: what they may not read any more goes from their screen."""
    account = members.account_of(session, community_id, person)
    if account is not None:
        session.flush()
        look_again(session, account.community_id, now, members=[account.member_id])
