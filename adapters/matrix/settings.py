"""What the operator decides about the bot's Matrix account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adapters.matrix.ids import server_of


@dataclass(frozen=True, slots=True)
class MatrixSettings:
    """One Matrix account and how it behaves. The password is not among it: it is used once, by `login`."""

    homeserver: str  # root of the server, https://matrix.example.org
    user: str  # @bot:example.org, or its part between @ and : alone
    store: Path  # folder for token, keys and place in the stream; made with mode 0700
    invites_from: tuple[
        str, ...
    ] = ()  # servers or people whose invitations are accepted; empty: people of the own server
    groups: tuple[str, ...] = ()  # ids (!id:server) or aliases (#name:server) of configured rooms; empty: any
    encrypted: bool = True  # private chats that the bot opens are encrypted
    lang: str = "zh"  # of what the operator reads
    patience: float = 10.0  # seconds for which the key of an unreadable message may still come

    def welcomes(self, inviter: str, me: str) -> bool:
        """Whether an invitation by `inviter` is accepted, without asking where to."""
        server = server_of(inviter)
        if not self.invites_from:
            return server == server_of(me)
        return inviter in self.invites_from or server in self.invites_from
