"""Who is in the groups and who administers them, as Telegram says when it is asked."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from adapters.telegram.hear import inside
from adapters.telegram.ids import place
from core.messages import Chat, Person
from core.network import Standing

log = logging.getLogger(__name__)

FRESH = 5.0
"""Seconds for which a list of administrators is believed: a crowd that presses at once asks once."""

AWAY = 60.0
"""Seconds for which it is believed that somebody is not in a group: where members come unseen nobody tells the bot."""

PATIENCE = 5.0
"""Seconds to wait for an answer. Without one, what was known goes on being true."""


@dataclass(slots=True)
class Standings:
    """What was asked, and what happened since. The bot is not told who is in a group when it comes there, nor what
    happened while it was away for more than a day, nor of ranks where it is no administrator itself."""

    bot: Bot
    _listed: dict[str, tuple[float, frozenset[str] | None]] = field(default_factory=dict)
    _here: dict[tuple[str, str], tuple[float, bool | None]] = field(default_factory=dict)

    async def of(self, person: Person, group: Chat, *, acting: bool) -> Standing:
        """Where a person stands in a group; only their rank, if they are `acting` there. Raises nothing."""
        administrator, present = await asyncio.gather(
            self._administers(group, person), _nothing() if acting else self._present(group, person)
        )
        return Standing(present, administrator)

    def ranked(self, group: Chat) -> None:
        """A rank has changed there: a list from before may say otherwise."""
        self._listed.pop(group.id, None)

    def seen(self, group: Chat, person: Person, *, here: bool) -> None:
        """Somebody is in this group now, or is not any more."""
        self._here[group.id, person.id] = (time.monotonic(), here)

    async def _present(self, group: Chat, person: Person) -> bool | None:
        """Whether a person is in a group; None where the bot may not see it, or Telegram does not answer."""
        at, here = self._here.get((group.id, person.id), (-AWAY, False))
        if here is False and time.monotonic() - at >= AWAY:
            await self._look(group, person)
            _, here = self._here.get((group.id, person.id), (at, None))
        return here

    async def _look(self, group: Chat, person: Person) -> None:
        now = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                member = await self.bot.get_chat_member(place(group).chat, int(person.id))
            self._here[group.id, person.id] = (now, inside(member))
        except (BadRequest, Forbidden):  # members are hidden, say: to ask again would bring the same
            self._here[group.id, person.id] = (now, None)
        except (TelegramError, TimeoutError) as error:
            log.info("Who is in %s is not known: %s", group.id, error)

    async def _administers(self, group: Chat, person: Person) -> bool | None:
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


async def _nothing() -> None:
    """Nothing to be asked."""
