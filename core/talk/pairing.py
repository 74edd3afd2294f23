"""Pairing: whoever privately types what the operator's console shows is a coordinator from then on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import audit, members
from core.deeds.arriving import reached, say_once
from core.deeds.groups import ask_one
from core.here import Here
from core.known import coordinates
from core.members import Account, KnownChat, Member, Paired
from core.messages import Chat, Person
from core.pairing import DIGITS, awaited, try_code
from core.said.pairing import Code, read_code

log = logging.getLogger("xiaobandeng.security")


def code_in(session: Session, here: Here, person: Person, words: str, now: datetime) -> Code | None:
    """The pairing code that private words are; None for words about anything else.

    A bare number is one only while a code is waited for, and only from somebody who is no coordinator yet.
    """
    code = read_code(words)
    if code is None or code.named:
        return code
    if len(code.digits) != DIGITS or not awaited(session, here.id, now):
        return None
    return None if coordinates(session, here.id, person, administrators=here.ranks) else code


def pair(session: Session, heres: Sequence[Here], chat: Chat, person: Person, code: Code, now: datetime) -> None:
    """Make a coordinator of whoever typed the right code of one of these; say kindly what is wrong with any other."""
    here, verdict = heres[0], "already"
    for here in heres:
        if coordinates(session, here.id, person, administrators=here.ranks):
            continue
        verdict = "shape"
        if len(code.digits) == DIGITS:
            verdict = try_code(session, here.id, f"{person.network}:{person.id}", code.digits, now)
        if verdict == "right":
            break
    here = here if verdict == "right" else heres[0]
    row = members.know_chat(session, here.community, chat, now, account=person.id)
    session.flush()
    if verdict != "right":
        if verdict in ("wrong", "early"):
            log.warning("pairing refused", extra={"network": person.network, "chat": row.id, "why": verdict})
        answer(session, row, verdict, now)
        return
    account, member = members.welcome(session, here.community, person, now, row.lang, reachable=True)
    session.flush()
    reached(session, account, now)
    appoint(session, here.id, account, member, now)
    say_once(session, row, "pairing.done", f"paired:{now.isoformat()}", now, name=member.name)
    ask_one(session, here, member.id, now, talking=False)


def appoint(session: Session, community_id: int, account: Account, member: Member, now: datetime) -> None:
    """This account's person is a coordinator until the operator dismisses them."""
    session.add(Paired(community_id=community_id, network=account.network, account=account.id, at=now))
    by = (account.network, account.id, member.id)
    audit.record(session, community_id, now, "paired", by=by, for_member=member.id)
    log.info("paired", extra={"network": account.network, "member": member.id})
    session.flush()


def answer(session: Session, chat: KnownChat, key: str, now: datetime) -> None:
    """A word about a code that was not taken; not one for each, whoever sends them by the hundred."""
    say_once(session, chat, f"pairing.{key}", f"pairing.{key}:{now:%Y%m%d%H%M}{now.second // 10}", now)
