"""A table of people is taken in whole or not at all, and every bad row is named; a new key seals everything anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.backup import NotDone
from bot.config import Config
from bot.keys import open_database
from bot.register import take_in
from bot.rotating import rotate
from core.elders import Elder, known
from core.features.visit.read_table import read_table
from core.members import Member
from tests.bot.on_a_file import community

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HEAD = "姓名,楼号,室号,电话,备注,出生,同意"
GOOD = "孙奶奶,3,502,13900001111,耳背,1940,2026-11-01"
BAD_ROWS = [
    ",3,502,,,,是",
    "123,3,502,,,,是",
    "孙奶奶3,3,502,,,,是",
    "……,3,502,,,,是",
    f"{'孙' * 25},3,502,,,,是",
    "孙奶奶,,502,,,,是",
    "孙奶奶,不知道,502,,,,是",
    "孙奶奶,第三,502,,,,是",
    "孙奶奶,3号楼和5号楼,502,,,,是",
    "孙奶奶,3,五零二,,,,是",
    "孙奶奶,3,502-503,,,,是",
    "孙奶奶,3,1234567,,,,是",
    "孙奶奶,3,楼上,,,,是",
    "孙奶奶,3,AB,,,,是",
    "孙奶奶,3,502,1390,,,是",
    "孙奶奶,3,502,电话坏了,,,是",
    "孙奶奶,3,502,13900001111x,,,是",
    "孙奶奶,3,502,1390000111113900001111,,,是",
    "孙奶奶,3,502,无,,,是",
    "孙奶奶,3,502,139-,,,是",
    "孙奶奶,3,502,,=cmd(),,是",
    "孙奶奶,3,502,,@SUM(A1),,是",
    "孙奶奶,3,502,,+1+1,,是",
    "孙奶奶,3,502,,-x,,是",
    "=HYPERLINK(1),3,502,,,,是",
    f"孙奶奶,3,502,,{'长' * 201},,是",
    "孙奶奶,3,502,,耳\u202e背,,是",
    "孙奶奶,3,502,,耳\x07背,,是",
    "孙\u200b奶奶,3,502,,,,是",
    "孙奶奶,3,502,,,很老,是",
    "孙奶奶,3,502,,,1799,是",
    "孙奶奶,3,502,,,2030,是",
    "孙奶奶,3,502,,,2020,是",
    "孙奶奶,3,502,,,40,是",
    "孙奶奶,3,502,,,,",
    "孙奶奶,3,502,,,,否",
    "孙奶奶,3,502,,,,不同意",
    "孙奶奶,3,502,,,,没有",
    "孙奶奶,3,502,,,,no",
    "孙奶奶,3,502,,,,0",
    "孙奶奶,3,502,,,,也许",
    "孙奶奶,3,502,,,,2026-13-01",
    "孙奶奶,3,502,,,,2026-02-30",
    "孙奶奶,3,502,,,,2027-01-01",
    "孙奶奶,3,502,,,,上个月",
    "孙奶奶,3,502,,,,是,多了",
    "孙奶奶,3,502,,,,是,,又多了",
    "孙奶奶",
    "孙奶奶,3",
    "孙奶奶,3,502,13900001111",
    "=1+1,=1+1,=1+1,=1+1,=1+1,=1+1,=1+1",
]
BAD_HEADS = [
    "",
    "姓名,楼号",
    "姓名,楼号,室号,星座,同意",
    "姓名,姓名,楼号,同意",
    "楼号,室号,同意",
    "姓名,电话,同意",
    "1,2,3",
]


def table(*lines: str) -> list[list[str]]:
    return [line.split(",") for line in lines]


def test_there_are_fifty_kinds_of_bad_rows() -> None:
    assert len(set(BAD_ROWS)) >= 50


@pytest.mark.parametrize("row", BAD_ROWS)
def test_a_bad_row_is_named_with_its_line(row: str) -> None:
    found, problems = read_table(table(HEAD, GOOD, row), TODAY)
    assert {problem.line for problem in problems} == {3}
    assert [each.said.name for each in found] == ["孙奶奶"]


@pytest.mark.parametrize("head", BAD_HEADS)
def test_a_table_that_does_not_say_what_it_holds_is_refused(head: str) -> None:
    found, problems = read_table(table(head, GOOD), TODAY)
    assert (found, bool(problems)) == ([], True)


def test_all_that_is_wrong_with_a_row_is_named() -> None:
    _, problems = read_table(table(HEAD, ",3,5-0-2x,12345,,12,"), TODAY)
    assert {problem.code for problem in problems} >= {"no_name", "bad_flat", "bad_phone", "bad_born", "no_consent"}


def test_who_stands_there_twice_is_named_once() -> None:
    _, problems = read_table(table(HEAD, GOOD, GOOD), TODAY)
    assert [(problem.line, problem.code) for problem in problems] == [(3, "twice")]


def test_a_good_table_is_read_whole() -> None:
    rows = table("Name,Address,Phone,Age,Consent", "Mrs Sun,building 3 flat 502,07700 900123,86,yes", ",,,,")
    found, problems = read_table(rows, TODAY)
    assert problems == []
    (row,) = found
    assert (row.said.building, row.said.flat, row.said.born) == ("building 3", "502", "1940")


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A community with 杨老师 in it, on a file."""
    return community(tmp_path, NOW, {7: "杨老师"})


def names(config: Config) -> list[str]:
    database = open_database(config, NOW)
    with database.reading() as session:
        community = session.get(Member, (next(iter(ids(config))), 7))
        assert community is not None
        found = [each.said.name for each in known(session, community.community_id)]
    database.close()
    return found


def ids(config: Config) -> list[int]:
    database = open_database(config, NOW)
    with database.reading() as session:
        found = [row.community_id for row in session.exec(select(Member)).all()]
    database.close()
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_is_taken_in_whole_or_not_at_all(settings: Config, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "老人.csv"
    file.write_text(f"{HEAD}\n{GOOD}\n李爷爷,5,301,坏了,,,是\n", encoding=encoding)
    with pytest.raises(NotDone, match="第3行 电话") as refused:
        take_in(settings, file, "杨老师", NOW)
    assert "坏了" not in str(refused.value)
    assert names(settings) == []
    file.write_text(f"{HEAD}\n{GOOD}\n李爷爷,5,301,,,,是\n", encoding=encoding)
    with pytest.raises(NotDone, match="这里没有人叫谁"):
        take_in(settings, file, "谁", NOW)
    assert take_in(settings, file, "杨老师", NOW) == 2
    assert names(settings) == ["孙奶奶", "李爷爷"]
    with pytest.raises(NotDone, match="第2行"):
        take_in(settings, file, "杨老师", NOW)
    assert names(settings) == ["孙奶奶", "李爷爷"]


def test_a_workbook_is_taken_in_as_a_table_is(settings: Config, tmp_path: Path) -> None:
    book = Workbook()
    for cells in (HEAD.split(","), ["孙奶奶", 3, 502, 13900001111, "耳背", 1940, date(2026, 11, 1)]):
        book.active.append(cells)
    book.save(tmp_path / "老人.xlsx")
    assert take_in(settings, tmp_path / "老人.xlsx", "杨老师", NOW) == 1
    database = open_database(settings, NOW)
    with database.reading() as session:
        (row,) = session.exec(select(Elder)).all()
        assert (row.read().building, row.read().flat, row.read().phone) == ("3号楼", "502", "13900001111")
        assert row.consent_at.date() == date(2026, 11, 1)
    database.close()
    (tmp_path / "坏.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(NotDone, match="读不了"):
        take_in(settings, tmp_path / "坏.xlsx", "杨老师", NOW)


def test_a_new_key_seals_everything_anew_and_nothing_is_lost(settings: Config, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}\n{GOOD}\n", encoding="utf-8")
    take_in(settings, file, "杨老师", NOW)
    before = (tmp_path / "xiaobandeng.key").read_text("utf-8")
    shown = CliRunner().invoke(app, ["key", "rotate", "--config", str(tmp_path / "config.toml")])
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / "xiaobandeng.key").read_text("utf-8") != before
    assert names(settings) == ["孙奶奶"]
    new, sealed = rotate(settings, NOW)
    assert sealed >= 5
    assert new in (tmp_path / "xiaobandeng.key").read_text("utf-8")
    assert names(settings) == ["孙奶奶"]
