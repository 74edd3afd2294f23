"""What is confided: shown by no accident, sealed in the database, and lost words are said to be lost."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, event
from sqlmodel import Field, Session, SQLModel, select

from core import columns
from core.confided import Confided
from core.seals import Keys, NoKeyError, keep_keys, kept_keys

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ELDER = "孙奶奶 3号楼502 耳背"


class Card(SQLModel, table=True):
    """A table with words that are confided, for these tests."""

    __tablename__ = "test_card"
    metadata = MetaData()  # not one of the program's tables

    id: int = Field(primary_key=True)
    whom: Confided = columns.confided("test_card.whom")
    also: Confided = columns.confided("test_card.also")


WAYS: dict[str, Callable[[Confided], str]] = {
    "printed": str,
    "shown": repr,
    "formatted": lambda words: f"{words}|{words:>40}|{words!r}",
    "joined": lambda words: "{} %s".format(words) % words,  # noqa: UP032 - the old ways are meant
    "in a list": lambda words: str([words, {"whom": words}]),
    "logged": lambda words: logging.makeLogRecord({"msg": "to %s", "args": (words,)}).getMessage(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_it_down_shows_it(way: str) -> None:
    shown = WAYS[way](Confided(ELDER))
    assert "…" in shown
    assert not set(ELDER) & set(shown) - {" "}


@pytest.mark.parametrize("way", [json.dumps, pickle.dumps, copy.copy, copy.deepcopy, hash, "".join, len, sorted])
def test_what_would_keep_or_take_it_apart_is_refused(way: Callable[[object], object]) -> None:
    with pytest.raises(TypeError) as refused:
        way(Confided(ELDER))
    assert ELDER not in str(refused.value)


def test_it_is_compared_only_where_that_is_meant() -> None:
    with pytest.raises(TypeError):
        assert Confided(ELDER) == ELDER
    assert Confided(ELDER).same_as(Confided(ELDER))
    assert not Confided(ELDER).same_as(Confided("3号楼"))
    assert bool(Confided(ELDER))
    assert not Confided()
    assert Confided(ELDER).privately() == ELDER


def cards(path: Path, keys: Keys) -> Session:
    engine = create_engine(f"sqlite:///{path}")
    engine.dialect.confided_keys = keys

    @event.listens_for(engine, "connect")
    def lasting(connection: object, _: object) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS test_card (id INTEGER PRIMARY KEY, whom TEXT, also TEXT)")

    return Session(engine)


def test_the_database_has_no_letter_of_it_and_gives_it_back(tmp_path: Path) -> None:
    keys = Keys({}).with_new(NOW)
    with cards(tmp_path / "a.db", keys) as session:
        session.add(Card(id=1, whom=Confided(ELDER)))
        session.commit()
    assert ELDER.encode() not in (tmp_path / "a.db").read_bytes()
    with cards(tmp_path / "a.db", keys) as session:
        card = session.exec(select(Card)).one()
        assert card.whom.privately() == ELDER
        assert not card.also


def test_a_seal_is_of_no_use_in_another_column_or_twice_alike() -> None:
    keys = Keys({}).with_new(NOW)
    sealed = keys.seal(ELDER, "card.whom")
    assert keys.seal(ELDER, "card.whom") != sealed
    with pytest.raises(NoKeyError):
        keys.open(sealed, "card.also")


def test_after_a_new_key_the_old_seals_still_open_and_new_ones_are_of_the_new_key() -> None:
    old = Keys({}).with_new(NOW)
    new = old.with_new(NOW)
    assert new.open(old.seal(ELDER, "x"), "x") == ELDER
    with pytest.raises(NoKeyError):
        old.open(new.seal(ELDER, "x"), "x")


def test_without_the_key_the_words_are_lost_and_everything_else_is_read(tmp_path: Path) -> None:
    with cards(tmp_path / "a.db", Keys({}).with_new(NOW)) as session:
        session.add(Card(id=1, whom=Confided(ELDER)))
        session.commit()
    with cards(tmp_path / "a.db", Keys({})) as session:
        card = session.exec(select(Card)).one()
        assert card.id == 1
        assert card.whom
        assert card.whom.lost
        assert card.whom.privately() == ""
        session.add(Card(id=2, whom=Confided(ELDER)))
        with pytest.raises(Exception, match="no key to seal with") as refused:
            session.commit()
        assert ELDER not in str(refused.value)


def test_lost_words_are_never_written_over_what_is_still_sealed(tmp_path: Path) -> None:
    keys = Keys({}).with_new(NOW)
    with cards(tmp_path / "a.db", keys) as session:
        session.add(Card(id=1, whom=Confided(ELDER)))
        session.commit()
    with cards(tmp_path / "a.db", Keys({}).with_new(NOW)) as session:
        card = session.exec(select(Card)).one()
        card.also = card.whom
        with pytest.raises(Exception, match="not written to another place"):
            session.commit()
    with cards(tmp_path / "a.db", keys) as session:
        assert session.exec(select(Card)).one().whom.privately() == ELDER


def test_the_file_of_keys_is_its_owners_alone_and_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "xiaobandeng.key"
    assert kept_keys(file).by_id == {}
    keys = kept_keys(file).with_new(NOW)
    keep_keys(keys)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kept_keys(file).by_id == keys.by_id
    assert [*file.parent.iterdir()] == [file]


def test_a_file_that_holds_no_keys_is_named_and_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "xiaobandeng.key"
    file.write_text("something else", "utf-8")
    with pytest.raises(NoKeyError, match=r"xiaobandeng\.key cannot be read"):
        kept_keys(file)


class Counted:
    """Words under a seal; how often it was opened is counted."""

    def __init__(self, words: str | None) -> None:
        self.words = words
        self.opened = 0

    def open(self) -> str | None:
        self.opened += 1
        return self.words


def test_the_same_words_are_the_same_and_under_one_seal_without_opening_it() -> None:
    seal = Counted(ELDER)
    one, other = Confided(seal=seal), Confided(seal=seal)
    assert one.same_as(one)
    assert one.same_as(other)
    assert Confided(ELDER).same_as(Confided(ELDER))
    assert seal.opened == 0
    assert not one.same_as(Confided("别的"))
    assert not one.same_as(Confided(seal=Counted(None))), "what is lost is like nothing else"
    assert not Confided().same_as(Confided(seal=Counted(None)))


def test_a_seal_is_opened_once() -> None:
    seal = Counted(ELDER)
    words = Confided(seal=seal)
    assert [words.privately(), words.privately()] == [ELDER, ELDER]
    assert seal.opened == 1
