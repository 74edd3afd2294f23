"""Who is in the groups and who administers them, asked just before something is handed over that may need it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.ids import place
from adapters.telegram.read import inside
from core.messages import Chat, Edited, Joined, Opened, Person, Pressed, Ranked, Said

log = logging.getLogger(__name__)

FRESH = 5.0
"""Seconds for which a list of administrators is believed: a crowd that presses at once asks once."""

PATIENCE = 5.0
"""Seconds to wait for an answer. Without one, what was known goes on being true."""


@dataclass(slots=True)
class Ranks:
    """The administrators of every group that the bot has met since it started, and what was handed over of them."""

    bot: Bot
    _groups: dict[str, Chat] = field(default_factory=dict)
    _listed: dict[str, tuple[float, frozenset[str] | None]] = field(default_factory=dict)
    _told: dict[tuple[str, str], bool] = field(default_factory=dict)
    _asked: set[tuple[str, str]] = field(default_factory=set)

    def met(self, chat: Chat) -> None:
        """The bot is in this group: somebody who writes privately may be its administrator."""
        if not chat.private:
            self._groups.setdefault(chat.id, chat)

    def kept(self, administrators: Iterable[tuple[str, str]]) -> None:
        """The rows say, from before a restart, that of these groups these people are administrators."""
        self._told |= dict.fromkeys(administrators, True)

    def left(self, chat: Chat) -> None:
        """The bot is not in this group any more, or its id has changed."""
        self._groups.pop(chat.id, None)
        self._listed.pop(chat.id, None)

    def told(self, ranked: Ranked) -> None:
        """This rank is being handed over; a list from before may say otherwise."""
        self._told[ranked.chat.id, ranked.person.id] = ranked.administrator
        self._listed.pop(ranked.chat.id, None)

    async def changed(self, event: Said | Edited | Pressed) -> list[Ranked]:
        """The ranks of this person that were not handed over yet: in this group, or from private in all groups.

        Only of somebody who speaks in a group is it told that they are no administrator without their having been one:
        of others that would say that they are in the group, which nobody knows.
        """
        chat, who = event.chat, event.person
        if not who.id:
            return []
        groups = list(self._groups.values()) if chat.private else [chat]
        ranks = await asyncio.gather(*(self.administers(group, who) for group in groups))
        changed = []
        for group, administrator in zip(groups, ranks, strict=True):
            before = self._told.get((group.id, who.id))
            here = not chat.private and isinstance(event, Said)
            if administrator is None or administrator == before or (before is None and not administrator and not here):
                continue
            self._told[group.id, who.id] = administrator
            changed.append(Ranked(f"{event.event}.rank.{group.id}", group, who, administrator))
        return changed

    async def joined(self, event: Said | Edited | Pressed | Opened) -> list[Joined]:
        """Of somebody who comes to the private chat: the groups they are in, once for each group and person.

        The bot is not told who is in a group when it comes there, and many come to the private chat before they say
        anything in the group.
        """
        chat, who = event.chat, event.person
        if not who.id:
            return []
        if not chat.private:
            self._asked.add((chat.id, who.id))
            return []
        groups = [group for group in self._groups.values() if (group.id, who.id) not in self._asked]
        found = list(zip(groups, await asyncio.gather(*(self._inside(group, who) for group in groups)), strict=True))
        self._asked |= {(group.id, who.id) for group, here in found if here is not None}
        return [Joined(f"{event.event}.in.{group.id}", group, who) for group, here in found if here]

    async def _inside(self, group: Chat, person: Person) -> bool | None:
        """Whether a person is in a group; None when Telegram could not be asked."""
        try:
            async with asyncio.timeout(PATIENCE):
                return inside(await self.bot.get_chat_member(place(group).chat, int(person.id)))
        except (BadRequest, Forbidden):  # nobody there by that name, as far as the bot may see
            return False
        except (TelegramError, TimeoutError) as error:
            log.info("Who is in %s is not known: %s", group.id, error)
            return None

    async def administers(self, group: Chat, person: Person) -> bool | None:
        """Whether this person is an administrator there now; None when Telegram does not say."""
        at, listed = self._listed.get(group.id, (-FRESH, None))
        if time.monotonic() - at >= FRESH:
            listed = await self._ask(group) or listed
            self._listed[group.id] = (time.monotonic(), listed)
        return None if listed is None else person.id in listed

    async def _ask(self, group: Chat) -> frozenset[str] | None:
        try:
            async with asyncio.timeout(PATIENCE):
                members = await self.bot.get_chat_administrators(place(group).chat)
        except (TelegramError, TimeoutError) as error:
            log.info("Who administers %s is not known: %s", group.id, error)
            return None
        return frozenset(str(member.user.id) for member in members)
