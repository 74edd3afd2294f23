"""The bot is killed at random moments while people talk: nothing is lost, and nothing is said twice.

`python -m tests.matrix.kills 50` kills it fifty times; `--encrypted`: the group and all private chats are encrypted.
The bot is the real program, started with a configuration like any other; people do not stop when it is gone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from sqlmodel import Session, col, func, select

from adapters.matrix.login import login
from adapters.matrix.settings import MatrixSettings
from core.db import Database
from core.members import KnownChat
from core.posts import ENDED, Copy, Post
from core.seen import FAILED, Seen
from tests.keys import KEYS
from tests.matrix.nio_person import NioPerson
from tests.matrix.person import Person, until
from tests.matrix.screen import Shown, shown
from tests.matrix.synapse import Synapse

ROOT = Path(__file__).parents[2]
PEOPLE = 6
JOIN, LEAVE = ("报名", "退出")
SIGNS = {"🙋": JOIN, "👋": LEAVE}
LIVES = 6.0
"""Seconds, at most, from being ready to the next kill: the first word takes some of them."""
SERVES = 180.0
"""Seconds in which the bot has to be ready after a start, and to be done with everything after the last kill."""

Hand = Person | NioPerson


@dataclass
class Town:
    """A group with people in it, and the program on a database of its own."""

    synapse: Synapse
    folder: Path
    user: str
    encrypted: bool
    owner: Hand
    people: list[Hand] = field(default_factory=list)
    group: str = ""
    privates: dict[str, str] = field(default_factory=dict)
    roster: str = ""
    said: list[tuple[str, str, str]] = field(default_factory=list)  # event, who, what they want by it
    kills: int = 0
    process: asyncio.subprocess.Process | None = None
    standing: set[tuple[str, str]] = field(default_factory=set)  # whose reaction stands under the roster

    def configure(self) -> Path:
        path = self.folder / "config.toml"
        path.write_text(
            f"""
features = ["patrol"]
[community]
coordinators = ["matrix:{self.owner.user}"]
[database]
url = "sqlite:///village.db"
[manners]
quiet = "off"
group_budget = 100
[matrix]
homeserver = "{self.synapse.url}"
user = "{self.user}"
store = "matrix"
[web]
address = "127.0.0.1:0"
demo = false
""",
            "utf-8",
        )
        return path

    async def start(self) -> None:
        """Start the program, and return when it serves."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--config",
            str(self.folder / "config.toml"),
            "--no-browser",
            stdout=asyncio.subprocess.PIPE,
            stderr=(self.folder / "log").open("ab"),
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        async with asyncio.timeout(SERVES):
            line = await self.process.stdout.readline()
        if line.strip() != b"ready":
            raise RuntimeError((self.folder / "log").read_text("utf-8")[-3000:])

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        self.process._transport.close()  # type: ignore[attr-defined]  # it has no other way, and warns when left open
        self.kills += 1

    async def on_screen(self, room: str, hand: Hand) -> list[Shown]:
        return shown(await hand.events(room), self.user)

    async def act(self, who: Hand, chance: random.Random) -> None:
        """Somebody comes or goes, by a word or by a reaction to the roster."""
        sign = chance.choice(list(SIGNS))
        if chance.random() < 0.5 or (who.user, sign) in self.standing:
            event = await who.say(self.group, SIGNS[sign], self.roster)
        else:  # each once: a reaction taken away before the bot saw it is empty, and nobody can know what it was
            self.standing.add((who.user, sign))
            event = await who.react(self.group, self.roster, sign)
        self.said.append((event, who.user, SIGNS[sign]))


@contextlib.asynccontextmanager
async def town(synapse: Synapse, folder: Path, *, encrypted: bool) -> AsyncIterator[Town]:
    """A town whose bot has posted an activity with room for everybody, and runs."""
    async with aiohttp.ClientSession() as http:

        async def hand(name: str) -> Hand:
            user = synapse.register("p")
            if encrypted:
                return await NioPerson.log_in(synapse.url, user, name)
            return await Person.log_in(synapse.url, user, http, name)

        user = synapse.register("bot")
        here = Town(synapse, folder, user, encrypted, await hand("居委会"))
        here.people = [await hand(f"邻居{number}") for number in range(PEOPLE)]
        here.configure()
        await login(MatrixSettings(synapse.url, user, folder / "matrix"), "password")
        await here.start()
        try:
            await settle_in(here)
            yield here
        finally:
            if here.process is not None and here.process.returncode is None:
                await here.kill()
            for each in (here.owner, *here.people):
                if isinstance(each, NioPerson):
                    await each.close()


async def settle_in(here: Town) -> None:
    """Everybody is in the group, has a private chat, and sees a roster."""
    here.group = await here.owner.create(here.user, encrypted=here.encrypted)
    for each in here.people:
        await here.owner.invite(here.group, each.user)
        await each.join(here.group)

    async def greeted() -> list[Shown]:
        return await here.on_screen(here.group, here.owner)

    await until(greeted)
    for each in (here.owner, *here.people):
        room = await each.create(here.user, encrypted=here.encrypted, is_direct=True)
        here.privates[each.user] = room

        async def welcomed(each: Hand = each, room: str = room) -> list[Shown]:
            return await here.on_screen(room, each)

        await each.say(here.group, "大家好")
        await each.say(room, "帮助")
        await until(welcomed)
    day = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
    private = here.privates[here.owner.user]
    await here.owner.say(private, f"发布 巡逻 {day.month}月{day.day}日 19:00-21:00 东门集合 20人")

    async def draft() -> Shown | None:
        screen = await here.on_screen(private, here.owner)
        return next((message for message in screen if "📣 发布" in message.text), None)

    await here.owner.react(private, (await until(draft)).id, "📣")

    async def posted() -> Shown | None:
        screen = await here.on_screen(here.group, here.owner)
        return next((message for message in screen if "/20" in message.text and message.reactions), None)

    here.roster = (await until(posted)).id


async def run(here: Town, kills: int, seed: int) -> None:
    """People come and go; the bot is killed at random moments, and started again at once."""
    chance = random.Random(seed)
    over = asyncio.Event()

    async def live(who: Hand) -> None:
        own = random.Random(f"{seed}{who.user}")
        while not over.is_set():
            await here.act(who, own)
            await asyncio.sleep(own.uniform(0.5, 4.0))

    lives = [asyncio.create_task(live(each)) for each in here.people]
    try:
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.0, LIVES))
            await here.kill()
            await here.start()
    finally:
        over.set()
        await asyncio.gather(*lives)


@dataclass
class Verdict:
    """What was found when all was over."""

    said: int
    messages: int
    lost: list[str]
    repeated: list[str]


async def judge(here: Town) -> Verdict:
    """Let the bot finish, then compare what people said and see with what the bot knows."""
    database = Database(f"sqlite:///{here.folder}/village.db", KEYS)
    wanted = [event for event, _, _ in here.said]

    def look(session: Session) -> bool:
        count = select(func.count()).select_from(Seen).where(col(Seen.event).in_(wanted))
        due = (
            select(func.count())
            .select_from(Post)
            .where(col(Post.pending), Post.not_before <= datetime.now(ZoneInfo("UTC")))
        )
        return session.exec(count).one() == len(wanted) and session.exec(due).one() == 0

    async def done() -> bool:
        return await database.read(look)

    deadline = time.monotonic() + SERVES
    while not await done() and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    try:
        return await compare(here, database)
    finally:
        database.close()


async def compare(here: Town, database: Database) -> Verdict:
    lost: list[str] = []
    repeated: list[str] = []
    known: dict[str, Any] = await database.read(everything)
    lost += [f"{event} {what} of {who} was not heard" for event, who, what in here.said if event not in known["seen"]]
    lost += [f"{event} failed" for event, outcome in known["seen"].items() if outcome == FAILED]
    lost += [f"post {post} is still owed" for post in known["owed"]]
    rooms = {here.group: here.owner} | {here.privates[each.user]: each for each in (here.owner, *here.people)}
    messages = 0
    for room, hand in rooms.items():
        screen = await here.on_screen(room, hand)
        messages += len(screen)
        there = Counter(message.id for message in screen)
        recorded = known["copies"].get(room, {})
        lost += [
            f"{message} of post {post} is not on screen" for message, post in recorded.items() if not there[message]
        ]
        repeated += [f"{m.id} is on screen and nobody knows why: {m.text[:40]}" for m in screen if m.id not in recorded]
        repeated += [f"post {post} has {n} copies" for post, n in Counter(recorded.values()).items() if n > 1]
    lost += await roster_of(here)
    return Verdict(len(here.said), messages, lost, repeated)


def everything(session: Session) -> dict[str, Any]:
    chats = {chat.id: chat.address for chat in session.exec(select(KnownChat)).all()}
    copies: dict[str, dict[str, int]] = {}
    for copy in session.exec(select(Copy)).all():
        copies.setdefault(chats[copy.chat_id], {})[copy.message] = copy.post_id
    due = col(Post.pending) & (col(Post.not_before) <= datetime.now(ZoneInfo("UTC"))) & (col(Post.state) != ENDED)
    return {
        "seen": {seen.event: seen.outcome for seen in session.exec(select(Seen)).all()},
        "copies": copies,
        "owed": list(session.exec(select(Post.id).where(due)).all()),
    }


async def roster_of(here: Town) -> list[str]:
    """What is wrong with the roster: it should name those whose last word in the order of the room was to come."""
    wants: dict[str, str] = {}
    meant = {event: (who, what) for event, who, what in here.said}
    events = await here.owner.events(here.group)
    for event in events:
        if event["event_id"] in meant:
            who, what = meant[event["event_id"]]
            wants[who] = what
    text = next(message.text for message in shown(events, here.user) if message.id == here.roster)
    wrong = []
    for number, each in enumerate(here.people):
        if (wants.get(each.user) == JOIN) != (f"邻居{number}" in text):
            wrong.append(f"邻居{number} wanted {wants.get(each.user)}, the roster says {text!r}")
    return wrong


async def suffer(synapse: Synapse, folder: Path, kills: int, *, encrypted: bool, seed: int) -> Verdict:
    """The whole thing."""
    try:
        async with town(synapse, folder, encrypted=encrypted) as here:
            await run(here, kills, seed)
            return await judge(here)
    except Exception as trouble:
        trouble.add_note((folder / "log").read_text("utf-8")[-5000:])
        raise


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--encrypted", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    chosen = parser.parse_args(arguments)
    synapse = Synapse()
    synapse.start()
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            verdict = asyncio.run(
                suffer(synapse, Path(folder), chosen.kills, encrypted=chosen.encrypted, seed=chosen.seed)
            )
            if verdict.lost or verdict.repeated:
                print((Path(folder) / "log").read_text("utf-8")[-5000:])
    finally:
        synapse.close()
    print(*verdict.lost, *verdict.repeated, sep="\n")
    print(
        f"{chosen.kills} kills (seed {chosen.seed}), {verdict.said} words and presses, {verdict.messages} messages in "
        f"{time.monotonic() - began:.0f} s: {len(verdict.lost)} lost, {len(verdict.repeated)} repeated"
    )
    return 1 if verdict.lost or verdict.repeated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
