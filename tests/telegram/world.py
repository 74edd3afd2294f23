"""People, groups and messages as Telegram keeps them, and what each bot is told of them."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram import api
from tests.telegram.text import Text, formatted

Json = dict[str, Any]

USUAL = ("chat_member", "message_reaction", "message_reaction_count")  # kinds told only to a bot that asks for them
ANONYMOUS, CHANNEL_BOT, SERVICE = 1087968824, 136817688, 777000
TOKEN = "4242:made-up-for-tests"
RIGHTS = [
    name
    for name, (_, must, *_) in api.facts()["types"]["ChatMemberAdministrator"].items()
    if must and name[:3] == "can"
]
LIMITS = [name for name, (kind, *_) in api.facts()["types"]["ChatMemberRestricted"].items() if kind == "Boolean"]


@dataclass(eq=False)
class User:
    """A person or a bot. `opened`: has a private chat with our bot that is not blocked."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    lang: str = "zh-hans"
    is_bot: bool = False
    opened: bool = False
    blocked: bool = False
    deleted: bool = False

    def json(self) -> Json:
        data: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.lang}
        return data | {name: value for name, value in optional.items() if value}


@dataclass(eq=False)
class Letter:
    """A message as it stands now; `versions` are the texts it showed, the newest last."""

    number: int
    chat: Chat
    author: User
    text: Text
    date: int
    markup: Json | None = None
    reply_to: Letter | None = None
    topic: int | None = None
    receiver: User | None = None  # who alone sees it
    sender_chat: Chat | None = None
    edited: int = 0
    gone: bool = False
    extra: Json = field(default_factory=dict)
    order: int = 0  # among all messages of the world
    versions: list[str] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)

    def json(self, *, deep: bool = True) -> Json:
        data: Json = {
            "message_id": self.number,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.author.json(),
        }
        if self.receiver:
            data |= {"message_id": 0, "ephemeral_message_id": self.number, "receiver_user": self.receiver.json()}
        if self.sender_chat:
            data["sender_chat"] = self.sender_chat.json()
        text, entities = (
            ("caption", "caption_entities") if {"photo", "document"} & self.extra.keys() else ("text", "entities")
        )
        if self.text.plain:
            data[text] = self.text.plain
        if self.text.entities:
            data[entities] = [self._entity(each) for each in self.text.entities]
        if self.markup:
            data["reply_markup"] = self.markup
        if self.topic:
            data |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edited:
            data["edit_date"] = self.edited
        if self.reply_to and deep:
            data["reply_to_message"] = self.reply_to.json(deep=False)
        return data | self.extra

    def _entity(self, entity: Json) -> Json:
        entity = dict(entity)
        if "user_id" in entity:
            entity["user"] = self.chat.world.users[entity.pop("user_id")].json()
        return entity

    def buttons(self) -> list[Json]:
        return [button for row in (self.markup or {}).get("inline_keyboard", []) for button in row]

    def notified(self) -> set[int]:
        """Whom this message calls: those it names by id, and those it calls by @name."""
        people = {each["user_id"] for each in self.text.entities if each["type"] == "text_mention"}
        called = {self.text.piece(each)[1:].lower() for each in self.text.entities if each["type"] == "mention"}
        return people | {user.id for user in self.chat.world.users.values() if user.username.lower() in called - {""}}


@dataclass(eq=False)
class Chat:
    """A private chat, a group, a supergroup or a channel. `ranks` has a status for everybody who ever was in it."""

    world: World
    id: int
    type: str
    title: str = ""
    ranks: dict[int, str] = field(default_factory=dict)
    letters: dict[int, Letter] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # what stands under the place where one types
    forum: bool = False
    topics: dict[int, bool] = field(default_factory=dict)  # open or closed
    moved_to: Chat | None = None
    silent: bool = False  # the bot may not write here
    aside: dict[int, Letter] = field(default_factory=dict)  # what one person alone sees, by its own numbers
    hidden: bool = False  # only administrators see who is in it

    @property
    def group(self) -> bool:
        return self.type in ("group", "supergroup")

    def json(self) -> Json:
        data: Json = {"id": self.id, "type": self.type}
        if self.type == "private":
            user = self.world.users[self.id]
            return data | {"first_name": user.first_name}
        return data | {"title": self.title} | ({"is_forum": True} if self.forum else {})

    def inside(self, user: int) -> bool:
        return self.ranks.get(user, "left") in ("creator", "administrator", "member", "restricted")

    def shown(self) -> list[Letter]:
        """What stands on the screen, the oldest first."""
        return [letter for letter in self.letters.values() if not letter.gone]


@dataclass(eq=False)
class Press:
    """A button pressed; `answer` is what the presser saw, None while they wait."""

    id: str
    user: User
    at: float
    answer: Json | None = None


class World:
    """One bot and everybody around it."""

    def __init__(self, token: str = TOKEN, *, sees_all: bool = True) -> None:
        self.token = token
        self.sees_all = sees_all
        self.whispers = False  # a server that can show something in a group to one person alone
        self.late = 30.0  # seconds after which the answer to a press comes too late
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.updates: deque[Json] = deque()
        self.arrived = asyncio.Event()
        self.wanted: list[str] | None = None  # the kinds of updates the bot asked for
        self.push: Callable[[Json], None] | None = None  # takes updates away as they come: a webhook
        self.violations: list[str] = []
        self.files: dict[str, bytes] = {}  # what people sent, by its id
        self.uploads = 0
        self.face: dict[str, Any] = {}
        self._ids = itertools.count(1001)
        self._groups = itertools.count(1)
        self._update = itertools.count(730_000_001)
        self._press = itertools.count(1)
        self._letters = itertools.count(1)
        self.me = self._bot("小板凳", "xiaobandeng_bot", int(token.split(":", maxsplit=1)[0]))
        for number, name in ((ANONYMOUS, "Group"), (CHANNEL_BOT, "Channel"), (SERVICE, "Telegram")):
            self.users[number] = User(number, name, is_bot=number != SERVICE)

    # ------------------------------------------------------------ making people and places

    def _bot(self, name: str, username: str, number: int) -> User:
        self.users[number] = User(number, name, username=username, lang="", is_bot=True)
        return self.users[number]

    def other_bot(self) -> User:
        return self._bot("别的机器人", "other_bot", next(self._ids))

    def person(
        self, name: str, *, opened: bool = True, username: str = "", last: str = "", lang: str = "zh-hans"
    ) -> User:
        user = User(next(self._ids), name, last, username, lang, opened=opened)
        self.users[user.id] = user
        return user

    def private(self, user: User) -> Chat:
        return self.chats.setdefault(user.id, Chat(self, user.id, "private"))

    def group(
        self, title: str, *people: User, admins: tuple[User, ...] = (), type: str = "supergroup", bot: str = "member"
    ) -> Chat:
        """A group with these people; `bot` is the rank of our bot in it, '' when it is not in there yet."""
        number = next(self._groups)
        chat = Chat(self, -1_000_000_000_000 - number if type != "group" else -number, type, title)
        chat.ranks |= {user.id: "member" for user in people} | {user.id: "administrator" for user in admins}
        if bot:
            chat.ranks[self.me.id] = bot
        self.chats[chat.id] = chat
        return chat

    # ------------------------------------------------------------ what happens

    def write(self, chat: Chat, author: User, text: Text | str, **more: Any) -> Letter:
        """Put a message into a chat; no bot is told."""
        text = formatted(text) if isinstance(text, str) else text
        number = max(chat.letters, default=0) + 1
        letter = Letter(number, chat, author, text, int(time.time()), order=next(self._letters), **more)
        letter.versions.append(text.plain)
        chat.letters[number] = letter
        return letter

    def say(self, user: User, chat: Chat, text: str, **more: Any) -> Letter:
        """Somebody writes in a chat where they are; the bot is told if it may hear it."""
        if chat.type == "private":
            self.open(user)
        letter = self.write(chat, user, text, **more)
        if not user.is_bot and self.hears(letter):
            self.tell("message", letter.json())
        return letter

    def rewrite(self, letter: Letter, text: str) -> None:
        letter.text, letter.edited = formatted(text), int(time.time())
        letter.versions.append(text)
        if self.hears(letter):
            self.tell("edited_message", letter.json())

    def open(self, user: User) -> None:
        if user.blocked:
            user.blocked = False
            self._mine(user, self.private(user), "kicked", "member")
        user.opened = True
        self.private(user)

    def block(self, user: User) -> None:
        user.blocked, user.opened = True, False
        self._mine(user, self.private(user), "member", "kicked")

    def press(self, user: User, letter: Letter | None, data: str | None, *, old: bool = False) -> Press:
        """Somebody presses a button, or sends what they claim one carries. `old`: Telegram cannot show the message."""
        press = Press(str(4_000_000_000_000 + next(self._press)), user, time.monotonic())
        self.presses[press.id] = press
        query: Json = {"id": press.id, "from": user.json(), "chat_instance": "-1"}
        if data is not None:
            query["data"] = data
        if letter is None:
            query["inline_message_id"] = "made-up"
        elif old:
            query["message"] = {"chat": letter.chat.json(), "message_id": letter.number, "date": 0}
        else:
            query["message"] = letter.json()
        self.tell("callback_query", query)
        return press

    def enter(self, user: User, chat: Chat) -> None:
        self._theirs(user, chat, chat.ranks.get(user.id, "left"), "member", user)
        self._service(chat, user, new_chat_members=[user.json()])

    def leave(self, user: User, chat: Chat) -> None:
        self._theirs(user, chat, chat.ranks[user.id], "left", user)
        self._service(chat, user, left_chat_member=user.json())

    def promote(self, user: User, chat: Chat, rank: str = "administrator") -> None:
        self._theirs(user, chat, chat.ranks[user.id], rank, self.users[next(iter(chat.ranks))])

    def add_bot(self, by: User, chat: Chat, rank: str = "member") -> None:
        was, chat.ranks[self.me.id] = chat.ranks.get(self.me.id, "left"), rank
        self._mine(by, chat, was, rank)

    def rank_bot(self, chat: Chat, rank: str) -> None:
        """An administrator of the group makes the bot one, or a member again, or restricts it."""
        was, chat.ranks[self.me.id] = chat.ranks[self.me.id], rank
        chat.silent = rank == "restricted"
        self._mine(self.users[next(iter(chat.ranks))], chat, was, rank)

    def expel_bot(self, by: User, chat: Chat) -> None:
        was, chat.ranks[self.me.id] = chat.ranks[self.me.id], "kicked"
        self._mine(by, chat, was, "kicked")

    def bot_leaves(self, chat: Chat) -> None:
        was, chat.ranks[self.me.id] = chat.ranks[self.me.id], "left"
        self._mine(self.me, chat, was, "left")

    def upgrade(self, chat: Chat, *, tell: bool = True) -> Chat:
        """A group becomes a supergroup: its id changes, and what was written stays behind."""
        to = self.group(chat.title)
        to.ranks, chat.moved_to = dict(chat.ranks), to
        owner = self.users[next(iter(chat.ranks))]
        if tell:
            self._service(chat, owner, migrate_to_chat_id=to.id)
            self._service(to, owner, migrate_from_chat_id=chat.id)
        return to

    def idle_week(self) -> None:
        """After a week without updates their numbers begin anew, somewhere."""
        self._update = itertools.count(90_001)

    # ------------------------------------------------------------ what the bot is told

    def hears(self, letter: Letter) -> bool:
        """Privacy mode: commands, answers to the bot and words that call it; all for an administrator."""
        chat = letter.chat
        if not chat.group or self.sees_all or chat.ranks.get(self.me.id) == "administrator":
            return chat.type in ("private", "channel") or chat.inside(self.me.id)
        command = re.match(r"/\w+(?:@(\w+))?", letter.text.plain)
        ours = command is not None and command[1] in (None, self.me.username)
        answers = letter.reply_to is not None and letter.reply_to.author is self.me
        return ours or answers or f"@{self.me.username}" in letter.text.plain

    def tell(self, kind: str, what: Json) -> None:
        """One update for the bot, judged by the API before it leaves."""
        known = kind in api.facts()["types"]["Update"]
        if (known and kind not in (self.wanted or [kind])) or (not self.wanted and kind in USUAL):
            return
        update = {"update_id": next(self._update), kind: what}
        if known and (faults := api.objections("Update", update)):
            raise AssertionError(f"the stand-in itself is wrong: {faults}")
        self.updates.append(update)
        self.arrived.set()
        if self.push:
            self.push(update)

    def member(self, chat: Chat, user: User) -> Json:
        """Somebody's place in a chat as a ChatMember."""
        status = chat.ranks.get(user.id, "left")
        data: Json = {"status": status, "user": user.json()}
        match status:
            case "creator":
                data["is_anonymous"] = False
            case "administrator":
                data |= dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
                if chat.group:
                    data["can_pin_messages"] = True
            case "restricted":
                data |= dict.fromkeys(LIMITS, False) | {"until_date": 0, "is_member": True}
            case "kicked":
                data["until_date"] = 0
        return data

    def _mine(self, by: User, chat: Chat, was: str, now: str) -> None:
        self._change(by, self.me, chat, was, now)

    def _theirs(self, user: User, chat: Chat, was: str, now: str, by: User) -> None:
        chat.ranks[user.id] = now
        if chat.ranks.get(self.me.id) == "administrator":
            self._change(by, user, chat, was, now)

    def _change(self, by: User, user: User, chat: Chat, was: str, now: str) -> None:
        kind = "my_chat_member" if user is self.me else "chat_member"
        before, after = (self.member(_with(chat, user, status), user) for status in (was, now))
        change = {"chat": chat.json(), "from": by.json(), "date": int(time.time())}
        self.tell(kind, change | {"old_chat_member": before, "new_chat_member": after})

    def _service(self, chat: Chat, by: User, **what: Any) -> None:
        letter = self.write(chat, by, "", extra=what)
        if chat.inside(self.me.id):
            self.tell("message", letter.json())

    # ------------------------------------------------------------ what a test may ask

    def unanswered(self) -> list[Press]:
        return [press for press in self.presses.values() if press.answer is None]

    def all_letters(self) -> Iterator[Letter]:
        for chat in self.chats.values():
            yield from chat.letters.values()


def _with(chat: Chat, user: User, status: str) -> Chat:
    return Chat(chat.world, chat.id, chat.type, chat.title, {user.id: status})
