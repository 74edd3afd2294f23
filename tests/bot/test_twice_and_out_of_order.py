"""Events that come twice, late or in another order: what stands on the roster is what people said."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.scene.network import person
from core.audit import AuditLine
from core.claims import TAKING, WAITLISTED, Claim
from core.ids import short
from core.messages import Edited, Event, Pressed, Said, Withdrawn
from core.posts import Post
from core.seen import Seen
from tests.street import GROUP, PATROL, Street, street

NAMES = ("陈伯", "李阿姨", "王伯", "赵叔")
WORDS = ("报名", "退出", "+1", "我的", "好的", "帮王伯报名", "到了")
HOW = ("said", "pressed", "edited", "withdrawn")
MANY = settings(
    max_examples=4, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip


def event(n: int, what: tuple[str, str, str]) -> Event:
    """The n-th event: said in the group, or pressed under its roster."""
    name, words, how = what
    who = person(name)
    match how:
        case "edited":
            return Edited(f"e{n}", GROUP, who, words, f"m{n - 1}")
        case "withdrawn":
            return Withdrawn(f"e{n}", GROUP, who, f"m{n - 1}")
        case "pressed":
            return Pressed(f"e{n}", GROUP, who, "", action="leave" if words == "退出" else "join")
    return Said(f"e{n}", GROUP, who, words, f"m{n}")


EVENTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(WORDS), st.sampled_from(HOW)),
    min_size=3,
    max_size=9,
)  # fmt: skip


async def settled(here: Street, stream: list[Event]) -> dict[str, Any]:
    """Take a stream in, and tell the state that it left, ids aside."""
    (roster,) = here.owed("roster")
    for each in stream:
        if isinstance(each, Pressed):
            action = f"{short(roster.id)}.{each.action}"
            await here.tell(replace(each, message=roster.message or "", action=action))
        else:
            await here.tell(each)
    await here.deliver()
    claims = sorted((c.position, c.speaker_account, c.promised, c.happened, c.ordinal) for c in here.rows(Claim))
    deeds = [d.verb for d in sorted(here.rows(AuditLine), key=lambda d: d.id)]
    owed = Counter((p.kind, p.state, p.pending) for p in here.rows(Post))
    seen = sorted((s.event, s.outcome, str(s.answer)) for s in here.rows(Seen) if s.event.startswith("e"))
    return {"claims": claims, "deeds": deeds, "owed": owed, "seen": seen, "screen": here.rosters()}


def in_a_street(*streams: list[Event], words: str = PATROL) -> list[dict[str, Any]]:
    async def one(stream: list[Event]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            async with street(Path(folder), *NAMES, posted=words) as here:
                return await settled(here, stream)

    async def all_of_them() -> list[dict[str, Any]]:
        return [await one(stream) for stream in streams]

    return asyncio.run(all_of_them())


@MANY
@given(EVENTS, st.data())
def test_events_that_come_again_change_nothing(said: list[tuple[str, str, str]], data: st.DataObject) -> None:
    once = [event(n, what) for n, what in enumerate(said)]
    twice: list[Event] = []
    for n, each in enumerate(once):
        twice.append(each)
        back = data.draw(st.lists(st.integers(0, n), max_size=3), label=f"again after {n}")
        twice += [once[i] for i in back]
    plain, repeated = in_a_street(once, twice)
    assert repeated == plain


@MANY
@given(st.permutations(NAMES), st.permutations(NAMES), st.integers(1, 4))
def test_in_whatever_order_people_come_as_many_have_a_place_and_the_first_are_first(
    one: list[str], other: list[str], places: int
) -> None:
    words = PATROL.replace("2人", f"{places}人")
    streams = [[event(NAMES.index(name), (name, "报名", "said")) for name in order] for order in (one, other)]
    for order, state in zip((one, other), in_a_street(*streams, words=words), strict=True):
        assert [(who, how) for _, who, how, *_ in state["claims"]] == [
            (name, "claimed" if n < places else "waitlisted") for n, name in enumerate(order)
        ]


@MANY
@given(EVENTS)
def test_no_stream_of_words_gives_more_places_than_there_are_or_anybody_two(said: list[tuple[str, str, str]]) -> None:
    (state,) = in_a_street([event(n, what) for n, what in enumerate(said)])
    live = [(who, ordinal) for _, who, how, _, ordinal in state["claims"] if how in (*TAKING, WAITLISTED)]
    taking = [who for _, who, how, *_ in state["claims"] if how in TAKING]
    assert len(taking) <= 2
    assert not [s for s in state["seen"] if s[1] == "failed"]
    assert len(state["screen"]) == 1
    assert f"{len(taking)}/2" in state["screen"][0]
    assert all(count <= 12 for count in Counter(live).values())


def test_an_old_event_replayed_after_a_day_and_a_restart_does_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        async with street(tmp_path, *NAMES) as here:
            joined, left = event(1, ("陈伯", "报名", "said")), event(2, ("陈伯", "退出", "said"))
            await here.tell(joined)
            await here.tell(left)
            await here.later(days=1)
            await here.again()
            before = here.state()
            await here.tell(joined)
            assert here.state() == before

    asyncio.run(story())
