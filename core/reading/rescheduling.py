"""A posting moved: what a correction says of its day, its hours, its rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from core.reading.headcounts import NUM
from core.reading.kinds import Kinds
from core.reading.numerals import number
from core.reading.page import STRUCK, Page
from core.reading.posting import Posting
from core.reading.settling import asking, in_half, same_week, still_open
from core.reading.text import plain
from core.reading.times import TimeReading, part_said, read_time
from core.reading.times.compose import statements
from core.reading.vocabulary import regex


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    base: datetime
    lang: str
    kinds: Kinds


_SHIFT = re.compile(regex("rescheduling", "shift"))
_LENGTH = re.compile(regex("rescheduling", "length", NUM=NUM))
_ENDS = re.compile(regex("rescheduling", "ends"))
_REPORT = re.compile(regex("rescheduling", "report"))
_BARE_EN = re.compile(
    r"((?:\b(?:until|till|ends? at)\s|^\s*)\d{1,2})(?=\s*[.!]*$)()|(^\s*\d{1,2})( (?:please|then|instead)\b)"
)
"""An hour that English says with a bare number."""
_MEAL = re.compile(regex("rescheduling", "meal"))
"""晚饭6点 is in the evening."""
_BE_THERE = re.compile(regex("rescheduling", "be_there"))
_DAYS = {"天": 1, "周": 7, "星期": 7, "个星期": 7, "day": 1, "days": 1, "week": 7, "weeks": 7}


def _spelled(found: re.Match[str]) -> str:
    """The hour written out; letters that follow stay where they are."""
    said, after = (found[1] or found[3]), (found[2] or found[4] or "")
    return f"{said}:00" + " " * (len(after) - 3)


def new_time(posting: Posting, page: Page, said: Said) -> Posting:
    """The posting with the day, the hours or the rule that a correction says; as it was where it says none."""
    if (moved := _moved(posting, page)) is not None:
        return moved
    page_said = page.left.replace(STRUCK, " ")
    text = _BARE_EN.sub(_spelled, page_said)
    text = _MEAL.sub(lambda meal: {"早": "早上", "午": "中午", "晚": "晚上"}[meal[0][0]], text)
    if (weekly := _weekly(posting, page, text)) is not None:
        return weekly
    if (later := _another_week(posting, page, text, said.base)) is not None:
        return later
    reading = read_time(text, base=said.base, lang=said.lang)
    if reading.kind is None:
        if reading.question is None or not reading.spans:
            return posting
        _strike(page, reading)
        return asking(posting, reading.question, ambiguous=False)
    _strike(page, reading)
    reading = _of_that_week(posting, reading, text, said.base.date())
    dated, bare = _what_was_said(text)
    bare = bare or _BARE_EN.search(page_said) is not None
    if reading.rrule:
        return _by_rule(posting, reading)
    if posting.rrule and not dated and isinstance(reading.start, datetime):
        return _rule_hour(posting, reading, bare, _ENDS.search(text) is not None)
    if (
        _REPORT.search(text)
        and isinstance(reading.start, datetime)
        and isinstance(posting.start, datetime)
        and not dated
    ):
        report = _near(_on(posting.start.date(), reading.start), posting.start, bare)
        if report < posting.start:  # nobody meets after the start: 晚上8点 南门集合 is a new start
            return replace(posting, report_at=report)
    if (
        _ENDS.search(text)
        and isinstance(reading.start or reading.end, datetime)
        and isinstance(posting.start, datetime)
    ):
        return _ending(posting, reading, posting.start, dated=dated, bare=bare)
    return _starting(posting, reading, said.base.tzinfo, dated=dated, bare=bare)


def _by_rule(posting: Posting, reading: TimeReading) -> Posting:
    """A rule in place of what was said before; the hour stays where none is said with it."""
    return replace(
        posting,
        start=None,
        end=None,
        report_at=None,
        rrule=reading.rrule,
        time=reading.time or posting.time or _clock(posting.start),
        time_end=reading.time_end if reading.time else posting.time_end or _clock(posting.end),
        since=reading.since or posting.since,
        except_=reading.except_ or posting.except_,
        question=reading.question,
        ambiguous=reading.question is not None,
    )


_WEEKDAY = re.compile(regex("rescheduling", "weekday"))
_DAYS_OF = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}
_ONE_DAY = re.compile(regex("rescheduling", "one_day"))


def _weekly(posting: Posting, page: Page, text: str) -> Posting | None:
    """A series moved to other weekdays: 改成周六, said of every Tuesday, is every Saturday."""
    if not (posting.rrule or "").startswith("FREQ=WEEKLY") or _ONE_DAY.search(text):
        return None
    days = [_DAYS_OF.get(m["zh"] or "", (m["en"] or "")[:2].upper()) for m in _WEEKDAY.finditer(text)]
    if not days or _what_was_said(text)[1] or re.search(r"\d", text):
        return None
    for found in list(_WEEKDAY.finditer(page.left)):
        page.strike(*found.span())
    parts = [part for part in (posting.rrule or "").split(";") if not part.startswith("BYDAY=")]
    return replace(posting, rrule=";".join([parts[0], f"BYDAY={','.join(dict.fromkeys(days))}", *parts[1:]]))


def _of_that_week(posting: Posting, reading: TimeReading, text: str, today: date) -> TimeReading:
    """改成周日 is the Sunday that was asked about, or the one of the week in which the activity is."""
    found, old = _WEEKDAY.search(text), posting.start
    if old is None or reading.start is None or reading.rrule or found is None or _ONE_DAY.search(text):
        return reading
    weekday = reading.start.weekday()
    asked = next((start for start in posting.choices if start.weekday() == weekday), None)
    to = _day(asked) if asked is not None else same_week(weekday, old, today)
    by = to - _day(reading.start)
    end = reading.end + by if reading.end is not None else None
    return replace(reading, start=reading.start + by, end=end, question=None)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


_WEEK = re.compile(regex("rescheduling", "week"))


def _another_week(posting: Posting, page: Page, text: str, base: datetime) -> Posting | None:
    """下周, nothing else: the same weekday and hour of that week."""
    found = _WEEK.search(text)
    start = posting.start
    if not found or start is None or not (found["this"] or found["next"] or found["en"]) or re.search(r"\d|点", text):
        return None
    weeks = len(found["next"] or "") or (1 if found["en"] == "next" else 0)
    today = base.date()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    delta = monday + timedelta(days=start.weekday()) - (start.date() if isinstance(start, datetime) else start)
    page.strike(*found.span())
    moved = {name: value + delta for name in ("start", "end", "report_at") if (value := getattr(posting, name))}
    return replace(posting, question=None, ambiguous=False, choices=(), **moved)


def _strike(page: Page, reading: TimeReading) -> None:
    for start, end in reading.spans:
        page.strike(start, min(end, len(page.left)))


def _ending(posting: Posting, reading: TimeReading, start: datetime, *, dated: bool, bare: bool) -> Posting:
    moment = reading.end if isinstance(reading.end, datetime) else reading.start
    assert isinstance(moment, datetime)  # noqa: S101  the caller looked
    end = moment if dated else _on(start.date(), moment)
    while end <= start:
        end += timedelta(hours=12 if bare else 24)
    return replace(posting, end=end, question=None, ambiguous=False, choices=())


def _starting(posting: Posting, reading: TimeReading, zone: tzinfo | None, *, dated: bool, bare: bool) -> Posting:
    """A new day, a new hour, or both; what is not said stays, the length and the lead of the meeting time too."""
    old, new = posting.start, reading.start or reading.end
    if new is None:
        return posting
    if not isinstance(new, datetime) or reading.daypart:
        day = new.date() if isinstance(new, datetime) else new
        if isinstance(old, datetime) and not (reading.daypart and not dated):
            start: date | datetime = _on(day, old)
        elif posting.rrule and posting.time:
            start = datetime.combine(day, posting.time, tzinfo=zone)
        else:
            start = day if dated or old is None else old
        changed = _shifted(posting, start, reading)
        if reading.daypart and not isinstance(start, datetime):
            changed = replace(changed, daypart=reading.daypart, part=part_said(reading))
        return in_half(changed, reading.daypart) if reading.daypart else still_open(posting, changed, dated=True)
    if dated or old is None:
        return _shifted(
            posting,
            new if not bare or not isinstance(old, datetime) else _near(new, _on(new.date(), old), bare),
            reading,
        )
    moved = _on(old.date() if isinstance(old, datetime) else old, new)
    if isinstance(old, datetime):
        moved = _near(moved, old, bare)
    elif bare and posting.daypart and 1 <= moved.hour % 12 <= 11:
        moved = moved.replace(hour=moved.hour % 12 + 12 * (posting.daypart not in ("morning", "smallhours")))
    return still_open(posting, _shifted(posting, moved, reading, hour=moved.hour - new.hour), dated=False)


def _shifted(posting: Posting, start: date | datetime, reading: TimeReading, hour: int = 0) -> Posting:
    old, end, report = posting.start, posting.end, posting.report_at
    if (
        isinstance(start, datetime)
        and isinstance(reading.end, datetime)
        and isinstance(reading.start, datetime)
        and not reading.daypart
    ):
        end = start + (reading.end - reading.start)
    elif isinstance(old, datetime) and isinstance(start, datetime):
        end = end + (start - old) if isinstance(end, datetime) else end
    elif isinstance(reading.end, date) and not isinstance(reading.end, datetime) and reading.start != reading.end:
        end = reading.end
    elif not isinstance(start, datetime):
        end = None
    if report and isinstance(old, datetime):
        report = report + (start - old) if isinstance(start, datetime) else None
    if hour and isinstance(end, datetime) and isinstance(start, datetime) and end < start:
        end += timedelta(hours=12)
    question = reading.question if reading.question and reading.question.code != "which_half" else None
    changed = replace(
        posting, start=start, end=end, report_at=report, rrule=None, time=None, time_end=None, since=None, except_=(),
    )  # fmt: skip
    return asking(changed, question, ambiguous=question is not None)


def _rule_hour(posting: Posting, reading: TimeReading, bare: bool, ends: bool) -> Posting:
    assert isinstance(reading.start, datetime)  # noqa: S101  the caller looked
    at = reading.start
    if posting.time:
        at = _near(at, _on(at.date(), datetime.combine(at.date(), posting.time, tzinfo=at.tzinfo)), bare)
    if ends:
        return replace(posting, time_end=at.time())
    end = posting.time_end
    if isinstance(reading.end, datetime):
        end = (at + (reading.end - reading.start)).time()
    elif posting.time and posting.time_end:
        day = at.date()
        end = (at + (datetime.combine(day, posting.time_end) - datetime.combine(day, posting.time))).time()
    return replace(posting, time=at.time(), time_end=end, question=None, ambiguous=False, choices=())


def _moved(posting: Posting, page: Page) -> Posting | None:
    """推迟一小时, 提前半小时, two days later: everything moves together; None when nothing of the kind is said."""
    way, length = _SHIFT.search(page.left), _LENGTH.search(page.left)
    if not way or not length or abs(way.start() - length.end()) > 4 + len(way[0]) + len(length[0]):
        return None
    if way["early"] and (
        _BE_THERE.match(page.left, length.end()) or re.search(r"集合|签到|到场|报到|meet|arrive", page.left)
    ):
        return None if not isinstance(posting.start, datetime) else _early(posting, page, way, length)
    delta = _delta(length) * (1 if way["late"] else -1)
    page.strike(*way.span())
    page.strike(*length.span())
    if posting.rrule and posting.time:
        day = date(2000, 1, 1)
        at = datetime.combine(day, posting.time) + delta
        end = (datetime.combine(day, posting.time_end) + delta).time() if posting.time_end else None
        return replace(posting, time=at.time(), time_end=end)
    if posting.start is None:
        return posting
    shift = {name: value + delta for name in ("start", "end", "report_at") if (value := getattr(posting, name))}
    return replace(posting, **shift)


def _early(posting: Posting, page: Page, way: re.Match[str], length: re.Match[str]) -> Posting:
    assert isinstance(posting.start, datetime)  # noqa: S101  the caller looked
    page.strike(*way.span())
    page.strike(*length.span())
    return replace(posting, report_at=posting.start - _delta(length))


def _delta(length: re.Match[str]) -> timedelta:
    if length["half"]:
        return timedelta(minutes=30)
    said, unit = length["n"], length["unit"]
    many = {"a": 1, "an": 1}.get(said) or (0.5 if said == "half an" else number(said) or 0)
    if length["and"] or length["plus"]:
        many += 0.5
    if unit in _DAYS:
        return timedelta(days=many * _DAYS[unit])
    if unit == "刻钟":
        return timedelta(minutes=15 * many)
    return timedelta(minutes=many) if unit.startswith(("分钟", "min")) else timedelta(hours=many)


def _what_was_said(text: str) -> tuple[bool, bool]:
    """Whether a day was said, and whether the hour was left without its half of the day."""
    found = statements(plain(text).text)
    dated = any(s.dated for s in found)
    clocks = [s.at for s in found if s.at.clock is not None]
    return dated, bool(clocks) and not any(at.part or (at.clock and at.clock.exact) for at in clocks)


def _near(moment: datetime, old: datetime, bare: bool) -> datetime:
    """A bare 8点 stays in the half of the day in which the activity was."""
    if not bare:
        return moment
    choices = [moment.replace(hour=moment.hour % 12), moment.replace(hour=moment.hour % 12 + 12)]
    return min(choices, key=lambda choice: abs(choice - old))


def _on(day: date, clock: datetime) -> datetime:
    return datetime.combine(day, clock.timetz()) if clock.tzinfo else datetime.combine(day, clock.time())


def _clock(moment: date | datetime | None) -> time | None:
    return moment.time() if isinstance(moment, datetime) else None
