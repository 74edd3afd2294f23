"""One bot account on Telegram, as the core sees a network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyParameters, User
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, InvalidToken, RetryAfter, TelegramError

from adapters.telegram import CAN, catalogue
from adapters.telegram.client import Client, at_last
from adapters.telegram.ears import Ears
from adapters.telegram.face import put_on
from adapters.telegram.failures import CLOSED, UNCHANGED, failure, says, seconds
from adapters.telegram.handover import Handover
from adapters.telegram.hear import Reader, moved, private_link
from adapters.telegram.ids import NETWORK, Ids, Place, parts, place, whisper
from adapters.telegram.polling import poll
from adapters.telegram.proof import proven
from adapters.telegram.settings import TelegramSettings
from adapters.telegram.show import CAPTION, captioned, keyboard, keys, pages, withheld
from adapters.telegram.standing import Standings
from adapters.telegram.webhook import WebhookRefusedError, serve
from adapters.telegram.whispers import Whispers
from core.details import Proof
from core.messages import Attached, Chat, File, Link, Message, Person
from core.network import Can, Gone, Lost, Receive, Refused, Standing, UnusableError, insist
from core.shelf import LARGEST, Shelf

log = logging.getLogger(__name__)

PLAIN = {"is_disabled": True}
LAST_WORDS = 1.5
"""Seconds that calls under way have to arrive when the bot ends, out of the three it may take."""

T = TypeVar("T")
Under = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Write = Callable[[str, Under, Place, str], Awaitable[int]]


class Telegram:
    """Speaks for one bot account. What was sent may arrive twice if the line breaks: Telegram has no key for it."""

    def __init__(self, settings: TelegramSettings, shelf: Shelf | None = None) -> None:
        self._settings = settings
        self._shelf = shelf or Shelf(None)
        self._client = Client(settings)
        self._ids = Ids(settings.groups, settings.stools)
        self._whispers = Whispers(self._client)
        self._standings = Standings(self._client)
        self.ready = asyncio.Event()  # the token is good, or Telegram cannot be asked now and will be asked again
        self._username = ""  # of the account, once Telegram has told
        self._receive: Receive | None = None
        self._handover: Handover | None = None
        self._calls: set[asyncio.Future[None]] = set()  # under way into chats

    @property
    def name(self) -> str:
        return NETWORK

    @property
    def bot(self) -> str:
        """The account's number, which is the first half of its token."""
        return self._settings.token.partition(":")[0]

    @property
    def anywhere(self) -> bool:
        """Updates that are brought may come to any process behind the address; those that are asked for go to one."""
        return self._settings.mode == "webhook"

    @property
    def can(self) -> Can:
        mine = self._settings
        return replace(CAN, pins=mine.pin, confides=mine.confide, apps=mine.apps, whispers=self._whispers.possible)

    async def run(self, receive: Receive) -> None:
        self._receive = receive
        try:
            me = await at_last(self._client.get_me, failed=self.ready.set)
            self.ready.set()
            if not me.can_read_all_group_messages:
                log.warning(self._say("run.privacy"))
            await self._listen(receive, me)
        except InvalidToken as error:
            raise UnusableError(self._say("run.token")) from error
        except WebhookRefusedError as error:
            raise UnusableError(catalogue().text(self._settings.lang, "run.webhook", why=str(error))) from error
        finally:
            await self._end_of_calls()
            await self._client.hang_up()

    async def _end_of_calls(self) -> None:
        """Let what is under way arrive: a call cut short may have had its effect, and would be made once more."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=LAST_WORDS)

    async def _listen(self, receive: Receive, me: User) -> None:
        self._username = me.username or ""
        reader = Reader(me.id, me.username or "", self._ids)
        ears = Ears(self._client, self._ids, me)
        handover = Handover(self._client, reader, self._standings, ears, receive)
        self._handover = handover
        for told in await ears.at_first(self._settings.groups):
            await insist(receive, told)
        face = asyncio.create_task(put_on(self._client, self._settings.lang))
        try:
            if self._settings.mode == "webhook":
                await serve(self._client, handover, self._settings)
            else:
                await at_last(self._client.delete_webhook)
                await poll(self._client, handover, self._settings.lang)
        finally:
            self._handover = None
            face.cancel()
            await asyncio.gather(handover.close(), face, return_exceptions=True)

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        texts, markup = self._shown(message)
        last = markup or (keys(message.standing) if chat.private else None)
        under: list[Under] = [None] * (len(texts) - 1) + [last]
        put: Callable[[str, Under, Place], Awaitable[int]] = partial(self._put, message, self._write)
        onward = partial(self._put, replace(message, answers=""), self._write)
        if picture := await asyncio.to_thread(self._shelf.read, message.picture):
            texts = captioned(message if self._settings.confide else withheld(message, self._say("show.withheld")))
            under = [*[None] * (len(texts) - 1), markup]
            put = partial(self._put, message, partial(self._write_picture, picture))
        if message.file is not None:
            handed = partial(self._put_file, message.file, pages(message, CAPTION)[0], markup)
            return self._ids.whole(place(chat).chat, [await self._call(chat, handed)])
        sent = [await self._call(chat, partial(put, texts[0], under[0]))]
        try:
            for text, buttons in zip(texts[1:], under[1:], strict=True):
                await self._breathe()
                sent.append(await self._call(chat, partial(_patiently, partial(onward, text, buttons))))
        except (Exception, asyncio.CancelledError):
            for part in sent:  # the message will be put there again as a whole
                await self.remove(chat, str(part))
            raise
        return self._ids.whole(place(chat).chat, sent)

    async def whisper(self, chat: Chat, person: Person, message: Message, key: str) -> str:
        """See `Whispers.whisper`."""
        texts, markup = self._shown(message)
        if len(texts) > 1 or not person.id.isdecimal():
            raise Refused("too long, or nobody, to be said to one person alone")
        where = self._ids.places(place(chat), message.thread, message.topic)[0]
        put = partial(self._whispers.put, receiver=int(person.id), looks=looking(texts[0], markup))
        return await self._call(chat, lambda to: put(where if to.chat == where.chat else to))

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        texts, markup = self._shown(message)
        if (alone := whisper(id)) is not None:
            await self._call(chat, lambda where: self._whispers.change(where, *alone, looking(texts[0], markup)))
            return
        numbers = parts(id)
        if message.file is not None or (message.picture and self._shelf.read(message.picture)):
            await self._call(chat, partial(self._change_caption, numbers[0], pages(message, CAPTION)[0], markup))
            return
        if len(texts) > len(numbers):
            raise Lost(f"{len(texts)} parts do not fit into {len(numbers)} messages")
        for number in numbers[: -len(texts)]:  # the keyboard stands under the last, so the first are left over
            await self.remove(chat, str(number))
        kept = numbers[-len(texts) :]
        for number, text in zip(kept, texts, strict=True):
            if number != kept[0]:
                await self._breathe()
            await self._call(chat, partial(self._change, number, text, markup if number == kept[-1] else None))

    async def _breathe(self) -> None:
        """Between the parts of one message: the courier paces whole ones, and a chat takes so many calls a second."""
        await asyncio.sleep(max((pace.seconds / pace.count * 1.1 for pace in self.can.chat), default=0.0))

    async def _put(self, whole: Message, write: Write, text: str, under: Under, where: Place) -> int:
        *better, last = self._ids.places(where, whole.thread, whole.topic)
        for place_ in better:
            try:
                return await write(text, under, place_, whole.answers)
            except BadRequest as error:  # its topic is closed or gone: it stands where everything else does
                if not says(error, CLOSED):
                    raise
        return await write(text, under, last, whole.answers)

    async def _write(self, text: str, under: Under, where: Place, answers: str) -> int:
        call = {
            "chat_id": where.chat,
            "message_thread_id": where.topic,
            "reply_parameters": answering(answers),
        }
        sent = await self._client.put("sendMessage", call | looking(text, under))
        return int(sent["message_id"])

    async def _change(self, number: int, text: str, under: InlineKeyboardMarkup | None, where: Place) -> None:
        try:
            call = {"chat_id": where.chat, "message_id": number}
            await self._client.put("editMessageText", call | looking(text, under))
        except BadRequest as error:
            if says(error, CLOSED):  # the topic it stands in is closed, the group is not
                raise Lost(str(error)) from error
            if not says(error, UNCHANGED):
                raise

    async def _write_picture(self, picture: bytes, text: str, under: Under, where: Place, answers: str) -> int:
        reply = answering(answers)
        message = await self._client.send_photo(
            where.chat,
            picture,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=under,
            message_thread_id=where.topic,
            reply_parameters=ReplyParameters(**reply) if reply else None,
            filename="picture.jpg",
        )
        return message.message_id

    async def _put_file(self, file: File, caption: str, under: InlineKeyboardMarkup | None, where: Place) -> int:
        message = await self._client.send_document(
            where.chat,
            file.data,
            caption,
            parse_mode=ParseMode.HTML,
            reply_markup=under,
            message_thread_id=where.topic,
            filename=file.name,
        )
        return message.message_id

    async def _change_caption(self, number: int, text: str, under: InlineKeyboardMarkup | None, where: Place) -> None:
        try:
            await self._client.edit_message_caption(
                where.chat, number, caption=text, parse_mode=ParseMode.HTML, reply_markup=under
            )
        except BadRequest as error:
            if not says(error, UNCHANGED):
                raise

    async def fetch(self, thing: Attached) -> bytes:
        file = await self._client.get_file(thing.ref)
        return bytes(await file.download_as_bytearray()) if (file.file_size or 0) <= LARGEST else b""

    async def remove(self, chat: Chat, id: str) -> None:
        if (alone := whisper(id)) is not None:
            with suppress(TelegramError):
                await self._whispers.remove(place(chat), *alone)
            return
        for number in parts(id):
            with suppress(TelegramError):
                await self._client.delete_message(place(chat).chat, number)

    async def pin(self, chat: Chat, id: str) -> None:
        if self._settings.pin:
            number = parts(id)[0]
            quietly = partial(self._client.pin_chat_message, message_id=number, disable_notification=True)
            await self._call(chat, lambda where: quietly(where.chat))

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        """Returns at once while listening: the next words in line must not wait for a thumb to be put on the last."""
        where, number = place(chat), parts(id)[-1]
        call = partial(self._client.set_message_reaction, where.chat, number, reaction=emoji)
        if self._handover:
            self._handover.answer(call)
        else:
            await call()

    async def leave(self, chat: Chat) -> None:
        await self._call(chat, lambda where: self._client.leave_chat(where.chat))

    async def private(self, person: Person) -> Chat:
        """The chat is named by its person. Whether it is open, only a call can tell: then that raises `Gone`."""
        if not person.id.isdecimal():  # an anonymous administrator, or somebody of another network
            raise Gone(f"{person.name or 'nobody'} has no private chat")
        return self._ids.chat(int(person.id), private=True)

    def proven(self, proof: str, now: datetime) -> Proof | None:
        """See `Proves.proven`."""
        return proven(proof, self._settings.token, now)

    async def standing(self, person: Person, chat: Chat, *, acting: bool) -> Standing:
        return await self._standings.of(person, chat, acting=acting)

    async def _call(self, chat: Chat, call: Callable[[Place], Awaitable[T]]) -> T:
        """Make a call into a chat; where the group has a new id, tell and go there."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._calls.add(over)
        try:
            try:
                return await call(place(chat))
            except ChatMigrated as error:
                to = self._ids.chat(error.new_chat_id, name=chat.name)
                if self._receive:
                    await self._receive(moved(chat, to))
                return await call(place(to))
        except TelegramError as error:
            raise (failure(error) or error) from error
        finally:
            self._calls.discard(over)
            over.set_result(None)

    def _shown(self, message: Message) -> tuple[list[str], InlineKeyboardMarkup | None]:
        """A message as HTML and keyboard. Raises Refused for one that Telegram would never take."""
        texts = pages(message if self._settings.confide else withheld(message, self._say("show.withheld")))
        if not texts:
            raise Refused("a message without words")
        try:
            leads = Link(message.asks.label, private_link(self._username)) if message.asks and self._username else None
            return texts, keyboard(message.actions, message.copies, self._say("show.copy"), message.opens, leads)
        except ValueError as error:
            raise Refused(str(error)) from error

    def _say(self, key: str) -> str:
        return catalogue().text(self._settings.lang, key)


def looking(text: str, under: Under) -> dict[str, Any]:
    """What a call says of a text and what stands under it, in the API's own words."""
    shown = {"text": text, "parse_mode": ParseMode.HTML.value, "link_preview_options": PLAIN}
    return shown | ({"reply_markup": under.to_dict()} if under else {})


def answering(message: str) -> dict[str, Any] | None:
    """To show which words a message answers; those that are gone by now are no reason not to send it."""
    return {"message_id": parts(message)[0], "allow_sending_without_reply": True} if message else None


async def _patiently(call: Callable[[Place], Awaitable[T]], where: Place) -> T:
    """Make a call that must not be given up half-way: the first parts of its message stand there already."""
    while True:
        try:
            return await call(where)
        except RetryAfter as wait:
            await asyncio.sleep(seconds(wait))
