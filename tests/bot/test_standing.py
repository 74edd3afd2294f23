"""Where somebody stands is asked of their network just before what they do, and true in the same transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.scene.network import SceneNetwork, group, person, private
from core.audit import AuditLine
from core.manners import Manners
from core.members import Presence
from core.messages import Chat, Person
from core.network import Standing
from core.seen import Seen
from tests.street import GROUP, MONDAY, PATROL, Street

EAST = group("东区")
NOWHERE = Standing()


class Telling(SceneNetwork):
    """A network that can be asked. It remembers what it was asked, and says what it is told to say."""

    def __init__(self) -> None:
        super().__init__()
        self.says: dict[tuple[str, str], Standing] = {}
        self.asked: list[tuple[str, str, bool]] = []

    async def standing(self, person: Person, chat: Chat, *, acting: bool) -> Standing:
        self.asked.append((person.id, chat.id, acting))
        return self.says.get((person.id, chat.id), NOWHERE)


@asynccontextmanager
async def told(tmp_path: Path, **facts: object) -> AsyncIterator[tuple[Street, Telling]]:
    """A street with two groups, where nobody coordinates by name."""
    network = Telling()
    here = Street(tmp_path, network=network, coordinators=(), groups=[f"scene:{GROUP.id}", f"scene:{EAST.id}"], **facts)
    await here.start()
    try:
        yield here, network
    finally:
        await here.die()


def drafts(here: Street, name: str) -> list[str]:
    return [text for text in here.texts(name) if "我这样理解" in text]


def ranks(here: Street) -> list[str]:
    """What the log says of ranks."""
    return [line.verb for line in here.rows(AuditLine) if line.verb.startswith("rank")]


async def test_an_administrator_coordinates_from_their_first_word_on(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        network.says["李阿姨", GROUP.id] = Standing(administrator=True)
        await here.tell(network.opened(person("李阿姨")))
        await here.say("李阿姨", PATROL)
        await here.deliver()
        assert drafts(here, "李阿姨")
        assert network.asked[-1] == ("李阿姨", GROUP.id, True)
        assert ranks(here) == ["rank_given"]


async def test_who_was_an_administrator_until_a_moment_ago_coordinates_no_more(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        for chat in (GROUP, private(person("李阿姨"))):
            network.says["李阿姨", GROUP.id] = Standing(present=True, administrator=True)
            await here.say("李阿姨", PATROL, chat)
            await here.deliver()
            before = len(drafts(here, "李阿姨"))
            assert before
            network.says["李阿姨", GROUP.id] = Standing(present=True, administrator=False)
            await here.say("李阿姨", PATROL.replace("东门", "西门"), chat)
            await here.deliver()
            assert len(drafts(here, "李阿姨")) == before


async def test_who_writes_privately_first_is_looked_for_in_all_groups(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        network.says["陈伯", EAST.id] = Standing(present=True, administrator=False)
        for name in ("陈伯", "外人"):
            await here.say(name, "活动", None)
        await here.deliver()
        assert [("只为自己小区的邻居服务" in here.texts(name)[0]) for name in ("陈伯", "外人")] == [False, True]
        assert network.asked == [(name, chat.id, False) for name in ("陈伯", "外人") for chat in (GROUP, EAST)]
        assert [row.account for row in here.rows(Presence)] == ["陈伯"]


async def test_who_has_left_while_the_bot_was_away_is_no_neighbour_any_more(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        await here.meet("陈伯")
        network.says["陈伯", GROUP.id] = Standing(present=False, administrator=False)
        await here.say("陈伯", "活动", None)
        assert [row.left for row in here.rows(Presence)] == [True]


async def test_where_nothing_is_said_all_stays_as_it_was(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        network.says["李阿姨", GROUP.id] = Standing(present=True, administrator=True)
        await here.say("李阿姨", "你好", None)
        network.says.clear()
        await here.say("李阿姨", PATROL, None)
        await here.deliver()
        assert drafts(here, "李阿姨")
        assert [(row.administrator, row.left) for row in here.rows(Presence)] == [(True, False)]


async def test_of_a_press_in_a_group_only_the_rank_is_asked_and_none_where_ranks_do_not_count(tmp_path: Path) -> None:
    async with told(tmp_path, manners=Manners(administrators_coordinate=False)) as (here, network):
        await here.say("陈伯", "+1")
        await here.tell(network.pressed(person("陈伯"), GROUP, "m1", action="x"))
        assert network.asked == []


async def test_an_administrator_of_our_group_who_brings_the_bot_into_another_makes_it_ours(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        south = group("南区")
        network.says["李阿姨", GROUP.id] = Standing(present=True, administrator=True)
        await here.tell(network.entered(person("李阿姨"), south))
        assert network.asked == [("李阿姨", chat.id, False) for chat in (GROUP, EAST)]
        await here.deliver()
        assert "要参加" in network.screens.now_on(south)[0].text


async def test_in_a_group_that_is_not_ours_a_rank_is_kept_and_gives_nothing(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        theirs = group("外人的群")
        network.says["外人", theirs.id] = Standing(administrator=True)
        await here.tell(network.entered(person("外人"), theirs))
        await here.say("外人", "名单", theirs)
        assert [(row.account, row.administrator) for row in here.rows(Presence)] == [("外人", True)]
        assert ranks(here) == []
        await here.say("外人", PATROL, None)
        await here.deliver()
        assert drafts(here, "外人") == []


async def test_what_was_asked_is_no_event_and_leaves_no_trace_where_nothing_changed(tmp_path: Path) -> None:
    async with told(tmp_path) as (here, network):
        network.says["李阿姨", GROUP.id] = Standing(present=True, administrator=True)
        for words in ("你好", "大家好"):
            await here.say("李阿姨", words)
        assert len(here.rows(Seen)) == 2
        assert ranks(here) == ["rank_given"]
        assert here.clock.moment == MONDAY
