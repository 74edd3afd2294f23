"""What the operator decides about the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool

from adapters.settings import Around, Http, Listen, Place, Section, Socket
from adapters.web.ids import GROUP, NETWORK, PRIVATE, owner, private_chat
from core.messages import Chat


class WebSection(Section):
    """[web]"""

    address: Socket = Field(Listen("127.0.0.1", 8765), description="HOST:PORT", examples=['"127.0.0.1:8765"'])
    public_url: Http = Field("", description="the address that people type", examples=['"https://stool.example.org"'])
    demo: StrictBool | None = Field(None, description="true or false", examples=["true"])
    push_key: Place = Field(
        Path("xiaobandeng.push.key"), description="a file", examples=['"xiaobandeng.push.key"'], validate_default=True
    )

    @property
    def wanted(self) -> bool:
        return True

    @property
    def account(self) -> str:
        return "page"

    @property
    def page(self) -> str:
        return self.public_url

    def tries(self, around: Around) -> bool:
        """Where nothing is said it is so only when the page is all there is: beside a real network, whoever can open
        the page could speak as a coordinator there.
        """
        return self.demo if self.demo is not None else around.alone and not self.public_url

    def contradictions(self, around: Around) -> Iterator[tuple[str, str]]:
        if self.tries(around) and not self.address.loopback:
            yield "address", 'the demo is for this machine only; write "127.0.0.1:8765", or demo = false'
        if urlsplit(self.public_url).path.strip("/"):
            yield "public_url", "the page answers at the top of its own name only; write it without a path"
        if self.tries(around) and self.public_url:
            yield "demo", "in the demo anybody may be anybody, so it has no public address; write demo = false"

    def exposes(self, around: Around) -> Iterator[tuple[str, str]]:
        mend = (
            'put a web server that speaks TLS in front and write its address: public_url = "https://stool.example.org"'
        )
        url = urlsplit(self.public_url)
        if url.scheme == "http" and not Listen(url.hostname or "", 0).loopback:
            yield "public_url", f"anybody on the way could read personal links and private chats; {mend}"
        elif not self.public_url and not self.address.loopback:
            yield "address", f"others can reach this, and anybody on the way could read along; {mend}"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the page listens, and for whom.

    Without a `public_url`, and unless `demo` is False, whoever reaches the page may be anybody: so only at loopback.
    `groups` are the ids of the group chats. The one called `group` shows the community's name, any other its id.
    `push_key`: the file with what calls to closed pages are signed with; None: nobody is called. `push_anywhere`: at
    private addresses too, which only tests do.
    """

    address: str = "127.0.0.1:8765"
    public_url: str = ""
    demo: bool = True
    lang: str = "zh"
    zone: str = "Asia/Shanghai"
    community: str = "邻里"
    groups: tuple[str, ...] = (GROUP,)
    push_key: Path | None = None
    push_anywhere: bool = False

    @property
    def playing(self) -> bool:
        """Whether this is the demo: no personal links, and a clock that may be pushed."""
        return self.demo and not self.public_url

    @property
    def host(self) -> str:
        return self.address.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to listen at; 0 asks for any free one. Raises ValueError where `address` names none."""
        port = self.address.rpartition(":")[2]
        if not port.isdecimal() or int(port) > 65_535 or not self.host:
            raise ValueError(f"web.address must be HOST:PORT, such as 127.0.0.1:8765, not {self.address!r}")
        return int(port)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the page."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def clock_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def chats(self) -> tuple[Chat, ...]:
        """The group chats, at least one."""
        return tuple(
            Chat(NETWORK, group, name=self.community if group == GROUP else group)
            for group in (self.groups or (GROUP,))
            if not group.startswith(PRIVATE)
        )

    def chat(self, id: str) -> Chat | None:
        """The chat with this id: a group, or anybody's private chat. None: there is no such chat (any more)."""
        if owner(id):
            return Chat(NETWORK, id, private=True)
        return next((chat for chat in self.chats if chat.id == id), None)

    def seen_by(self, person: str) -> tuple[str, ...]:
        """The ids of all chats that this person sees."""
        return (*(group.id for group in self.chats), private_chat(person).id)

    def sees(self, person: str, chat: str) -> bool:
        """Whether this chat is one of the groups or this person's own."""
        return chat in self.seen_by(person)


def told(section: WebSection, around: Around) -> WebSettings:
    """All that the page needs to know."""
    return WebSettings(
        address=str(section.address),
        public_url=section.public_url,
        demo=section.tries(around),
        lang=around.lang,
        zone=around.zone,
        community=around.community,
        groups=around.groups,
        push_key=section.push_key,
    )
