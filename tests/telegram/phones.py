"""Scenes played through Telegram: people type and press on phones, and a whole bot answers through the stand-in.

What a scene says of full screens holds on Telegram, too, but for one thing: whoever has no private chat is led to one
by their press, and that is all they are told.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.scene import language, network
from adapters.scene.steps import Become, Check, Step, Told
from adapters.telegram.settings import TelegramSettings
from bot.app import App
from bot.player import Player
from core.db import Database
from core.described import Described
from core.messages import (
    Action,
    Attached,
    Chat,
    Edited,
    Entered,
    Event,
    Expelled,
    Hears,
    Joined,
    Mention,
    Message,
    Opened,
    Pressed,
    Ranked,
    Said,
    Span,
)
from core.short_lives import Onward, empty
from tests.keys import KEYS
from tests.telegram.methods import picture
from tests.telegram.server import Server
from tests.telegram.text import Text
from tests.telegram.unpaced import Unpaced
from tests.telegram.waiting import until
from tests.telegram.world import Chat as Room
from tests.telegram.world import Letter, User, World

ONWARD = Onward()
"""Scenes are played one after another: statements are compiled for the first."""

_FILE = {"file_id": "F", "file_unique_id": "U"}
SENT: dict[str, dict[str, Any]] = {
    "picture": {"photo": [{**_FILE, "width": 1, "height": 1}]},
    "voice": {"voice": {**_FILE, "duration": 3}},
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "place": {"location": {"longitude": 121.4, "latitude": 31.0}},
    "file": {"document": {**_FILE, "file_name": "names.csv"}},
}
"""What a message carries when such a thing is sent (the Bot API's Message)."""


@dataclass(slots=True)
class Phones(Player):
    """Plays one scene; its screens are copied from the phones after whatever happens."""

    world: World = field(default_factory=World)
    server: Server = field(init=False)
    running: asyncio.Task[None] | None = None
    users: dict[str, User] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)  # by the id that the screens have for them
    led: set[str] = field(default_factory=set)  # whose last press was answered with the way to their private chat
    copied: dict[int, tuple[str, int]] = field(default_factory=dict)  # by order: that id, and how many versions

    async def play(self) -> None:
        async with Server(self.world) as self.server, AsyncExitStack() as ends:
            self.server.flood.on = False
            ends.push_async_callback(self._stop)
            await Player.play(self)

    # ------------------------------------------------------------ the bot

    async def _start(self) -> None:
        await self._stop()
        here = self.scene.community
        rooms = [self._room(network.group(name)) for name in self.scene.groups if name not in self.scene.foreign]
        self.database = Database(self.url, KEYS, ONWARD.to(self.url.removeprefix("sqlite:///")))
        telegram = Unpaced(
            TelegramSettings(self.world.token, base_url=self.server.url, confide=True), self.database.shelf
        )
        self.app = App(
            self.database,
            [telegram],
            self.clock,
            Described(
                name=here.name, zone=here.zone, lang=here.lang, groups=tuple(f"telegram:{room.id}" for room in rooms)
            ),
        )
        await self.app.prepare()
        self.running = asyncio.create_task(telegram.run(lambda event: self.app.receive(telegram, event)))
        await until(lambda: self.world.wanted)  # before, Telegram does not tell who comes and rises
        self.due = await self.app.deliver()

    async def _stop(self) -> None:
        if self.running is not None:
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await self.running

    async def _settle(self) -> None:
        self.due = await self.app.deliver()
        self._copy()
        self._write_new()

    # ------------------------------------------------------------ the phones

    async def _tell(self, event: Event) -> None:
        """Do on a phone what the event says was done; return when the bot has confirmed and answered it."""
        if isinstance(event, Said | Pressed) and not event.chat.private:  # nobody speaks where they are not
            self._room(event.chat).ranks.setdefault(self._user(event.person.id).id, "member")
        match event:
            case Said(person=who, chat=chat, text=text, message=message, reply_to=reply, attached=attached):
                answered = self.letters[reply] if reply else None
                sent = {"extra": self._sent(attached) | {"caption": text}} if attached else {}
                words = "" if attached else text
                letter = self.world.say(self._user(who.id), self._room(chat), words, reply_to=answered, **sent)
                self.letters[message] = letter
            case Edited(text=text, message=message):
                self.world.rewrite(self.letters[message], text)
            case Pressed(person=who, chat=chat, message=message, action=action):
                press = self.world.press(self._user(who.id), self.letters[message], action)
                await until(lambda: press.answer is not None)
                answer = press.answer or {}
                self.led.discard(who.id)
                if "url" in answer:
                    self.led.add(who.id)
                if "text" in answer:
                    self.network.screens.note("toast", chat, to=who.id, text=answer["text"])
            case Opened(person=who):
                user = self._user(who.id)
                if not user.opened:
                    self.world.say(user, self.world.private(user), "/start hello")
            case Entered(person=who, chat=chat) if who is not None:
                self._room(chat).ranks[self._user(who.id).id] = "administrator"  # whoever may add a bot
                if not event.hears:
                    self.world.sees_all = False
                self.world.add_bot(self._user(who.id), self._room(chat), "administrator" if event.hears else "member")
            case Hears(chat=chat, hears=hears):
                self.world.sees_all = False
                self.world.rank_bot(self._room(chat), "administrator" if hears else "member")
            case Expelled(chat=chat):
                room = self._room(chat)
                self.world.expel_bot(self.world.users[next(iter(room.ranks))], room)
            case Joined(person=who, chat=chat):
                if not self._room(chat).inside(self._user(who.id).id):
                    self.world.enter(self._user(who.id), self._room(chat))
            case Ranked(person=who, chat=chat):
                self._room(chat).ranks.setdefault(self._user(who.id).id, "left")
                self.world.promote(self._user(who.id), self._room(chat))
        await until(lambda: not self.world.updates)

    def _sent(self, thing: Attached) -> dict[str, Any]:
        """What the message carries; a picture and a file can be asked for."""
        if thing.what == "file":
            self.world.files[thing.ref] = thing.words.encode()
            named = {"file_id": thing.ref, "file_unique_id": thing.ref, "file_name": thing.name}
            return {"document": {**named, "file_size": len(thing.words.encode())}}
        if thing.what != "picture":
            return SENT[thing.what]
        self.world.files[thing.ref] = network.painted(thing.ref)
        return {"photo": [picture(thing.ref)]}

    def _check(self, check: Check) -> None:
        if not (isinstance(check, Told) and check.place in self.led):
            Player._check(self, check)

    def _user(self, name: str) -> User:
        if name not in self.users:
            phone = "zh-hans" if self.scene.community.lang == "zh" else self.scene.community.lang
            self.users[name] = self.world.person(network.person(name).name, opened=False, lang=phone)
        return self.users[name]

    def _room(self, chat: Chat) -> Room:
        if chat.private:
            return self.world.private(self._user(network.owner(chat)))
        if chat.name not in self.rooms:
            inside = "" if chat.name in self.scene.foreign else "administrator"
            self.rooms[chat.name] = self.world.group(chat.name, bot=inside)
        return self.rooms[chat.name]

    # ------------------------------------------------------------ the screens

    def _copy(self) -> None:
        """Note on the screens what changed on the phones, in the order in which it was put there."""
        owners = {user.id: name for name, user in self.users.items()}
        places = {room.id: network.group(name) for name, room in self.rooms.items()}
        for letter in sorted(self.world.all_letters(), key=lambda letter: letter.order):
            if letter.author is not self.world.me or letter.chat.id not in owners.keys() | places.keys():
                continue
            place = places.get(letter.chat.id) or network.private(network.person(owners[letter.chat.id]))
            self._copy_one(letter, place)

    def _copy_one(self, letter: Letter, place: Chat) -> None:
        screens = self.network.screens
        pressed = [button for button in letter.buttons() if "callback_data" in button]  # others only copy
        actions = tuple(Action(button["callback_data"], button["text"]) for button in pressed)
        shown, versions = self.copied.get(letter.order, ("", 0))
        for version in letter.versions[versions:]:
            message = Message(self._spans(letter.text) if version == letter.text.plain else (version,), actions)
            if shown:
                screens.change(shown, message)
            else:
                shown = screens.put(place, message)
                self.letters[shown] = letter
        if shown and (found := screens.find(shown)) and found.message.actions != actions:
            screens.change(shown, Message(self._spans(letter.text), actions))
        self.copied[letter.order] = shown, len(letter.versions)
        if letter.gone and screens.find(shown):
            screens.take(shown)

    def _spans(self, text: Text) -> tuple[Span, ...]:
        """The words, with those who are notified by them."""
        names = {user.id: name for name, user in self.users.items()}
        spans: list[Span] = []
        rest = 0
        for entity in text.entities:
            if (name := names.get(entity.get("user_id", 0))) is not None:
                spans += [text.cut(rest, entity["offset"]), Mention(network.person(name))]
                rest = entity["offset"] + entity["length"]
        return (*spans, text.cut(rest))


def playable(steps: Sequence[Step]) -> bool:
    """Whether a scene is about what every network shows; those about another network's screens are not for phones."""
    return all(step.network in ("full", "telegram") for step in steps if isinstance(step, Become))


def play(path: Path) -> list[str] | None:
    """What did not come out as written, with its line; also what the bot did that Telegram forbids. None for a scene
    that is not for phones."""
    scene = language.read(path.read_text(encoding="utf-8"))
    if not playable(scene.steps):
        return None
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        talk: list[str] = []
        Path(folder, "scene.db").write_bytes(empty())
        phones = Phones(scene, f"sqlite:///{folder}/scene.db", talk.append)
        asyncio.run(phones.play())
    failures = [f"{path.name}:{line}: {why}" for line, why in phones.failures]
    failures += [f"{path.name}: {violation}" for violation in phones.world.violations]
    return [*failures, *(talk if failures else [])]
