"""A fortnight of an estate played through the whole bot: how much it says in the group, and when.

    python -m bench.fortnight [scene|telegram|matrix ...]

40 volunteers, of whom 14 have no private chat, 12 duties, 8 households, 10 balconies, 20 dishes. Printed for each day:
messages of the bot's own in the group, rosters included (an edit is none), those of the night, private messages. It
ends with 1 where a day has more than the goal allows.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from adapters.scene import language
from bot.player import Player

A_DAY = 6
"""The most messages of the bot's that the group is to have in one day."""
AT_NIGHT = 0
"""And between ten in the evening and seven in the morning."""
NETWORKS = ("scene", "telegram", "matrix")
BEGINS = date(2026, 11, 23)  # a Monday
SEED = 7

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
STRANGERS = 14
NAMES = [surname + ("阿姨", "伯", "师傅", "姐")[n % 4] for n, surname in enumerate(SURNAMES)]
DISHES = (
    *(
        "红烧肉 10份",
        "糖醋小排 8份",
        "清蒸鲈鱼",
        "油焖笋",
        "白斩鸡",
        "凉拌黄瓜",
        "糟毛豆",
        "烤麸 6份",
        "炒青菜",
        "狮子头 12份",
    ),
    *(
        "扬州炒饭",
        "葱油拌面",
        "菜肉馄饨 50份",
        "罗宋汤",
        "腌笃鲜汤",
        "八宝饭",
        "豆沙包 20份",
        "酒酿圆子",
        "酱鸭",
        "土豆丝",
    ),
)
CHATTER = ("今天菜场的青菜便宜", "好的", "谢谢杨老师", "谁看见我家的猫了", "下雨了，记得收衣服", "👍")


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """What somebody does: so many minutes after the fortnight began, and its turn among what happens in one minute."""

    minute: int
    turn: int
    text: str


@dataclass(slots=True)
class Fortnight:
    """The lines of the scene as they come about."""

    people: Sequence[str]
    strangers: int
    network: str
    random: Random = field(default_factory=lambda: Random(SEED))
    lines: list[Line] = field(default_factory=list)

    def at(self, day: int, clock: str, text: str) -> None:
        """`day` counts from 0."""
        hour, minute = map(int, clock.split(":"))
        self.lines.append(Line((day * 24 + hour) * 60 + minute, len(self.lines), text))

    def some_time(self, first: int = 9, last: int = 21) -> str:
        """A time of day between these hours: most look at the group soon after something was posted."""
        minutes = int((last - first) * 60 * self.random.random() ** 2)
        return f"{first + minutes // 60:02}:{minutes % 60:02}"

    def scene(self) -> str:
        """The whole of it as a scene."""
        head = [
            *([] if self.network == "scene" else [f"as {self.network}"]),
            "coordinator 杨老师",
            f"member {', '.join(self.people)}",
            f"stranger {', '.join(self.people[: self.strangers])}",
        ]
        return "\n".join([*head, *self._told()]) + "\n"

    def _told(self) -> Iterator[str]:
        start = datetime(BEGINS.year, BEGINS.month, BEGINS.day)  # noqa: DTZ001 - the clock on the wall, as scenes have it
        before = -1
        for line in sorted(self.lines):
            if line.minute != before:
                yield f"at {start + timedelta(minutes=line.minute):%Y-%m-%d %H:%M}"
                before = line.minute
            yield line.text


def fortnight(network: str, people: int = len(NAMES), strangers: int = STRANGERS, days: int = 14) -> str:
    """The scene: what is posted, and what `people`, of whom so many have no private chat, make of it in these days."""
    told = Fortnight(NAMES[:people], strangers, network)
    post(told, days)
    promise_duties(told, days)
    promise_the_rest(told)
    take_back(told, days)
    told.at(days - 1, "23:59", "杨老师 (private): 活动")
    return told.scene()


def duties(days: int) -> Iterator[tuple[int, int, int]]:
    """Number, day on which it is posted, day on which it is: two are posted at a time, for the days to come."""
    for n in range(12):
        posted = 1 + 2 * (n // 2)
        if posted + 1 + n % 2 < days:
            yield 4 + n, posted, posted + 1 + n % 2


def post(told: Fortnight, days: int) -> None:
    """On the first day visits, balconies, a potluck; every second day two duties."""
    homes = "，".join(f"{n}号楼{100 * n + 1}室老人" for n in range(1, 9))
    for text in (
        f"发布 慰问 2026-11-28 09:00 8户 每户2人 {homes}",
        "发布 一米阳台 2026-11-29 09:00 1-10号楼 每处2人",
        "发布 百家饭 2026-12-05 17:00 活动室 凉菜5 热菜7 主食3 汤2 点心3",
    ):
        told.at(0, "09:00", f"杨老师 (private): {text}")
        told.at(0, "09:00", "杨老师 presses 发布")
    for n, posted, day in duties(days):
        when = BEGINS + timedelta(days=day)
        told.at(
            posted,
            "08:30",
            f"杨老师 (private): 发布 巡逻 {when} {'19:00-20:30' if n % 2 else '07:30-09:00'} 东门集合 4人",
        )
        told.at(posted, "08:30", "杨老师 presses 发布")


def promise_duties(told: Fortnight, days: int) -> None:
    """Five want each duty: the last of them waits. By a press or in words; two of them late at night."""
    for n, posted, day in duties(days):
        for turn, name in enumerate(told.random.sample(list(told.people), 5)):
            clock = "23:10" if turn == 0 and n % 4 == 0 else told.some_time()
            words = told.random.choice((f"报名 {n}", f"报名 {n}", f"+1 {n}", f"{name} presses 我来 on #{n}"))
            told.at(posted, clock, words if "presses" in words else f"{name}: {words}")
            if turn < 3:
                said = f"{name}: 到了" if turn else f"{name}: 我到了，在东门"
                told.at(day, "18:55" if n % 2 else "07:25", said)
                told.at(day, "20:35" if n % 2 else "09:05", f"{name}: 平安结束")


def promise_the_rest(told: Fortnight) -> None:
    """Most come in on the first day, and the rest in the next three."""
    people = list(told.people)
    told.random.shuffle(people)
    for n, name in enumerate(people):
        day = 0 if n % 4 else 1 + n % 3
        told.at(day, told.some_time(), f"{name}: 报名 1" if n % 3 else f"{name} presses 我来 on #1")
        if n < 20:
            told.at(
                0,
                told.some_time(0),
                f"{name}: 报名 {1 + n // 2}号楼 2" if n % 2 else f"{name}: 报名 {1 + n // 2}号楼阳台",
            )
        if n >= len(people) - len(DISHES):
            told.at(n % 5, told.some_time(n % 5), f"{name}: 百家饭 {DISHES[len(people) - 1 - n]}")


def take_back(told: Fortnight, days: int) -> None:
    """What else is said: some cannot come, ask what they promised, say it late at night, bring the roster down."""
    for day in range(days):
        for name in told.random.sample(list(told.people), 4):
            told.at(day, told.some_time(), f"{name}: {told.random.choice(CHATTER)}")
        one, other, third = told.random.sample(list(told.people), 3)
        told.at(day, told.some_time(10), f"{one}: 我的")
        told.at(day, told.some_time(10), f"{other}: 退出")
        if day % 3 == 1:
            told.at(day, "22:40", f"{third}: 报名 3")
        if day == 5:
            told.at(day, "12:00", f"{third}: 名单 3")


# ------------------------------------------------------------ counted


@dataclass(slots=True)
class Heard:
    """What the bot said, by day."""

    group: Counter[str] = field(default_factory=Counter)
    night: Counter[str] = field(default_factory=Counter)
    private: Counter[str] = field(default_factory=Counter)
    people: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # in the group, for whoever wants to know
    today: str = ""

    def line(self, line: str) -> None:
        """One line of the conversation as the player writes it."""
        if line.startswith("-- "):
            self.today = line[3:13]
            self.group[self.today] += 0
        elif found := re.match(r"(\d\d):\d\d  (.*?) \| bot: ", line):
            if found[2] == "group":
                self.group[self.today] += 1
                self.said.append(f"{self.today} {line}")
                self.night[self.today] += not 7 <= int(found[1]) < 22
            elif found[2] != "杨老师 (private)":
                self.private[self.today] += 1
                self.people[self.today, found[2]] += 1

    @property
    def worst(self) -> int:
        return max(self.group.values())

    @property
    def nights(self) -> int:
        return sum(self.night.values())

    def holds(self) -> bool:
        return self.worst <= A_DAY and self.nights <= AT_NIGHT and not self.failures


def play(scene: str) -> Heard:
    """Play it, on real SQLite, and count."""
    heard = Heard()
    lines = scene.split("\n")
    with tempfile.TemporaryDirectory(prefix="xiaobandeng-") as folder:
        player = Player(language.read(scene), f"sqlite:///{folder}/fortnight.db", heard.line)
        asyncio.run(player.play())
    heard.failures = [f"{lines[line - 1]} -- {why}" for line, why in player.failures]
    return heard


def report(network: str, heard: Heard, write: Callable[[str], None] = print) -> None:
    """A line for each day, and the sum of it."""
    write(f"== {network}")
    for day, count in heard.group.items():
        theirs = [n for (when, _), n in heard.people.items() if when == day]
        mean = sum(theirs) / len(NAMES)
        private = f"private {heard.private[day]:3}: {mean:.1f} a person, most {max(theirs, default=0)}"
        write(f"{day}  group {count:2}  at night {heard.night[day]}  {private}")
    write(f"most in a day {heard.worst} (goal {A_DAY}), at night {heard.nights} (goal {AT_NIGHT})")
    for failure in heard.failures:
        write(f"failed: {failure}")


def main() -> int:
    logging.getLogger("xiaobandeng").setLevel(logging.ERROR)  # that somebody could not be written to is the point here
    asked = [each for each in sys.argv[1:] if each in NETWORKS] or NETWORKS
    missed = 0
    for network in asked:
        heard = play(fortnight(network))
        report(network, heard)
        if "-v" in sys.argv:
            print("\n".join(heard.said))
        missed += not heard.holds()
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
