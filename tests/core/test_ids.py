"""Ids: larger than all before, never the same from two processes, whatever their clocks show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from core import ids
from core.db import Counter, Database
from core.ids import long, new_id, short, work_as

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def made(worker: int, count: int, moment: datetime) -> list[int]:
    """What a process of this number makes in one moment, beginning as a fresh one does."""
    ids._last = 0
    work_as(worker)
    return [new_id(moment) for _ in range(count)]


@pytest.fixture(autouse=True)
def as_before() -> object:
    kept = ids._last, ids._worker
    yield
    ids._last, ids._worker = kept


def test_two_processes_whose_clocks_stand_still_at_one_moment_never_make_the_same_id() -> None:
    one, other = made(1, 200_000, NOW), made(2, 200_000, NOW)
    assert not set(one) & set(other)


def test_each_id_is_larger_than_all_that_its_process_made_before() -> None:
    ids._last = 0
    found = []
    for step, worker in ((0, 4095), (0, 1), (-60, 2), (0, 3), (1, 1)):
        work_as(worker)
        found += [new_id(NOW + timedelta(seconds=step)) for _ in range(3_000)]
    assert found == sorted(set(found))


def test_an_id_made_now_is_larger_than_one_of_the_version_before() -> None:
    before = int((NOW - ids.EPOCH).total_seconds() * 1000) << 20 | (1 << 20) - 1
    assert made(0, 1, NOW)[0] > before


def test_ids_fit_into_63_bits_until_2093_and_their_words_into_13_letters() -> None:
    (last,) = made(4095, 1, datetime(2093, 6, 1, tzinfo=UTC))
    assert last < 1 << 63
    assert len(short(last)) <= 13
    assert long(short(last)) == last


def test_every_process_that_opens_a_database_takes_a_number_of_its_own(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    numbers = []
    for _ in range(3):
        database = Database(url)
        database.migrate()
        numbers.append(ids._worker)
        database.close()
    assert numbers == [1, 2, 3]


def test_the_counter_goes_on_where_the_numbers_of_processes_begin_anew(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    with database.writing() as session:
        row = session.get_one(Counter, "worker")
        row.value = 4_095
    database.migrate()
    assert ids._worker == 0
    with database.reading() as session:
        assert value(session) == 4_096
    database.close()


def value(session: Session) -> int:
    return session.get_one(Counter, "worker").value
