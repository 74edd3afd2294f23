"""Plays scenes on Matrix: the whole bot behind the real adapter, its people behind a real Synapse.

`python -m tests.matrix.player FILE...` plays files as `xiaobandeng play` does.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from adapters import matrix
from adapters.matrix.login import login
from adapters.matrix.network import Matrix
from adapters.matrix.settings import MatrixSettings
from adapters.scene import language, network
from adapters.scene.checks import Span
from adapters.scene.network import painted
from adapters.scene.screens import choose, offers
from adapters.scene.steps import GROUP, Act, AddGroup, Introduce, Press, Reply, Restart, Rewrite, Say, Scene, Step
from bot.app import App
from bot.player import Failed, Player, Write
from core.db import Database
from core.described import Described
from core.messages import Answer, Attached, Chat, Event, Message
from core.network import Later
from core.short_lives import Onward, empty
from tests.keys import KEYS
from tests.matrix.person import Person, until
from tests.matrix.synapse import Synapse

Json = dict[str, object]

ONWARD = Onward()
"""Scenes are played one after another: statements are compiled for the first."""


@dataclass(slots=True)
class MatrixPlayer(Player):
    """One scene. Screens are what people's clients find on the server, after everything the bot had to do."""

    synapse: Synapse = field(kw_only=True)
    http: aiohttp.ClientSession = field(kw_only=True)
    settings: MatrixSettings = field(kw_only=True)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[Chat, str] = field(default_factory=dict)  # chat of the scene -> room
    heard: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)  # event -> message on the screens, '' for what is none
    reacted: dict[tuple[str, str, str], str] = field(default_factory=dict)
    owner: Person | None = None
    account: Matrix | None = None
    task: asyncio.Task[None] | None = None

    async def _start(self) -> None:
        here = self.scene.community
        if self.owner is None:
            self.owner = await Person.log_in(self.synapse.url, self.synapse.register("owner"), self.http, "居委会")
        self.network.can = matrix.CAN
        self.database = Database(self.url, KEYS, ONWARD.to(self.url.removeprefix("sqlite:///")))
        self.account = Matrix(self.settings)
        self.app = App(
            self.database,
            [self.account],
            self.clock,
            Described(name=here.name, zone=here.zone, lang=here.lang, coordinators=[f"matrix:{self.owner.user}"]),
        )
        await self.app.prepare()
        self.task = asyncio.create_task(self.account.run(self._receive))
        await until(self._ready)
        self.due = await self.app.deliver()

    async def _ready(self) -> bool:
        assert self.account is not None
        assert self.task is not None
        if self.task.done():
            self.task.result()
        with contextlib.suppress(Later):
            await self.account._ready()
            return True
        return False

    async def _receive(self, event: Event) -> Answer:
        assert self.account is not None
        answer = await self.app.receive(self.account, event)
        self.heard.add(event.event)
        return answer

    async def halt(self) -> None:
        """The bot is gone at once."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])

    async def line(self, step: Step) -> None:
        if isinstance(step, Restart):
            await self.halt()
        await Player.line(self, step)

    # ------------------------------------------------------------ who is who

    async def _introduce_all(self, steps: Sequence[Step]) -> None:
        begin = self.network.screens.order
        new = {step.name: None for step in steps if isinstance(step, AddGroup)}
        groups = [name for name in ([] if self.groups else [GROUP]) + list(new) if name not in self.groups]
        named = [(who, step.coordinators) for step in steps if isinstance(step, Introduce) for who in step.names]
        people = dict(sorted(named, key=lambda known: known[1]))
        for name in groups:
            await self._make_group(name)
        self.groups += groups
        self.met |= people
        for name in self.groups:
            await self._join(name, self.met if name in groups else people)
        for who in people:
            await self._befriend(who)
        await self._settle()
        self.network.screens.forget(begin)

    async def _make_group(self, name: str) -> None:
        assert self.owner is not None
        room = await self.owner.create(self.settings.user, name=name, preset="private_chat")
        self.rooms[network.group(name)] = room
        await until(lambda: self._inside(room, self.settings.user))

    async def _inside(self, room: str, user: str) -> bool:
        assert self.account is not None
        known = (await self.account._ready()).stream.rooms.get(room)
        return known is not None and known.joined(user)

    async def _join(self, group: str, people: Mapping[str, bool]) -> None:
        assert self.owner is not None
        room = self.rooms[network.group(group)]
        changed = False
        for who, coordinates in people.items():
            person = await self._person(who)
            if await self._inside(room, person.user):
                continue
            changed = True
            await self.owner.invite(room, person.user)
            await person.join(room)
            if coordinates:
                levels = await self.owner.call("GET", "rooms", room, "state", "m.room.power_levels", "")
                levels["users"][person.user] = 50
                await self.owner.call("PUT", "rooms", room, "state", "m.room.power_levels", "", body=levels)
            await until(lambda user=person.user: self._inside(room, user))
        if changed:
            await self._caught_up()

    async def _person(self, who: str) -> Person:
        if who not in self.people:
            shown = network.person(who).name
            self.people[who] = await Person.log_in(self.synapse.url, self.synapse.register("p"), self.http, shown)
        return self.people[who]

    async def _befriend(self, who: str) -> None:
        """Open the private chat of somebody, unless it is there already or the bot asked for it."""
        chat = network.private(network.person(who))
        if chat in self.rooms or who in self.network.closed:
            return
        person = await self._person(who)
        asked = await person.invitations()
        if asked:
            room = next(iter(asked))
            await person.join(room)
        else:
            room = await person.create(self.settings.user, is_direct=True)
        self.rooms[chat] = room
        await until(lambda: self._inside(room, self.settings.user))
        await until(lambda: self._inside(room, person.user))
        await self._caught_up()

    async def _meet(self, act: Act) -> None:
        if isinstance(act, Say) and act.place is None:
            return
        begin = self.network.screens.order
        self.met[act.who] = False
        await self._join(act.place or GROUP if isinstance(act, Say) else GROUP, {act.who: False})
        await self._befriend(act.who)
        await self._settle()
        self.network.screens.forget(begin)

    # ------------------------------------------------------------ what people do

    async def _act(self, act: Act) -> None:
        if act.who not in self.met and act.who not in self.network.closed:
            await self._meet(act)
        begin = self.network.screens.order
        chat, event = await self._do(act)
        try:

            async def received() -> bool:
                return event in self.heard

            if isinstance(act, Say) and act.sent is not None and act.place is not None and not act.words:
                await self._caught_up()  # what a group shows without a word is for people: the adapter leaves it
            else:
                await until(received)
            await self._settle()
        finally:
            self.caused[act.who] = Span(begin, self.network.screens.order), chat.id

    async def _do(self, act: Act) -> tuple[Chat, str]:
        """Do it on the server: where, and the event that it is there."""
        person = await self._person(act.who)
        match act:
            case Say(words=words, place=place, sent=sent):
                private = network.private(network.person(act.who))
                if place is None:
                    self.network.closed.discard(act.who)
                    await self._befriend(act.who)
                else:
                    await self._join(place, {act.who: False})  # strangers are in the group too
                chat = private if place is None else network.group(place)
                more = {} if sent is None else await self._thing(person, sent, words)
                return chat, await self._talk(person, act.who, chat, words, **more)
            case Reply(to=to, words=words):
                shown = next(self.network.screens.newest(self._screens(act.who), to), None)
                if shown is None:
                    raise Failed(f"no message on the screens of {act.who} contains: {to}")
                return shown.chat, await self._talk(person, act.who, shown.chat, words, self._event_of(shown.id))
            case Rewrite(words=words):
                chat, message = self.last[act.who]
                return chat, await person.edit(self.rooms[chat], message, words)
            case Press():
                return await self._push(person, act)
        raise Failed(f"nobody knows how to do {act}")

    async def _thing(self, person: Person, sent: Attached, words: str) -> dict[str, str]:
        """What a message says besides its words when a thing is sent with them (the specification's m.room.message)."""
        if sent.what == "place":
            return {"msgtype": "m.location", "geo_uri": "geo:31.0,121.4", "body": words or "📍"}
        body = painted(self.network.screens.id()) if sent.what == "picture" else sent.words.encode() or b"-"
        name = {"picture": "IMG.bmp", "voice": "voice.ogg", "sticker": "sticker.png", "file": sent.name or "file"}[
            sent.what
        ]
        kinds = {"picture": "m.image", "voice": "m.audio", "sticker": "m.image", "file": "m.file"}
        url = await person.upload(body, "application/octet-stream")
        return {"msgtype": kinds[sent.what], "url": url, "filename": name, "body": words or name}

    async def _talk(
        self, person: Person, who: str, chat: Chat, words: str, reply_to: str | None = None, **more: str
    ) -> str:
        event = await person.say(self.rooms[chat], words, reply_to, **more)
        self.network.screens.note("said", chat, who=who, text=words, message=event)
        self.last[who] = chat, event
        return event

    async def _push(self, person: Person, press: Press) -> tuple[Chat, str]:
        """React; a reaction that stands there already is taken away first, as one would tap twice."""
        found = list(self.network.screens.newest(self._screens(press.who), press.on))
        for exactly in (True, False):
            for shown in found:
                offer = choose(press.label, offers(shown.message), exactly=exactly)
                if offer is None:
                    continue
                room, message = self.rooms[shown.chat], self._event_of(shown.id)
                self.network.screens.note("pressed", shown.chat, who=press.who, text=offer.label, message=shown.id)
                before = self.reacted.pop((press.who, message, offer.sign), None)
                if before:
                    await person.withdraw(room, before)
                event = await person.react(room, message, offer.sign)
                self.reacted[press.who, message, offer.sign] = event
                return shown.chat, event
        raise Failed(f"{press.who} has nothing to press called {press.label}")

    def _event_of(self, shown: str) -> str:
        return next(event for event, message in self.seen.items() if message == shown)

    # ------------------------------------------------------------ what people see

    async def _caught_up(self) -> None:
        """Return when the bot has handed over everything that is on the server by now."""
        assert self.owner is not None
        room = next(iter(self.rooms.values()))
        event = await self.owner.say(room, "·", msgtype="m.text")

        async def received() -> bool:
            return event in self.heard

        await until(received)

    async def _settle(self) -> None:
        self.due = await self.app.deliver()
        happened = []
        for chat, room in self.rooms.items():
            watching = self.people[network.owner(chat)] if chat.private else self.owner
            assert watching is not None
            happened += [(event, chat) for event in await watching.events(room) if event["event_id"] not in self.seen]
        for event, chat in sorted(happened, key=lambda pair: pair[0]["origin_server_ts"]):
            self._take(event, chat)
        self._write_new()

    def _take(self, event: Json, chat: Chat) -> None:
        """One event as a change of somebody's screen."""
        screens, id, content = self.network.screens, str(event["event_id"]), event["content"]
        assert isinstance(content, dict)
        self.seen[id] = ""
        relation = content.get("m.relates_to") or {}
        if event["sender"] != self.settings.user or not content:
            return
        match event["type"]:
            case "m.room.message" if relation.get("rel_type") == "m.replace":
                screens.change(self.seen[relation["event_id"]], Message((content["m.new_content"]["body"],)))
            case "m.room.message":
                self.seen[id] = screens.put(chat, Message((content["body"],)))
            case "m.room.redaction":
                target = self.seen.get(str(event.get("redacts") or content.get("redacts")), "")
                if target:
                    screens.take(target)
            case "m.reaction":
                screens.note("mark", chat, text=relation["key"], message=relation["event_id"])


async def play(scene: Scene, synapse: Synapse, folder: Path, write: Write) -> MatrixPlayer:
    """Play one scene with a bot of its own; how it went is on the player."""
    settings = MatrixSettings(synapse.url, synapse.register("bot"), folder / "matrix", encrypted=False)
    await login(settings, "password")
    (folder / "scene.db").write_bytes(empty())
    async with aiohttp.ClientSession() as http:
        player = MatrixPlayer(
            scene, f"sqlite:///{folder}/scene.db", write, synapse=synapse, http=http, settings=settings
        )
        try:
            await player.play()
        finally:
            await player.halt()
    return player


def main(files: Sequence[str]) -> int:
    synapse = Synapse()
    synapse.start()
    failures = []
    try:
        for file in files:
            print(f"== {file}")
            with tempfile.TemporaryDirectory() as folder:
                scene = language.read(Path(file).read_text("utf-8"))
                quiet = os.environ.get("QUIET")
                player = asyncio.run(play(scene, synapse, Path(folder), (lambda _: None) if quiet else print))
            failures += [f"{file}:{line}: {why}" for line, why in player.failures]
    finally:
        synapse.close()
    print("\n".join(failures) or "all held")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
