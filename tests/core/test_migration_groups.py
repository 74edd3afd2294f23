"""A database from before groups were confirmed: what it had in use stays in use, anything else is asked about."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from adapters.scene.network import group, person, private
from core.audit import AuditLine
from core.db import Database
from core.members import KnownChat
from tests.keys import KEYS
from tests.migrating import bring
from tests.street import YANG, Street

BEFORE = "0003"
HERE = 1
AT = "2026-11-20 09:00:00.000000"
GROUPS = {
    # id: name, closed, whether a roster stands there, whether one stood there
    10: ("小区", False, True, True),
    11: ("东区", False, False, True),  # its roster was lost meanwhile
    12: ("外人的群", False, False, False),
    13: ("等着名单的群", False, None, False),  # a roster is owed there, and was never shown
    14: ("以前的群", True, True, True),
}


def upgrade(path: Path, to: str) -> None:
    bring(f"sqlite:///{path}", to)


def insert(connection: sqlite3.Connection, table: str, **row: Any) -> None:
    columns, holes = ", ".join(row), ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({holes})", tuple(row.values()))


def chat(connection: sqlite3.Connection, id: int, name: str, *, closed: bool = False, account: str = "") -> None:
    address = f"private/{account}" if account else group(name).id
    insert(
        connection, "knownchat", community_id=HERE, id=id, network="scene", address=address, private=bool(account),
        name=name, lang=None, account=account, greeted=True, closed=closed, asked_on="",
    )  # fmt: skip


def post(connection: sqlite3.Connection, id: int, *, to: int, shown: int, message: str | None, rule: str) -> None:
    insert(
        connection, "post", community_id=HERE, id=id, chat_id=to, member_id=0, occurrence_id=0, claim_id=0, rule=rule,
        occasion=str(id), urgency=1, due=AT, not_before=AT, expires=None, state="ended", pending=False, life=1,
        wanted=1, sending=None, sending_since=None, shown=shown, message=message, shown_in=to if message else 0,
        attempts=0, own=False, looks="", body="{}", actions="[]", offered="[]",
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database as the version before wrote it: 杨老师 administers the group in use, a stranger one of their own."""
    path = tmp_path / "street.db"
    upgrade(path, BEFORE)
    connection = sqlite3.connect(path)
    insert(connection, "community", id=HERE, name="邻里", zone="Asia/Shanghai", lang="zh")
    for member, name, chat_id in ((1, YANG, 10), (2, "外人", 12)):
        insert(connection, "member", community_id=HERE, id=member, name=name, lang=None, proxy_id=None, named=False,
               quiet=False, merged_into=None)  # fmt: skip
        insert(connection, "account", community_id=HERE, network="scene", id=name, member_id=member, name=name,
               reachable=True, last_used=AT)  # fmt: skip
        chat(connection, 20 + member, name, account=name)
        insert(connection, "presence", community_id=HERE, chat_id=chat_id, account=name, administrator=True, left=False,
               asked=False)  # fmt: skip
    for id, (name, closed, stands, stood) in GROUPS.items():
        chat(connection, id, name, closed=closed)
        if stands is not False or stood:
            post(connection, 100 + id, to=id, shown=int(stood), message=f"m{id}" if stands else None, rule="roster")
    post(connection, 99, to=12, shown=1, message="hello", rule="say")
    insert(connection, "deed", community_id=HERE, id=5, at=AT, verb="join", by_network="scene", by_account=YANG,
           by_member=1, for_member=1, occurrence_id=0, claim_id=0)  # fmt: skip
    answer = {"toast": "记下了", "alert": False, "mark": "", "open": False, "leave": False}
    insert(connection, "seen", bot="bot", event="before", at=AT, chat="x", message="", outcome="acted", occurrence_id=0,
           answer=json.dumps(answer))  # fmt: skip
    connection.commit()
    connection.close()
    return path


def bound(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, bound FROM knownchat WHERE NOT private").fetchall()
    connection.close()
    return dict(rows)


def test_groups_in_which_a_roster_was_shown_stay_ours_and_no_others(path: Path) -> None:
    upgrade(path, "head")
    kept = {"小区": "kept", "东区": "kept", "以前的群": "kept"}
    assert bound(path) == kept | {"外人的群": "", "等着名单的群": ""}
    database = Database(f"sqlite:///{path}", KEYS)
    with database.reading() as session:
        (line,) = session.exec(select(AuditLine)).all()
        assert (line.verb, line.chat_id) == ("join", 0)
    database.close()


def test_down_and_up_again_keeps_what_was_in_use(path: Path) -> None:
    upgrade(path, "head")
    bring(f"sqlite:///{path}", BEFORE, back=True)
    upgrade(path, "head")
    assert bound(path)["小区"] == "kept"


async def test_after_the_upgrade_the_one_who_coordinated_is_asked_about_the_rest(path: Path) -> None:
    here = Street(path.parent, coordinators=[], groups=[])
    await here.start()
    await here.at(datetime(2026, 11, 23, 1, tzinfo=UTC))
    asked = [text for text in here.texts(YANG) if "有人把我拉进了群" in text]
    assert len(asked) == 2
    assert all("外人的群" in text or "等着名单的群" in text for text in asked)
    assert await here.app.pairing_codes() == {}, "somebody is known"
    await here.say(YANG, "发布 巡逻 2026-11-27 19:00-21:00 东门集合 2人", None)
    await here.deliver()
    await here.press(YANG, "发布", "我这样理解")
    await here.deliver()
    screens = {name: here.network.screens.now_on(group(name)) for name, *_ in GROUPS.values()}
    shown = {name for name, screen in screens.items() if any("东门" in each.text for each in screen)}
    assert shown == {"小区", "东区"}
    await here.say("外人", "取消 1", None)
    await here.deliver()
    assert "只为自己小区的邻居服务" in here.texts("外人")[-1]
    await here.press(YANG, "不是", "外人的群")
    await here.deliver()
    assert group("外人的群").id in here.network.outside
    await here.die()


async def test_what_was_answered_before_the_upgrade_is_answered_the_same_after_it(path: Path) -> None:
    here = Street(path.parent, coordinators=[], groups=[])
    await here.start()
    said = here.network.said(person(YANG), private(person(YANG)), "我来")
    answer = await here.tell(type(said)("before", said.chat, said.person, said.text, said.message))
    assert answer.toast == "记下了"
    await here.die()


async def test_a_group_of_the_settings_is_theirs_after_the_upgrade(path: Path) -> None:
    here = Street(path.parent, coordinators=[], groups=[f"scene:{group('等着名单的群').id}"])
    await here.start()
    states = {row.name: row.bound for row in here.rows(KnownChat) if not row.private}
    assert states["等着名单的群"] == "settings"
    assert states["小区"] == "kept"
    assert states["外人的群"] == ""
    await here.die()
