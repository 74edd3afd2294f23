"""Going away for a while, and being back: 我不在 12月1日到12月20日, 我下个月去女儿家, 我回来了."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from core.reading import read_time
from core.reading.parts import Written, clause, looks_like_a_name, number, read_days

_WORDS = Written(__file__)
LONGEST = 80
"""Letters. Who goes away says so in a sentence."""
FAR = timedelta(days=400)
LONG = 5
"""Days of having no time (这两个星期都没空) from which on it is being away, and no no to one thing."""
_CUE = _WORDS.pattern("cue")
_WEAK = _WORDS.pattern("weak")
_MINE = _WORDS.pattern("mine")
_TIME = _WORDS.pattern("time")
_LENGTH = _WORDS.pattern("length")
_FEW = _WORDS.pattern("few")
_HOME_AGAIN = _WORDS.pattern("home_again")
_NO = _WORDS.pattern("no_more_of_it")
_BACK = _WORDS.pattern("back")
_UNTIL = _WORDS.pattern("until")
_OFF = _WORDS.pattern("off_after_all")
_ANOTHER = _WORDS.pattern("of_another")
_ANOTHER_BACK = _WORDS.pattern("of_another_back")
CAN_AGAIN = _WORDS.pattern("can_again")
_AT_THEIR_DOOR = _WORDS.pattern("at_their_door")
_OUT_NOW = _WORDS.pattern("out_now")
"""我出门了: that is on the way, or for an hour."""
_ASKS = re.compile(r"[?？]|吗$|呢$|不在不|在不在")
_START = re.compile(r"起|开始|从|自|\bfrom\b|\bstarting\b|\bas of\b")
_STOP = re.compile(r"[,，。;!]")
_EDGES = " \t\n.,!。~、;:"


@dataclass(frozen=True, slots=True)
class Absence:
    """`away` from the first day to the last, both included (`last` None: until they say that they are back); `back`;
    or `stays`: they do not go after all.

    `who`: somebody else who was named. `said`: the days were said, and it is more than the half of one.
    """

    what: Literal["away", "back", "stays"]
    first: date | None = None
    last: date | None = None
    who: str = ""
    said: bool = False

    @property
    def days(self) -> int:
        """How many days, 0 where nobody knows."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


def absence(words: str, *, base: datetime, lang: str = "zh") -> Absence | None:
    """What these words say of being away, seen from `base` (aware, local); None when they say nothing of it."""
    if len(words) > LONGEST:
        return None
    piece = clause(words)
    text = " ".join(piece.text.replace("’", "'").split()).strip(_EDGES)
    if _BACK.fullmatch(text):
        return Absence("back")
    if (found := _ANOTHER_BACK.fullmatch(text)) and looks_like_a_name(found["name"], lang):
        return Absence("back", who=found["name"])
    if _OFF.fullmatch(text):
        return Absence("stays")
    if not text or _ASKS.search(text) or _NO.search(text) or _AT_THEIR_DOOR.search(text):
        return None
    said = piece.said.strip(_EDGES)
    cues = [*_CUE.finditer(text), *_WEAK.finditer(text)]
    cue, who = next(((cue, who) for cue in cues if (who := whose(text, cue.start(), said)) is not None), (None, ""))
    if cue is None:
        return None
    weak = cue.re is _WEAK
    span = days_of(text, base, "en" if text.isascii() else lang)
    if span == "none" or (isinstance(span, str) and (weak or _OUT_NOW.fullmatch(text))):
        return None
    if who and isinstance(span, str) and text[: cue.start()].rstrip().endswith(who.lower()):
        return None  # 陈伯不在家: of today, and of nobody's duty
    first, last = (base.date(), None) if isinstance(span, str) else span
    if first is None or (last is not None and last < first) or first > base.date() + FAR:
        return None
    came = Absence("away", first, last, who, said=not isinstance(span, str))
    return None if weak and came.days < LONG else came


def whose(text: str, at: int, said: str) -> str | None:
    """Of whom it is said at this place: '' for who speaks, a name, or None for somebody of whom we only hear
    (女儿不在家).
    """
    before = _STOP.split(text[:at])[-1]
    rest = _TIME.sub(" ", before)
    if _MINE.fullmatch(rest):
        return ""
    found = _ANOTHER.match(before) or _ANOTHER.match(rest.strip())
    if found is None:
        return None
    name = found["name"] or found["name_en"]
    left = _TIME.sub(" ", before[len(name) :]) if before.startswith(name) else " "
    start = at - len(before) if before.startswith(name) else text.find(name)
    called = said[start : start + len(name)]
    if not _MINE.fullmatch(left) or "我" in left or not looks_like_a_name(called, "en" if name.isascii() else "zh"):
        return None
    return called


# ------------------------------------------------------------ when

Span = tuple[date | None, date | None]


def days_of(text: str, base: datetime, lang: str) -> Span | Literal["open", "none"]:
    """The first and the last day; 'open' where no end was said, 'none' for a time that is no being away."""
    today = base.date()
    home = _HOME_AGAIN.search(text)
    said = text[: home.start()] if home else text
    reading = read_time(said, base=base, lang=lang)
    if reading.kind == "recurring":
        return "none"
    start, end = reading.start, reading.end
    hours = isinstance(start, datetime) and not (isinstance(end, datetime) and end.date() > start.date())
    first, last = day(start), day(end)
    if hours and first and not home and not _START.search(text):
        return "none"  # 今天下午不在 is not a day
    stays = _UNTIL.search(text)
    if stays:
        ending = read_time(stays["until"], base=base, lang=lang)
        if until := day(ending.end) or day(ending.start):
            return max(first or today, today) if first != until else today, until
    after = text[home.end() :] if home and lang == "en" else ""
    if home and (back := back_on(after or text[: home.start()], base, lang)):
        begins = first if first and first < back[0] else today
        return max(begins, today), max(back[1] - timedelta(days=1), today)
    if first and last and first < today and last <= today and (many := length(text, today)):
        return today, many  # 这两个礼拜, said of what is to come
    if (many := length(text, first or today)) and (first is None or last is None or many > last):
        return first or today, many
    if first is None and last is None:
        return (today, today + timedelta(days=6)) if _FEW.search(text) else "open"
    if first is None:
        return today, last
    if last is None:
        several = read_days(said, base=base, lang=lang)
        if several and len(several.days) > 1:
            return several.days[0], several.days[-1]
        return "open" if _START.search(text) and first <= today else (first, None if _START.search(text) else first)
    return from_today(first, today), last


def from_today(first: date, today: date) -> date:
    """A range is not of days gone by: 30号到下个月5号, said on the 23rd, begins on the 30th of this month."""
    if first >= today:
        return first
    if first.day > today.day and first.day <= monthrange(today.year, today.month)[1] and first.month != today.month:
        return today.replace(day=first.day)
    return today


def back_on(words: str, base: datetime, lang: str) -> tuple[date, date] | None:
    """The days between which the coming home lies, in 去外地，20号回来: twice the same, of 月底回来 and 下周回来 the
    first and the last that it can be, of 3月回来 its first. It is the last time that stands before it.
    """
    pieces = [piece for piece in re.split(r"[,，。;]|\b(?:and|but)\b|到(?!家)", words) if piece.strip()]
    for piece in reversed(pieces):
        reading = read_time(piece, base=base, lang=lang)
        if reading.kind in ("instant", "range") and (at := day(reading.start) or day(reading.end)):
            end = day(reading.end) or at
            last = end if end - at < timedelta(days=8) else at
            return (at, last) if last > base.date() else (at + timedelta(days=1), at + timedelta(days=1))
    return None


def length(text: str, first: date) -> date | None:
    """The last day of 一个月, 两个星期, for ten days, counted from the first."""
    found = _LENGTH.search(text)
    if found is None:
        return None
    unit, said = found["unit"].strip(), found["n"].strip()
    half = said == "半"
    few = {"a": 1, "an": 1, "a couple of": 2}
    many = 0 if half else few.get(said) or number(said) or 0
    if not half and not 0 < many < 400:
        return None
    more = 0.5 if half or found["half"] else 0.0
    if "月" in unit or "month" in unit:
        return months(first, many) + timedelta(days=round(30 * more) - 1)
    if "年" in unit or "year" in unit:
        return months(first, 12 * many + (6 if more else 0)) - timedelta(days=1)
    size = 14 if "fortnight" in unit else 1 if "天" in unit or "day" in unit else 7
    return first + timedelta(days=max(1, round((many + more) * size)) - 1)


def months(first: date, many: int) -> date:
    """The same day so many months on, or the last of a month that has none."""
    at = first.month - 1 + many
    year, month = first.year + at // 12, at % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
