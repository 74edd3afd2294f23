"""The same words on the first day and after five years: what an answer costs then, beside what it cost.

    python -m bench.growth               with 150 and with 1,500 members, each young and after five years
    python -m bench.growth 150           with so many members only

Five years are 3,000 activities, 30,000 claims, 99,000 posts with their copies, 60,000 lines of the log and 500,000
events seen, written straight into the tables; then what is tidied each hour has run once. Printed is the processor time
of an event with all that is delivered of it, the median of `TIMES`. Goal: after five years at most 1.3 times as much.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.village import NOW, STARTS, Nowhere, Still, activities, many, neighbours
from bot.app import App, keep_what_is_loaded
from bot.tidying import KEPT, tidy
from core import posts
from core.activities import OPEN, Occurrence, Slot
from core.audit import AuditLine
from core.claims import CLAIMED, Claim
from core.db import Database
from core.members import Community
from core.messages import Chat, Person, Said
from core.posts import Copy, Post
from core.seen import NOTHING, Seen
from tests.keys import KEYS

GOAL = 1.3
TIMES = 40
YEARS = timedelta(days=5 * 365)
ACTIVITIES, EACH, POSTS_EACH, SEEN = 3_000, 10, 33, 500_000
COMING, PLACES = 6, 1_000
GROUP = Chat("nowhere", "group", name="group")
GROUP_ID, FIRST = 10_000_000, 1_000

WORDS = (
    ("talk in the group", "今天桂花真香", True, None),
    ("an answer to a neighbour", "好的，知道了", True, "a neighbour's words"),
    ("报名 N", "报名 3", True, None),
    ("我的", "我的", False, None),
    ("活动", "活动", False, None),
    ("名单 N", "名单 3", False, None),
    ("帮 NAME 报名", "帮 邻居7 报名 4", True, None),
    ("退出 N", "退出 3", True, None),
)
"""What is said: in the group or privately, and what it answers."""


def moment(n: int, of: int) -> Any:
    """When the n-th of so many things happened, evenly over the years."""
    return NOW - YEARS + YEARS * n / (of + 1)


def history(members: int) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
    """The rows of five years, by table."""
    past, claims = range(FIRST, FIRST + ACTIVITIES), range(ACTIVITIES * EACH)
    began = {id: moment(n, ACTIVITIES) for n, id in enumerate(past)}
    yield Occurrence, (
        {"community_id": 1, "id": id, "number": id, "original": "", "kind": "patrol", "state": OPEN, "title": "巡逻",
         "starts_at": began[id], "ends_at": began[id] + timedelta(hours=2), "place": "东门", "made_by": 1, "chats": []}
        for id in past
    )  # fmt: skip
    yield (
        Slot,
        (
            {"community_id": 1, "id": id, "occurrence_id": id, "position": 0, "max": EACH, "unit": "person"}
            for id in past
        ),
    )
    yield Claim, (
        {"community_id": 1, "id": FIRST + n, "occurrence_id": FIRST + n // EACH, "slot_id": FIRST + n // EACH,
         "member_id": 1 + n % members, "ordinal": 0, "position": n % EACH, "speaker_network": "nowhere",
         "speaker_account": str(1 + n % members), "promised": CLAIMED, "happened": "finished",
         "made_at": began[FIRST + n // EACH] - timedelta(days=1), "changes": 0}
        for n in claims
    )  # fmt: skip
    for table, make in ((Post, post), (Copy, copy)):
        yield table, (make(n, members, began[FIRST + n // POSTS_EACH]) for n in range(ACTIVITIES * POSTS_EACH))
    yield AuditLine, (
        {"community_id": 1, "id": FIRST + n, "at": began[FIRST + n // (2 * EACH)], "verb": "join",
         "by_network": "nowhere", "by_account": str(1 + n % members), "for_member": 1 + n % members,
         "occurrence_id": FIRST + n // (2 * EACH)}
        for n in range(2 * len(claims))
    )  # fmt: skip
    yield Seen, (
        {"bot": "nowhere", "event": f"past{n}", "at": moment(n, SEEN), "chat": "group", "message": f"past{n}",
         "outcome": NOTHING, "answer": {}}
        for n in range(SEEN)
    )  # fmt: skip


def post(n: int, members: int, at: Any) -> dict[str, Any]:
    """One of an activity's posts: first its roster in the group, then what its people were told."""
    in_group, member = n % POSTS_EACH == 0, 1 + n % members
    return {
        "community_id": 1, "id": FIRST + n, "chat_id": GROUP_ID if in_group else 0, "occasion": str(n),
        "member_id": 0 if in_group else member, "occurrence_id": FIRST + n // POSTS_EACH,
        "kind": "roster" if in_group else "remind", "urgency": posts.REMINDER, "due": at, "not_before": at,
        "state": posts.ENDED, "pending": False, "life": 1, "wanted": 1, "shown": 1, "message": f"p{n}",
        "shown_in": GROUP_ID if in_group else member, "attempts": 0, "own": in_group, "looks": "", "body": {},
        "actions": [], "offered": [],
    }  # fmt: skip


def copy(n: int, members: int, at: Any) -> dict[str, Any]:
    chat = GROUP_ID if n % POSTS_EACH == 0 else 1 + n % members
    return {"community_id": 1, "chat_id": chat, "message": f"p{n}", "post_id": FIRST + n, "at": at}


def build(folder: Path, members: int, *, old: bool) -> Database:
    """A community with some activities ahead; `old`: and five years behind it."""
    database = Database(f"sqlite:///{folder}/village.db", KEYS)
    database.migrate()
    with database.writing() as session:
        session.add(Community(id=1, name="邻里", zone="Asia/Shanghai", lang="zh"))
        session.flush()
        neighbours(session, range(1, members + 1))
        activities(session, range(1, COMING + 1), PLACES)
        for table, rows in history(members) if old else ():
            many(session, table, rows)
    return database


async def measured(members: int, *, old: bool) -> dict[str, float]:
    """Milliseconds of processor time, by what is said."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        database = build(Path(name), members, old=old)
        if old:
            begun = time.process_time()
            dropped = await tidy(database, NOW - KEPT)
            print(f"  {members} members: {dropped} events seen long ago dropped in {time.process_time() - begun:.1f} s")
        here = App(database, [Nowhere()], Still(STARTS - timedelta(days=2)))
        begun = time.process_time()
        await here.prepare()
        took = {"start": (time.process_time() - begun) * 1e3}
        keep_what_is_loaded()
        for what, words, in_group, answers in WORDS:
            took[what] = await said(here, words, answers, in_group=in_group)
        database.close()
        return took


async def said(here: App, words: str, answers: str | None, *, in_group: bool) -> float:
    """The median over some people who say it one after another, two of them before it counts."""
    each = []
    for n in range(1, TIMES + 3):
        who = Person("nowhere", str(n), f"邻居{n}")
        chat = GROUP if in_group else Chat("nowhere", f"@{n}", private=True)
        begun = time.process_time()
        await here.receive(here.networks["nowhere"], Said(f"{words}{n}", chat, who, words, f"{words}{n}", answers))
        await here.deliver()
        each.append((time.process_time() - begun) * 1e3)
    return statistics.median(each[2:])


def main() -> int:
    worst = 0.0
    asyncio.run(measured(COMING, old=False))  # what is loaded once is no part of it
    for members in map(int, sys.argv[1:] or ("150", "1500")):
        young, old = (asyncio.run(measured(members, old=old)) for old in (False, True))
        for what, before in young.items():
            worst = max(worst, ratio := old[what] / before)
            print(
                f"  {members:>5} members  {what:<26} {before:6.1f} ms young  {old[what]:6.1f} ms old  {ratio:.2f} times"
            )
    print(f"worst {worst:.2f} times (goal at most {GOAL})")
    return worst > GOAL


if __name__ == "__main__":
    sys.exit(main())
