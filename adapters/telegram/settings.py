"""What the operator decides about the bot's Telegram account."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    groups: tuple[str, ...] = ()
    lang: str = "zh"
