"""A table of people for lists is taken in whole or not at all; every bad row is named, and all is shown before."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session, select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.backup import NotDone
from bot.config import Config
from bot.fetching import as_words
from bot.keys import open_database
from bot.lists_import import take_in
from bot.rights import served
from core.deeds import lists as deeds
from core.features.lists.read_table import read_lists
from core.here import Here
from core.lists import lists, people_on
from core.members import Member, members
from core.said import tables
from core.work import Actor, Work
from tests.bot.on_a_file import community

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HEAD = "支部,姓名"
GOOD = "第一支部,孙建国"
BAD_ROWS = [
    ",李阿姨",
    "第一支部,",
    "第一支部",
    "第一支部,   ",
    "　,李阿姨",
    "第一支部,张三、李四",
    "第一支部,张三，李四",
    "第一支部,张三；李四",
    "第一支部,张三/李四",
    "第一支部,张三|李四",
    "第一支部,张三 李四",
    "第一支部,Tom and Mary",
    "第一支部,Tom & Mary",
    "第一支部,张三\n李四",
    "第一支部,13900001111",
    "第一支部,139 0000 1111",
    "第一支部,2026-11-01",
    "第一支部,1",
    "第一支部,……",
    "第一支部,-",
    "第一支部,？",
    "第一支部,李阿姨？",
    "第一支部,李阿姨!",
    "第一支部,😀",
    "第一支部,无",
    "第一支部,空",
    "第一支部,待定",
    "第一支部,不详",
    "第一支部,N/A",
    "第一支部,合计",
    "第一支部,合计：38人",
    "第一支部,以下空白",
    "第一支部,total",
    "第一支部,=cmd()",
    "第一支部,@SUM(A1)",
    "第一支部,+张三",
    "第一支部,-张三",
    "=1+1,李阿姨",
    f"第一支部,{'长' * 25}",
    f"第一支部,{'长' * 201}",
    f"{'长' * 25},李阿姨",
    "第一支部,李\u202e阿姨",
    "第一支部,李\u200b阿姨",
    "第一支部,李\x07阿姨",
    "第\u200b一支部,李阿姨",
    "12,李阿姨",
    "……,李阿姨",
    "第一支部、第二支部,李阿姨",
    "合计,李阿姨",
    "第一支部,<b>李阿姨</b>",
    "第一支部,https://example.org",
    "第一支部,li@example.org",
    "第一支部,李阿姨,多了",
    "第一支部,李阿姨,,又多了",
    "第一支部,孙建国",
    "第1支部,孙建国",
    "一支部,孙 建国",
]
BAD_TABLES = [
    "",
    "\n第一支部,孙建国",
    "支部,电话\n第一支部,1",
    "支部,姓名,姓名\n第一支部,甲,乙",
    "支部,姓名",
    "支部,姓名\n,\n",
]


def test_there_are_fifty_kinds_of_bad_rows() -> None:
    assert len(set(BAD_ROWS)) >= 50


@pytest.mark.parametrize("row", BAD_ROWS)
def test_a_bad_row_is_named_with_its_line(row: str) -> None:
    said = read_lists([HEAD.split(","), GOOD.split(","), row.split(",")])
    assert {problem.line for problem in said.problems} == {3}


@pytest.mark.parametrize("table", BAD_TABLES)
def test_a_table_that_holds_nobody_is_refused(table: str) -> None:
    said = read_lists(tables.separated(table))
    assert said.problems
    assert not said.rows


def test_a_list_may_be_called_by_the_file_and_other_columns_are_left_aside() -> None:
    said = read_lists([["序号", "姓 名", "电话"], ["1", "3号楼王阿姨", "13900001111"]], "第一支部")
    assert (said.problems, said.aside) == ((), ("序号", "电话"))
    assert [(row.list, row.name) for row in said.rows] == [("第一支部", "3号楼王阿姨")]
    assert read_lists([["姓名"], ["王阿姨"]], "2026").problems


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """A community with 杨老师, two 王阿姨 and a list, on a file."""

    def listed(session: Session, here: Here) -> None:
        deeds.keep(Work(session, here, NOW, Actor(7, ("", ""), "import")), "第一支部", [7, 10])

    people = {7: "杨老师", 8: "王阿姨", 9: "王阿姨", 10: "陈伯", 11: "李秀英"}
    return community(tmp_path, NOW, people, listed)


def kept(config: Config) -> dict[str, list[str]]:
    """Who is on which list."""
    database = open_database(config, NOW)
    with database.reading() as session:
        (here,) = served(session, config, NOW)
        called = {each.id: each.name for each in members(session, here.id)}
        found = {
            row.name: [called[id] for id in people_on(session, here.id, row.id)] for row in lists(session, here.id)
        }
        assert len(session.exec(select(Member)).all()) == len(called)
    database.close()
    return found


def book(*lines: str) -> bytes:
    """A workbook with these rows."""
    made, out = Workbook(), BytesIO()
    for line in lines:
        made.active.append(line.split(","))
    made.save(out)
    return out.getvalue()


def test_a_workbook_is_shown_then_kept(settings: Config, tmp_path: Path) -> None:
    shown: list[str] = []
    table = tmp_path / "名册.xlsx"
    table.write_bytes(book("支部,姓名", "一支部,陈伯", "一支部,秀英", "第二支部,赵师傅", "第三支部,赵师傅"))
    refused = take_in(settings, table, "杨老师", NOW, lambda _: False)
    assert (refused, kept(settings)) == (["好的，名单都没有动。"], {"第一支部": ["杨老师", "陈伯"]})
    take_in(settings, table, "杨老师", NOW, lambda lines: bool(shown.extend(lines)) or True)
    assert "减1人：杨老师" in shown
    assert kept(settings) == {"第一支部": ["陈伯", "李秀英"], "第二支部": ["赵师傅"], "第三支部": ["赵师傅"]}


def test_nothing_is_half_imported(settings: Config, tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_bytes("支部\t姓名\n第二支部\t赵师傅\n第二支部\t王阿姨\n".encode("gb18030"))
    with pytest.raises(NotDone, match="第3行：有两位都可能是"):
        take_in(settings, table, "杨老师", NOW, lambda _: True)
    assert kept(settings) == {"第一支部": ["杨老师", "陈伯"]}


def test_the_command_asks_first(settings: Config, tmp_path: Path) -> None:
    table = tmp_path / "第二支部.csv"
    table.write_text("姓名\n赵师傅\n", encoding="utf-8")
    asked = ["import", str(table), "--lists", "--by", "杨老师", "--config", str(settings.file)]
    no = CliRunner().invoke(app, asked, input="n\n")
    assert (no.exit_code, "第二支部" in kept(settings)) == (0, False)
    yes = CliRunner().invoke(app, [*asked, "--yes"])
    assert (yes.exit_code, kept(settings)["第二支部"]) == (0, ["赵师傅"])


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.xlsx", b"PK\x03\x04 broken"), ("a.csv", b"\x00\xff\x00"), ("a.csv", b'"open\n'), ("a.csv", b"x" * 5_000_001)],
)
def test_what_is_no_table_is_no_words(name: str, raw: bytes) -> None:
    assert as_words(name, raw) == ""


def test_a_workbook_that_was_sent_is_read_as_one_table() -> None:
    assert as_words("名册.XLSX", book("支部,姓名", "一支部,陈伯")) == "支部,姓名\r\n一支部,陈伯\r\n"
