"""The pairing code: the first coordinator is whoever types what only the operator's console shows.

It is good once and for a day, and kept only as a hash. Guessing is of no use: an account has few tries, each a longer
while after the one before, and all accounts together have so many that one in a million codes would be found by them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Field, Session, SQLModel, col, select

from core import columns
from core.plain import among

DIGITS = 8
LIFE = timedelta(hours=24)
TRIES = 5
"""Wrong codes from one account, after which nothing it says is looked at."""
TRIES_IN_ALL = 50
"""Wrong codes from everybody, after which this code is dead: the operator asks for a new one."""
PAUSE = timedelta(seconds=10)
"""How long an account must wait after its first wrong code; twice as long after each more."""

Verdict = Literal["right", "wrong", "early"]


class PairingCode(SQLModel, table=True):
    """The newest pairing code, of which nothing is kept that tells it. A newer one takes its place."""

    community_id: int = columns.key()
    salt: str
    digest: str
    expires: datetime = columns.moment()
    used: bool = Field(default=False)
    guesses: dict[str, Any] = columns.json()  # by "network:account": how many were wrong, and when the last was


def new_code(session: Session, community_id: int, now: datetime) -> str:
    """A fresh code, which nobody can look up again; the one before is good no more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    salt = secrets.token_hex(16)
    row = session.get(PairingCode, community_id)
    if row is not None:
        session.delete(row)
        session.flush()
    session.add(PairingCode(community_id=community_id, salt=salt, digest=digest(code, salt), expires=now + LIFE))
    session.flush()
    return code


def spaced(code: str) -> str:
    """A code as it is shown: in two groups, so that it can be kept in mind on the way to the phone."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def digest(code: str, salt: str) -> str:
    """A hash that takes long to make: there are few enough codes to try them all with a quick one."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()


AT_ONCE = 20
"""Codes that are good at one time and looked at, of several communities, the newest: trying each takes a while."""


def awaiting(session: Session, communities: Collection[int], now: datetime) -> list[int]:
    """Those of these communities whose codes could be typed now."""
    rows = session.exec(
        select(PairingCode)
        .where(among(PairingCode.community_id, "communities"))
        .order_by(col(PairingCode.expires).desc()),
        params={"communities": communities},
    ).all()
    return [row.community_id for row in rows if alive(row, now)][:AT_ONCE]


def awaited(session: Session, community_id: int, now: datetime) -> bool:
    """Whether a code could be typed now."""
    return alive(session.get(PairingCode, community_id), now)


def alive(row: PairingCode | None, now: datetime) -> bool:
    return row is not None and not row.used and now < row.expires and wrong_ones(row) < TRIES_IN_ALL


def wrong_ones(row: PairingCode) -> int:
    return sum(count for count, _ in row.guesses.values())


def try_code(session: Session, community_id: int, account: str, code: str, now: datetime) -> Verdict:
    """Whether this is the code; then it is used up. `account`: "network:id" of who typed it.

    "early": this account must wait first, and the code was not looked at. A code that expired, was used or was guessed
    at too often is as wrong as any other.
    """
    row = session.get(PairingCode, community_id, with_for_update=True)
    if row is None or not alive(row, now):
        return "wrong"
    count, last = row.guesses.get(account, (0, ""))
    if count >= TRIES:
        return "wrong"
    if count and now < datetime.fromisoformat(last) + PAUSE * 2 ** (count - 1):
        return "early"
    if hmac.compare_digest(digest(code, row.salt), row.digest):
        row.used = True
        session.add(row)
        return "right"
    row.guesses = {**row.guesses, account: [count + 1, now.isoformat()]}
    session.add(row)
    return "wrong"
