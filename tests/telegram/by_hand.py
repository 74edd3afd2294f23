"""Asks a real Bot API server whether it is as the stand-in says; the stand-in itself must pass, too.

    XIAOBANDENG_TELEGRAM__TOKEN=... python -m tests.telegram.by_hand --group -100123

See docs/telegram-by-hand.md. Everything it writes into the group it takes away again, as far as Telegram lets it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp

SERVER = "https://api.telegram.org"
JOIN = {"inline_keyboard": [[{"text": "我来", "callback_data": "p1.join"}]]}


@dataclass(frozen=True)
class Found:
    """What one question brought: whether it was as expected, and what came."""

    what: str
    good: bool
    came: str


class Asking:
    """Calls as they are, without any library. `breath` is the seconds between two messages into one chat."""

    def __init__(self, session: aiohttp.ClientSession, address: str, breath: float) -> None:
        self._session, self._address, self._breath = session, address, breath
        self.waits = 0

    async def call(self, method: str, **given: Any) -> dict[str, Any]:
        async with self._session.post(f"{self._address}/{method}", json=given) as response:
            answer: dict[str, Any] = await response.json()
        if answer.get("error_code") == 429:
            self.waits += 1
            await asyncio.sleep(answer["parameters"]["retry_after"])
            return await self.call(method, **given)
        return answer

    async def spend(self, method: str, **given: Any) -> dict[str, Any]:
        await asyncio.sleep(self._breath)
        return await self.call(method, **given)


def refused(what: str, answer: dict[str, Any], words: str) -> Found:
    came = str(answer.get("description", "no refusal"))
    return Found(what, words.lower() in came.lower() and not answer["ok"], came)


def taken(what: str, answer: dict[str, Any]) -> Found:
    return Found(what, answer["ok"], str(answer.get("description", "taken")))


async def questions(asking: Asking, group: int, stranger: int | None) -> AsyncIterator[Found]:
    """Everything that the adapter relies on and that can be asked without a second person."""
    me = await asking.call("getMe")
    yield taken("the token is known", me)
    if not me["ok"]:
        return
    name = f'<a href="tg://user?id={me["result"]["id"]}">x</a>'
    sent = await asking.spend(
        "sendMessage", chat_id=group, text=f"<b>1</b> &lt; @\u2060{name}", parse_mode="HTML", reply_markup=JOIN
    )
    yield taken("a message with markup and a button is taken", sent)
    if not sent["ok"]:
        return
    number = sent["result"]["message_id"]
    kinds = [entity["type"] for entity in sent["result"].get("entities", [])]
    yield Found("a name behind a word joiner calls nobody", "mention" not in kinds, str(kinds))
    async for found in _edits(asking, group, number):
        yield found
    async for found in _limits(asking, group):
        yield found
    yield taken("👍 can be put on a message", await _react(asking, group, number, "👍"))
    yield refused("🙋 cannot", await _react(asking, group, number, "🙋"), "REACTION_INVALID")
    late = await asking.call("answerCallbackQuery", callback_query_id="1", text="x")
    yield refused("a press nobody made cannot be answered", late, "query")
    if stranger:
        private = await asking.spend("sendMessage", chat_id=stranger, text="x")
        yield refused("somebody who never wrote cannot be written to", private, "initiate conversation")
    yield taken("the administrators are told", await asking.call("getChatAdministrators", chat_id=group))
    yield taken("a message can be taken away", await asking.call("deleteMessage", chat_id=group, message_id=number))
    again = await asking.call("deleteMessage", chat_id=group, message_id=number)
    yield refused("but once", again, "message to delete not found")


async def _react(asking: Asking, group: int, number: int, emoji: str) -> dict[str, Any]:
    reaction = [{"type": "emoji", "emoji": emoji}]
    return await asking.call("setMessageReaction", chat_id=group, message_id=number, reaction=reaction)


async def _edits(asking: Asking, group: int, number: int) -> AsyncIterator[Found]:
    edit = {"chat_id": group, "message_id": number, "text": "2", "reply_markup": JOIN}
    yield taken("an edit is taken", await asking.spend("editMessageText", **edit))
    yield refused("the same edit again", await asking.spend("editMessageText", **edit), "message is not modified")
    missing = await asking.spend("editMessageText", **(edit | {"message_id": number + 100_000}))
    yield refused("an edit of what is not there", missing, "message to edit not found")


async def _limits(asking: Asking, group: int) -> AsyncIterator[Found]:
    for text, words in (
        ("🙂" * 2049, "message is too long"),
        (" \n ", "message text is empty"),
        ("<b>x", "can't parse entities"),
    ):
        answer = await asking.spend("sendMessage", chat_id=group, text=text, parse_mode="HTML")
        yield refused(f"{text[:5]!r}, {len(text)} characters", answer, words)
    data = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}
    yield refused(
        "65 bytes in a button", await asking.spend("sendMessage", chat_id=group, text="x", reply_markup=data), ""
    )


async def pace(asking: Asking, group: int) -> Found:
    """Twenty-one messages as fast as our limits allow: none must be told to wait, but for those before us."""
    before = asking.waits
    for n in range(21):
        if n == 20:
            await asyncio.sleep(41.0)
        sent = await asking.spend("sendMessage", chat_id=group, text=f"{n + 1}/21")
        await asking.call("deleteMessage", chat_id=group, message_id=sent["result"]["message_id"])
    return Found("twenty messages a minute, one a second", asking.waits == before, f"{asking.waits - before} waits")


async def ask(server: str, token: str, group: int, stranger: int | None, *, breath: float = 3.1) -> list[Found]:
    """All questions but that of pace, with three seconds between messages so that the limits play no part."""
    async with aiohttp.ClientSession() as session:
        asking = Asking(session, f"{server}/bot{token}", breath)
        return [found async for found in questions(asking, group, stranger)]


async def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--group", type=int, required=True, help="a group of your own, with the bot in it")
    reader.add_argument("--stranger", type=int, help="the number of somebody who never wrote to the bot")
    reader.add_argument("--server", default=SERVER)
    reader.add_argument("--pace", action="store_true", help="also the limits: takes two minutes")
    given = reader.parse_args()
    token = os.environ["XIAOBANDENG_TELEGRAM__TOKEN"]
    found = await ask(given.server, token, given.group, given.stranger)
    if given.pace:
        await asyncio.sleep(60)
        async with aiohttp.ClientSession() as session:
            found.append(await pace(Asking(session, f"{given.server}/bot{token}", 1.02), given.group))
    for each in found:
        sys.stdout.write(f"{'ok ' if each.good else 'NOT'} {each.what}: {json.dumps(each.came, ensure_ascii=False)}\n")
    return 0 if all(each.good for each in found) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
