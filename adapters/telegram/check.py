"""What an operator is told about the bot's account and groups, before anything runs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from telegram import ChatMember, ChatMemberRestricted
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.client import Client
from adapters.telegram.hear import inside
from adapters.telegram.ids import Ids, place
from adapters.telegram.settings import TelegramSettings

Finding = tuple[bool, str, dict[str, str | int]]
"""Whether all is well with something, the key of a sentence in `adapters.telegram.catalogue()`, and its facts."""


async def check(settings: TelegramSettings) -> list[Finding]:
    """Everything there is to say, the most important first. Changes nothing; raises nothing."""
    client = Client(settings)
    try:
        return [finding async for finding in _findings(client, settings)]
    finally:
        await client.hang_up()


async def _findings(client: Client, settings: TelegramSettings) -> AsyncIterator[Finding]:
    try:
        me = await client.get_me()
    except InvalidToken:
        yield False, "check.token", {}
        return
    except TelegramError as error:
        yield False, "check.unreachable", {"why": str(error)}
        return
    yield True, "check.bot", {"name": me.first_name, "username": me.username or ""}
    if not me.can_join_groups:
        yield False, "check.joins", {}
    if not me.can_read_all_group_messages:
        yield False, "check.privacy", {}
    async for finding in _webhook(client, settings):
        yield finding
    if not settings.groups:
        yield True, "check.any_group", {"username": me.username or ""}
    for group in settings.groups:
        yield await _group(client, group, me.id)


async def _webhook(client: Client, settings: TelegramSettings) -> AsyncIterator[Finding]:
    try:
        webhook = await client.get_webhook_info()
    except TelegramError as error:
        yield False, "check.unreachable", {"why": str(error)}
        return
    if settings.mode == "webhook" and webhook.last_error_message:
        yield False, "check.webhook", {"why": webhook.last_error_message}
    if settings.mode != "webhook" and webhook.url:
        yield True, "check.webhook_ends", {}


async def _group(client: Client, group: str, me: int) -> Finding:
    try:
        number = place(Ids().chat(int(group.partition("/")[0]))).chat
        chat = await client.get_chat(number)
        member = await client.get_chat_member(number, me)
    except (TelegramError, ValueError):
        return False, "check.not_in_group", {"group": group}
    title = chat.title or group
    if not inside(member):
        return False, "check.not_in_group", {"group": title}
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return False, "check.cannot_write", {"group": title}
    if member.status != ChatMember.ADMINISTRATOR:
        return True, "check.member", {"group": title}
    return True, "check.group", {"group": title}
