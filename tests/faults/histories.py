"""Random histories of a street, said and pressed as people do, beside a model that is two lists of names.

    python -m tests.faults.histories [HISTORIES [SEED]]

Joining, leaving, waiting, offers taken and declined, speaking for a neighbour, larger activities, corrected words, the
same event again, restarts, cancelling. After each step the rows and the roster in the group are as the model says; at
the end the group was spoken to no more often than its budget allows, and never in quiet hours.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from adapters.scene.network import person
from core.activities import Occurrence
from core.claims import CLAIMED, LIVE, OFFERED, WAITLISTED, Claim
from core.manners import DEFAULT
from core.members import Member
from core.messages import Edited, Said
from core.posts import Copy, Post
from tests.street import GROUP, MONDAY, YANG, Street, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵叔", "孙姨")
WARD = "周爷爷"
STEPS = 9


@dataclass
class Model:
    """Who holds a place, who was offered one, who waits, in order."""

    places: int
    holds: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    cancelled: bool = False

    def has(self, who: str) -> bool:
        return who in self.holds or who in self.offered or who in self.waits

    def join(self, who: str) -> None:
        if who in self.offered and not self.cancelled:
            self.answer(who, yes=True)
        elif not self.cancelled and not self.has(who):
            (self.holds if self.free else self.waits).append(who)

    def leave(self, who: str) -> None:
        if self.cancelled:
            return
        for names in (self.holds, self.offered, self.waits):
            if who in names:
                names.remove(who)
        self.move_up()

    def answer(self, who: str, *, yes: bool) -> None:
        if who in self.offered and not self.cancelled:
            self.offered.remove(who)
            if yes:
                self.holds.append(who)
            self.move_up()

    def enlarge(self) -> None:
        if not self.cancelled:
            self.places += 1
            self.move_up()

    @property
    def free(self) -> int:
        return self.places - len(self.holds) - len(self.offered)

    def move_up(self) -> None:
        while self.free > 0 and self.waits:
            self.offered.append(self.waits.pop(0))


class History:
    """One activity from its posting to its end, in a street that goes on to the next."""

    def __init__(self, here: Street, dice: random.Random) -> None:
        self.here = here
        self.dice = dice
        self.model = Model(dice.choice((1, 2, 3)))
        self.done: list[str] = []
        self.events = 0
        self.occurrence = 0
        self.number = 0

    async def begin(self) -> None:
        day = self.here.clock.now() + timedelta(days=4)
        await self.here.post(f"发布 巡逻 {day:%Y-%m-%d} 19:00-21:00 东门集合 {self.model.places}人")
        row = self.here.read(lambda s: s.exec(select(Occurrence).order_by(col(Occurrence.id).desc())).first())
        assert row is not None
        assert row.number is not None
        self.occurrence, self.number = row.id, row.number

    async def said(self, who: str, words: str) -> None:
        """In the group; now and then the same event comes twice, or the words are edited."""
        self.done.append(f"{who}: {words}")
        event = self.here.network.said(person(who), GROUP, words)
        await self.here.tell(event)
        if self.dice.random() < 0.2:
            await self.here.tell(event)
            self.done.append("the same again")
        if isinstance(event, Said) and self.dice.random() < 0.1:
            edited = Edited(f"{event.event}e", GROUP, event.person, event.text, event.message)
            await self.here.tell(edited)
            self.done.append("edited, the words as they were")

    async def step(self) -> None:
        who, do = self.dice.choice(PEOPLE), self.dice.random()
        if do < 0.42:
            await self.said(who, f"报名 {self.number}")
            self.model.join(who)
        elif do < 0.64:
            await self.said(who, f"退出 {self.number}")
            self.model.leave(who)
        elif do < 0.72:
            await self.said(PEOPLE[0], f"帮{WARD}报名 {self.number}")
            self.model.join(WARD)
        elif do < 0.84 and self.model.offered and not self.model.cancelled:
            offered, yes = self.model.offered[0], self.dice.random() < 0.6
            if offered != WARD:
                self.done.append(f"{offered} presses {'takes it' if yes else 'declines'}")
                await self.here.deliver()
                await self.here.press(offered, "接受" if yes else "谢绝", f"{self.number}")
                self.model.answer(offered, yes=yes)
        elif do < 0.89:
            self.model.enlarge()
            if not self.model.cancelled:
                await self.said_privately(f"改 {self.number} {self.model.places}人")
        elif do < 0.97:
            self.done.append("a restart")
            await self.here.again()
        elif not self.model.cancelled:
            await self.said_privately(f"取消 {self.number}")
            await self.here.press(YANG, "确认")
            self.model.cancelled = True

    async def said_privately(self, words: str) -> None:
        self.done.append(f"{YANG}: {words}")
        await self.here.say(YANG, words, None)
        await self.here.deliver()

    async def look(self) -> None:
        """The rows, and the roster in the group, are as the model says."""
        await self.here.deliver()
        rows = self.here.read(
            lambda s: s.exec(
                select(Member.name, Claim.promised)
                .join(Member, (col(Member.id) == Claim.member_id) & (col(Member.community_id) == Claim.community_id))
                .where(Claim.occurrence_id == self.occurrence, col(Claim.promised).in_(LIVE))
                .order_by(col(Claim.position))
            ).all()
        )
        found = {
            state: sorted(name for name, each in rows if each == state) for state in (CLAIMED, OFFERED, WAITLISTED)
        }
        model = self.model
        wanted = {CLAIMED: sorted(model.holds), OFFERED: sorted(model.offered), WAITLISTED: sorted(model.waits)}
        assert found == wanted, (found, wanted, self.done)
        assert len(model.holds) + len(model.offered) <= model.places
        if not model.cancelled:
            roster = [text for text in self.here.rosters() if f"{self.number}" in text][-1]
            taken = len(model.holds) + len(model.offered)
            assert f"{taken}/{model.places}" in roster, (roster, wanted, self.done)
            assert all(name in roster for name in (*model.holds, *model.offered)), (roster, wanted, self.done)

    async def play(self) -> None:
        await self.begin()
        for _ in range(STEPS):
            await self.step()
            await self.look()
        if not self.model.cancelled:
            await self.said_privately(f"取消 {self.number}")
            await self.here.press(YANG, "确认")
            await self.here.deliver()


def at_rest(here: Street) -> None:
    """The group's own messages: at most its budget a day, and none in quiet hours."""
    own = here.read(
        lambda s: s.exec(
            select(Copy.at)
            .join(Post, (col(Post.id) == Copy.post_id) & (col(Post.community_id) == Copy.community_id))
            .where(col(Post.own), Post.chat_id != 0)
        ).all()
    )
    quiet, zone = DEFAULT.quiet, here.app.heres.first.tz
    assert quiet is not None
    assert not [at for at in own if quiet.covers(at, zone)]
    assert max(Counter(at.astimezone(zone).date() for at in own).values(), default=0) <= DEFAULT.group_budget


async def play(folder: Path, histories: int, seed: int) -> int:
    """Play so many histories. Returns how many steps there were; raises AssertionError with the history that fails."""
    dice, steps, left = random.Random(seed), 0, histories
    while left:
        few, left = min(left, 25), max(0, left - 25)  # a street gets long
        inside = folder / f"{left}"
        inside.mkdir()
        async with street(inside, *PEOPLE, posted="") as here:
            here.clock.moment = MONDAY
            for _ in range(few):
                history = History(here, dice)
                await history.play()
                steps += len(history.done)
            at_rest(here)
    return steps


def main() -> None:
    histories, seed = (int(each) for each in (*sys.argv[1:3], *("50", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="histories-") as folder:
        steps = asyncio.run(play(Path(folder), histories, seed))
    print(f"{histories} histories of {steps} steps went as the model says")


if __name__ == "__main__":
    main()
