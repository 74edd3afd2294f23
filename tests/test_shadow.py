"""The shadow is noisy: what the scenes must not notice is there to be noticed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests import shadow


@pytest.fixture
def rows(tmp_path: Path) -> sqlite3.Connection:
    file = tmp_path / "shadow.db"
    file.write_bytes(shadow.begun())
    return sqlite3.connect(file)


def test_it_has_people_of_the_same_names_and_activities_of_the_same_numbers(rows: sqlite3.Connection) -> None:
    names = {name for (name,) in rows.execute("SELECT name FROM member")}
    assert {"杨老师", "陈伯", "李阿姨", "王伯"} <= names
    numbers = sorted(number for (number,) in rows.execute("SELECT number FROM occurrence WHERE state = 'open'"))
    assert numbers == [1, 2, 3, 4, 5, 6, 7]  # the daily patrol has two rosters up


def test_there_are_waiting_people_a_draft_and_a_group_that_nobody_confirmed(
    rows: sqlite3.Connection,
) -> None:
    for query in (
        "SELECT 1 FROM claim WHERE promised = 'waitlisted'",
        "SELECT 1 FROM occurrence WHERE state = 'draft'",
        "SELECT 1 FROM knownchat WHERE NOT private AND bound = ''",
        "SELECT 1 FROM post WHERE kind = 'ask' AND state = 'open'",
    ):
        assert rows.execute(query).fetchone(), query


def test_there_is_something_due_before_and_while_scenes_are_played(rows: sqlite3.Connection) -> None:
    due = [moment for (moment,) in rows.execute("SELECT not_before FROM post WHERE pending")]
    assert [moment for moment in due if moment < "2026-11-23"]
    assert len([moment for moment in due if "2026-11-23" <= moment <= "2026-11-28"]) > 20
