"""The pairing code itself: good once and for a day, of no use to whoever guesses, and nowhere to be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from core.db import Database
from core.pairing import DIGITS, LIFE, PAUSE, TRIES, TRIES_IN_ALL, PairingCode, awaited, new_code, spaced, try_code
from core.short_lives import empty

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATER = timedelta(hours=1)
"""Longer than anybody must wait after a wrong code."""
HERE = 1


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    file = tmp_path / "pairing.db"
    file.write_bytes(empty())
    database = Database(f"sqlite:///{file}")
    with database.writing() as session:
        yield session
    database.close()


def wrong(code: str, n: int = 1) -> str:
    """Another code than this one."""
    return f"{(int(code) + n) % 10**DIGITS:0{DIGITS}d}"


def test_a_code_is_good_once(session: Session) -> None:
    code = new_code(session, HERE, NOW)
    assert len(code) == DIGITS
    assert spaced(code).replace(" ", "") == code
    assert awaited(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:1", code, NOW) == "right"
    assert not awaited(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:1", code, NOW) == "wrong"
    assert try_code(session, HERE, "telegram:2", code, NOW) == "wrong"


def test_a_code_is_good_for_a_day(session: Session) -> None:
    code = new_code(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:1", code, NOW + LIFE) == "wrong"
    assert try_code(session, HERE, "telegram:1", code, NOW + LIFE - timedelta(seconds=1)) == "right"


def test_a_newer_code_takes_the_place_of_the_one_before(session: Session) -> None:
    older, newer = new_code(session, HERE, NOW), new_code(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:1", older, NOW) == "wrong"
    assert try_code(session, HERE, "telegram:2", newer, NOW) == "right"


def test_the_code_of_another_community_is_none_here(session: Session) -> None:
    code = new_code(session, HERE + 1, NOW)
    assert try_code(session, HERE, "telegram:1", code, NOW) == "wrong"
    assert try_code(session, HERE + 1, "telegram:1", code, NOW) == "right"


def test_without_any_code_every_code_is_wrong(session: Session) -> None:
    assert not awaited(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:1", "00000000", NOW) == "wrong"


def test_whoever_guesses_must_wait_longer_each_time_and_not_even_the_right_code_helps_sooner(session: Session) -> None:
    code, now = new_code(session, HERE, NOW), NOW
    for n in range(TRIES - 1):
        assert try_code(session, HERE, "telegram:1", wrong(code), now) == "wrong"
        soon = now + PAUSE * 2**n - timedelta(microseconds=1)
        assert try_code(session, HERE, "telegram:1", code, soon) == "early"
        assert try_code(session, HERE, "telegram:1", wrong(code), soon) == "early"
        now = soon + timedelta(microseconds=1)
    assert try_code(session, HERE, "telegram:1", code, now) == "right"


def test_an_account_that_guessed_too_often_is_not_looked_at_any_more_and_others_still_are(session: Session) -> None:
    code = new_code(session, HERE, NOW)
    for n in range(TRIES):
        assert try_code(session, HERE, "telegram:1", wrong(code), NOW + n * LATER) == "wrong"
    assert try_code(session, HERE, "telegram:1", code, NOW + TRIES * LATER) == "wrong"
    assert try_code(session, HERE, "matrix:1", code, NOW + TRIES * LATER) == "right"


def test_after_many_wrong_codes_from_many_accounts_the_code_is_dead(session: Session) -> None:
    code = new_code(session, HERE, NOW)
    for n in range(TRIES_IN_ALL):
        assert awaited(session, HERE, NOW)
        assert try_code(session, HERE, f"telegram:{n}", wrong(code, n + 1), NOW) == "wrong"
    assert not awaited(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:owner", code, NOW) == "wrong"
    code = new_code(session, HERE, NOW)
    assert try_code(session, HERE, "telegram:owner", code, NOW) == "right"


def test_nothing_that_is_kept_tells_the_code(session: Session, tmp_path: Path) -> None:
    code = new_code(session, HERE, NOW)
    try_code(session, HERE, "telegram:1", wrong(code), NOW)
    session.flush()
    row = session.get_one(PairingCode, HERE)
    assert code not in repr(row)
    assert wrong(code) not in repr(row)
    session.commit()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert code.encode() not in kept
    assert spaced(code).encode() not in kept


def test_codes_are_all_over_the_place(session: Session) -> None:
    codes = {new_code(session, HERE, NOW) for _ in range(20)}
    assert len(codes) == 20
    assert len({code[0] for code in codes}) > 3
