"""Accounts: what each network is told of the settings."""

from __future__ import annotations

from adapters.matrix.settings import MatrixSettings
from adapters.telegram.settings import TelegramSettings
from adapters.web.settings import WebSettings
from bot.config import Config


def telegram(config: Config) -> TelegramSettings:
    table = config.telegram
    return TelegramSettings(
        token=table.token.get_secret_value(),
        base_url=table.base_url,
        mode=table.mode,
        webhook_url=table.webhook_url,
        webhook_listen=str(table.webhook_listen),
        webhook_secret=table.webhook_secret.get_secret_value(),
        proxy=table.proxy,
        pin=table.pin,
        confide=table.confide,
        groups=config.groups("telegram"),
        lang=config.community.lang,
    )


def matrix(config: Config) -> MatrixSettings:
    return MatrixSettings(
        homeserver=config.matrix.homeserver,
        user=config.matrix.user,
        store=config.matrix.store,
        invites_from=config.matrix.invites_from,
        groups=config.groups("matrix"),
        lang=config.community.lang,
    )


def web(config: Config) -> WebSettings:
    return WebSettings(
        address=str(config.web.address),
        public_url=config.web.public_url,
        demo=config.demo,
        lang=config.community.lang,
        zone=config.community.zone.key,
        community=config.community.name,
        groups=config.groups("web"),
    )
