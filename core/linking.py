"""Codes by which somebody shows that two accounts are theirs: good once, for ten minutes, kept only as a hash.

Guessing is of no use: an account has few tries, each a longer while after the one before, and all of a community
together have so many that one code in twenty thousand would be found by them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Field, Session, SQLModel, col, select

from core import columns

DIGITS = 6
LIFE = timedelta(minutes=10)
TRIES = 5
"""Wrong codes from one account, after which nothing it says is looked at for a day."""
TRIES_IN_ALL = 50
"""Wrong codes from everybody within a day, after which no code is looked at."""
PAUSE = timedelta(seconds=10)
"""How long an account must wait after its first wrong code; twice as long after each more."""
REMEMBERED = timedelta(days=1)

Verdict = Literal["right", "wrong", "early", "locked"]


class LinkCode(SQLModel, table=True):
    """The code that a member was given last."""

    community_id: int = columns.key()
    member_id: int = columns.key()
    salt: str
    digest: str
    expires: datetime = columns.moment()


class LinkGuess(SQLModel, table=True):
    """How often an account was wrong, and when last."""

    community_id: int = columns.key()
    network: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    wrong: int = 0
    last: datetime = columns.moment()


def digest(code: str, salt: str) -> str:
    """A hash that takes long to make: there are few enough codes to try them all with a quick one."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=32).hex()


def new_code(session: Session, community_id: int, member_id: int, now: datetime) -> str:
    """A fresh code for this member; the one before is good no more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    before = session.get(LinkCode, (community_id, member_id))
    if before is not None:
        session.delete(before)
        session.flush()
    salt = secrets.token_hex(16)
    row = LinkCode(
        community_id=community_id, member_id=member_id, salt=salt, digest=digest(code, salt), expires=now + LIFE
    )
    session.add(row)
    session.flush()
    return code


def live(session: Session, community_id: int, now: datetime) -> Sequence[LinkCode]:
    """The codes that are good now: a handful at most."""
    return session.exec(
        select(LinkCode)
        .where(LinkCode.community_id == community_id, col(LinkCode.expires) > now)
        .order_by(col(LinkCode.expires).desc())
        .limit(20)
    ).all()


def try_code(
    session: Session, community_id: int, account: tuple[str, str], code: str, now: datetime
) -> tuple[Verdict, int]:
    """Whether this is a code that is good now, and whose; a right one is used up.

    "early", "locked": this account, or everybody, must wait first, and the code was not looked at.
    """
    day = (LinkGuess.community_id == community_id, col(LinkGuess.last) > now - REMEMBERED)
    rows = session.exec(select(LinkGuess).where(*day)).all()
    mine = next((row for row in rows if (row.network, row.account) == account), None)
    if sum(row.wrong for row in rows) >= TRIES_IN_ALL or (mine is not None and mine.wrong >= TRIES):
        return "locked", 0
    if mine is not None and now < mine.last + PAUSE * 2 ** (mine.wrong - 1):
        return "early", 0
    for row in live(session, community_id, now):
        if hmac.compare_digest(digest(code, row.salt), row.digest):
            whose = row.member_id
            session.delete(row)
            session.flush()
            return "right", whose
    mine = mine or session.get(LinkGuess, (community_id, *account)) or LinkGuess(
        community_id=community_id, network=account[0], account=account[1]
    )  # fmt: skip
    mine.wrong = mine.wrong + 1 if mine in rows else 1
    mine.last = now
    session.add(mine)
    session.flush()
    return "wrong", 0
