"""What the bot hears in a group: all that is said, or commands, answers to it and its name only (privacy mode).

An administrator hears all. Any other bot does where privacy mode was off when it was brought in: that is asked of
Telegram then, at the start for groups that the settings name, and of others at the first thing that happens there.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from telegram import Bot, ChatMember, ChatMemberRestricted, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from adapters.telegram.hear import RANKS, happening, inside
from adapters.telegram.ids import Ids, place
from core.messages import Chat, Entered, Event, Hears

log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds to wait for an answer. Without one, what was known goes on being true."""


@dataclass(slots=True)
class Ears:
    """`me`: the account as Telegram described it at the start."""

    bot: Bot
    ids: Ids
    me: User
    _asked: set[str] = field(default_factory=set)  # the groups of which it has been found out

    async def at_first(self, groups: Collection[str]) -> list[Event]:
        """What is heard in these groups, said by their ids; nothing where all is heard, or the bot is not."""
        chats = [self.ids.chat(int(group.partition("/")[0])) for group in groups]
        return [told for chat in chats if (told := await self._told(chat, f"{time.time_ns()}")) is not None]

    async def listen(self, update: Update, events: Sequence[Event]) -> list[Event]:
        """The events of an update, and what is heard where they happened if that is not known yet or has changed."""
        change = update.my_chat_member
        if change is not None and change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
            if not inside(change.new_chat_member):
                return list(events)
            await self._anew()
            chat = self.ids.chat(change.chat.id, name=change.chat.title or "")
            hears, speaks = self._hears(change.new_chat_member), may_write(change.new_chat_member)
            self._asked.add(chat.id)
            came = [replace(event, hears=hears) if isinstance(event, Entered) else event for event in events]
            if speaks and any(isinstance(event, Entered) for event in came):
                return came
            event = happening(update.update_id, "b", change)
            return [*came, Hears(f"{event}.hears", chat, hears, speaks)]
        told = [await self._told(each.chat, f"{update.update_id}") for each in events[:1] if not each.chat.private]
        return [*(each for each in told if each is not None), *events]

    async def _told(self, chat: Chat, occasion: str) -> Hears | None:
        """What is heard in a group, if that is not known yet; None where all is heard anyway."""
        if self.me.can_read_all_group_messages or chat.id in self._asked:
            return None
        self._asked.add(chat.id)
        try:
            async with asyncio.timeout(PATIENCE):
                member = await self.bot.get_chat_member(place(chat).chat, self.me.id)
        except (TelegramError, TimeoutError) as error:
            log.info("What is heard in %s is not known: %s", chat.id, error)
            return None
        return (
            Hears(f"hears.{chat.id}.{occasion}", chat, self._hears(member), may_write(member))
            if inside(member)
            else None
        )

    async def _anew(self) -> None:
        """Privacy mode may have been changed since the start: it holds for groups that the bot comes into then."""
        try:
            async with asyncio.timeout(PATIENCE):
                self.me = await self.bot.get_me()
        except (TelegramError, TimeoutError) as error:
            log.info("Whether privacy mode is on is not known: %s", error)

    def _hears(self, member: ChatMember) -> bool:
        return member.status in RANKS or bool(self.me.can_read_all_group_messages)


def may_write(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberRestricted) or bool(member.can_send_messages)
