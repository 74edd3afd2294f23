"""Who is in the groups and who administers them, asked just before something is handed over that may need it."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.ids import place
from adapters.telegram.read import inside
from core.messages import Chat, Edited, Entered, Joined, Left, Opened, Person, Pressed, Ranked, Said

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
    _here: dict[tuple[str, str], bool | None] = field(default_factory=dict)

    def met(self, chat: Chat) -> None:
        """The bot is in this group: somebody who writes privately may be its administrator."""
        if not chat.private:
            self._groups.setdefault(chat.id, chat)

    def left(self, chat: Chat) -> None:
        """The bot is not in this group any more, or its id has changed."""
        self._groups.pop(chat.id, None)
        self._listed.pop(chat.id, None)

    def told(self, ranked: Ranked) -> None:
        """This rank is being handed over; a list from before may say otherwise."""
        self._told[ranked.chat.id, ranked.person.id] = ranked.administrator
        self._listed.pop(ranked.chat.id, None)

    def seen(self, chat: Chat, person: Person, *, here: bool) -> None:
        """Somebody is in this group now, or is not any more."""
        self._here[chat.id, person.id] = here

    async def whereabouts(self, event: Said | Edited | Pressed | Opened | Entered) -> list[Joined | Left]:
        """Of somebody who comes to the private chat, or brings the bot into a group: in which other groups they are.
        It is asked once for each group and person.

        The bot is not told who is in a group when it comes there, nor what happened while it was away for more than a
        day, and many come to the private chat before they say anything in the group.
        """
        chat, who = event.chat, event.person
        if who is None or not who.id:
            return []
        if not chat.private and not isinstance(event, Entered):
            if isinstance(event, Said):
                self.seen(chat, who, here=True)
            return []
        groups = [group for group in self._others(chat) if (group.id, who.id) not in self._here]
        await asyncio.gather(*(self._look(group, who) for group in groups))
        events: list[Joined | Left] = []
        for group in groups:
            here = self._here.get((group.id, who.id))
            if here is not None:
                kind = Joined if here else Left
                events.append(kind(f"{event.event}.here.{group.id}", group, who))
        return events

    def _others(self, chat: Chat) -> list[Chat]:
        """The groups that the bot has met, without this one."""
        return [group for group in self._groups.values() if group.id != chat.id]

    async def changed(self, event: Said | Edited | Pressed | Entered) -> list[Ranked]:
        """The ranks of this person that were not handed over yet: in this group, or from private in all groups. Before
        the bot is in a group: in all others.

        Only of somebody who is known to be in a group is it told that they are no administrator without their having
        been one: of others that would say that they are there.
        """
        chat, who = event.chat, event.person
        if who is None or not who.id:
            return []
        groups = self._others(chat) if chat.private or isinstance(event, Entered) else [chat]
        ranks = await asyncio.gather(*(self.administers(group, who) for group in groups))
        changed = []
        for group, administrator in zip(groups, ranks, strict=True):
            key = group.id, who.id
            before, here = self._told.get(key), self._here.get(key)
            if administrator is None or administrator == before or (before is None and not administrator and not here):
                continue
            self._told[key] = administrator
            changed.append(Ranked(f"{event.event}.rank.{group.id}", group, who, administrator))
        return changed

    async def _look(self, group: Chat, person: Person) -> None:
        """Find out whether a person is in a group. Where the bot may not see it, nothing is said of it."""
        try:
            async with asyncio.timeout(PATIENCE):
                self._here[group.id, person.id] = inside(
                    await self.bot.get_chat_member(place(group).chat, int(person.id))
                )
        except (BadRequest, Forbidden):  # members are hidden, say: to ask again would bring the same
            self._here[group.id, person.id] = None
        except (TelegramError, TimeoutError) as error:
            log.info("Who is in %s is not known: %s", group.id, error)

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
