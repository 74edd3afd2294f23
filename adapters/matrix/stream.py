"""The stream of events: read in order, handed over one by one, and confirmed only when all of it was taken."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256

import aiohttp

from adapters.matrix import hear
from adapters.matrix.aliases import Aliases
from adapters.matrix.ids import NETWORK
from adapters.matrix.invitations import Invitations
from adapters.matrix.keys import Keys
from adapters.matrix.room import Room
from adapters.matrix.server import PATIENCE, DeniedError, FailedError, Json, Server, unusable
from adapters.matrix.settings import MatrixSettings
from adapters.matrix.store import Place, Store
from adapters.matrix.unread import Unread
from adapters.matrix.verifying import Verifying, concerns
from core.messages import (
    Chat,
    Edited,
    Entered,
    Event,
    Expelled,
    Moved,
    Opened,
    Withdrawn,
)
from core.network import Later, Receive, insist

log = logging.getLogger(__name__)

FILTER = {
    "presence": {"types": []},
    "room": {"timeline": {"limit": 100}, "ephemeral": {"types": []}, "account_data": {"types": []}},
}
PAGE = 100
"""Events asked for at once where the stream left a gap."""
POLL_MS = 30_000
POLL_SOON_MS = 2_000
"""How long the server may hold a request when nothing happens; shorter while something here waits to be done."""
PAUSE = 1.0
"""Seconds before the first of several tries to reach a server that does not answer."""
LONGEST = 30.0
"""Seconds between two tries to reach a server that does not answer, at most."""


class Stream:
    """Everything that happens to the bot's account, from where the last process left off.

    The first answer after a start brings all rooms as they are now. The place in the stream is saved after what was
    read has been received (committed); what is read twice after a crash carries the same event ids.
    """

    def __init__(self, server: Server, keys: Keys, store: Store, settings: MatrixSettings) -> None:
        self._server = server
        self._keys = keys
        self._store = store
        self._settings = settings
        self._place = store.place
        self._receive: Receive
        self._answer: Json | None = None  # read, and not handed over to its end
        self._unread = Unread(self._place, keys, settings.patience)
        self._invitations = Invitations(server, settings, self._place)
        self._verifying = Verifying(server, keys, settings.lang)
        self.rooms: dict[str, Room] = {}
        self.aliases = Aliases(server, settings)
        self.directs: dict[str, list[str]] = {}
        self.ready = asyncio.Event()  # rooms and keys are known: what people said meanwhile may still be handed over

    async def run(self, receive: Receive) -> None:
        """Hand over what happens until cancelled. Raises `UnusableError` when the account cannot be used."""
        self._receive = receive
        wait = PAUSE
        first = True
        while True:
            try:
                if first:
                    self.directs = await self._server.directs()
                    await self.aliases.look()
                await self._turn(first=first)
            except (DeniedError, FailedError, Later, aiohttp.ClientError, TimeoutError, OSError) as trouble:
                if isinstance(trouble, DeniedError) and trouble.status == 401:
                    raise unusable(self._settings.lang, "run.token", user=self._server.me) from trouble
                seconds = trouble.wait if isinstance(trouble, DeniedError) and trouble.limited else wait
                log.warning("Matrix: %s; trying again in %.0f s", trouble, seconds)
                await asyncio.sleep(seconds)
                wait = min(2 * wait, LONGEST)
                continue
            wait, first = PAUSE, False

    async def _turn(self, *, first: bool) -> None:
        """One answer of the server: read, handed over, its place saved. Called again after a fault, it goes on with the
        answer it has: what is in it for the encryption can be read only once."""
        if self._answer is None:
            self._answer = await self._read(self._since, first=first)
            self.ready.set()
        since, rooms = self._since, self._answer.get("rooms", {})
        for room_id, info in rooms.get("leave", {}).items():
            await self._left(room_id, info)
        # Groups first: who has only just come to the private chat is a neighbour by a group that may be as new.
        for room_id, info in sorted(
            rooms.get("join", {}).items(), key=lambda room: self.rooms[room[0]].direct is not None
        ):
            await self._room(self.rooms[room_id], info, since)
        for room_id, info in rooms.get("invite", {}).items():
            await self._invited(room_id, info)
        await self._invitations.follow(self.rooms)
        await self._unread.look(self.rooms, self._event, partial(insist, self._receive))
        await self._verifying.answer()
        await self.aliases.look_again()
        if not self._place.begun:  # what was said since the account logged in comes with the next answer
            self._place.begun = True
            await self._save()
        elif self._answer["next_batch"] != since:
            self._place.token, self._place.taken = self._answer["next_batch"], []
            await self._save()
        self._answer = None

    @property
    def _since(self) -> str | None:
        """From where the server is to tell what happened; None for all that there is now."""
        return self._place.token if self._place.begun else None

    async def _read(self, since: str | None, *, first: bool) -> Json:
        """The next answer of the server, learnt from; the first one after a start brings all rooms as they are now."""
        soon = bool(self._place.invites or self._unread.waiting or self._verifying.waiting)
        query = {"filter": json.dumps(FILTER), "timeout": "0" if first else str(POLL_SOON_MS if soon else POLL_MS)}
        if since:
            query["since"] = since
        if first:
            query["full_state"] = "true"
        answer = await self._server.ask("GET", "sync", query=query, seconds=POLL_MS / 1000 + PATIENCE)
        await self._take_keys(answer)
        try:
            await self._keys.maintain()
        except (DeniedError, FailedError, Later, aiohttp.ClientError, TimeoutError) as trouble:
            log.warning("Matrix: the keys are not in order yet: %s", trouble)  # what people said comes first
        for room_id, info in answer.get("rooms", {}).get("join", {}).items():
            self._learn(room_id, [*events(info, "state"), *events(info, "timeline")])
        self._verifying.of_device(events(answer, "to_device"), self.rooms)
        return answer

    async def _take_keys(self, answer: Json) -> None:
        """Take in what was sent to this device, each of it once: what a crash brings again cannot be decrypted a second
        time, and nio would take the sender's device for broken and begin anew with it."""
        sent = {digest(event): event for event in events(answer, "to_device") if not concerns(event)}
        fresh = {key: event for key, event in sent.items() if key not in self._place.taken}
        await self._keys.take({**answer, "to_device": {"events": list(fresh.values())}})
        if fresh:
            self._place.taken = [*self._place.taken, *fresh]
            await self._save()

    async def _save(self) -> None:
        """Put the place on the disk, away from the event loop."""
        here = self._place
        place = Place(here.token, here.begun, list(here.unread), dict(here.invites), list(here.taken))
        await asyncio.to_thread(self._store.keep_place, place)

    def _learn(self, id: str, happened: list[Json]) -> None:
        room = self.rooms.get(id)
        if room is None:
            owner = next((person for person, rooms in self.directs.items() if id in rooms), None)
            room = self.rooms[id] = Room(id, self._server.me, direct=owner)
        for event in happened:
            with unspoiled(event):
                room.take(event)

    # ------------------------------------------------------------ one room

    async def _room(self, room: Room, info: Json, since: str | None) -> None:
        """Hand over what happened in a room since the last time, and nothing from before the bot was asked in."""
        if since is None:  # no place kept: what was said before is history, who is here is not
            if room.entered:
                await self._entered(room, fresh=False)
            return
        timeline = info.get("timeline", {})
        happened = events(info, "timeline")
        start = timeline.get("prev_batch") if timeline.get("limited") else None
        if start and not among(happened, room.entered):
            missed, start = await self._back(room, start, until=room.entered, to=since)
            happened = missed + happened
        if among(happened, room.entered):
            if start and room.asked and not among(happened, room.asked):
                missed, _ = await self._back(room, start, until=room.asked)
                happened = missed + happened
            first = room.asked if among(happened, room.asked) else room.entered
            rest = after(happened, first)  # who asks the bot in may go on talking at once
            await self._entered(room, fresh=True, came=any(joins(event, room.direct) for event in rest))
            happened = rest
        for event in happened:
            with unspoiled(event):
                await self._event(room, event)

    async def _back(self, room: Room, start: str, *, until: str, to: str = "") -> tuple[list[Json], str | None]:
        """What happened before `start`, oldest first: back to the event `until` or to the place `to`. Also where to go
        on from, None at the beginning of the room."""
        missed: list[Json] = []
        place: str | None = start
        while place:
            query = {"dir": "b", "from": place, "limit": str(PAGE)} | ({"to": to} if to else {})
            page = await self._server.ask("GET", "rooms", room.id, "messages", query=query)
            chunk = page.get("chunk", [])
            missed += chunk
            place = page.get("end") if chunk else None
            if among(chunk, until):
                break
        return missed[::-1], place

    async def _event(self, room: Room, event: Json) -> None:
        """Hand over one event, if the core should know of it."""
        if event.get("type") == "m.room.encrypted" and "ciphertext" in event.get("content", {}):
            clear = self._keys.open(room.id, event)
            if clear is None:
                if event["sender"] != self._server.me:
                    await self._unread.put_aside(room, event)
                return
            event = clear
        if self._verifying.in_room(room, event):
            return
        if event.get("type") == "m.room.tombstone":
            await self._follow(room, event["sender"])
            return
        if event.get("type") == "m.room.redaction":
            happened: Event | None = await self._withdrawn(room, event)
        else:
            happened = hear.understood(event, room)
        if isinstance(happened, Edited) and not await self._own(room, happened):
            return
        if happened is not None:
            await insist(self._receive, happened)

    async def _own(self, room: Room, edit: Edited) -> bool:
        """Whether the words that were changed are by the one who changed them: servers let anybody send this."""
        original = await self._server.event(room.id, edit.message)
        return original is not None and original.get("sender") == edit.person.id

    async def _withdrawn(self, room: Room, event: Json) -> Withdrawn | None:
        """Somebody took their own words away. A reaction taken away is nothing, and so is what a moderator removed."""
        target = event.get("redacts") or event.get("content", {}).get("redacts")
        sender = event.get("sender")
        if not isinstance(target, str) or not isinstance(sender, str) or sender == self._server.me:
            return None
        original = await self._server.event(room.id, target)
        if original is None or original.get("sender") != sender:
            return None
        if original.get("type") not in ("m.room.message", "m.room.encrypted"):
            return None
        return Withdrawn(event["event_id"], room.chat, room.person(sender), target)

    # ------------------------------------------------------------ coming, going, moving

    async def _entered(self, room: Room, *, fresh: bool, came: bool = False) -> None:
        """The bot came into a room: a private chat, the continuation of another room, or a new group. `fresh`: now.
        `came`: its person came after it, which is told by itself."""
        if room.direct is not None:
            await self._server.remember_direct(room.direct, room.id)
            if room.private and room.joined(room.direct) and not came:
                opened = Opened(room.entered, room.chat, room.person(room.direct), fresh=fresh)
                await insist(self._receive, opened)
            return
        if room.creators == {self._server.me}:
            return  # a room the bot made for itself, see `check`
        if fresh:
            await self.aliases.look()
        old = self.rooms.get(room.follows or "")
        if old is not None and old.moved_to == room.id:
            await insist(self._receive, Moved(old.tombstone, old.chat, room.chat))
            return
        inviter = room.person(room.inviter) if room.inviter is not None else None
        await insist(self._receive, Entered(room.entered, room.chat, inviter))

    async def _left(self, id: str, info: Json) -> None:
        """The bot is out of a room."""
        room = self.rooms.pop(id, None)
        self._keys.forget(id)
        self._invitations.forget(id)
        for event in (*events(info, "state"), *events(info, "timeline")):
            before = event.get("unsigned", {}).get("prev_content", {}).get("membership")
            if event.get("type") == "m.room.member" and event.get("state_key") == self._server.me and before == "join":
                chat = room.chat if room is not None else Chat(NETWORK, id)
                await insist(self._receive, Expelled(event["event_id"], chat))

    async def _follow(self, room: Room, via: str) -> None:
        """A room was closed in favour of another: go there. Where an invitation is needed, wait for it."""
        if room.moved_to is None:
            return
        new = self.rooms.get(room.moved_to)
        if new is not None:
            if new.follows == room.id:
                await insist(self._receive, Moved(room.tombstone, room.chat, new.chat))
            return
        self._invitations.accept(room.moved_to, via)

    async def _invited(self, id: str, info: Json) -> None:
        """Somebody asks the bot into a room."""
        for event in events(info, "invite_state"):
            if event.get("type") != "m.room.member" or event.get("state_key") != self._server.me:
                continue
            inviter = str(event.get("sender"))
            continues = any(room.moved_to == id for room in self.rooms.values())
            accepted = await self._invitations.consider(id, inviter, continues=continues)
            if accepted and event.get("content", {}).get("is_direct"):
                self.directs.setdefault(inviter, []).append(id)
                await self._server.remember_direct(inviter, id)


@contextmanager
def unspoiled(event: Json) -> Iterator[None]:
    """Pass over one event that is not of the shape it should have: it must not hold up what comes after it."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        log.exception("Matrix: event %s cannot be understood", event.get("event_id"))


def digest(event: Json) -> str:
    """What an event sent to a device is told by: it has no id."""
    return sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()


def joins(event: Json, user: str | None) -> bool:
    """Whether by this event somebody comes into a room."""
    member = event.get("type") == "m.room.member" and event.get("state_key") == user
    return member and event.get("content", {}).get("membership") == "join"


def among(happened: list[Json], id: str) -> bool:
    """Whether the event with this id is among these; '' is no event."""
    return bool(id) and any(event.get("event_id") == id for event in happened)


def after(happened: list[Json], id: str) -> list[Json]:
    """The events after the one with this id, which is among them."""
    return happened[next(at for at, event in enumerate(happened) if event.get("event_id") == id) + 1 :]


def events(info: Json, part: str) -> list[Json]:
    """The events of one part of a room in an answer of the stream."""
    found: list[Json] = info.get(part, {}).get("events", [])
    return found
