"""Who is in the groups and who administers them, as Telegram says when it is asked."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection
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

TOGETHER = 10
"""Questions that are under way at once: so many newcomers do not wait for each other."""


@dataclass(slots=True)
class Standings:
    """What was asked, and what happened since. The bot is not told who is in a group when it comes there, nor what
    happened while it was away for more than a day, nor of ranks where it is no administrator itself."""

    bot: Bot
    _listed: dict[str, tuple[float, frozenset[str] | None]] = field(default_factory=dict)
    _here: dict[tuple[str, str], tuple[float, bool | None]] = field(default_factory=dict)
    _next: Collection[Person] = ()
    _looks: dict[tuple[str, str], asyncio.Task[None]] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(TOGETHER))

    def foresee(self, people: Collection[Person]) -> None:
        """Who is heard next, privately: when it is asked of one whether they are in a group, it is asked of all."""
        self._next = people

    async def close(self) -> None:
        """Nothing is under way when this returns."""
        for task in self._looks.values():
            task.cancel()
        await asyncio.gather(*self._looks.values(), return_exceptions=True)

    async def of(self, person: Person, group: Chat, *, acting: bool) -> Standing:
        """Where a person stands in a group; only their rank, if they are `acting` there. Raises nothing."""
        administrator, present = await asyncio.gather(
            self._administers(group, person), _nothing() if acting else self._present(group, person)
        )
        return Standing(present, administrator)

    def ranked(self, group: Chat) -> None:
        """A rank has changed there: a list from before may say otherwise."""
        self._listed.pop(group.id, None)

    def entered(self, group: Chat) -> None:
        """The bot is in this group now: what could not be asked before can be."""
        self.ranked(group)
        for key in [key for key in self._here if key[0] == group.id]:
            del self._here[key]

    def seen(self, group: Chat, person: Person, *, here: bool) -> None:
        """Somebody is in this group now, or is not any more."""
        self._here[group.id, person.id] = (time.monotonic(), here)

    async def _present(self, group: Chat, person: Person) -> bool | None:
        """Whether a person is in a group; None where the bot may not see it, or Telegram does not answer."""
        for each in (person, *self._next):
            self._look_for(group, each)
        if (look := self._looks.get((group.id, person.id))) is not None:
            await asyncio.wait([look])
        return self._here.get((group.id, person.id), (0.0, None))[1]

    def _look_for(self, group: Chat, person: Person) -> None:
        """Begin to ask, unless that is known, or under way."""
        key = (group.id, person.id)
        at, here = self._here.get(key, (-AWAY, False))
        if here is False and time.monotonic() - at >= AWAY and key not in self._looks:
            look = self._looks[key] = asyncio.create_task(self._look(group, person))
            look.add_done_callback(lambda _: self._looks.pop(key, None))

    async def _look(self, group: Chat, person: Person) -> None:
        async with self._room:
            begun = time.monotonic()
            try:
                async with asyncio.timeout(PATIENCE):
                    member = await self.bot.get_chat_member(place(group).chat, int(person.id))
                here = inside(member)
            except (BadRequest, Forbidden):  # members are hidden, say: to ask again would bring the same
                here = None
            except (TelegramError, TimeoutError) as error:
                log.info("Who is in %s is not known: %s", group.id, error)
                return
        if self._here.get((group.id, person.id), (-AWAY, None))[0] <= begun:  # else what happened since is truer
            self._here[group.id, person.id] = (begun, here)

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
