"""What the bot has said to somebody whose page is closed: their browser is called; where nothing calls them and they do
not look by themselves, the bot is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from adapters.web import push_rows, store
from adapters.web.guard import REMEMBERED
from adapters.web.ids import private_chat
from adapters.web.letterbox import Clock, HeldUpError, Letterbox
from adapters.web.live import STILL, Live
from adapters.web.push import Caller, Came
from adapters.web.push_rows import Awaited
from adapters.web.settings import WebSettings
from adapters.web.store import WebEvent, WebPerson
from adapters.web.wording import text
from core.db import Database

log = logging.getLogger(__name__)

OPEN = timedelta(seconds=STILL + 5)
"""A page that is still open so long after something was said there was open then: one that was closed is noticed when
its window is told that all is well.
"""
LOOKS = timedelta(minutes=20)
"""How long somebody whom nothing called has to look by themselves."""
AGAIN = timedelta(minutes=1)
"""After this, and each time after twice as long, a browser that could not be called is tried again."""
TOGETHER = 500
REST = 15.0
"""Seconds between two looks at what is still awaited."""
LONG_REST = 300.0


class Unseen:
    """Follows every message in a private chat until its person knows of it, or the bot knows that they do not."""

    def __init__(
        self, settings: WebSettings, database: Database, clock: Clock, live: Live, letterbox: Letterbox
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._live = live
        self._letterbox = letterbox
        self._looked: dict[str, datetime] = {}
        self._stir = asyncio.Event()
        self.caller: Caller | None = None
        """Who calls browsers; None where that cannot be done here."""

    @property
    def key(self) -> str:
        """What a browser is told of our key; '' where none is called."""
        return "" if self.caller is None else self.caller.signer.public

    def looked(self, person: str) -> None:
        """Somebody was shown their page just now."""
        self._looked[person] = self._clock.now()

    def stir(self) -> None:
        """Something was said in a private chat."""
        self._stir.set()

    async def follow(self) -> None:
        """Look once at all that is awaited; then rest until there may be something to do."""
        self._stir.clear()
        found = await self._database.read(lambda session: push_rows.awaited(session, TOGETHER))
        if found:
            await self._look(found)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REST if found else LONG_REST):
                await self._stir.wait()

    async def tidy(self) -> None:
        """Browsers that will not be called any more are forgotten."""
        caller = self.caller
        if caller is not None:
            await self._database.write(lambda session: push_rows.drop_stale(session, caller.signer.public))

    async def _look(self, found: Sequence[Awaited]) -> None:
        now = self._clock.now()
        known = [each for each in found if each.over or self._knows(each, now)]
        waits = [each for each in found if each not in known and each.person not in self._live]
        late = [each for each in waits if now - each.at >= LOOKS]
        to_call: dict[str, list[Awaited]] = {}
        for each in waits:
            if each not in late and now >= _next_call(each):
                to_call.setdefault(each.person, []).append(each)
        called = await self._call_all(to_call, now)
        if known or late or called:
            with contextlib.suppress(HeldUpError):  # it is done a little later, or found anew
                await self._letterbox.drop(lambda session: self._settle(session, [*known, *called], late, now))

    def _knows(self, each: Awaited, now: datetime) -> bool:
        """Whether they were shown it: their page was loaded since, or is open."""
        looked = self._looked.get(each.person)
        return (looked is not None and looked >= each.at) or (each.person in self._live and now - each.at >= OPEN)

    def _settle(self, session: Session, known: Sequence[Awaited], late: Sequence[Awaited], now: datetime) -> None:
        push_rows.drop_unseen(session, *(each.message for each in (*known, *late)))
        for each in late:
            chat = private_chat(each.person).id
            event = WebEvent(kind="unread", chat=chat, person=each.person, message=each.message, happened_at=now)
            store.drop(session, event)

    # ------------------------------------------------------------ calling

    async def _call_all(self, whom: dict[str, list[Awaited]], now: datetime) -> list[Awaited]:
        """Call these people, each once for all that awaits them; returns what need not be awaited any more."""
        if self.caller is None or not whom:
            return []
        key, since = self.caller.signer.public, now - REMEMBERED
        places = await self._database.read(
            lambda session: {
                id: (session.get_one(WebPerson, id).lang, push_rows.called_at(session, id, key, since)) for id in whom
            }
        )
        whom = {id: theirs for id, theirs in whom.items() if places[id][1]}
        if not whom:
            return []
        came = await asyncio.gather(*(self._call(self.caller, *places[id], now) for id in whom))
        dead = [browser for _, browsers in came for browser in browsers]
        missed = [each.message for (taken, _), id in zip(came, whom, strict=True) if not taken for each in whom[id]]
        if dead or missed:
            await self._database.write(lambda session: _after(session, dead, missed))
        log.info("browsers were called", extra={"people": len(whom), "dead": len(dead)})
        return [each for (taken, _), id in zip(came, whom, strict=True) if taken for each in whom[id]]

    async def _call(
        self, caller: Caller, lang: str | None, browsers: Sequence[tuple[str, push_rows.Place]], now: datetime
    ) -> tuple[bool, list[str]]:
        """Call all browsers of one person: whether any call was taken, and which of them are dead."""
        lang = lang or self._settings.lang
        said = {
            "title": text(lang, "remind.called"),
            "body": self._settings.community,
            "lang": lang,
        }
        came = await asyncio.gather(*(caller.call(place, said, now) for _, place in browsers))
        dead = [id for (id, _), each in zip(browsers, came, strict=True) if each is Came.DEAD]
        return Came.TAKEN in came, dead


def _next_call(each: Awaited) -> datetime:
    return each.at + (AGAIN * (2**each.calls - 1) if each.calls else timedelta())


def _after(session: Session, dead: Sequence[str], missed: Sequence[int]) -> None:
    push_rows.drop_browsers(session, *dead)
    push_rows.called(session, missed)
