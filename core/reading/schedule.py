"""When a posting's activity is, when to be there, and what must be asked about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.reading.kinds import Kind, Kinds
from core.reading.numerals import number
from core.reading.page import Page
from core.reading.posting import Posting
from core.reading.question import Question, which_half
from core.reading.settling import asking
from core.reading.times import TimeReading, part_said, read_time, read_times
from core.reading.vocabulary import regex

_MEET = regex("schedule", "meet")
_MEET_AFTER = re.compile(regex("schedule", "meet_after", _MEET=_MEET))
_MEET_BEFORE = re.compile(regex("schedule", "meet_before", _MEET=_MEET))
_EARLY = re.compile(regex("schedule", "early"))
_EN_EARLY = {
    "ten": 10,
    "five": 5,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "half an": 30,
    "an": 60,
    "a quarter of an": 15,
}


@dataclass(frozen=True, slots=True)
class When:
    main: TimeReading
    report_at: datetime | None = None


def read_when(page: Page, text: str, base: datetime, kinds: Kinds, lang: str) -> When:
    """The time of the activity and the time to be there, both struck out on the page."""
    early = _early(page, text)
    text = _A_LITTLE.sub("〇〇", text)
    text = _FOODS.sub(lambda food: "〇" * len(food[0]), text)
    every = read_times(text, base=base, lang=lang, weekly=True)
    times = [t for t in every if not (early and _inside(t, early[1]))]
    main = every[0] if len(every) == 1 else read_time(text, base=base, lang=lang, weekly=True)
    main = next((t for t in every if t.spans == main.spans), main)  # an hour alone is on the day said before it
    hours = [t for t in times if t.rrule or (isinstance(t.start, datetime) and not t.daypart)]
    marked = [t for t in hours if _is_meeting(t, text)]
    ends = [t for t in hours if t not in marked and _is_end(t, text)]
    others = [t for t in hours if t not in marked and t not in ends]
    if len(marked) > 1 and not others:  # 7点45集合8点出发: the word between belongs to the first
        marked, others = marked[:1], marked[1:]
    report = None
    if marked and others:
        main, report = _with_meeting(main, marked[0], others)
    elif ends and main in ends and (others or marked):
        main = (others or marked)[0]
    if ends and main.end is None and isinstance(main.start, datetime) and main not in ends:
        main = replace(main, kind="range", end=_after(main.start, ends[0]))
    main = _by_its_name(main, text, page.left, kinds)
    page.strike_written(main.spans)
    for other in (*marked, *ends, *(t for t in times if _said_with(t, main, t.words(text).lower()))):
        page.strike_written(other.spans)
    if isinstance(main.start, datetime) and not main.rrule:
        if report:
            report = datetime.combine(main.start.date(), report.timetz()) if report > main.start else report
        elif early:
            report = main.start - early[0]
        return When(main, report)
    return When(main)


def _said_with(other: TimeReading, main: TimeReading, words: str) -> bool:
    """Whether it says the day of the activity once more, and no hour; any other time stays in the writer's words."""
    if not _DATED.search(words):
        return False
    if words.isascii() and other.gran == "day" and not _ONE_DAY.search(words):
        return True  # a Christmas visit on the 24th
    if other.rrule or main.rrule:
        return other.start is None or other.gran == "day"
    first = main.start.date() if isinstance(main.start, datetime) else main.start
    return other.gran == "day" and other.start == first


def _with_meeting(
    main: TimeReading, meeting: TimeReading, others: list[TimeReading]
) -> tuple[TimeReading, datetime | None]:
    """The time of the activity when one of several hours is the one to be there, and that hour."""
    if main.spans == meeting.spans or main.gran == "day":
        main = _on_the_day_of(others[0], meeting)
    return main, meeting.start if isinstance(meeting.start, datetime) else None


_HALF_SAID = re.compile(regex("schedule", "half_said"))
_BY_THE_CLOCK = re.compile(r"\d\s?[:：]\s?\d")
"""9:30 is half past nine in the morning, whatever it is for."""


def _by_its_name(main: TimeReading, text: str, left: str, kinds: Kinds) -> TimeReading:
    """夜巡 8点 is in the evening, 晨巡 6点 in the morning, though the hour alone does not say so."""
    night = re.search(rf"夜间|晚间|{kinds.night}", left) is not None
    morning = re.search(rf"晨间|{kinds.morning}", left) is not None
    first = main.start.time() if isinstance(main.start, datetime) else main.time
    words = main.words(text).lower()
    if night == morning or first is None or _HALF_SAID.search(words) or (night and _BY_THE_CLOCK.search(words)):
        return main
    asked = main.question is not None and main.question.code != "which_half"
    main = replace(main, question=main.question if asked else None, bare=False)
    if night == (first.hour >= 12):
        return main
    by = timedelta(hours=12 if night else -12)
    if isinstance(main.start, datetime):
        end = main.end + by if isinstance(main.end, datetime) else main.end
        return replace(main, start=main.start + by, end=end)
    last = main.time_end.replace(hour=(main.time_end.hour + 12) % 24) if main.time_end else None
    return replace(main, time=first.replace(hour=(first.hour + 12) % 24), time_end=last)


_ONE_DAY = re.compile(regex("rescheduling", "one_day") + "|" + regex("rescheduling", "weekday"))
_DATED = re.compile(regex("schedule", "dated"))
"""A day said by its date or weekday; a feast (冬至慰问) belongs to the title."""
_FOODS = re.compile(regex("schedule", "foods"))
"""Dishes that begin with the name of a feast, and 周六一米阳台: words that say nothing of a day."""
_A_LITTLE = re.compile(regex("schedule", "a_little"))
"""请轻一点敲门 says no hour."""
_END_AFTER = re.compile(regex("schedule", "end_after"))
_END_BEFORE = re.compile(regex("schedule", "end_before"))


def _is_end(reading: TimeReading, text: str) -> bool:
    """Is this hour the end of it, by the words around it?"""
    if reading.end is not None or reading.rrule:
        return False
    before = text[max(0, reading.spans[0][0] - 12) : reading.spans[0][0]].lower()
    after = text[reading.spans[-1][1] :][:10].lower()
    return bool(_END_AFTER.match(after) or _END_BEFORE.search(before))


def _after(start: datetime, end: TimeReading) -> datetime | None:
    """The end on the day of the start, in the half of the day that comes after it."""
    if not isinstance(end.start, datetime):
        return None
    at = datetime.combine(start.date(), end.start.timetz())
    while at <= start:
        at += timedelta(hours=12)
    return at


def _on_the_day_of(other: TimeReading, said: TimeReading) -> TimeReading:
    """Both are on one day, the one that was said with it."""
    if other.rrule or not isinstance(other.start, datetime) or not isinstance(said.start, datetime):
        return other
    shift = timedelta(days=(said.start.date() - other.start.date()).days)
    end = other.end + shift if isinstance(other.end, datetime) else other.end
    return replace(other, start=other.start + shift, end=end, spans=(*said.spans, *other.spans))


def _is_meeting(reading: TimeReading, text: str) -> bool:
    """Is this hour the one to be there, by the words around it? A range is never."""
    if reading.end is not None or reading.rrule:
        return False
    start, end = reading.spans[0][0], reading.spans[-1][1]
    before = text[max(0, start - 48) : start].lower()
    return bool(_MEET_AFTER.match(text[end : end + 24].lower()) or _MEET_BEFORE.search(before))


def _early(page: Page, text: str) -> tuple[timedelta, tuple[int, int]] | None:
    found = _EARLY.search(page.left)
    if not found or not (found["unit"] or found["n"] == "一刻钟" or found["en"]):
        return None
    if found["en"]:
        many = int(found["en"]) if found["en"].isdigit() else _EN_EARLY[found["en"]]
        minutes = many * 60 if found["en_unit"].startswith("hour") and found["en"].isdigit() else many
    elif found["n"].startswith("半"):
        minutes = 30
    elif found["unit"] == "刻钟" or found["n"] == "一刻钟":
        minutes = 15 * (number(found["n"]) or 1) if found["unit"] else 15
    else:
        minutes = (number(found["n"]) or 0) * (1 if found["unit"] == "分钟" else 60)
    said = page.said(*found.span())
    at = text.find(said)
    page.strike(*found.span())
    return timedelta(minutes=minutes), (at, at + len(said))


def _inside(reading: TimeReading, span: tuple[int, int]) -> bool:
    return any(span[0] <= start and end <= span[1] for start, end in reading.spans)


def over_days(main: TimeReading, kind: Kind | None) -> bool:
    """Whether it goes from house to house over some days: nobody asks for an hour."""
    return kind is not None and kind.whom and main.end is not None and main.end != main.start


def with_time(posting: Posting, when: When, kind: Kind | None) -> Posting:
    main = when.main
    question, start, end, part = main.question, main.start, main.end, ""
    if question is None and main.kind is None:
        question = Question("when")
    if main.daypart and isinstance(start, datetime):
        end = None
        if main.daypart != "noon":
            start, part = start.date(), part_said(main)
            question = question or Question("what_time")
    elif main.gran == "day" and not main.rrule and question is None and posting.kind and not over_days(main, kind):
        question = Question("what_time")
    first = start.time() if isinstance(start, datetime) else main.time
    if first is not None and (question is None or question.code == "which_half"):
        # 9:00 for planting needs no question; a patrol at "8点" does.
        asks = main.bare and kind is not None and first.hour % 12 in kind.asks_half
        question = which_half(first.hour, first.minute) if asks else None
    timed = replace(
        posting, start=start, end=end, report_at=when.report_at, rrule=main.rrule, time=main.time,
        time_end=main.time_end, since=main.since, except_=main.except_, daypart=main.daypart, part=part,
    )  # fmt: skip
    return asking(timed, question, ambiguous=question is not None and main.kind is not None)
