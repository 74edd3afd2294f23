"""A village for measuring: many members, activities and reminders, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from core import posts
from core.activities import OPEN, Occurrence, Series, Slot
from core.claims import CLAIMED, Claim
from core.db import Database
from core.here import Here
from core.members import CONFIRMED, Account, Community, KnownChat, Member, Presence
from core.messages import Chat, Message, Person
from core.network import Can, Receive
from core.posts import Post
from core.reminders import stamp
from core.serving import here_of
from tests.keys import KEYS

NOW = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)  # 19:00 in Shanghai, when the reminders of the eve fall due
STARTS = NOW + timedelta(days=1)
TEAM = 150
"""Members who share one activity."""


class Nowhere:
    """A network that takes everything at once and shows it to nobody."""

    name = "nowhere"
    bot = "nowhere"
    can = Can(in_flight=1000)

    def __init__(self) -> None:
        self.sent = 0
        self.edited = 0
        self.moments: list[float] = []
        self.clock: Any = None

    async def run(self, receive: Receive) -> None:
        raise NotImplementedError("nobody speaks here; events are handed over by the benchmark")

    async def send(self, chat: Chat, message: Message, key: str) -> str:
        self.sent += 1
        if self.clock is not None:
            self.moments.append(self.clock())
        return key

    async def edit(self, chat: Chat, id: str, message: Message, key: str) -> None:
        self.edited += 1

    async def remove(self, chat: Chat, id: str) -> None:
        return

    async def pin(self, chat: Chat, id: str) -> None:
        return

    async def react(self, chat: Chat, id: str, emoji: str, key: str) -> None:
        return

    async def private(self, person: Person) -> Chat:
        return Chat(self.name, f"@{person.id}", private=True)


class Still:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def wait(self, until: datetime | None, wake: Any) -> None:
        await wake.wait()


def build(
    folder: Path, people: int, pending: int, due: datetime, overdue: int = 0, later: datetime = NOW
) -> tuple[Database, Here]:
    """A village of `people`, each with a place in an activity and `pending` reminders in all, `overdue` of them at `due`."""
    database = Database(f"sqlite:///{folder}/village.db", KEYS)
    database.migrate()
    with database.writing() as session:
        community = Community(id=1, name="邻里", zone="Asia/Shanghai", lang="zh")
        session.add(community)
        session.flush()
        fill(session, people, pending, due, overdue, later)
        here = here_of(session, community)
        session.expunge_all()
    return database, here


def fill(
    session: Session, people: int, pending: int, due: datetime, overdue: int, later: datetime, places: int = TEAM
) -> None:
    """`people` who each have a place, in teams of `TEAM`, and the `pending` reminders that they are owed."""
    neighbours(session, range(1, people + 1))
    activities(session, range(1, people // TEAM + 2), places)
    many(session, Claim, map(_claim, range(1, people + 1)))
    many(session, Post, (_reminder(n, people, due if n < (overdue or pending) else later) for n in range(pending)))


def unclaimed(session: Session, people: int, places: int) -> None:
    """The community, its neighbours, and activities of so many places with nobody on them yet."""
    session.add(Community(id=1, name="邻里", zone="Asia/Shanghai", lang="zh"))
    session.flush()
    neighbours(session, range(1, people + 1))
    activities(session, range(1, people // TEAM + 2), places)


def neighbours(session: Session, ids: range) -> None:
    """Members with an account, a private chat and a place in the one group."""
    chat = {
        "community_id": 1,
        "network": "nowhere",
        "name": "",
        "account": "",
        "greeted": False,
        "closed": False,
        "asked_on": "",
    }
    group = {
        **chat,
        "id": 10_000_000,
        "address": "group",
        "private": False,
        "name": "group",
        "greeted": True,
        "bound": CONFIRMED,
    }
    many(
        session, Member, ({"community_id": 1, "id": n, "name": f"邻居{n}", "named": True, "quiet": False} for n in ids)
    )
    many(
        session, Account,
        ({"community_id": 1, "network": "nowhere", "id": str(n), "member_id": n, "name": f"邻居{n}", "reachable": True, "last_used": NOW}
         for n in ids),
    )  # fmt: skip
    many(session, KnownChat, ({**chat, "id": n, "address": f"@{n}", "private": True, "account": str(n)} for n in ids))
    many(session, KnownChat, [group])
    many(
        session, Presence,
        ({"community_id": 1, "chat_id": 10_000_000, "account": str(n), "administrator": n == 1, "left": False, "asked": False}
         for n in ids),
    )  # fmt: skip


def activities(session: Session, teams: range, places: int) -> None:
    """Activities, each of a series of its own and with one slot."""
    many(
        session, Series,
        ({"community_id": 1, "id": t, "kind": "patrol", "rrule": None, "first": "", "except_days": [], "stopped": False} for t in teams),
    )  # fmt: skip
    many(
        session, Occurrence,
        ({
            "community_id": 1, "id": t, "series_id": t, "original": "2026-11-27T19:00", "number": t, "kind": "patrol", "state": OPEN,
            "title": "巡逻", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=2), "report_at": None, "all_day": False,
            "place": "东门", "bring": "", "confided": "", "note": "", "chats": [], "made_by": 1, "draft_id": 0,
        } for t in teams),
    )  # fmt: skip
    many(
        session, Slot,
        ({"community_id": 1, "id": t, "occurrence_id": t, "position": 0, "label": "", "confided": "", "min": None, "max": places, "unit": "person"}
         for t in teams),
    )  # fmt: skip


def _claim(n: int) -> dict[str, Any]:
    team = 1 + (n - 1) // TEAM
    return {
        "community_id": 1, "id": n, "occurrence_id": team, "slot_id": team, "member_id": n, "ordinal": 0, "guest_of": None, "name": "",
        "position": n, "speaker_network": "nowhere", "speaker_account": str(n), "promised": CLAIMED, "happened": "unknown", "thing": "",
        "portions": None, "made_at": NOW, "changes": 0,
    }  # fmt: skip


def _reminder(n: int, people: int, when: datetime) -> dict[str, Any]:
    member = 1 + n % people
    return {
        "community_id": 1, "id": n + 1, "chat_id": 0, "member_id": member, "occurrence_id": 1 + (member - 1) // TEAM, "claim_id": 0,
        "kind": "remind", "occasion": f"eve{n // people or ''}@{stamp(STARTS)}", "urgency": posts.REMINDER, "due": when, "not_before": when,
        "expires": STARTS, "state": posts.OPEN, "pending": True, "life": 1, "wanted": 1, "shown": 0, "attempts": 0, "own": False,
        "looks": "", "body": {}, "actions": [], "offered": [], "shown_in": 0,
    }  # fmt: skip


def many(session: Session, table: Any, rows: Any) -> None:
    """Insert rows in bulk: loading the village is not what is measured."""
    rows = list(rows)
    for start in range(0, len(rows), 5000):
        session.connection().execute(insert(table), rows[start : start + 5000])
