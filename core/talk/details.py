"""看详情, pressed under any message of which the network may not carry all: a link to a page of ours, good once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from core.disclosing import BYTES, keep_link, reader_of
from core.posts import Body, Press
from core.rules import Refusal
from core.turn import Turn


@dataclass(frozen=True, slots=True)
class Details(Body):
    """The secret of the link; '' once it was opened."""

    secret: str = ""


def bring_link(turn: Turn, press: Press) -> None:
    """A fresh link, privately, to who reads what was pressed."""
    account = reader_of(turn.lookup(), press.post)
    mine = account is not None and (account.network, account.id) == (turn.chat.network, turn.chat.account)
    if not mine or not turn.here.page:
        turn.refuse(Refusal("old_button"))
        return
    secret = secrets.token_urlsafe(BYTES)
    shown = turn.privately("details", body=Details(secret=secret))
    keep_link(turn.session, press.post, shown, secret, turn.now)
