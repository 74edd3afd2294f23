"""A day of 150 volunteers and 60 elders whose every private field is a canary: `python -m tests.canary`.

Statements fail in the middle of events, the network fails before and after it has shown something, and everything is
logged at DEBUG. Afterwards every place is looked at where no canary may be, and the figures are printed.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import event

from adapters.scene.network import CAN, Fault, person, private
from core.audit import AuditLine
from core.deeds import elders as deeds
from core.details import Asked
from core.elders import FIELDS, ReadElder
from core.members import Member
from core.messages import Attached
from core.work import Actor, Work
from tests.bot.logged import logged
from tests.core.canaries import database, in_clear
from tests.street import GROUP, YANG, Street, street

ELDERS, VOLUNTEERS, VISITS, EACH = 60, 150, 10, 5
HAN = "甲乙丙丁戊己庚辛壬癸"
OWN, HIDDEN = 6, 3
"""So many volunteers confide something of their own; and this elder agrees to be shown to no visitor."""
SAID = "膝盖积水要去瑞金医院"
"""What visitors report of a round; a number stands behind it."""


class InjectedError(Exception):
    """A statement failed."""


def elder(n: int) -> ReadElder:
    """The n-th elder: nothing of theirs is like anybody else's, or anything else in the world."""
    mark = f"{HAN[n // 10]}{HAN[n % 10]}"
    return ReadElder(
        name=f"欧阳雀{mark}奶奶",
        building=f"{n % 12 + 1}号楼",
        flat=f"QZX{n:02d}K",
        phone=f"139177755{n:02d}",
        door=f"钥匙在{mark}花盆底下",
        mind=f"百日咳{mark}期",
        times=f"午睡{mark}以后方便",
        close=f"外甥女{mark}住徐汇",
        born=f"19{n + 20}",
    )


CANARIES: dict[int, tuple[str, ...]] = {
    n: tuple(getattr(elder(n), name) for name in FIELDS if name not in ("building", "born")) for n in range(ELDERS)
}


def own(k: int) -> tuple[str, str]:
    """What the k-th of those volunteers must not eat, and where what troubles them is."""
    return f"雀舌{HAN[k]}草", f"鹭鸶{HAN[k]}岭"


OWNED = tuple(word for k in range(OWN) for word in own(k))


@dataclass
class Figures:
    """What happened, and where a canary was seen that must not be there."""

    events: int = 0
    failed: int = 0  # events in the middle of which a statement failed
    calls_failed: int = 0
    kept: int = 0  # words of their own that those read who confided them
    told: int = 0  # canaries that those read whose they are
    opened: int = 0  # likewise, on the page, where the network may carry none
    exports: int = 0  # files that the coordinator and somebody of another role were sent
    pictures: int = 0  # chats in which a picture stood
    looked_at: dict[str, int] = field(default_factory=dict)  # bytes, by place
    hits: list[tuple[str, str]] = field(default_factory=list)

    def look(self, place: str, text: str, canaries: Iterator[str] | tuple[str, ...]) -> None:
        self.looked_at[place] = self.looked_at.get(place, 0) + len(text.encode())
        self.hits += [(place, canary) for canary in canaries if canary in text]

    def lines(self) -> list[str]:
        found = [f"{place}: {size} bytes, {sum(p == place for p, _ in self.hits)} canaries" for place, size in
                 self.looked_at.items()]  # fmt: skip
        return [
            f"{VOLUNTEERS} volunteers, {ELDERS} elders, {sum(map(len, CANARIES.values()))} canaries",
            f"{self.events} events, in {self.failed} of them a statement failed; {self.calls_failed} calls failed",
            f"{len(OWNED)} canaries of {OWN} volunteers, {self.kept} of them read by whose they are",
            f"told to those whose they are: {self.told}; read by them on the page: {self.opened}",
            f"{self.exports} files were sent; pictures stood in {self.pictures} private chats",
            *found,
        ]


@contextmanager
def failing(here: Street, at: int) -> Iterator[None]:
    """The `at`-th statement from now on fails."""
    left = [at]

    def before(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise InjectedError

    event.listen(here.database.engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(here.database.engine, "before_cursor_execute", before)


@dataclass
class Day:
    """Who says what, with something failing now and then."""

    here: Street
    figures: Figures
    visits: int = VISITS

    async def say(self, name: str, words: str, *, group: bool = False) -> None:
        chat = GROUP if group else None
        self.figures.events += 1
        if self.figures.events % 6 == 0:
            try:
                with failing(self.here, 1 + self.figures.events // 6 % 45):
                    await self.here.say(name, words, chat)
            except InjectedError:
                pass
            self.figures.failed += 1
        if self.figures.events % 9 == 0:
            name_of_call: Literal["send", "edit"] = "send" if self.figures.events % 4 else "edit"
            self.here.network.faults.append(
                Fault(name_of_call, OSError("the line was cut"), after=self.figures.events % 2 == 0)
            )
            self.figures.calls_failed += 1
        await self.here.say(name, words, chat)
        await self.here.deliver()

    async def show(self, name: str, ref: str) -> None:
        """Somebody sends a picture of what they have just told."""
        self.figures.events += 1
        said = self.here.network.said(person(name), private(person(name)), "")
        await self.here.tell(replace(said, attached=Attached("picture", ref)))
        await self.here.deliver()

    async def press(self, name: str, label: str, on: str = "") -> None:
        self.figures.events += 1
        await self.here.press(name, label, on)
        await self.here.deliver()


def register(here: Street) -> None:
    """Everybody is on the register; three of them come in words as well."""
    with here.database.writing() as session:
        community = here.app.heres.first
        yang = next(row.id for row in here.rows(Member) if row.name == YANG)
        work = Work(session, community, here.clock.now(), Actor(yang, ("scene", YANG), "chat"))
        for n in range(3, ELDERS):
            deeds.register(work, elder(n))


def posting(n: int, last: int) -> str:
    """The n-th visit: so many households, each somebody of the register; the last is a round over days."""
    homes = [elder(k) for k in range(n * EACH, n * EACH + EACH)]
    lines = "\n".join(f"{each.building} {each.name}" for each in homes)
    if n == last:
        return f"发布 送学上门 11月24日到12月5日 每户1人\n{lines}"
    return f"发布 慰问 2026-11-24 {8 + n}:00-{9 + n}:00 每户1人\n{lines}"


async def the_day(day: Day, names: list[str]) -> dict[str, set[int]]:
    """Register, post, claim, ask, leave, be reminded, go, report. Whose canaries each may read."""
    here = day.here
    for n in range(3):
        each = elder(n)
        await day.say(YANG, f"登记 {each.name} {each.building}{each.flat} {each.phone} {each.mind} {each.door}")
    register(here)
    may: dict[str, set[int]] = {name: set() for name in names}
    for n in range(day.visits):
        await day.say(YANG, posting(n, day.visits - 1))
        await day.press(YANG, "发布")
        for k, name in enumerate(names[n * EACH : n * EACH + EACH]):
            await day.say(name, f"报名 {n + 1}", group=k % 2 == 0)
            may[name] |= set(range(n * EACH, n * EACH + EACH))
    for k, name in enumerate(names[day.visits * EACH :]):
        words = ("报名 1", "名单 2", "我的", "活动", "我的资料", f"{elder(k % ELDERS).name}", "谁看过 孙奶奶", "帮助")
        await day.say(name, words[k % len(words)])
    await confide_of_their_own(day, names[-OWN:])
    await day.say(YANG, f"{elder(HIDDEN).name}不给志愿者看了")
    await here.at(here.clock.now() + timedelta(hours=12))
    for k, name in enumerate(names[: day.visits * EACH]):
        if k % 7 == 3:
            await day.say(name, "退出", group=True)
    await here.at(here.clock.now() + timedelta(hours=14))
    count_told(day, may)
    for k, name in enumerate(names[: day.visits * EACH]):
        await day.say(name, "送到了" if k >= (day.visits - 1) * EACH else "到了")
        if k >= (day.visits - 1) * EACH:
            await day.say(name, f"{SAID}{k:03d}")
    for asked in ("登记本", "很久没去的", f"谁看过 {elder(7).name}", elder(8).name, "取消 2"):
        await day.say(YANG, asked)
    await ask_for_files(day, names[-OWN - 1])
    await here.at(here.clock.now() + timedelta(days=2))
    return may


async def confide_of_their_own(day: Day, names: list[str]) -> None:
    """Diets, mornings and troubles: for the coordinators and for themselves."""
    for k, name in enumerate(names):
        diet, trouble = own(k)
        await day.say(name, f"忌口 {diet}")
        await day.here.later(minutes=2)  # what could not be sent is sent again
        await day.press(name, "确认", diet)
        await day.say(name, f"烦心事 {trouble}家里一直漏水")
        await day.show(name, f"{k}")
        await day.say(name, "报平安 每天9点")


async def ask_for_files(day: Day, patrols: str) -> None:
    """Somebody of another role asks for whatever comes as a file, and so does the coordinator."""
    await day.say(YANG, f"{patrols}以后只管巡逻")
    await day.here.later(minutes=2)
    await day.press(YANG, "确认", patrols)
    for words in ("登记本", f"{elder(3).name}的资料", "记录 11月", "会议簿 11月", "简报 文章", "我的资料"):
        await day.say(patrols, words)
    for words in ("记录 11月", "会议簿 11月", "简报 文章"):
        await day.say(YANG, words)


def count_told(day: Day, may: dict[str, set[int]]) -> None:
    """On the morning of the visits those who go read whom they go to."""
    for name, theirs in may.items():
        text = "\n".join(day.here.texts(name))
        day.figures.told += sum(canary in text for n in theirs for canary in CANARIES[n])


def seen_in_group(here: Street) -> str:
    """Every version of everything that ever stood in the group, and every toast there."""
    parts = [repr(version) for shown in here.network.screens.put_on(GROUP) for version in shown.versions]
    parts += [repr(call) for call in here.network.calls if not call.chat.private]
    parts += [moment.text for moment in here.network.screens.log if moment.kind == "toast" and not moment.chat.private]
    return "\n".join(parts)


def exported(here: Street, name: str) -> dict[str, str]:
    """The files that somebody was ever sent, by name, as text."""
    files = [
        call.message.file
        for call in here.network.calls
        if call.message is not None and call.message.file is not None and call.chat.id == f"private/{name}"
    ]
    return {file.name: unpacked(file.data) for file in files}


def unpacked(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as table:
        return "\n".join(table.read(part).decode() for part in table.namelist())


def pictured(here: Street) -> set[str]:
    """The chats in which a picture ever stood."""
    return {call.chat.id for call in here.network.calls if call.message is not None and call.message.picture}


def look_everywhere(day: Day, log: str, may: dict[str, set[int]], file: Path) -> None:
    here, figures = day.here, day.figures
    every = (*(canary for theirs in CANARIES.values() for canary in theirs), SAID, *OWNED)
    asked = {elder(k % ELDERS).name for k in range(VOLUNTEERS)}
    figures.look("group", seen_in_group(here), every)
    figures.look("log and tracebacks", log, every)
    data = [a.id for call in here.network.calls if call.message is not None for a in call.message.actions]
    figures.look("callback data", "\n".join(data), every)
    figures.look("lines of the log of deeds", repr(here.rows(AuditLine)), every)
    for name, theirs in may.items():
        text = "\n".join(here.texts(name))
        others = tuple(c for n, canaries in CANARIES.items() if n not in theirs for c in canaries)
        figures.look("others' private chats", text, (*(c for c in others if c not in asked), SAID))
        figures.look("visitors, of whom does not agree", text, tuple(c for c in CANARIES[HIDDEN] if c not in asked))
    for k, name in enumerate(list(may)[-OWN:]):
        others = tuple(word for word in OWNED if word not in own(k))
        figures.look("neighbours, of what others confide", "\n".join(here.texts(name)), others)
        figures.kept += sum(word in "\n".join(here.texts(name)) for word in own(k))
    patrols = list(may)[-OWN - 1]
    for name in (YANG, patrols):
        for text in exported(here, name).values():
            figures.look("exports", text, every)
            figures.exports += 1
    owners = {f"private/{name}" for name in (YANG, *list(may)[-OWN:])}
    figures.hits += [("others' chats, of pictures", chat) for chat in pictured(here) - owners]
    figures.pictures = len(pictured(here))
    files = [path for path in file.parent.rglob("*") if path.is_file()]
    figures.looked_at["files of the database"] = sum(path.stat().st_size for path in files)
    figures.hits += [("files of the database", word) for word, _ in in_clear(every, {*files, *database(file)})]


PAGE = "https://stool.example.org"


async def abroad(folder: Path, figures: Figures, names: list[str]) -> None:
    """On a network that may carry none of it: whoever goes reads it on the page, by a link; no call holds any, ever."""
    every = (*(canary for theirs in CANARIES.values() for canary in theirs), SAID)
    with logged() as log:
        can = replace(CAN, confides=False)
        async with street(folder, *names, can=can, page=PAGE, posted="") as here:
            register(here)
            day = Day(here, figures)
            await day.say(YANG, posting(1, 0))
            await day.press(YANG, "发布")
            for name in names:
                await day.say(name, "报名 1")
            await here.at(here.clock.now() + timedelta(hours=14))
            for name in names[:EACH]:
                await open_page(day, name)
            await day.say(YANG, f"谁看过 {elder(7).name}")
            calls = [call for call in here.network.calls if call.chat.id != f"private/{YANG}"]
            figures.look("every call to a network abroad", repr(calls), every)
        figures.look("log and tracebacks", log.getvalue(), every)
    files = {path for path in folder.rglob("*") if path.is_file()}
    figures.hits += [("files of the database", word) for word, _ in in_clear(every, files)]


async def open_page(day: Day, name: str) -> None:
    """Press the button, open the link: it says all that belongs to them, and to a second try nothing."""
    here = day.here
    await day.press(name, "看详情")
    secret = here.texts(name)[-1].partition("#")[2].split()[0]
    shown = await here.app.discloser.disclose(Asked(secret=secret))
    again = await here.app.discloser.disclose(Asked(secret=secret))
    await here.deliver()
    text = "\n".join(shown.lines) if shown is not None else ""
    day.figures.opened += sum(canary in text for theirs in CANARIES.values() for canary in theirs)
    if again is not None:
        day.figures.hits.append(("a link opened twice", name))


async def canary(folder: Path, visits: int = VISITS, volunteers: int = VOLUNTEERS) -> Figures:
    """Play the day, and look."""
    names = [f"志愿者{n:03d}" for n in range(volunteers)]
    figures = Figures()
    with logged() as log:
        async with street(folder, *names, posted="") as here:
            day = Day(here, figures, visits)
            may = await the_day(day, names)
            look_everywhere(day, log.getvalue(), may, folder / "street.db")
    other = folder / "abroad"
    other.mkdir()
    await abroad(other, figures, names[: EACH + 2])
    return figures


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(canary(Path(folder)))
    for line in figures.lines():
        print(line)
    for place, word in sorted(set(figures.hits)):
        print(f"LEAKED {place}: {word}")
    return 1 if figures.hits or not figures.told or not figures.opened else 0


if __name__ == "__main__":
    sys.exit(main())
