"""What holds for every text, however strange."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.reading.text import plain
from core.reading.times import TimeReading, as_row, read_time, read_times, spell

ZONE = ZoneInfo("Asia/Shanghai")
CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "corpora" / "times.jsonl").read_text("utf-8").splitlines()
]
WORDS = """
今天 明天 后天 周五 下周三 本月 3月 15号 2月30日 农历 初八 春节 清明 早上 晚上 晚饭后 8点 七点半 19:30 9:00
到 - 至 次日 每 每周 每月 第一个 最后一个 前 后 内 起 止 以前 未来 三天 两小时 半 除了 除外 、 和 号楼 人 元 ， 。
（ ） 工作日 隔周 月底 年 十 廿 零 一 every next Friday Mar 14 th at 7 pm to until from the first of in 2 days ago
noon half past every other except
""".split()  # noqa: SIM905 - eighty words in quotes are no longer words
texts = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda glue: glue.join(words))
)
FIRST, LAST = datetime(2024, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001 - hypothesis wants them naive
bases = st.datetimes(FIRST, LAST).map(lambda at: at.replace(tzinfo=ZONE))


def is_sound(text: str, reading: TimeReading) -> None:
    as_row(reading, "zh", text)
    spell(reading, "zh")
    spell(reading, "en")
    assert all(0 <= start <= end <= len(text) for start, end in reading.spans)
    if reading.start is not None and reading.end is not None:
        assert isinstance(reading.start, datetime) == isinstance(reading.end, datetime) == (reading.gran == "time")
        assert reading.start <= reading.end
    if reading.gran == "time" and isinstance(reading.start, datetime):
        assert reading.start.tzinfo is ZONE
    if reading.kind is None:
        assert (reading.start, reading.end, reading.rrule) == (None, None, None)


@settings(max_examples=300, deadline=None)
@given(text=texts, base=bases)
def test_no_row_of_time_words_raises_or_gives_an_unsound_reading(text: str, base: datetime) -> None:
    is_sound(text, read_time(text, base=base))
    for reading in read_times(text, base=base, lang="en"):
        is_sound(text, reading)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80), base=bases)
def test_no_text_at_all_raises(text: str, base: datetime) -> None:
    is_sound(text, read_time(text, base=base))


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_plain_text_knows_where_every_character_came_from(text: str) -> None:
    folded = plain(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)


def test_ten_thousand_characters_are_read_like_any_others() -> None:
    base = datetime(2026, 3, 11, 10, tzinfo=ZONE)
    for unit in (*WORDS, "1-", "周一到", "9点9点", "（）", "٣", "🀄", "\u0301"):
        text = (unit * 10_000)[:10_000]
        is_sound(text, read_time(text, base=base))


FLOATING = (
    "周五",
    "星期三",
    "15号",
    "3月20日",
    "12月1日",
    "端午节",
    "初八",
    "月底",
    "8点",
    "晚上7点",
    "早上6点半",
    "19:30",
)


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(FLOATING), min_size=1, max_size=1), base=bases)
def test_words_that_do_not_speak_of_the_past_are_never_read_as_the_past(words: list[str], base: datetime) -> None:
    reading = read_time(words[0], base=base)
    last = reading.end or reading.start
    if isinstance(reading.start, datetime):
        assert reading.start >= base.replace(second=0, microsecond=0)
    else:
        assert isinstance(last, date)
        assert last >= base.date()


def meaning(reading: TimeReading) -> tuple[object, ...]:
    times = (reading.kind, reading.gran, reading.start, reading.end, reading.time, reading.time_end)
    return (*times, reading.rrule, reading.since, reading.except_)


def test_reading_a_read_back_gives_the_same_reading() -> None:
    lunar = "FREQ=YEARLY"  # a rule by the lunar calendar, or by a season, is more than its RRULE says
    for row in CORPUS:
        base = datetime.fromisoformat(row["base"]).replace(tzinfo=ZONE)
        reading = read_time(row["text"], base=base, lang=row["lang"])
        over = isinstance(reading.start, datetime) and reading.start.date() == base.date() and reading.start < base
        if reading.kind is None or reading.rrule == lunar or over:
            continue
        for lang in ("zh", "en"):
            said = spell(reading, lang, base.date())
            assert meaning(read_time(said, base=base, lang=lang)) == meaning(reading), (row["text"], said)


@settings(max_examples=200, deadline=None)
@given(
    day=st.dates(date(2026, 3, 12), date(2027, 2, 28)),
    start=st.times(),
    length=st.integers(5, 600),
    lang=st.sampled_from(["zh", "en"]),
)
def test_any_range_of_hours_survives_being_said_and_read(day: date, start: object, length: int, lang: str) -> None:
    base = datetime(2026, 3, 11, 10, tzinfo=ZONE)
    begin = datetime.combine(day, start.replace(second=0, microsecond=0), ZONE)
    reading = TimeReading("range", "time", begin, begin + timedelta(minutes=length))
    again = read_time(spell(reading, lang, base.date()), base=base, lang=lang)
    assert meaning(again) == meaning(reading), spell(reading, lang, base.date())
