"""The edges of guards: the very moment, the very number, the other one of two; `python -m tests.guards` asks."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.config import CONFIG
from bot.keys import keys, missing
from core import linking, pairing
from core.activities import CANCELLED, OPEN, Occurrence, Slot
from core.claims import CLAIMED, WAITLISTED, Claim, Roster
from core.confiding import Reader, faded, may_read
from core.db import Database, passing
from core.invited import ONLY
from core.linking import LinkCode, LinkGuess
from core.manners import morning_after, read_quiet
from core.posts import Post
from core.rules import SET_OUT, Refusal, is_for, may_be_added, may_check_in, may_join, not_twice
from core.seals import Keys, NoKeyError, SealedJson, kept_keys
from core.short_lives import empty
from tests.street import street

STARTS = datetime(2026, 11, 27, 11, tzinfo=UTC)
NOW = STARTS - timedelta(days=1)
SECOND = timedelta(seconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
ME = ("scene", "陈伯")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    file = tmp_path / "edges.db"
    file.write_bytes(empty())
    database = Database(f"sqlite:///{file}")
    with database.writing() as session:
        yield session
    database.close()


def sheet(*promised: str, state: str = OPEN, **facts: object) -> Roster:
    """A patrol of two; member 1 stands on it so many times."""
    on = Occurrence(community_id=1, id=1, kind="patrol", state=state, starts_at=STARTS, **facts)
    on.ends_at = STARTS + timedelta(hours=2)
    claims = [
        Claim(community_id=1, id=n, slot_id=1, member_id=1, ordinal=n, promised=each, made_at=NOW)
        for n, each in enumerate(promised, 1)
    ]
    return Roster(on, [Slot(community_id=1, id=1, occurrence_id=1, max=2)], claims)


def code(refusal: Refusal | None) -> str:
    return "" if refusal is None else refusal.code


# ------------------------------------------------------------ rules


def test_what_is_for_a_list_is_for_nobody_else() -> None:
    on = sheet(bidden=ONLY)
    on.invited = frozenset({7})
    assert code(is_for(on, 1)) == "not_invited"
    assert code(is_for(on, 7)) == ""
    assert code(is_for(sheet(), 1)) == ""


def test_only_a_coordinator_puts_somebody_down_and_nobody_twice() -> None:
    assert code(may_be_added(sheet(), 1, coordinates=False)) == "coordinators_only"
    assert code(may_be_added(sheet(), 1, coordinates=True)) == ""
    assert code(may_be_added(sheet(CLAIMED), 1, coordinates=True)) == "already"
    assert code(may_be_added(sheet(CLAIMED), 1, coordinates=True, more=True)) == ""
    assert code(may_be_added(sheet(state=CANCELLED), 1, coordinates=True)) == "cancelled"


def test_what_lasts_all_day_can_be_joined_after_it_began() -> None:
    assert code(may_join(sheet(), 1, STARTS)) == "started"
    assert code(may_join(sheet(all_day=True), 1, STARTS)) == ""


def test_who_has_a_place_and_waits_for_another_has_one() -> None:
    assert code(not_twice(sheet(CLAIMED, WAITLISTED), 1, more=False)) == "already"
    assert code(not_twice(sheet(WAITLISTED, WAITLISTED), 1, more=False)) == "already_waiting"


def test_on_the_way_is_two_hours_before_one_may_be_there_and_of_who_promised() -> None:
    on = sheet(CLAIMED)
    begins, ends = on.occurrence.check_in()
    assert timedelta(hours=2) == SET_OUT
    assert code(may_check_in(on, on.claims, begins - SET_OUT, leaving=True)) == ""
    assert code(may_check_in(on, on.claims, begins - SET_OUT - SECOND, leaving=True)) == "too_early"
    assert code(may_check_in(on, on.claims, begins - SECOND)) == "too_early"
    assert code(may_check_in(on, on.claims, begins)) == ""
    assert code(may_check_in(on, on.claims, ends)) == ""
    assert code(may_check_in(on, on.claims, ends + SECOND)) == "too_late"
    assert code(may_check_in(on, [], begins)) == "not_joined"
    on.occurrence.starts_at = None
    assert code(may_check_in(on, on.claims, NOW)) == "not_posted"


# ------------------------------------------------------------ what is confided


@pytest.mark.parametrize(
    ("state", "now", "readable"),
    [
        (OPEN, NOW - SECOND, False),
        (OPEN, NOW, True),
        (OPEN, STARTS + timedelta(hours=26) - SECOND, True),
        (OPEN, STARTS + timedelta(hours=26), False),
        (CANCELLED, NOW, False),
    ],
)
def test_a_holder_reads_from_the_moment_it_opens_until_a_day_after(state: str, now: datetime, readable: bool) -> None:
    on = sheet(CLAIMED, state=state)
    holder = Reader(1, neighbour=True)
    assert may_read(holder, on.occurrence, on.claims[0], 1, now, NOW) is readable


async def test_what_was_moved_fades_at_its_new_time(tmp_path: Path) -> None:
    async with street(tmp_path) as here:
        (row,) = here.rows(Occurrence)
        with here.database.writing() as writing:
            faded(writing, row, here.clock.now())
        assert len([post for post in here.rows(Post) if post.kind == "fade"]) == 1


def test_lost_words_are_not_written_over() -> None:
    dialect = sqlite.dialect()
    dialect.confided_keys = Keys({"a": b"k" * 32})
    column = SealedJson("post.body", frozenset({"key"}))
    with pytest.raises(NoKeyError, match="not written over"):
        column.process_bind_param({"lost": True}, dialect)
    assert column.process_bind_param({"key": "x"}, dialect) == {"key": "x"}


def test_a_key_that_cannot_be_kept_is_said_and_an_older_schema_misses_none(tmp_path: Path) -> None:
    (tmp_path / "stool.key.new").mkdir()
    with pytest.raises(NoKeyError, match="cannot be kept"):
        keys(tmp_path / "stool.key", NOW)
    config = CONFIG.model_validate({"database": {"url": f"sqlite:///{tmp_path}/a.db"}})
    assert missing(config, Keys({})) is False


def test_a_key_is_on_the_disk_before_anything_is_sealed_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, synced = tmp_path / "stool.key", list[str]()
    monkeypatch.setattr(os, "fsync", lambda _: synced.append((tmp_path / "stool.key.new").read_text("utf-8")))
    made = keys(file, NOW)
    assert synced == [file.read_text("utf-8")]
    assert kept_keys(file).by_id == made.by_id


# ------------------------------------------------------------ codes


def test_a_code_to_link_is_good_for_ten_minutes_and_the_newest_alone(session: Session) -> None:
    old = linking.new_code(session, 1, 7, NOW)
    new = linking.new_code(session, 1, 7, NOW)
    session.flush()
    (row,) = session.exec(select(LinkCode)).all()
    assert row.expires == NOW + timedelta(minutes=10)
    assert linking.try_code(session, 2, ME, new, NOW)[0] == "wrong"
    if old != new:
        assert linking.try_code(session, 1, ("scene", "李阿姨"), old, NOW)[0] == "wrong"
    assert linking.live(session, 1, NOW + timedelta(minutes=10)) == []
    assert linking.try_code(session, 1, ("scene", "王伯"), new, NOW + timedelta(minutes=10) - SECOND) == ("right", 7)
    assert linking.try_code(session, 1, ("scene", "王伯"), new, NOW)[0] == "wrong", "it is used up"


def test_who_guesses_at_links_waits_twice_as_long_each_time_and_then_for_a_day(session: Session) -> None:
    good = linking.new_code(session, 1, 7, NOW)
    bad, at = f"{(int(good) + 1) % 10**6:06d}", NOW
    for n in range(linking.TRIES):
        assert linking.try_code(session, 1, ME, bad, at)[0] == "wrong"
        wait = timedelta(seconds=10) * 2**n
        if n < linking.TRIES - 1:
            assert linking.try_code(session, 1, ME, bad, at + wait - SECOND)[0] == "early"
        at += wait
    assert linking.TRIES == 5
    assert linking.try_code(session, 1, ME, good, at)[0] == "locked"
    assert linking.try_code(session, 1, ("scene", "李阿姨"), bad, at)[0] == "wrong", "others are not concerned"
    fresh = linking.new_code(session, 1, 7, at + timedelta(days=2))
    assert linking.try_code(session, 1, ME, fresh, at + timedelta(days=1))[0] == "right"


def test_after_fifty_wrong_codes_of_a_day_no_code_is_looked_at(session: Session) -> None:
    for n in range(49):
        session.add(LinkGuess(community_id=1, network="scene", account=f"{n}", wrong=1, last=NOW))
    session.add(LinkGuess(community_id=2, network="scene", account="x", wrong=50, last=NOW))
    session.flush()
    good = linking.new_code(session, 1, 7, NOW)
    bad = f"{(int(good) + 1) % 10**6:06d}"
    assert linking.try_code(session, 1, ("scene", "last"), bad, NOW)[0] == "wrong"
    assert linking.try_code(session, 1, ("scene", "later"), good, NOW)[0] == "locked"
    later = NOW + timedelta(days=1)
    again = linking.new_code(session, 1, 7, later)
    assert linking.try_code(session, 1, ("scene", "later"), again, later)[0] == "right"


def test_who_guesses_at_the_pairing_code_waits_from_ten_seconds_on(session: Session) -> None:
    pairing.new_code(session, 1, NOW)
    session.flush()
    good = pairing.new_code(session, 1, NOW)
    session.flush()
    bad = f"{(int(good) + 1) % 10**8:08d}"
    assert pairing.try_code(session, 1, "scene:陈伯", bad, NOW) == "wrong"
    assert pairing.try_code(session, 1, "scene:陈伯", bad, NOW + timedelta(seconds=10) - SECOND) == "early"
    assert pairing.try_code(session, 1, "scene:陈伯", bad, NOW + timedelta(seconds=10)) == "wrong"
    assert pairing.try_code(session, 1, "scene:陈伯", good, NOW + timedelta(seconds=30) - SECOND) == "early"
    assert pairing.try_code(session, 1, "scene:陈伯", good, NOW + timedelta(seconds=30)) == "right"


# ------------------------------------------------------------ quiet hours


def test_the_morning_after_is_nine_oclock_of_the_next_day() -> None:
    zone = SHANGHAI
    late = datetime(2026, 11, 27, 23, 30, tzinfo=zone)
    assert morning_after(late, zone) == datetime(2026, 11, 28, 9, tzinfo=zone)


def test_what_may_be_a_secret_on_the_wrong_line_is_not_repeated() -> None:
    with pytest.raises(ValueError, match=r"x{20}"):
        read_quiet("x" * 20)
    with pytest.raises(ValueError, match=r"^this is not"):
        read_quiet("x" * 21)


# ------------------------------------------------------------ whose fault it is


@pytest.mark.parametrize(
    ("said", "ended", "world"),
    [
        ("database is locked", False, True),
        ("database or disk is full", False, True),
        ("no such table: x", False, False),
        ("no such table: x", True, True),
        ('near "SELEC": syntax error', False, False),
        ("too many SQL variables", False, False),
        ("table post has no column named x", False, False),
    ],
)
def test_a_lock_a_disk_and_a_server_that_went_away_pass_and_a_wrong_statement_never_does(
    said: str, ended: bool, world: bool
) -> None:
    error = OperationalError("SELECT 1", {}, sqlite3.OperationalError(said), connection_invalidated=ended)
    assert passing(error) is world
