"""Who comes into an encrypted room reads the rosters that stand open there: they are put there anew, once for all."""

from __future__ import annotations

from pathlib import Path

from adapters.scene.network import person
from tests.bot.foreign import NIGHT, two
from tests.street import GROUP, Street


def rosters(here: Street) -> list[str]:
    """The place of each roster in the group and what it says, as they stand there now, oldest first."""
    return [shown.text for shown in here.network.screens.now_on(GROUP)]


def ids(here: Street) -> list[str]:
    return [shown.id for shown in here.network.screens.now_on(GROUP)]


async def test_several_newcomers_are_shown_what_is_to_come_once(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.post("发布 慰问 2026-11-29 10:00 西门 2人")
        await here.later(minutes=1)
        before = ids(here)
        for name in ("周师傅", "吴阿姨", "郑伯"):
            await here.tell(here.network.joined(person(name), GROUP, blind=True))
            await here.later(minutes=0.5)
        assert ids(here) == before
        await here.later(minutes=5)
        after = ids(here)
        assert len(after) == len(before), "the copies further up are taken away"
        assert not set(after) & set(before)
        await here.say("周师傅", "报名 1")
        await here.deliver()
        assert any("周师傅" in text for text in rosters(here))


async def test_they_come_again_after_an_hour_at_most_and_not_at_night(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.joined(person("周师傅"), GROUP, blind=True))
        await here.later(minutes=5)
        first = ids(here)
        await here.tell(here.network.joined(person("吴阿姨"), GROUP, blind=True))
        await here.later(minutes=30)
        assert ids(here) == first
        await here.later(hours=1)
        second = ids(here)
        assert second != first
        await here.at(NIGHT)
        await here.tell(here.network.joined(person("郑伯"), GROUP, blind=True))
        await here.later(minutes=30)
        assert ids(here) == second
        await here.later(hours=9)
        assert ids(here) != second


async def test_where_everybody_reads_what_was_said_nothing_is_said_again(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        before = ids(here)
        await here.tell(here.network.joined(person("周师傅"), GROUP))
        await here.later(hours=2)
        assert ids(here) == before


async def test_what_was_called_off_or_put_there_since_is_not_put_there_again(tmp_path: Path) -> None:
    async with two(tmp_path) as here:
        await here.tell(here.network.joined(person("周师傅"), GROUP, blind=True))
        await here.post("发布 慰问 2026-11-29 10:00 西门 2人")
        visit = ids(here)[-1]
        await here.later(minutes=5)
        assert visit in ids(here), "who came before it was posted reads it"
