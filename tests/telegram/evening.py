"""A busy evening on Telegram: a whole bot in a process of its own, killed at any moment, and neighbours who go on.

What counts as lost is what a neighbour would miss: a press without an answer, words without a mark, a promise that is
not on the roster, a reminder that did not come. Whoever is told to say it again, their words having met two ends of the
bot, does.
"""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core.set_aside import TOLD
from core.words import text
from tests.telegram.server import Server
from tests.telegram.waiting import until
from tests.telegram.whole import offering, pressed, reminds
from tests.telegram.world import Chat, Letter, Press, User, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = [f"{a}{b}" for a in "陈李王张刘赵周吴" for b in ("伯", "阿姨", "老师")]


async def said_by(bot: asyncio.subprocess.Process, words: bytes) -> None:
    assert bot.stdout is not None
    line = await asyncio.wait_for(bot.stdout.readline(), 60)
    assert line == words, line


@dataclass
class Evening:
    """One group, one patrol, one bot. `async with` starts the bot and stops it at the end."""

    folder: Path
    world: World
    server: Server
    chance: random.Random
    group: Chat = field(init=False)
    lead: User = field(init=False)
    people: list[User] = field(init=False)
    bot: asyncio.subprocess.Process | None = None
    presses: list[Press] = field(default_factory=list)
    typed: list[Letter] = field(default_factory=list)
    promised: dict[int, bool] = field(default_factory=dict)  # by person: what they did last
    acts: list[tuple[float, int, bool]] = field(default_factory=list)  # when, who, whether they joined
    due: float = 0.0  # when reminders fall due
    expecting: set[int] = field(default_factory=set)  # whose promise was answered when it was last looked at before
    looked: float = 0.0  # when that was
    kills: int = 0
    ahead: float = 0.0
    url: str = ""  # of a database server, where another process stands by; else a file in the folder is the database
    heir: asyncio.subprocess.Process | None = None
    without: list[float] = field(default_factory=list)  # for how many seconds nobody spoke, each time

    def __post_init__(self) -> None:
        self.lead = self.world.person("杨老师")
        self.people = [self.world.person(name) for name in NAMES]
        self.group = self.world.group("邻里", self.lead, *self.people, admins=(self.lead,), bot="administrator")

    # ------------------------------------------------------------ the bot

    async def start(self) -> None:
        """On a server: somebody to stand by, and at first who speaks."""
        if self.bot is None or not self.url:
            self.bot = await self._begun()
            await said_by(self.bot, b"ready\n")
        if self.url:
            self.heir = await self._begun()

    async def _begun(self) -> asyncio.subprocess.Process:
        given = [
            self.url or f"sqlite:///{self.folder / 'evening.db'}",
            self.server.url,
            self.world.token,
            str(self.ahead),
            str(self.group.id),
        ]
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.telegram.bot_alone", *given, stdout=asyncio.subprocess.PIPE
        )
        await said_by(bot, b"stands by\n")
        return bot

    async def kill(self) -> None:
        """No goodbye: as when the power goes."""
        assert self.bot is not None
        self.bot.send_signal(signal.SIGKILL)
        await self.bot.wait()
        self.kills += 1
        if self.heir is not None:
            begun = asyncio.get_running_loop().time()
            self.bot, self.heir = self.heir, None
            await said_by(self.bot, b"ready\n")
            self.without.append(asyncio.get_running_loop().time() - begun)

    async def end(self) -> int:
        if self.heir is not None:
            self.heir.kill()
            await self.heir.wait()
        assert self.bot is not None
        self.bot.terminate()
        return await asyncio.wait_for(self.bot.wait(), 60)

    # ------------------------------------------------------------ the neighbours

    async def post(self, soon: float) -> None:
        """Begin with a patrol of which the bot will remind in so many seconds: an hour before, on the minute."""
        now = datetime.now(UTC)
        due = (now + timedelta(seconds=soon + 60)).replace(second=0, microsecond=0)
        self.ahead = (due - now).total_seconds() - soon
        self.due = asyncio.get_running_loop().time() + soon
        await self.start()
        start = (due + timedelta(hours=1)).astimezone(SHANGHAI)
        private = self.world.private(self.lead)
        self.world.say(self.lead, self.group, "大家好")
        for user in (self.lead, *self.people):
            self.world.say(user, self.world.private(user), "/start")
        await until(lambda: not self.world.updates, 60)
        self.world.say(self.lead, private, f"发布 巡逻 {start.month}月{start.day}日 {start:%H:%M} 东门 40人")
        await until(lambda: offering(private, "发布"), 60)
        self.press(self.lead, offering(private, "发布")[-1], "发布")
        await until(lambda: offering(self.group, "我来"), 60)

    async def go_on(self, seconds: float) -> None:
        """For so long, neighbours join and leave, by pressing and by typing."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while loop.time() < ends:
            self.expect()
            self.act(self.chance.choice(self.people))
            await asyncio.sleep(self.chance.expovariate(4.0))

    def act(self, who: User) -> None:
        joins = not self.promised.get(who.id, False)
        if self.chance.random() < 0.5:
            self.press(who, offering(self.group, "我来")[-1], "我来" if joins else "退出")
        else:
            self.typed.append(self.world.say(who, self.group, "+1" if joins else "退出"))
        self.promised[who.id] = joins
        self.acts.append((asyncio.get_running_loop().time(), who.id, joins))

    def press(self, who: User, letter: Letter, label: str) -> None:
        self.presses.append(pressed(self.world, who, letter, label))

    def say_again(self) -> int:
        """Who was told that something of theirs could not be taken in says where they stand; how many did."""
        told = self.told()
        for user in told:
            self.world.say(user, self.group, "+1" if self.promised.get(user.id) else "退出")
        return len(told)

    def told(self) -> list[User]:
        words = text("zh", TOLD)
        toasts = {press.user.id for press in self.presses if press.answer and press.answer.get("text") == words}
        return [
            user
            for user in self.people
            if user.id in toasts or any(words in each.text.plain for each in self.world.private(user).shown())
        ]

    # ------------------------------------------------------------ what came of it

    def lost(self) -> list[str]:
        """What somebody misses now."""
        missing = [f"{press.user.first_name} pressed, no answer" for press in self.presses if press.answer is None]
        told = {user.id for user in self.told()}
        missing += [
            f"{each.author.first_name} typed {each.text.plain}, no mark"
            for each in self.typed
            if not each.reactions and each.author.id not in told
        ]
        roster = offering(self.group, "我来")[-1].text.plain
        for user in self.people:
            if self.promised.get(user.id, False) != (user.first_name in roster):
                missing.append(f"{user.first_name} promised: {self.promised.get(user.id)}, on the roster: not so")
        total = sum(self.promised.values())
        if not re.search(rf"\b{total}/40", roster):
            missing.append(f"{total} of 40 promised, but: {roster}")
        return missing

    def expect(self) -> None:
        """Up to the moment of the reminders: whose last act was to promise, and was answered."""
        if (now := asyncio.get_running_loop().time()) < self.due:
            self.looked = now
            waiting = {press.user.id for press in self.presses if press.answer is None}
            waiting |= {letter.author.id for letter in self.typed if not letter.reactions}
            self.expecting = {who for who, joined in self.promised.items() if joined} - waiting

    def unreminded(self) -> list[str]:
        """Who had promised before the reminders fell due, did nothing since, and was not reminded.

        Between that look and the due moment a kill may lie, and with it seconds in which people changed their minds.
        """
        since = {who for at, who, _ in self.acts if at >= self.looked}
        people = [self.world.users[who] for who in self.expecting - since]
        return [f"{user.first_name} was not reminded" for user in people if not self.reminders(user)]

    def reminders(self, user: User) -> list[Letter]:
        return [letter for letter in self.world.private(user).shown() if reminds(letter)]

    def repeats(self) -> int:
        """Messages that stand there once too often: rosters, and private ones that say the same of the same thing."""
        extra = max(0, len(offering(self.group, "我来")) - 1)
        return extra + sum(max(0, len(self.reminders(user)) - 1) for user in self.people)
