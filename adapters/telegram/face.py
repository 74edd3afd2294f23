"""What people see of the bot before they write: the menu of commands and the description, in every language."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from adapters.telegram import catalogue
from core.words import LANGUAGES

log = logging.getLogger(__name__)

# Commands are words that the core reads in any chat; Telegram allows Latin letters only.
EVERYBODY = ("list", "join", "leave", "roster", "mine", "help")
ADMINISTRATORS = ("post", *EVERYBODY)
PRIVATE = ("list", "mine", "post", "quiet", "help")

MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllGroupChats(), EVERYBODY),
    (BotCommandScopeAllChatAdministrators(), ADMINISTRATORS),
    (BotCommandScopeAllPrivateChats(), PRIVATE),
)


async def put_on(bot: Bot, lang: str) -> None:
    """Set menus and descriptions where they differ. `lang` is for people whose language has no words of its own.

    Only what differs is set: Telegram lets a bot change its face a few times a day. Failing costs nothing.
    """
    try:
        for words, code in ((lang, ""), *((each, each) for each in LANGUAGES)):
            await _menus(bot, words, code or None)
            await _descriptions(bot, words, code or None)
    except TelegramError as error:
        log.info("The menu and description could not be set: %s", error)


async def _menus(bot: Bot, words: str, code: str | None) -> None:
    for scope, names in MENUS:
        menu = tuple(BotCommand(name, catalogue().text(words, f"menu.{name}")) for name in names)
        if await bot.get_my_commands(scope, code) != menu:
            await bot.set_my_commands(menu, scope, code)


async def _descriptions(bot: Bot, words: str, code: str | None) -> None:
    long, short = (catalogue().text(words, f"face.{name}") for name in ("description", "short"))
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
