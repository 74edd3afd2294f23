"""What an operator is told about the bot's account and groups, before anything runs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from telegram import ChatMember, ChatMemberRestricted
from telegram.error import InvalidToken, TelegramError

from adapters.adapter import Finding
from adapters.telegram.client import Client
from adapters.telegram.hear import inside
from adapters.telegram.ids import Ids, place
from adapters.telegram.settings import TelegramSettings

SLOW = 60.0
"""Seconds to wait for one answer: a line that only takes its time is in order."""


async def check(settings: TelegramSettings, patience: float = SLOW) -> list[Finding]:
    """Everything there is to say, the most important first. Changes nothing; raises nothing."""
    client = Client(settings, patience)
    try:
        return [finding async for finding in _findings(client, settings)]
    finally:
        await client.hang_up()


async def _findings(client: Client, settings: TelegramSettings) -> AsyncIterator[Finding]:
    try:
        me = await client.get_me()
    except InvalidToken:
        yield Finding(False, "check.token")
        return
    except TelegramError as error:
        yield Finding(False, "check.unreachable", {"why": str(error)})
        return
    yield Finding(True, "check.bot", {"name": me.first_name, "username": me.username or ""})
    if not me.can_join_groups:
        yield Finding(False, "check.joins")
    if not me.can_read_all_group_messages:
        yield Finding(False, "check.privacy")
    async for finding in _webhook(client, settings):
        yield finding
    if not settings.groups:
        yield Finding(True, "check.any_group", {"username": me.username or ""})
    for group in settings.groups:
        yield await _group(client, group, me.id)
    if not settings.confide:
        yield Finding(True, "check.app" if settings.apps else "check.no_app", {"page": settings.page})


async def _webhook(client: Client, settings: TelegramSettings) -> AsyncIterator[Finding]:
    try:
        webhook = await client.get_webhook_info()
    except TelegramError as error:
        yield Finding(False, "check.unreachable", {"why": str(error)})
        return
    if settings.mode == "webhook" and webhook.last_error_message:
        yield Finding(False, "check.webhook", {"why": webhook.last_error_message})
    if settings.mode != "webhook" and webhook.url:
        yield Finding(True, "check.webhook_ends")


async def _group(client: Client, group: str, me: int) -> Finding:
    try:
        number = place(Ids().chat(int(group.partition("/")[0]))).chat
        chat = await client.get_chat(number)
        member = await client.get_chat_member(number, me)
    except (TelegramError, ValueError):
        return Finding(False, "check.not_in_group", {"group": group})
    title = chat.title or group
    if not inside(member):
        return Finding(False, "check.not_in_group", {"group": title})
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return Finding(False, "check.cannot_write", {"group": title})
    if member.status != ChatMember.ADMINISTRATOR:
        return Finding(True, "check.member", {"group": title})
    return Finding(True, "check.group", {"group": title})
