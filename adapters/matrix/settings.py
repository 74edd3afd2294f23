"""What the operator decides about the bot's Matrix account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, StrictBool

from adapters.matrix.ids import server_of
from adapters.settings import Around, Http, Place, Section


class MatrixSection(Section):
    """[matrix]"""

    homeserver: Http = Field(
        "", description="the address of a Matrix server", examples=['"https://matrix.example.org"']
    )
    user: str = Field(
        "", pattern=r"^(@[^\s:]+:\S+)?$", description="the bot's Matrix id", examples=['"@xiaobandeng:example.org"']
    )
    store: Place = Field(
        Path("matrix"), validate_default=True, description="a folder for keys and the login", examples=['"matrix"']
    )
    invites_from: tuple[str, ...] = Field(
        (), description="a list of servers or people", examples=['["example.org", "@yang:example.org"]']
    )

    confide: StrictBool = Field(True, description="true or false", examples=["true"])

    @property
    def wanted(self) -> bool:
        return bool(self.homeserver)

    @property
    def account(self) -> str:
        return self.user

    def contradictions(self, around: Around) -> Iterator[tuple[str, str]]:
        if self.homeserver and not self.user:
            yield "user", 'a homeserver needs the bot\'s id there; write user = "@xiaobandeng:example.org"'
        if self.user and not self.homeserver:
            yield "homeserver", 'a user needs a server; write homeserver = "https://matrix.example.org"'


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
    confide: bool = True  # whom a visit goes to may be written into private chats; else it is read on a page of ours
    lang: str = "zh"  # of what the operator reads
    patience: float = 10.0  # seconds for which the key of an unreadable message may still come

    def welcomes(self, inviter: str, me: str) -> bool:
        """Whether an invitation by `inviter` is accepted, without asking where to."""
        server = server_of(inviter)
        if not self.invites_from:
            return server == server_of(me)
        return inviter in self.invites_from or server in self.invites_from


def told(section: MatrixSection, around: Around) -> MatrixSettings:
    """All that the network needs to know."""
    return MatrixSettings(
        homeserver=section.homeserver,
        user=section.user,
        store=section.store,
        invites_from=section.invites_from,
        groups=around.groups,
        confide=section.confide,
        lang=around.lang,
    )
