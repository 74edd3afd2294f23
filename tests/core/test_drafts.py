"""What was read is kept: everything of it comes back, and so does what earlier versions wrote."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from core.activities import Occurrence
from core.confided import Confided
from core.db import Database
from core.drafts import SINCE, VERSION, Before, Draft, Read, ReadPosting, ReadSlot, SlotBefore, before, keep, read_of
from core.reading.headcounts import Wanted
from core.reading.posts import Posting
from core.talk.kept import keep as keep_posting
from core.talk.kept import kept as kept_posting
from tests.keys import KEYS

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
aware = st.datetimes(timezones=st.just(UTC))
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)  # what can be stored
some = st.none() | words
count = st.none() | st.integers(0, 99)
postings = st.builds(
    Posting,
    kind=some, title=some, start=st.none() | st.dates() | aware, end=st.none() | st.dates() | aware,
    report_at=st.none() | aware, rrule=some, time=st.none() | st.times(), time_end=st.none() | st.times(),
    since=st.none() | st.dates(), except_=st.lists(st.dates(), max_size=2).map(tuple), place=some, min=count, max=count,
    slots=st.lists(st.builds(Wanted, words, count, count, words), max_size=2).map(tuple),
    bring=some, whom=some, rest=words, groups=st.lists(words, max_size=2).map(tuple),
    question=st.none(), ambiguous=st.booleans(), daypart=some,
)  # fmt: skip


@given(postings)
def test_everything_that_was_read_comes_back(posting: Posting) -> None:
    stored = Read.model_validate_json(Read(posting=keep_posting(posting)).model_dump_json())
    assert kept_posting(stored.posting) == posting


def test_what_reading_understands_is_kept_field_by_field() -> None:
    """A field that reading gains, loses or calls otherwise must be so here too, with `VERSION` and `SINCE`."""
    assert {f.name for f in fields(Posting)} - {"question"} == set(ReadPosting.model_fields)
    assert {f.name for f in fields(Wanted)} == set(ReadSlot.model_fields)


def test_there_is_a_way_from_every_version_to_this_one() -> None:
    assert sorted(SINCE) == [*range(1, VERSION)]


def rows(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/a.db", KEYS)
    database.migrate()
    return database


def stored(session: Session, **facts: object) -> Occurrence:
    """An activity whose draft says this."""
    o = Occurrence(community_id=1, id=7, kind="patrol", draft_id=8)
    session.add(Draft(community_id=1, id=8, occurrence_id=7, kept=Confided(json.dumps(facts))))
    session.flush()
    return o


def test_what_a_later_version_added_is_passed_over_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    database = rows(tmp_path)
    with database.writing() as session:
        read = read_of(session, stored(session, version=VERSION, posting={"kind": "patrol", "mood": 1}, colour="red"))
    assert read == Read(posting=ReadPosting(kind="patrol"))
    database.close()


def test_only_what_was_kept_of_a_change_counts_as_changed(tmp_path: Path) -> None:
    database = rows(tmp_path)
    whole = Before(state="open", slots={5: SlotBefore(max=2, label="3号楼")}, starts_at=NOW)
    with database.writing() as session:
        id = keep(session, Occurrence(community_id=1, id=7, kind="patrol"), whole, NOW)
    with database.reading() as session:
        was = before(session, 1, id)
        assert was == whole
        assert was.model_fields_set == {"state", "slots", "starts_at"}
        assert before(session, 1, 99) is None
    database.close()
