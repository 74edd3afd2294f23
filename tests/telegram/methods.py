"""What the methods of the Bot API do to a world, and what they refuse in Telegram's words."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from tests.telegram.text import CannotParse, Text, formatted, units
from tests.telegram.world import Chat, Json, Letter, World

LONGEST, CAPTION = 4096, 1024
EMOJI = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
"""The reactions that a bot may set where a chat does not say otherwise."""


def picture(id: str) -> Json:
    """A picture as messages have it."""
    return {"file_id": id, "file_unique_id": f"U{id}", "width": 8, "height": 8}


class Refusal(Exception):
    """The call is refused in these words."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(what: str, parameters: Json | None = None) -> Refusal:
    return Refusal(400, f"Bad Request: {what}", parameters)


def forbidden(what: str) -> Refusal:
    return Refusal(403, f"Forbidden: {what}")


class Methods:
    def __init__(self, world: World) -> None:
        self.world = world
        self.webhook: Json = {}

    def call(self, name: str, given: Json) -> Any:
        """Carry a judged call out. A method that the stand-in lacks is a fault of the test, not of the bot."""
        return getattr(self, f"do_{name}")(**given)

    # ------------------------------------------------------------ where a bot may write

    def chat(self, id: int | str) -> Chat:
        chat = self.world.chats.get(int(id)) if str(id).lstrip("-").isdigit() else None
        if chat is None and int(id) in self.world.users:
            chat = self.world.private(self.world.users[int(id)])
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise bad("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.moved_to.id})
        return chat

    def writable(self, given: Json) -> Chat:
        chat, me = self.chat(given["chat_id"]), self.world.me
        if chat.type == "private":
            user = self.world.users[chat.id]
            if user.deleted:
                raise forbidden("user is deactivated")
            if user.is_bot:
                raise forbidden("bot can't send messages to bots")
            if user.blocked:
                raise forbidden("bot was blocked by the user")
            if not user.opened:
                raise forbidden("bot can't initiate conversation with a user")
            return chat
        if chat.ranks.get(me.id) == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if not chat.inside(me.id):
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if chat.silent:
            raise bad("not enough rights to send text messages to the chat")
        topic = given.get("message_thread_id")
        stands = chat.letters.get(given.get("message_id", 0)) or chat.aside.get(given.get("ephemeral_message_id", 0))
        topic = stands.topic if stands is not None else topic
        if topic is None and chat.topics.get(1) is False:  # General, which has no id of its own in messages
            raise bad("TOPIC_CLOSED")
        if topic is not None and topic not in chat.topics:
            raise bad("message thread not found")
        if topic is not None and not chat.topics[topic]:
            raise bad("TOPIC_CLOSED")
        return chat

    def letter(self, chat: Chat, number: int, what: str) -> Letter:
        letter = chat.letters.get(number)
        if letter is None or letter.gone:
            raise bad(f"message to {what} not found")
        return letter

    def text(self, raw: str, mode: str | None, chat: Chat) -> Text:
        try:
            text = formatted(raw, mode)
        except CannotParse as error:
            self.world.violations.append(str(error))
            raise bad(str(error)[:1].lower() + str(error)[1:]) from error
        if not text.plain:
            raise bad("message text is empty")
        if units(text.plain) > LONGEST:
            raise bad("message is too long")
        known = [each for each in text.entities if "user_id" not in each or self._knows(each["user_id"], chat)]
        return Text(text.plain, known)

    def _knows(self, user: int, chat: Chat) -> bool:
        """A person is named only where the bot has met them."""
        return user in self.world.users and (user in chat.ranks or user == chat.id or self.world.users[user].opened)

    def keyboard(self, markup: Json | None) -> Json | None:
        """A keyboard with something on it, as it will be shown."""
        for row in (markup or {}).get("inline_keyboard", []):
            for button in row:
                if len(button) < 2 or not button["text"].strip():
                    raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        return markup if markup and any(markup.get("inline_keyboard", [])) else None

    # ------------------------------------------------------------ messages

    def do_sendMessage(self, chat_id: int | str, text: str, **more: Any) -> Json:
        chat = self.chat(chat_id)
        markup = self.keyboard(more.get("reply_markup"))
        if rows := (more.get("reply_markup") or {}).get("keyboard"):
            chat.keys = [key["text"] for row in rows for key in row]
        if self.world.whispers and (alone := more.get("ephemeral_message_parameters")):
            words, topic = self.text(text, more.get("parse_mode"), chat), more.get("message_thread_id")
            return self.to_one(chat, alone["receiver_user_id"], words, markup, topic)
        letter = self.world.write(
            chat,
            self.world.me,
            self.text(text, more.get("parse_mode"), chat),
            markup=markup,
            topic=more.get("message_thread_id"),
            reply_to=self.answered(chat, more.get("reply_parameters")),
        )
        return letter.json()

    def to_one(self, chat: Chat, receiver: int, text: Text, markup: Json | None, topic: int | None) -> Json:
        """What one member of a group alone sees. The same rules as Telegram's for a bot that answers no press."""
        if not chat.group or chat.ranks.get(self.world.me.id) != "administrator":
            raise bad("BOT_NOT_ADMIN")
        if not chat.inside(receiver) or self.world.users[receiver].is_bot:
            raise bad("USER_NOT_PARTICIPANT")
        who, number = self.world.users[receiver], 29_000_001 + len(chat.aside)
        letter = Letter(number, chat, self.world.me, text, int(time.time()), markup=markup, receiver=who, topic=topic)
        letter.versions.append(text.plain)
        chat.aside[number] = letter
        return letter.json()

    def seen_alone(self, chat: Chat, receiver: int, number: int) -> Letter:
        letter = chat.aside.get(number)
        if letter is None or letter.gone or letter.receiver is None or letter.receiver.id != receiver:
            raise bad("message not found")
        return letter

    def do_editEphemeralMessageText(
        self, chat_id: int | str, receiver_user_id: int, ephemeral_message_id: int, text: str, **more: Any
    ) -> bool:
        self._changed(self.seen_alone(self.chat(chat_id), receiver_user_id, ephemeral_message_id), text, more)
        return True

    def do_deleteEphemeralMessage(self, chat_id: int | str, receiver_user_id: int, ephemeral_message_id: int) -> bool:
        self.seen_alone(self.chat(chat_id), receiver_user_id, ephemeral_message_id).gone = True
        return True

    def answered(self, chat: Chat, reply: Json | None) -> Letter | None:
        """The message that one is to be shown in answer to."""
        found = chat.letters.get(reply["message_id"]) if reply else None
        if found is not None and not found.gone:
            return found
        if reply and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return None

    def do_sendPhoto(self, chat_id: int | str, photo: str, caption: str = "", **more: Any) -> Json:
        raw = photo.encode("latin-1")
        with Image.open(BytesIO(raw)) as opened:
            wide, high = opened.size
        if wide + high > 10_000 or max(wide, high) > 20 * min(wide, high) or len(raw) > 10 * 2**20:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        self.world.uploads += 1
        shown = picture(f"P{self.world.uploads}") | {"width": wide, "height": high}
        return self._with_caption(chat_id, caption, {"photo": [shown]}, more)

    def do_sendDocument(self, chat_id: int | str, document: str, caption: str = "", **more: Any) -> Json:
        self.world.uploads += 1
        file = {"file_id": f"D{self.world.uploads}", "file_unique_id": f"UD{self.world.uploads}"}
        return self._with_caption(chat_id, caption, {"document": file}, more)

    def _with_caption(self, chat_id: int | str, caption: str, extra: Json, more: Mapping[str, Any]) -> Json:
        chat = self.chat(chat_id)
        words = self.text(caption, more.get("parse_mode"), chat)
        if units(words.plain) > CAPTION:
            raise bad("message caption is too long")
        markup, topic = self.keyboard(more.get("reply_markup")), more.get("message_thread_id")
        answers = self.answered(chat, more.get("reply_parameters"))
        letter = self.world.write(chat, self.world.me, words, markup=markup, topic=topic, reply_to=answers, extra=extra)
        return letter.json()

    def do_editMessageCaption(self, chat_id: int | str, message_id: int, caption: str = "", **more: Any) -> Json:
        letter = self.letter(self.chat(chat_id), message_id, "edit")
        if not {"photo", "document"} & letter.extra.keys():
            raise bad("there is no caption in the message to edit")
        return self._changed(letter, caption, more)

    def do_getFile(self, file_id: str) -> Json:
        if file_id not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": file_id,
            "file_unique_id": f"U{file_id}",
            "file_size": len(self.world.files[file_id]),
            "file_path": f"photos/{file_id}.jpg",
        }

    def do_editMessageText(self, chat_id: int | str, message_id: int, text: str, **more: Any) -> Json:
        letter = self.letter(self.chat(chat_id), message_id, "edit")
        if "photo" in letter.extra:
            raise bad("there is no text in the message to edit")
        return self._changed(letter, text, more)

    def _changed(self, letter: Letter, text: str, more: Json) -> Json:
        chat = letter.chat
        if letter.author is not self.world.me:
            raise bad("message can't be edited")
        fresh, markup = self.text(text, more.get("parse_mode"), chat), self.keyboard(more.get("reply_markup"))
        if fresh == letter.text and markup == letter.markup:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        letter.text, letter.markup, letter.edited = fresh, markup, int(time.time())
        letter.versions.append(fresh.plain)
        return letter.json()

    def do_deleteMessage(self, chat_id: int | str, message_id: int) -> bool:
        chat = self.chat(chat_id)
        letter = self.letter(chat, message_id, "delete")
        if letter.author is not self.world.me and chat.ranks.get(self.world.me.id) != "administrator":
            raise bad("message can't be deleted")
        letter.gone = True
        return True

    def do_pinChatMessage(self, chat_id: int | str, message_id: int, disable_notification: bool = False) -> bool:
        chat = self.chat(chat_id)
        if chat.group and chat.ranks.get(self.world.me.id) != "administrator":
            raise bad("not enough rights to manage pinned messages in the chat")
        chat.pinned.append(self.letter(chat, message_id, "pin").number)
        return True

    def do_setMessageReaction(self, chat_id: int | str, message_id: int, reaction: list[Json], **_: Any) -> bool:
        letter = self.letter(self.chat(chat_id), message_id, "react")
        emoji = [each["emoji"].removesuffix("\ufe0f") for each in reaction]
        if any(each not in EMOJI for each in emoji) or len(emoji) > 1:
            raise bad("REACTION_INVALID")
        letter.reactions[self.world.me.id] = emoji
        return True

    # ------------------------------------------------------------ presses

    def do_answerCallbackQuery(self, callback_query_id: str, **answer: Any) -> bool:
        press = self.world.presses.get(callback_query_id)
        if press is None or press.answer is not None or time.monotonic() - press.at > self.world.late:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if "url" in answer and not self._opens_us(answer["url"]):
            raise bad("URL_INVALID")
        press.answer = answer
        return True

    def _opens_us(self, url: str) -> bool:
        parts = urlsplit(url)
        start = parse_qs(parts.query).get("start", [""])[0]
        ours = parts.netloc == "t.me" and parts.path == f"/{self.world.me.username}"
        return ours and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start) is not None

    # ------------------------------------------------------------ who and where

    def do_getMe(self) -> Json:
        return self.world.me.json() | {"can_join_groups": True, "can_read_all_group_messages": self.world.sees_all}

    def do_getChat(self, chat_id: int | str) -> Json:
        chat = self.chat(chat_id)
        if chat.group and not chat.inside(self.world.me.id):
            raise bad("chat not found")
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        full = {"accent_color_id": 0, "max_reaction_count": 1, "accepted_gift_types": dict.fromkeys(gifts, False)}
        return chat.json() | full

    def do_getChatMember(self, chat_id: int | str, user_id: int) -> Json:
        chat = self.chat(chat_id)
        if user_id not in self.world.users:
            raise bad("PARTICIPANT_ID_INVALID")
        if chat.group and not chat.inside(self.world.me.id):
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if chat.hidden and user_id != self.world.me.id and chat.ranks.get(self.world.me.id) != "administrator":
            raise bad("member list is inaccessible")
        return self.world.member(chat, self.world.users[user_id])

    def do_getChatAdministrators(self, chat_id: int | str, return_bots: bool = False) -> list[Json]:
        chat = self.chat(chat_id)
        if not chat.inside(self.world.me.id):
            raise forbidden("bot is not a member of the supergroup chat")
        people = [self.world.users[user] for user, rank in chat.ranks.items() if rank in ("creator", "administrator")]
        return [self.world.member(chat, user) for user in people if return_bots or not user.is_bot]

    def do_leaveChat(self, chat_id: int | str) -> bool:
        chat = self.chat(chat_id)
        if not chat.inside(self.world.me.id):
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        self.world.bot_leaves(chat)
        return True

    # ------------------------------------------------------------ face and webhook

    def do_getMyCommands(self, scope: Json | None = None, language_code: str = "") -> list[Json]:
        commands: list[Json] = self.world.face.get(_scope(scope, language_code), [])
        return commands

    def do_setMyCommands(self, commands: list[Json], scope: Json | None = None, language_code: str = "") -> bool:
        if any(not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]) for each in commands):
            raise bad("BOT_COMMAND_INVALID")
        self.world.face[_scope(scope, language_code)] = commands
        return True

    def do_getMyDescription(self, language_code: str = "") -> Json:
        return {"description": self.world.face.get(f"description.{language_code}", "")}

    def do_setMyDescription(self, description: str = "", language_code: str = "") -> bool:
        self.world.face[f"description.{language_code}"] = description
        return True

    def do_getMyShortDescription(self, language_code: str = "") -> Json:
        return {"short_description": self.world.face.get(f"short.{language_code}", "")}

    def do_setMyShortDescription(self, short_description: str = "", language_code: str = "") -> bool:
        self.world.face[f"short.{language_code}"] = short_description
        return True

    def do_getWebhookInfo(self) -> Json:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.updates),
        }


def _scope(scope: Json | None, lang: str) -> str:
    return f"commands.{(scope or {'type': 'default'})['type']}.{lang}"
