"""Records of hours as files: nothing in them is a formula, and quarters of hours are what was served."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

from openpyxl import load_workbook

from core.activities import Occurrence
from core.attendance import Attendance, served
from core.claims import FINISHED, NO_SHOW, Claim
from core.views.record_files import as_csv, as_xlsx, harmless

SEVEN = datetime(2026, 11, 24, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(*, came: int = 0, left: int = 0, happened: str = FINISHED, granted: int = 0) -> float:
    """How many hours count for who came and left so many minutes after 19:00, at a patrol until 21:00."""
    o = Occurrence(community_id=1, id=1, kind="patrol", starts_at=SEVEN, ends_at=SEVEN + 2 * HOUR)
    claim = Claim(community_id=1, id=1, happened=happened)
    row = Attendance(community_id=1, claim_id=1, minutes=granted)
    row.came_at = SEVEN + timedelta(minutes=came) if came else None
    row.left_at = SEVEN + timedelta(minutes=left) if left else None
    return served(o, claim, row) / HOUR


def test_hours_count_in_quarters_from_coming_to_leaving() -> None:
    assert hours() == 2
    assert hours(came=-5, left=125) == 2
    assert hours(came=40, left=121) == 1.25
    assert hours(left=150) == 2.5
    assert hours(left=400) == 2  # 平安结束 was pressed at home
    assert hours(happened=NO_SHOW) == 0
    assert hours(granted=45) == 0.75


def test_no_cell_is_a_formula() -> None:
    rows = [["姓名", "小时"], [harmless("=cmd()"), "2"], [harmless("@x"), "1.5"]]
    assert list(csv.reader(StringIO(as_csv(rows).decode("utf-8-sig"))))[1] == ["'=cmd()", "2"]
    sheet = load_workbook(BytesIO(as_xlsx([["=1+1"]]))).active
    assert sheet["A1"].data_type == "s"
