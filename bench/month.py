"""A month of an estate played through the whole bot: how many messages each person and each group has, and whether all
reminders were right.

    python -m bench.month [-v]    (-v: all that was said)

150 volunteers in 4 groups, 60 elders who are visited, patrols every day that come again each week, some who come every
week, some who are away, swap and cannot come. It ends with 1 where a group has more a day than its budget, where
somebody is reminded twice of one duty at one time, or of what they have not promised, or where it takes too long.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_face
from random import Random
from typing import NamedTuple

from adapters.scene import language
from bench.fortnight import A_DAY, SURNAMES
from bot.player import Player
from core.deeds.spared import A_DAY as A_DAY_EACH
from core.deeds.spared import A_FORTNIGHT

PEOPLE, ELDERS, DAYS = 150, 60, 30
GROUPS = ("group", "东区", "西区", "北区")
BEGINS = date(2026, 12, 1)
SEED = 11
MOST = 60.0
"""Seconds of processor time that it may take."""
ENDS = ("阿姨", "伯", "师傅", "姐")
NAMES = [f"{surname}{end}" for end in ENDS for surname in SURNAMES][:PEOPLE]
SERIES = (
    ("一、三、五", "07:00-08:30", "东门", "东区"),
    ("二、四、六", "19:00-20:30", "西门", "西区"),
    ("日", "15:00-16:30", "北门", "北区"),
)
PLACES = 4
SWAPS = (8, 10, 16, 22, 24)
"""Days, by their number, one of whose places changes hands with one of the day after."""
A_LINE = 10
"""People whose messages are told on one line."""


@dataclass(slots=True)
class Story:
    """The lines of the scene as they come about: each at its minute."""

    random: Random = field(default_factory=lambda: Random(SEED))
    lines: list[tuple[datetime, int, str]] = field(default_factory=list)

    def at(self, day: int, clock: str, text: str) -> None:
        hour, minute = map(int, clock.split(":"))
        moment = datetime.combine(BEGINS, clock_face(hour, minute)) + timedelta(days=day)
        self.lines.append((moment, len(self.lines), text))

    def scene(self) -> str:
        head = [*(f"group {name}" for name in GROUPS[1:]), "coordinator 杨老师", f"member {', '.join(NAMES)}"]
        return "\n".join([*head, *self._told()]) + "\n"

    def _told(self) -> Iterator[str]:
        before = None
        for moment, _, text in sorted(self.lines):
            if moment != before:
                yield f"at {moment:%Y-%m-%d %H:%M}"
                before = moment
            yield text


def month() -> str:
    story = Story()
    for weekdays, hours, place, group in SERIES:
        story.at(0, "06:00", f"杨老师 (private): 发布 巡逻 每周{weekdays} {hours} {place}集合 {PLACES}人 发到 {group}")
        story.at(0, "06:00", "杨老师 presses 发布")
    surnames = SURNAMES * 2
    homes = "\n".join(f"| {1 + n // 6}号楼{n % 6 + 1}0{n % 4 + 1} {surnames[n]}奶奶" for n in range(ELDERS))
    story.at(0, "09:00", f"杨老师 (private): 发布 送学上门 12月8日到12月18日 每户1人\n{homes}")
    story.at(0, "09:00", "杨老师 presses 发布")
    people = list(NAMES)
    story.random.shuffle(people)
    regulars(story, people[:6])
    claims(story, people[6:])
    visits(story, people)
    absences(story, people)
    story.at(DAYS, "23:00", "杨老师 (private): 记录 12月")
    return story.scene()


def regulars(story: Story, people: list[str]) -> None:
    """Two come every week to each of the series."""
    for n, name in enumerate(people):
        weekdays, _, _, group = SERIES[n % len(SERIES)]
        story.at(0, f"10:{n:02}", f"{name} ({group}): 我每周{weekdays[0]}都来")


def claims(story: Story, people: list[str]) -> None:
    """For each duty three promise some days ahead, one of whom cannot come after all; most say that they are there."""
    promised = [story.random.sample(people, 3) for _ in range(DAYS - 1)]
    comes = [list(names) for names in promised]
    for day in SWAPS:
        swap(story, day, promised[day][0], promised[day + 1][1])
        comes[day][0], comes[day + 1][1] = promised[day + 1][1], promised[day][0]
    for day in range(DAYS - 1):
        at = BEGINS + timedelta(days=day)
        of = next(each for each in SERIES if "一二三四五六日"[at.weekday()] in each[0])
        begins = of[1].partition("-")[0]
        hour = int(begins[:2])
        for n, name in enumerate(promised[day]):
            if day > 1:
                asked = max(0, day - 1 - n)
                minute = story.random.randrange(60)
                story.at(asked, f"{9 + n}:{minute:02}", f"{name} ({of[3]}): {at.month}月{at.day}号我来")
            if n == 2 and day > 3:
                story.at(day - 1, "12:00", f"{name} (private): {at.month}月{at.day}号我去不了")
            elif n < 2 and day > 1:
                story.at(day, f"{hour:02}:00", f"{comes[day][n]} (private): 到了")
                story.at(day, f"{hour + 1:02}:35", f"{comes[day][n]} (private): 平安结束")


def swap(story: Story, day: int, one: str, other: str) -> None:
    """The evening before, two who come on one day and on the next change places."""
    first, second = (BEGINS + timedelta(days=day + n) for n in range(2))
    when = f"我{first.month}月{first.day}号他{second.month}月{second.day}号"
    story.at(day - 1, "21:00", f"{one} (private): 我跟{other}换，{when}")
    story.at(day - 1, "21:00", f"{other} presses 同意")


def visits(story: Story, people: list[str]) -> None:
    """Everybody of sixty takes one home, in the first week, and most have been there in time."""
    for n, name in enumerate(people[:ELDERS]):
        story.at(1 + n % 5, f"{13 + n % 5}:{n:02}", f"{name} (private): 报名 4")
        if n % 10:
            story.at(8 + n % 9, f"10:{n:02}", f"{name} (private): 送到了")


def absences(story: Story, people: list[str]) -> None:
    for n, name in enumerate(people[-12:]):
        story.at(2 + n, "20:00", f"{name} (private): 我不在 12月{12 + n}日到12月{16 + n}日")


# ------------------------------------------------------------ counted


@dataclass(slots=True)
class Heard:
    """What the bot said: by group and day, by person and day; and each reminder, with when it came."""

    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    people: Counter[tuple[str, str]] = field(default_factory=Counter)
    reminders: list[tuple[str, str, str, int]] = field(default_factory=list)
    today: str = ""
    said: list[str] = field(default_factory=list)

    def line(self, line: str) -> None:
        self.said.append(line)
        if line.startswith("-- "):
            self.today = line[3:13]
            print(f"\r{self.today}", end="", file=sys.stderr, flush=True)
        elif found := re.match(r"(\d\d:\d\d)  (.*?) \| bot: ", line):
            where = found[2].removesuffix(" (private)")
            if where == found[2]:
                self.groups[where, self.today] += 1
            elif where != "杨老师":
                self.people[where, self.today] += 1
            if reminded := re.search(r"bot: (明天|今天)（.*?） .*?#(\d+)", line):
                self.reminders.append((f"{self.today} {found[1]}", where, reminded[1], int(reminded[2])))


def wrong(heard: Heard, file: str) -> list[str]:
    """Reminders that came twice, and those of somebody who had promised nothing then."""
    twice = [str(each) for each, n in Counter((who, near, at) for _, who, near, at in heard.reminders).items() if n > 1]
    rows = sqlite3.connect(file)
    held: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    query = (
        "SELECT m.name, o.number, c.made_at, coalesce((SELECT min(d.at) FROM deed d WHERE d.claim_id = c.id"
        " AND d.at > c.made_at AND d.verb IN ('leave', 'remove', 'lapse', 'exchange', 'undo', 'decline')), '9999')"
        " FROM claim c JOIN member m ON m.id = c.member_id JOIN occurrence o ON o.id = c.occurrence_id"
    )
    for name, number, made, left in rows.execute(query):
        held[name, number].append((made, left))
    rows.close()
    bad = []
    for moment, who, near, number in heard.reminders:
        at = (datetime.fromisoformat(moment) - timedelta(hours=8)).isoformat(sep=" ")
        if not any(made[:16] <= at[:16] and at[:16] <= left[:16] for made, left in held[who, number]):
            bad.append(f"{moment} {who} {near} #{number}")
    return [*(f"twice: {each}" for each in twice), *(f"not promised: {each}" for each in bad)]


def main() -> int:
    logging.getLogger("xiaobandeng").setLevel(logging.ERROR)
    scene, heard = month(), Heard()
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        file = f"{folder}/month.db"
        player = Player(language.read(scene), f"sqlite:///{file}", heard.line)
        asyncio.run(player.play())
        mistakes, asked = wrong(heard, file), asked_most(file)
    print(file=sys.stderr)
    took = time.process_time() - began
    if "-v" in sys.argv:
        print("\n".join(heard.said))
    return 0 if report(heard, asked, mistakes, player.failures, took) else 1


class Asked(NamedTuple):
    """How often the one who was asked most was asked to help out, within a day and within a fortnight."""

    day: int
    fortnight: int


def asked_most(file: str) -> Asked:
    rows = sqlite3.connect(file)
    moments: dict[int, list[datetime]] = defaultdict(list)
    query = "SELECT member_id, due FROM post WHERE member_id != 0 AND kind IN ('wanted', 'stand_in') AND shown > 0"
    for who, due in rows.execute(query):
        moments[who].append(datetime.fromisoformat(due))
    rows.close()

    def within(days: int) -> int:
        span = timedelta(days=days)
        counts = (sum(at <= each < at + span for each in theirs) for theirs in moments.values() for at in theirs)
        return max(counts, default=0)

    return Asked(within(1), within(14))


def report(heard: Heard, asked: Asked, mistakes: list[str], failures: list[tuple[int, str]], took: float) -> bool:
    """Print it; whether all of it holds."""
    worst = 0
    for group in GROUPS:
        theirs = [n for (where, _), n in heard.groups.items() if where == group]
        worst = max([worst, *theirs])
        print(f"{group:6} {sum(theirs):4} messages, most in a day {max(theirs, default=0)} (budget {A_DAY})")
    each = Counter[str]()
    for (who, _), n in heard.people.items():
        each[who] += n
    days = sorted(heard.people.values())
    mean = sum(each.values()) / PEOPLE
    most = f"most {max(each.values())}, most in a day {days[-1]}"
    print(f"people {sum(each.values())} private messages: {mean:.1f} each in the month, {most}")
    counted = [f"{who} {n}" for who, n in each.most_common()]
    for at in range(0, len(counted), A_LINE):
        print("  " + ", ".join(counted[at : at + A_LINE]))
    most = f"most {asked.day} a day, {asked.fortnight} a fortnight (at most {A_DAY_EACH}, {A_FORTNIGHT})"
    print(f"asked to help out: {most}")
    print(f"{len(heard.reminders)} reminders, {len(mistakes)} wrong")
    for line in (*mistakes[:20], *(f"line {line}: {why}" for line, why in failures)):
        print(line)
    print(f"{took:.1f} s of processor time (goal {MOST:g})")
    spared = asked.day <= A_DAY_EACH and asked.fortnight <= A_FORTNIGHT
    return not mistakes and not failures and worst <= A_DAY and spared and took < MOST


if __name__ == "__main__":
    raise SystemExit(main())
