"""A network is one folder and one line: the toy is taken in whole, and keeps the contract."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from adapters import ADAPTERS
from bot.app import run
from bot.check import check
from bot.complaints import ConfigError
from bot.config import Config, load, settings_of
from core.features import FEATURES
from core.messages import Action, Chat, Edited, Event, Joined, Left, Message, Person, Said
from tests.adapters.contract import NetworkContract
from tests.adapters.place import Ear, OnScreen, listening, until
from tests.adapters.toy import CAN, TOY
from tests.adapters.toy.network import BOARDS, NETWORK, Board, Toy, letterbox

SETTINGS = settings_of(FEATURES, (*ADAPTERS, TOY))
"""The one line."""

YANG, CHEN = Person(NETWORK, "yang", "杨老师"), Person(NETWORK, "chen", "陈伯")


def read(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Config:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return load(file, environ or {}, SETTINGS)


def test_its_section_is_read_strictly_and_can_be_set_by_the_environment(tmp_path: Path) -> None:
    assert read(tmp_path, "").networks == ("web",)
    assert read(tmp_path, '[toy]\nboard = "stairs"').networks == ("toy",)
    config = read(tmp_path, "[web]\ndemo = false", {"XIAOBANDENG_TOY__BOARD": "stairs"})
    assert (config.networks, config.section(TOY).board) == (("web", "toy"), "stairs")
    with pytest.raises(ConfigError, match=r"config.toml:2: toy.bord: there is no such key; did you mean 'board'"):
        read(tmp_path, '[toy]\nbord = "stairs"')
    with pytest.raises(ConfigError, match=r"config.toml:2: toy.board: expected the name of a board, not this number"):
        read(tmp_path, "[toy]\nboard = 5")


def test_its_people_and_groups_are_named_in_the_settings(tmp_path: Path) -> None:
    config = read(tmp_path, '[community]\ngroups = ["toy:stairs", "web:group"]\n[toy]\nboard = "stairs"')
    assert config.around(TOY).groups == ("stairs",)
    with pytest.raises(ConfigError, match="this is no id on toy; write toy:yang"):
        read(tmp_path, '[community]\ncoordinators = ["toy:杨 老师"]')
    with pytest.raises(ConfigError, match=r"telegram:1234, .*, toy:yang"):
        read(tmp_path, '[community]\ncoordinators = ["board:yang"]')


async def test_the_check_says_how_it_is_in_its_own_words(tmp_path: Path) -> None:
    config = read(tmp_path, '[community]\nlang = "en"\n[toy]\nboard = "stairs"')
    (found,) = [each async for each in check(config) if each.about == "toy"]
    assert (found.good, found.label, found.said) == (False, "board", "the board stairs")


async def test_neighbours_claim_places_on_it(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        '[community]\ncoordinators = ["toy:yang"]\ngroups = ["toy:yard"]\n[manners]\nquiet = "off"\n'
        '[toy]\nboard = "yard"',
    )
    board, group = BOARDS["yard"], Chat(NETWORK, "yard")
    serving = asyncio.create_task(run(config, ready=lambda: None))
    for number, event in enumerate(
        (
            Said("e1", letterbox(YANG), YANG, "发布 巡逻 2036-11-27 19:00-21:00 东门集合 2人", "m1"),
            Said("e2", letterbox(YANG), YANG, "发布", "m2"),
            Said("e3", group, CHEN, "报名", "m3"),
        )
    ):
        board.written.put_nowait(event)
        await until(lambda n=number: (len(board.lines) > n and board.written.empty()) or serving.done())
    await until(
        lambda: any("陈伯" in m.plain() for where, m in board.lines.values() if where.startswith("letterbox/chen"))
    )
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def test_knowing_all_networks_loads_none_of_their_libraries() -> None:
    loaded = (
        "import sys, adapters, bot.config; print(*sorted({'telegram', 'nio', 'aiohttp', 'jinja2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""


# ---------------------------------------------------------------- the contract of all networks


class ToyPlace:
    """Hands that write on the board."""

    def __init__(self, name: str, ear: Ear) -> None:
        self.network, self.ear = Toy(name), ear
        self.group = Chat(NETWORK, name)
        self._written: list[Event] = []
        self._people = 0

    @property
    def _board(self) -> Board:
        return self.network.board

    def _write(self, event: Event) -> None:
        self._written.append(event)
        self._board.written.put_nowait(event)

    @property
    def _next(self) -> str:
        return f"w{len(self._written)}"

    async def person(self, name: str, *, opened: bool = True) -> Person:
        self._people += 1
        who = Person(NETWORK, f"p{self._people}", name)
        self._write(Joined(self._next, self.group, who))
        return who

    async def say(self, who: Person, chat: Chat, text: str, *, reply_to: str | None = None) -> None:
        self._write(Said(self._next, chat, who, text, f"m{len(self._written)}", reply_to))

    async def rewrite(self, who: Person, chat: Chat, text: str) -> None:
        last = [event for event in self._written if isinstance(event, Said) and event.person == who][-1]
        self._write(Edited(self._next, chat, who, text, last.message))

    async def press(self, who: Person, chat: Chat, message: str, action: Action) -> None:
        raise AssertionError("there is nothing to press")

    async def leave(self, who: Person) -> None:
        self._write(Left(self._next, self.group, who))

    async def screen(self, chat: Chat, who: Person | None = None) -> list[OnScreen]:
        return [OnScreen(key, said.plain()) for key, (where, said) in self._board.lines.items() if where == chat.id]

    async def vanish(self, chat: Chat, message: str) -> None:
        del self._board.lines[message]

    async def pinged(self, who: Person) -> int:
        return sum(named(message, who) for _, message in self._board.lines.values())

    async def again(self) -> None:
        self._board.written.put_nowait(self._written[-1])

    async def fail(self, call: str, *, after: bool) -> None:
        self._board.breaks = "after" if after else "before"


def named(message: Message, who: Person) -> bool:
    return any(getattr(span, "person", None) == who for span in message.text)


class TestToy(NetworkContract, can=CAN):
    @pytest.fixture
    async def place(self, tmp_path: Path) -> AsyncIterator[ToyPlace]:
        place = ToyPlace(tmp_path.name, Ear())
        async with listening(place.network, place.ear):
            yield place
        del BOARDS[tmp_path.name]
