"""A month of an estate played through the whole bot: how many messages each person and each group has, and whether all
reminders were right.

    python -m bench.month [-v]

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

from adapters.scene import language
from bench.fortnight import A_DAY, SURNAMES
from bot.player import Player

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
    for day in range(DAYS - 1):
        at = BEGINS + timedelta(days=day)
        of = next(each for each in SERIES if "一二三四五六日"[at.weekday()] in each[0])
        begins = of[1].partition("-")[0]
        hour = int(begins[:2])
        for n, name in enumerate(story.random.sample(people, 3)):
            if day > 1:
                asked = max(0, day - 1 - n)
                minute = story.random.randrange(60)
                story.at(asked, f"{9 + n}:{minute:02}", f"{name} ({of[3]}): {at.month}月{at.day}号我来")
            if n == 2 and day > 3:
                story.at(day - 1, "12:00", f"{name} (private): {at.month}月{at.day}号我去不了")
            elif n < 2 and day > 1:
                story.at(day, f"{hour:02}:00", f"{name} (private): 到了")
                story.at(day, f"{hour + 1:02}:35", f"{name} (private): 平安结束")


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
        " AND d.verb IN ('leave', 'remove', 'lapse', 'exchange', 'undo', 'decline')), '9999')"
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
        mistakes = wrong(heard, file)
    took = time.process_time() - began
    if "-v" in sys.argv:
        print("\n".join(heard.said))
    return 0 if report(heard, mistakes, player.failures, took) else 1


def report(heard: Heard, mistakes: list[str], failures: list[tuple[int, str]], took: float) -> bool:
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
    print(f"{len(heard.reminders)} reminders, {len(mistakes)} wrong")
    for line in (*mistakes[:20], *(f"line {line}: {why}" for line, why in failures)):
        print(line)
    print(f"{took:.1f} s of processor time (goal {MOST:g})")
    return not mistakes and not failures and worst <= A_DAY and took < MOST


if __name__ == "__main__":
    raise SystemExit(main())
