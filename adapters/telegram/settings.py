"""What the operator decides about the bot's Telegram account."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SecretStr, StrictBool, StringConstraints

from adapters.settings import Around, Http, Listen, MaybePlace, Section, Socket, exposed


class TelegramSection(Section):
    """[telegram]"""

    secrets: ClassVar = {"token": "", "webhook_secret": "", "proxy": "@"}

    token: SecretStr = Field(SecretStr(""), description="the bot's token from @BotFather", examples=['"123456:ABC..."'])
    token_file: MaybePlace = Field(None, description="the file that holds the token", examples=['"telegram.token"'])
    base_url: Http = Field("", description="the root of a Bot API server", examples=['"http://127.0.0.1:8081"'])
    mode: Literal["polling", "webhook"] = Field("polling", description='"polling" or "webhook"', examples=['"polling"'])
    webhook_url: Http = Field(
        "", description="the address under which Telegram reaches us", examples=['"https://bot.example.org/telegram"']
    )
    webhook_listen: Socket = Field(Listen("127.0.0.1", 8443), description="HOST:PORT", examples=['"127.0.0.1:8443"'])
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="a secret of 16 to 256 letters, digits, _ and -", examples=['"..."']
    )
    proxy: str = Field("", repr=False, description="the address of a proxy", examples=['"socks5://127.0.0.1:1080"'])
    pin: StrictBool = Field(True, description="true or false", examples=["true"])
    confide: StrictBool = Field(False, description="true or false", examples=["false"])
    stools: tuple[Annotated[str, StringConstraints(pattern=r"^-\d+/\d+$")], ...] = Field(
        (), description="topics of your groups, each as GROUP/TOPIC", examples=['["-1001234567890/7"]']
    )

    @property
    def wanted(self) -> bool:
        return bool(self.token.get_secret_value())

    @property
    def account(self) -> str:
        return self.token.get_secret_value().partition(":")[0]

    def contradictions(self, around: Around) -> Iterator[tuple[str, str]]:
        token, secret = self.token.get_secret_value(), self.webhook_secret.get_secret_value()
        if token and re.fullmatch(r"\d+:[\w-]+", token, re.ASCII) is None:
            yield (
                "token",
                "this is not a token; copy the whole line that @BotFather gave (digits, a colon, letters)",
            )
        if self.mode != "webhook":
            return
        if not self.webhook_url.startswith("https://"):
            yield "webhook_url", 'mode "webhook" needs the https:// address under which Telegram reaches us'
        if re.fullmatch(r"[\w-]{16,256}", secret, re.ASCII) is None:
            yield "webhook_secret", 'mode "webhook" needs a secret of 16 to 256 letters, digits, _ and -'

    @classmethod
    def fetch(cls, table: dict[str, Any], overlaid: Collection[str], folder: Path) -> Iterator[tuple[str, str]]:
        """The token, from the file that `token_file` names."""
        key = "token_file"
        if not isinstance(table.get(key), str) or not table[key]:
            return
        if "token" in overlaid and key not in overlaid:
            return  # the environment wins
        if table.get("token") and key not in overlaid:
            yield key, "there is a token and a token_file; keep one of the two"
            return
        file = Path(folder, Path(table[key]).expanduser())
        try:
            table["token"] = file.read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            yield key, f"the token cannot be read from {file}; put it there, one line, chmod 600"
            return
        if not table["token"]:
            yield key, f"{file} is empty; put the token there, one line"
        if exposed(file):
            yield key, f"everybody on this machine may read this secret; run: chmod 600 {file}"


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot account on Telegram, as the operator set it up.

    `base_url` is the root of a Bot API server, '' for Telegram's own. `groups` are the ids of the groups that were
    named, as `-100123`, or as `-100123/5` to keep to topic 5 there; empty when any group will do. `lang` is the
    language of what the operator reads, and of the menu for people whose language has none of its own.
    `confide`: what may be shown in a private chat only (who is visited, and where) may be written there. Telegram's
    servers stand abroad, so that is for the operator to decide; where not, people are told to ask.
    `webhook_url` is what Telegram calls; a proxy that ends TLS passes it on to `webhook_listen` ("host:port").
    """

    token: str = field(repr=False)
    base_url: str = ""
    mode: str = "polling"  # or "webhook"
    webhook_url: str = ""
    webhook_listen: str = ""
    webhook_secret: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)  # may hold a password
    pin: bool = True
    confide: bool = False
    stools: tuple[str, ...] = ()  # in which topic of a group 小板凳 stands, as `-100123/7`
    groups: tuple[str, ...] = ()
    lang: str = "zh"
    page: str = ""  # under which address people reach a page of ours

    @property
    def apps(self) -> bool:
        """Whether that page can be opened inside Telegram, which takes encrypted ones only."""
        return self.page.startswith("https://")


def told(section: TelegramSection, around: Around) -> TelegramSettings:
    """All that the network needs to know."""
    return TelegramSettings(
        token=section.token.get_secret_value(),
        base_url=section.base_url,
        mode=section.mode,
        webhook_url=section.webhook_url,
        webhook_listen=str(section.webhook_listen),
        webhook_secret=section.webhook_secret.get_secret_value(),
        proxy=section.proxy,
        pin=section.pin,
        confide=section.confide,
        stools=section.stools,
        groups=around.groups,
        lang=around.lang,
        page=around.page,
    )
