"""What an update of Telegram's says happened, as events.

Decided here, because only Telegram has them:
- An administrator who writes as the group, or anybody who writes as a channel, is a `Person` without an id: nobody can
  tell who it is, so nothing can be promised in their name, and the core says so kindly. Their presses do name them.
- What a channel posts, what a group is sent from its channel, and what other bots say is not heard.
- A press under a message that was sent into a chat by way of an inline query names no chat: it comes from the presser's
  private chat and from no message.
- `/start TOKEN` in private is `Opened`, not words.
- A number of an update is not enough of an id: they begin anew after an idle week. The id of what happened is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
    User,
)
from telegram import Chat as TelegramChat
from telegram.constants import ChatType

from adapters.telegram.ids import NETWORK, Ids
from core.messages import (
    Attached,
    Blocked,
    Chat,
    Edited,
    Entered,
    Event,
    Expelled,
    Joined,
    Left,
    Moved,
    Opened,
    Person,
    Pressed,
    Ranked,
    Said,
)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
"""The updates that are asked for. `chat_member` comes only where the bot is an administrator."""

HELLO = "hello"
"""What a link carries that only opens the private chat: a link with nothing in it would not start anything."""

RANKS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<token>\S+))?\s*", re.IGNORECASE)
_COMMAND = re.compile(r"(?P<command>/\w+)@(?P<bot>\w+)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads updates as the bot whose id and user name these are."""

    bot: int
    username: str
    ids: Ids

    def events(self, update: Update) -> list[Event]:
        """What happened, in order; empty for what concerns nobody here, and for what is newer than this code."""
        number = update.update_id
        if update.message:
            return self._message(number, update.message)
        if update.edited_message:
            return self._edited(number, update.edited_message)
        if update.callback_query:
            return [self._pressed(number, update.callback_query)]
        if update.my_chat_member:
            return self._mine(happening(number, "b", update.my_chat_member), update.my_chat_member)
        if update.chat_member:
            return self._theirs(happening(number, "c", update.chat_member), update.chat_member)
        return []

    def chat(self, chat: TelegramChat) -> Chat:
        return self.ids.chat(chat.id, private=chat.type == ChatType.PRIVATE, name=chat.title or "")

    def _message(self, number: int, message: Message) -> list[Event]:
        chat = self.chat(message.chat)
        event = f"{number}.m{message.chat.id}.{message.message_id}"
        if message.chat.type == ChatType.CHANNEL or message.is_automatic_forward:
            return []
        if message.migrate_to_chat_id:
            return [moved(chat, self.ids.chat(message.migrate_to_chat_id, name=chat.name))]
        if message.migrate_from_chat_id:
            return [moved(self.ids.chat(message.migrate_from_chat_id, name=chat.name), chat)]
        if message.new_chat_members:
            people = [user for user in message.new_chat_members if not user.is_bot]
            return [Joined(f"{event}.{user.id}", chat, person(user)) for user in people]
        if message.left_chat_member:
            return [] if message.left_chat_member.is_bot else [Left(event, chat, person(message.left_chat_member))]
        return self._said(event, chat, message)

    def _said(self, event: str, chat: Chat, message: Message) -> list[Event]:
        who, words = author(message), self._words(message)
        thing = attached(message)
        if (
            thing is not None
            and not chat.private
            and (thing.what != "picture" or not (words or message.media_group_id))
        ):
            thing = None  # what neighbours show one another is for people; one of several pictures may have the words
        if thing is not None and words is None:
            words = ""
        if who is None or words is None:
            return []
        if chat.private and (start := _START.fullmatch(words)):
            token = start["token"] or ""
            return [Opened(event, chat, who, "" if token == HELLO else token, asks=True)]
        reply = message.reply_to_message
        if reply and reply.forum_topic_created:  # every message in a topic answers the one that made the topic
            reply = None
        mine = self.ids.message(message.chat.id, message.message_id)
        answers = self.ids.message(message.chat.id, reply.message_id) if reply else None
        return [
            Said(
                event,
                chat,
                who,
                words,
                mine,
                answers,
                called=self._called(message),
                attached=thing,
                mentions=mentioned(message),
                thread=self.ids.thread(message),
                forwarded=forwarded(message, who),
                answers=neighbours(reply),
            )
        ]

    def _edited(self, number: int, message: Message) -> list[Event]:
        who, words = author(message), self._words(message)
        if who is None or words is None or message.chat.type == ChatType.CHANNEL or message.is_automatic_forward:
            return []
        when = int(message.edit_date.timestamp()) if message.edit_date else 0
        event = f"{number}.e{message.chat.id}.{message.message_id}.{when}"
        mine = self.ids.message(message.chat.id, message.message_id)
        return [Edited(event, self.chat(message.chat), who, words, mine)]

    def _words(self, message: Message) -> str | None:
        """What was written, without the bot's name where it was called by it; None for words to another bot."""
        words = named(message)
        if not words:
            return None
        called = _COMMAND.match(words)
        if called:
            if called["bot"].lower() != self.username.lower():
                return None
            words = called["command"] + words[called.end() :]
        me = re.escape(f"@{self.username}")
        return re.sub(rf"^\s*{me}\b[\s,，:：]*|\s*{me}\s*$", "", words, flags=re.IGNORECASE) or words

    def _called(self, message: Message) -> bool:
        """Whether the bot's user name stands in the words."""
        words = message.text or message.caption or ""
        return re.search(rf"@{re.escape(self.username)}\b", words, re.IGNORECASE) is not None

    def _pressed(self, number: int, press: CallbackQuery) -> Pressed:
        who, event = person(press.from_user), f"{number}.q{press.id}"
        if press.message is None:
            return Pressed(event, self.ids.chat(press.from_user.id, private=True), who, "", press.data)
        chat = press.message.chat
        message = self.ids.message(chat.id, press.message.message_id)
        thread = self.ids.thread(press.message) if isinstance(press.message, Message) else ""
        return Pressed(event, self.chat(chat), who, message, press.data, thread=thread)

    def _mine(self, event: str, change: ChatMemberUpdated) -> list[Event]:
        chat, who = self.chat(change.chat), person(change.from_user)
        was, now = inside(change.old_chat_member), inside(change.new_chat_member)
        if change.chat.type == ChatType.CHANNEL or was == now:
            return []
        if chat.private:
            return [Opened(event, chat, who)] if now else [Blocked(event, chat, who)]
        return [Entered(event, chat, who)] if now else [Expelled(event, chat)]

    def _theirs(self, event: str, change: ChatMemberUpdated) -> list[Event]:
        user = change.new_chat_member.user
        if user.is_bot or change.chat.type == ChatType.CHANNEL:
            return []
        chat, who = self.chat(change.chat), person(user)
        happened: list[Event] = []
        was, now = inside(change.old_chat_member), inside(change.new_chat_member)
        if now and not was:
            happened.append(Joined(f"{event}.in", chat, who))
        if (change.old_chat_member.status in RANKS) != (change.new_chat_member.status in RANKS):
            administrator = change.new_chat_member.status in RANKS
            happened.append(Ranked(f"{event}.rank", chat, who, administrator))
        if was and not now:
            happened.append(Left(f"{event}.out", chat, who))
        return happened


def private_link(username: str) -> str:
    """What opens the private chat with the bot by one press, and START there."""
    return f"https://t.me/{username}?start={HELLO}"


def named(message: Message) -> str:
    """The words, with @ and a handle in place of the name of who has no user name and is mentioned all the same."""
    words = message.text or message.caption or ""
    units = words.encode("utf-16-le", "surrogatepass")
    for entity in sorted(text_mentions(message), key=lambda each: each.offset, reverse=True):
        assert entity.user is not None  # noqa: S101 - of these there is one
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        units = units[:start] + f" @{person(entity.user).handle} ".encode("utf-16-le") + units[end:]
    said = units.decode("utf-16-le", "surrogatepass")
    return re.sub(" {2,}", " ", said).strip() if said != words else words


def mentioned(message: Message) -> tuple[Person, ...]:
    """The people whom `named` puts there."""
    return tuple(person(entity.user) for entity in text_mentions(message) if entity.user is not None)


def text_mentions(message: Message) -> list[MessageEntity]:
    entities = message.entities or message.caption_entities
    return [each for each in entities if each.type == MessageEntity.TEXT_MENTION and each.user and not each.user.is_bot]


def forwarded(message: Message, who: Person) -> bool:
    """Whether these are somebody else's words, handed on."""
    match message.forward_origin:
        case None:
            return False
        case MessageOriginUser(sender_user=user):
            return str(user.id) != who.id
        case MessageOriginHiddenUser(sender_user_name=name):
            return name != who.name
    return True


def neighbours(reply: Message | None) -> str:
    """What the message says that is answered, if a person wrote it."""
    if reply is None or reply.from_user is None or reply.from_user.is_bot:
        return ""
    return reply.text or reply.caption or ""


def attached(message: Message) -> Attached | None:
    """What was sent with a message, or in place of words."""
    if message.photo:
        return Attached("picture", message.photo[-1].file_id)
    if moving := message.video or message.animation:
        return Attached("picture", moving.file_id)
    if spoken := message.voice or message.audio or message.video_note:
        return Attached("voice", spoken.file_id)
    if message.sticker or message.dice:
        return Attached("sticker")
    if message.location or message.venue or message.contact:
        return Attached("place")
    if message.document and (message.document.mime_type or "").startswith("image/"):
        return Attached("picture", message.document.file_id)  # a picture sent as a file, to keep it sharp
    if message.document:
        return Attached("file", message.document.file_id, message.document.file_name or "")
    if message.poll or message.story or message.checklist or message.game or message.paid_media:
        return Attached("thing")
    return None


def happening(number: int, kind: str, change: ChatMemberUpdated) -> str:
    """The id of a change of somebody's membership."""
    return f"{number}.{kind}{change.chat.id}.{change.new_chat_member.user.id}.{int(change.date.timestamp())}"


def person(user: User) -> Person:
    return Person(NETWORK, str(user.id), user.full_name, user.language_code, handle=user.username or f"id{user.id}")


def author(message: Message) -> Person | None:
    """Who wrote a message: None for other bots, somebody without an id for who hides behind a group or channel."""
    if message.sender_chat:
        return Person(NETWORK, "", message.sender_chat.title or "")
    if message.from_user is None or message.from_user.is_bot:
        return None
    return person(message.from_user)


def inside(member: ChatMember) -> bool:
    """Whether somebody is in a chat; of a private chat, whether it is open."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


def moved(chat: Chat, to: Chat) -> Moved:
    """A group has a new id. We hear of it up to three times, so the event is named by what happened."""
    return Moved(f"moved.{chat.id}.{to.id}", chat, to)
