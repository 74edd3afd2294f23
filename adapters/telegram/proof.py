"""Who opened a page of ours inside Telegram: what their client brings along, signed with the bot's token."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from adapters.telegram.ids import NETWORK
from core.details import Proof
from core.messages import Person

LIFE = timedelta(minutes=10)
"""How old what was signed may be: it is made anew each time the page is opened."""
AHEAD = timedelta(minutes=1)
"""How far Telegram's clock may be before ours."""
LONGEST = 4096
"""Characters of such a proof; Telegram's have a few hundred."""


def signature(fields: dict[str, str], token: str) -> str:
    """What Telegram signs fields with: https://core.telegram.org/bots/webapps, "validating data received"."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    said = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def proven(proof: str, token: str, now: datetime) -> Proof | None:
    """Who opened the page; None for what was not signed with this token, or is not of the last ten minutes."""
    if len(proof) > LONGEST:
        return None
    try:
        pairs = parse_qsl(proof, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        return None  # the same name twice: which of them was signed?
    signed = fields.pop("hash", "")
    if not hmac.compare_digest(signature(fields, token).encode(), signed.encode()):
        return None
    try:
        at = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        user = json.loads(fields["user"])
        id = user["id"]
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None
    if not isinstance(id, int) or not now - LIFE <= at <= now + AHEAD:
        return None
    return Proof(Person(NETWORK, str(id)), signed)
