"""What an event costs grows with its words and no faster: the whole of taking it in, not its readers alone.

What is counted is calls of functions, Python's and C's, which is the same on every machine. What one pattern does is
held by tests/reading/test_work.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest

from adapters.scene.network import person, private
from core.messages import Said
from core.reading.ahead import Ahead, UnreadError
from core.take_in import take_in
from tests.reading.test_linear import WORDS
from tests.street import GROUP, YANG, Street, street

SHORT, LONG = 100, 400
"""Letters. What is four times as long may take four times the steps, half as many more, and what any does."""
SLACK, USUAL = 1.5, 4_000
BEFORE = (
    "",
    "报名 ",
    "帮",
    "发布 巡逻 ",
    "发布 百家饭 周日 ",
    "#接龙\n巡逻 #1\n1. ",
    "改 1 ",
    "加 ",
    "取消 1 ",
    "+1 ",
    "@",
)
BETWEEN = ("", " ", "，", "\n", "\n1. ", "、", "和", "替")
SEEDS = 3
EACH = 150


class _UndoneError(Exception):
    """The transaction is rolled back: the next one finds what this one found."""


def steps(here: Street, event: Said) -> int:
    """Calls that are made until an event is taken in, what is read before the transaction included."""
    profile, ahead = Profile(), Ahead()
    app = here.app
    profile.enable()
    try:
        while True:
            try:
                with here.database.writing() as session, ahead.within():
                    take_in(session, app.heres, here.network, event, here.clock.moment)
                    session.flush()
                    raise _UndoneError
            except UnreadError as unread:
                ahead.read(unread.calls)
    except _UndoneError:
        pass
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def made_up(chance: random.Random) -> Callable[[int], str]:
    """Words over and over, at any length."""
    before, between = chance.choice(BEFORE), chance.choice(BETWEEN)
    again = between.join(chance.choice(WORDS) for _ in range(chance.randint(1, 3))) + between
    return lambda length: (before + again * (length // len(again) + 1))[:length]


def too_many(here: Street, n: int, words: Callable[[int], str]) -> str:
    """What is wrong with the steps that these words take; '' if nothing is.

    Long words may mean something else than short ones, once for all: then what is longer still takes no more for that.
    """
    who = person(YANG if n % 2 else "陈伯")
    chat = GROUP if n % 3 == 0 else private(who)

    def taken(size: int) -> int:
        return steps(here, Said(f"e{n}", chat, who, words(size), f"m{n}"))

    for size in (SHORT, LONG):
        short, long = taken(size), taken(size * LONG // SHORT)
        if long <= SLACK * (LONG / SHORT) * short + USUAL:
            return ""
    return f"{words(40)!r} {'group' if n % 3 == 0 else 'private'} {who.name}: {short} -> {long}"


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_words_over_and_over_take_steps_as_they_are_long(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with street(tmp_path, "陈伯", "李阿姨", "王阿姨") as here:
        steps(here, Said("warm", GROUP, person("陈伯"), "报名", "m"))
        found = [too_many(here, n, made_up(chance)) for n in range(EACH)]
    assert [each for each in found if each] == []


@pytest.mark.parametrize(
    "posted", ["巡逻 2026-11-27 19:00-21:00 东门集合 300人", "百家饭 2026-11-28 11:00 活动室 凉菜200"]
)
async def test_a_chain_takes_steps_as_it_has_names(tmp_path: Path, posted: str) -> None:
    """Names of all sorts, nobody of whom is known yet; and the same chain pasted again with one more."""
    given = "秀英桂兰建国志明玉珍小红海燕文华美丽国强春花宝根"
    names = [f"{family}{a}{b}" for a in given for b in given[:3] for family in "王李张刘陈赵黄周"][:200]

    def chain(count: int) -> str:
        return "#接龙\n活动 #1\n\n" + "\n".join(f"{n}. {name}" for n, name in enumerate(names[:count], 1))

    async with street(tmp_path, "陈伯", posted=f"发布 {posted}") as here:
        few, many = (steps(here, Said(f"e{n}", GROUP, person(YANG), chain(n), f"m{n}")) for n in (50, 200))
        assert many <= SLACK * 4 * few
        await here.say(YANG, chain(50))
        some = steps(here, Said("a", GROUP, person("陈伯"), chain(51), "ma"))
        await here.say(YANG, chain(199))
        more = steps(here, Said("b", GROUP, person("陈伯"), chain(200), "mb"))
        assert more <= SLACK * 4 * some
