"""No dead end for whoever writes to the bot, and not a word to neighbours who talk to one another."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from adapters.scene.network import person
from adapters.scene.screens import Shown
from core.audit import AuditLine
from tests.street import GROUP, YANG, Street, street

FOLDER = Path(__file__).parent
PEOPLE = {"in": "陈伯", "wait": "王伯", "out": "李阿姨", "yang": YANG}
PATROL = "发布 巡逻 2026-11-24 19:00-21:00 东门集合 2人 带手电"
MEAL = "发布 百家饭 2026-11-28 11:00 活动室"
LOST = ("没看懂", "did not understand")


class Saying(NamedTuple):
    """A line of `private.txt`: who says it, what it must come to, the words."""

    who: str
    comes: str
    words: str


def lines(name: str) -> list[str]:
    rows = (FOLDER / name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


PRIVATE = [Saying(*row.split(None, 2)) for row in lines("private.txt")]


async def settled(here: Street) -> None:
    """A patrol tomorrow with two who have a place and one who waits, and a meal on Saturday."""
    await here.post(PATROL)
    for name in ("陈伯", "赵姨", "王伯"):
        await here.say(name, "报名 1")
        await here.deliver()
    await here.post(MEAL)


@pytest.mark.parametrize("saying", PRIVATE, ids=lambda saying: str(PRIVATE.index(saying)))
async def test_nothing_said_privately_comes_to_a_dead_end(saying: Saying, tmp_path: Path) -> None:
    name = PEOPLE[saying.who]
    async with street(tmp_path, "陈伯", "赵姨", "王伯", "李阿姨", posted="") as here:
        await here.meet("孙老师")
        await here.tell(here.network.ranked(person("孙老师"), GROUP, administrator=True))
        await settled(here)
        order = here.network.screens.order
        answer = await here.say(name, saying.words, None)
        await here.deliver()
        fresh = [shown for shown in here.shown(name) if shown.order > order]
        told = "\n".join([answer.toast, *(shown.text for shown in fresh)])
        assert told.strip() or answer.mark, "nobody answered"
        if any(lost in told for lost in LOST):
            assert saying.comes in ("pass", "any"), told
        if saying.comes == "ask":
            assert not offered(fresh, "转给协调人", "Pass on"), told
        if saying.comes == "pass":
            assert offered(fresh, "转给协调人", "Pass on"), told
        if any(lost in told for lost in LOST):
            assert offered(fresh, "转给协调人", "Pass on"), told
        if saying.comes == "danger":
            assert "120/110/119" in told
        if saying.comes == "told" and offered(fresh, "照常来"):
            await here.press(name, "来不了", "来不了")
            await here.deliver()
        read = "\n".join(here.texts(YANG) + here.texts("孙老师"))
        assert (saying.words in read) == (saying.comes in ("danger", "told") or "已转给" in told), read
        assert [shown.text for shown in here.shown() if shown.order > order] == []


def offered(fresh: list[Shown], *labels: str) -> bool:
    return any(action.label in labels for shown in fresh for action in shown.message.actions)


async def test_what_is_asked_in_the_words_of_the_old_has_its_answer_and_changes_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "赵姨", "王伯", "李阿姨", posted="") as here:
        await settled(here)
        wrong = []
        for row in lines("asked.txt"):
            asks, _, answer = row.partition(" => ")
            who, words = asks.split(None, 1)
            before, logged = here.network.screens.order, len(here.rows(AuditLine))
            seen = await here.say(PEOPLE[who], words, None)
            await here.deliver()
            fresh = [shown for shown in here.shown(PEOPLE[who]) if shown.order > before]
            told = "\n".join([seen.toast, *(shown.text for shown in fresh)])
            if answer not in told or [shown for shown in here.shown() if shown.order > before]:
                wrong.append((words, told))
            if len(here.rows(AuditLine)) != logged:
                wrong.append((words, "something changed"))
        assert wrong == []


async def test_neighbours_who_talk_to_one_another_hear_no_word_and_change_nothing(tmp_path: Path) -> None:
    async with street(tmp_path, "陈伯", "赵姨", "王伯", "李阿姨", posted="") as here:
        await settled(here)
        wrong = []
        for words in lines("group.txt"):
            for who in ("陈伯", "李阿姨"):
                before, logged = here.network.screens.order, len(here.rows(AuditLine))
                answer = await here.say(who, words)
                await here.deliver()
                said = [m for m in here.network.screens.log if m.order > before and m.kind != "said"]
                if answer.mark or answer.toast or len(here.rows(AuditLine)) != logged:
                    wrong.append((who, words, "acted on"))
                if [m for m in said if m.chat.id == GROUP.id]:
                    wrong.append((who, words, "answered in the group"))
                if said:
                    wrong.append((who, words, said[0].text))
        assert wrong == []


def test_there_are_as_many_as_were_promised() -> None:
    assert len(PRIVATE) >= 60
    assert len(lines("group.txt")) >= 150
