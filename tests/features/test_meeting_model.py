"""Lists and meetings hold their numbers beside a simple model: sets of names, whatever is said in whatever order."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.street import YANG, street

PEOPLE = ("陈伯", "李阿姨", "王伯", "赵叔", "孙奶奶")
MOVES = st.lists(
    st.tuples(st.sampled_from(("我来", "请假", "来不了了", "加", "减", "again")), st.sampled_from(PEOPLE)), max_size=14
)


async def beside(moves: list[tuple[str, str]], folder: Path) -> None:
    """Each move is made in the bot and in the model, and the roster says what the model has."""
    listed, expected = set(PEOPLE[:3]), set(PEOPLE[:3])
    coming, excused = set[str](), set[str]()
    async with street(folder, *PEOPLE, posted="") as here:
        await here.say(YANG, f"第一支部：{'、'.join(PEOPLE[:3])}", None)
        await here.post("发布 组织生活会 2026-12-04 14:00-15:30 居委会 第一支部")
        for move, who in moves:
            await here.later(minutes=11)
            match move:
                case "again":
                    await here.again()
                case "加" | "减":
                    if (who in listed) != (move == "减"):
                        continue
                    await here.say(YANG, f"第一支部 {move} {who}", None)
                    await here.deliver()
                    await here.press(YANG, "确认", "第一支部")
                    listed ^= {who}
                    expected = listed | excused  # who has excused themselves stays so
                case "我来":
                    await here.say(who, "报名 1", None)
                    coming.add(who)
                    excused.discard(who)
                case _:
                    if who not in expected and who not in coming:
                        continue
                    await here.say(who, "请假 1" if move == "请假" else "退出 1", None)
                    if who in expected:
                        excused.add(who)
                    coming.discard(who)
            await here.deliver()
            unheard = len(expected - coming - excused)
            tally = f"应到{len(expected)} 来{len(coming)} 请假{len(excused & expected)} 没回{unheard}"
            said = next(text for text in here.texts() if "应到" in text)
            assert tally in said, (moves, move, who, said)


@settings(max_examples=12, deadline=None)
@given(MOVES)
def test_lists_and_meetings_hold_their_numbers(moves: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(beside(moves, Path(folder)))
