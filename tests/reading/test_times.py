"""Times as people write them: our own corpus, and every day said with every hour."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.reading.times import as_row, read_time, read_times, spell

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "corpora" / "times.jsonl").read_text("utf-8").splitlines()
]
FIELDS = ("start", "end", "rrule", "time", "time_end", "from")


def base_of(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["base"]).replace(tzinfo=ZoneInfo(row["tz"]))


@pytest.mark.parametrize("row", CORPUS, ids=[row["id"] for row in CORPUS])
def test_every_text_of_our_corpus_is_read_as_it_is_meant(row: dict[str, Any]) -> None:
    reading = read_time(row["text"], base=base_of(row), lang=row["lang"])
    read = as_row(reading, row["lang"], row["text"])
    assert read["kind"] == row["kind"]
    assert {name: read[name] for name in FIELDS} == {name: row.get(name) for name in FIELDS}
    assert read["except"] == row.get("except", [])
    assert reading.daypart == row.get("daypart")
    assert (reading.question.code if reading.question else None) == row.get("asks")


# ---------------------------------------------------------------- every day word x hour x way of writing it

DAYS = {
    word: int(ahead)
    for ahead, *words in map(
        str.split,
        """
        0 今天
        1 明天 本周四 植树节
        2 后天 周五 两天后
        3 大后天 星期六
        4 礼拜天 这周日
        5 下周一
        7 下星期三
        9 下个礼拜五 3月20日 三月二十号 20号 3.20 3/20 2026-03-20 2026年3月20日
        9 3月20日（周五） 周五（3月20日） 农历二月初二
        13 下下周二
        17 本月最后一个周六
        24 清明前一天
        25 清明节 下月5号
        51 五一
        100 端午节
        """.strip().splitlines(),
    )
    for word in words
}
HOURS = {
    "晚上7点": (19, 0), "晚7点半": (19, 30), "晚上七点一刻": (19, 15), "晚上七点二十": (19, 20), "19:30": (19, 30),
    "19点": (19, 0), "下午3点": (15, 0), "下午三点半": (15, 30), "下午3:45": (15, 45), "中午12点": (12, 0),
    "中午一点": (13, 0), "傍晚六点": (18, 0), "十八点三十分": (18, 30), "晚上十点": (22, 0), "15时": (15, 0),
    "下午2点整": (14, 0), "夜里十一点": (23, 0), "下午五点三刻": (17, 45),
}  # fmt: skip


@pytest.mark.parametrize("glue", ["", " ", "，", "的"])
@pytest.mark.parametrize("around", ["{}集合", "通知：{}在3号楼前集合，需要4人"])
def test_every_day_can_be_said_with_every_hour(glue: str, around: str) -> None:
    wrong = []
    for (day, ahead), (hour, clock) in product(DAYS.items(), HOURS.items()):
        if glue == "的" and hour[0].isdigit():
            continue
        text = around.format(day + (glue or " " * (day[-1].isdigit() and hour[0].isdigit())) + hour)
        expected = datetime.combine(date(2026, 3, 11) + timedelta(days=ahead), datetime.min.time(), ZONE)
        expected = expected.replace(hour=clock[0], minute=clock[1])
        if read_time(text, base=WEDNESDAY).start != expected:
            wrong.append(text)
    assert wrong == []


RANGES = {
    "晚上7点到9点": ((19, 0), (21, 0)), "晚上7点半-9点": ((19, 30), (21, 0)), "19:00-21:00": ((19, 0), (21, 0)),
    "19：00～21：30": ((19, 0), (21, 30)), "下午两点至四点半": ((14, 0), (16, 30)), "下午2:00—4:00": ((14, 0), (16, 0)),
    "下午2-4点": ((14, 0), (16, 0)), "上午9点到下午3点": ((9, 0), (15, 0)), "9点到17点": ((9, 0), (17, 0)),
    "早上6点半到8点": ((6, 30), (8, 0)), "中午11点半至1点": ((11, 30), (13, 0)), "晚上七八点": ((19, 0), (20, 0)),
    "晚上7点，为期2小时": ((19, 0), (21, 0)), "上午8:30~11:00": ((8, 30), (11, 0)),
    "从下午3点到5点一刻": ((15, 0), (17, 15)),
}  # fmt: skip


def test_every_day_can_be_said_with_every_range_of_hours() -> None:
    wrong = []
    for (day, ahead), (hours, (start, end)) in product(DAYS.items(), RANGES.items()):
        if ahead == 0 and start[0] <= WEDNESDAY.hour:
            continue
        text = f"{day} {hours}巡逻"
        on = datetime.combine(date(2026, 3, 11) + timedelta(days=ahead), datetime.min.time(), ZONE)
        reading = read_time(text, base=WEDNESDAY)
        if (reading.start, reading.end) != (
            on.replace(hour=start[0], minute=start[1]),
            on.replace(hour=end[0], minute=end[1]),
        ):
            wrong.append(text)
    assert wrong == []


RHYTHMS = {
    "每天": "FREQ=DAILY",
    "天天": "FREQ=DAILY",
    "隔天": "FREQ=DAILY;INTERVAL=2",
    "每周三": "FREQ=WEEKLY;BYDAY=WE",
    "每周二、四": "FREQ=WEEKLY;BYDAY=TU,TH",
    "每周一三五": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "每个星期六": "FREQ=WEEKLY;BYDAY=SA",
    "每逢周末": "FREQ=WEEKLY;BYDAY=SA,SU",
    "工作日": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "周一到周五": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "每周一至周四": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
    "隔周周五": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "每两周一次周六": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
    "每月15号": "FREQ=MONTHLY;BYMONTHDAY=15",
    "每月1号和15号": "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "每月第一个周六": "FREQ=MONTHLY;BYDAY=1SA",
    "每月最后一个星期五": "FREQ=MONTHLY;BYDAY=-1FR",
    "每月最后一天": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "每年3月5日": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5",
    "每年教师节": "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=10",
}


def test_every_rhythm_can_be_said_with_every_hour_and_range() -> None:
    wrong = []
    hours = {said: (clock, None) for said, clock in HOURS.items()} | RANGES
    for (rhythm, rrule), (said, (start, end)) in product(RHYTHMS.items(), hours.items()):
        reading = read_time(f"{rhythm}{said}护学岗", base=WEDNESDAY)
        read = (reading.rrule, _pair(reading.time), _pair(reading.time_end))
        if read != (rrule, start, end):
            wrong.append((rhythm + said, read))
    assert wrong == []


def _pair(time: Any) -> tuple[int, int] | None:
    return None if time is None else (time.hour, time.minute)


ENGLISH_DAYS = {
    "today": 0, "tomorrow": 1, "the day after tomorrow": 2, "Friday": 2, "on Saturday": 3, "this Sunday": 4,
    "next Monday": 5, "next Wed": 7, "March 20": 9, "Mar 20th": 9, "20 March": 9, "the 20th of March": 9,
    "Fri 20 Mar": 9, "March 20, 2026": 9, "2026-03-20": 9, "in two days": 2, "the last Saturday of March": 17,
    "the day before Qingming": 24,
}  # fmt: skip
ENGLISH_HOURS = {
    "7pm": (19, 0), "at 7 pm": (19, 0), "7:30pm": (19, 30), "19:30": (19, 30), "at noon": (12, 0),
    "3 o'clock": (15, 0), "half past seven in the evening": (19, 30), "at 8 in the evening": (20, 0),
    "at 11:15 am": (11, 15), "at 7.30pm": (19, 30),
}  # fmt: skip


def test_every_english_day_can_be_said_with_every_hour_before_or_after() -> None:
    wrong = []
    for (day, ahead), (hour, clock) in product(ENGLISH_DAYS.items(), ENGLISH_HOURS.items()):
        expected = datetime.combine(date(2026, 3, 11) + timedelta(days=ahead), datetime.min.time(), ZONE)
        expected = expected.replace(hour=clock[0], minute=clock[1])
        both = (f"patrol {day} {hour}", f"patrol {hour} {day}")
        wrong += [text for text in both if read_time(text, base=WEDNESDAY, lang="en").start != expected]
    assert wrong == []


# ---------------------------------------------------------------- single truths


def test_full_width_and_traditional_writing_is_read_and_the_words_are_the_writers_own() -> None:
    text = "通知：週六下午３點至５點 書法班"
    reading = read_time(text, base=WEDNESDAY)
    assert reading.start == datetime(2026, 3, 14, 15, tzinfo=ZONE)
    assert reading.words(text) == "週六下午３點至５點"


def test_a_meeting_time_beside_the_start_is_a_time_of_its_own_on_the_same_day() -> None:
    readings = read_times("时间：1月8日晚上8点到10点\n集合：7点50分，居委会门口", base=WEDNESDAY)
    assert [reading.start for reading in readings] == [
        datetime(2027, 1, 8, 20, tzinfo=ZONE),
        datetime(2027, 1, 8, 19, 50, tzinfo=ZONE),
    ]


def test_a_house_a_line_a_price_and_a_telephone_are_no_times() -> None:
    for text in ("3号楼101室", "坐2号线", "13度", "021-64123456", "东风路12号", "每斤3.5元", "我有两点建议"):
        assert read_time(text, base=WEDNESDAY).kind is None, text


def test_a_day_that_does_not_exist_is_asked_about_and_not_read() -> None:
    reading = read_time("2月30日晚上7点", base=WEDNESDAY)
    assert reading.kind is None
    assert reading.question is not None
    assert reading.question.words("zh") == "没有2月30日。是哪一天？"
    assert reading.question.words("en") == "There is no 30 February. Which day is it?"


def test_a_date_and_a_weekday_that_disagree_are_asked_about() -> None:
    reading = read_time("3月18日（星期四）14:00", base=WEDNESDAY)
    assert reading.start == datetime(2026, 3, 18, 14, tzinfo=ZONE)
    assert reading.question is not None
    assert reading.question.words("zh") == "3月18日是周三，不是周四。是哪一天，3月18日还是3月19日？"


def test_a_bare_hour_is_asked_about_unless_it_is_written_with_a_date() -> None:
    assert read_time("8点集合", base=WEDNESDAY).question is not None
    assert read_time("3月20日 8:00集合", base=WEDNESDAY).question is None


def test_next_sunday_said_on_a_sunday_is_asked_about() -> None:
    sunday = datetime(2026, 3, 15, 9, tzinfo=ZONE)
    reading = read_time("下周日大扫除", base=sunday)
    assert reading.start == date(2026, 3, 22)
    assert reading.question is not None
    assert reading.question.words("zh") == "是3月22日还是3月29日？"


def test_tomorrow_said_after_midnight_is_asked_about() -> None:
    late = datetime(2026, 3, 12, 0, 30, tzinfo=ZONE)
    reading = read_time("明早8点值班", base=late)
    assert reading.start == datetime(2026, 3, 13, 8, tzinfo=ZONE)
    assert reading.question is not None
    assert reading.question.words("zh") == "是3月12日还是3月13日？"
    assert read_time("今晚8点值班", base=late).start == datetime(2026, 3, 12, 20, tzinfo=ZONE)


def test_without_guessing_a_part_of_the_day_is_only_a_day() -> None:
    guessed = read_time("明天晚饭后散步", base=WEDNESDAY)
    assert (guessed.gran, guessed.daypart) == ("time", "evening")
    plain = read_time("明天晚饭后散步", base=WEDNESDAY, guess=False)
    assert (plain.kind, plain.gran, plain.start) == ("instant", "day", date(2026, 3, 12))


def test_what_a_reading_is_said_back_as() -> None:
    said = {
        "周五晚上7点到9点": "3月13日周五晚上7点到9点",
        "今晚10点到次日凌晨2点": "3月11日周三晚上10点到次日凌晨2点",
        "每周二、四早上6:30": "每周二、四早上6点半",
        "1月3号上午": "2027年1月3日周日上午",
        "周五晚上6点前": "3月13日周五晚上6点前",
    }
    for text, words in said.items():
        assert spell(read_time(text, base=WEDNESDAY), "zh", WEDNESDAY.date()) == words
    assert spell(read_time("周五晚上7点", base=WEDNESDAY), "en", WEDNESDAY.date()) == "Friday 13 March 7 pm"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("国庆假期第一天", "10-01"), ("国庆第一天", "10-01"), ("国庆长假第三天", "10-03"), ("国庆假期最后一天", "10-07"),
        ("国庆节第二天", "10-02"), ("国庆的第二天", "10-02"), ("中秋假期第二天", "09-26"),
    ],
)  # fmt: skip
def test_a_day_of_a_holiday_is_one_of_those_that_are_off(words: str, day: str) -> None:
    assert str(read_time(words, base=datetime(2026, 9, 11, 10, tzinfo=ZONE)).start) == f"2026-{day}"


@pytest.mark.parametrize("words", ["今年七十三", "我今年七十三了", "今年73岁", "他今年八十五，身体好"])
def test_an_age_is_no_year(words: str) -> None:
    assert read_time(words, base=WEDNESDAY).kind is None
