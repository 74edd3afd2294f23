"""A reading said back in words: weekday and part of the day in full, so that nobody mistakes 8点 for the wrong one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.reading.question import MONTHS, WEEKDAYS
from core.reading.times.parts import PARTS
from core.reading.times.reading import TimeReading

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS_OF_DAY = {
    "zh": {"smallhours": "凌晨", "dawn": "清晨", "morning": "早上", "forenoon": "上午", "noon": "中午", "afternoon": "下午",
           "dusk": "傍晚", "evening": "晚上", "night": "夜里", "midnight": "半夜", "daytime": "白天",
           "before_breakfast": "早饭前", "after_breakfast": "早饭后", "before_lunch": "午饭前", "after_lunch": "午饭后",
           "after_nap": "午睡后", "after_school": "放学后", "after_work": "下班后", "before_supper": "晚饭前"},
    "en": {"smallhours": "before dawn", "dawn": "early morning", "morning": "morning", "forenoon": "late morning",
           "noon": "lunchtime", "afternoon": "afternoon", "dusk": "dusk", "evening": "evening", "night": "night",
           "midnight": "the middle of the night", "daytime": "daytime", "before_breakfast": "before breakfast",
           "after_breakfast": "after breakfast", "before_lunch": "before lunch", "after_lunch": "after lunch",
           "after_nap": "after the nap", "after_school": "after school", "after_work": "after work",
           "before_supper": "before dinner"},
}  # fmt: skip


def spell(reading: TimeReading, lang: str = "zh", today: date | None = None) -> str:
    """The reading in words, e.g. 11月27日周五晚上7点到9点; '' when there is no time in it.

    With `today` the year is said only where it is needed: for another year, and for a day that is over. Reading the words
    again on the same day gives the same reading, unless only its hour is over.
    """
    zh = not lang.startswith("en")
    match reading.kind:
        case "recurring":
            return _rule(reading, zh)
        case "instant" | "range":
            return _once(reading, zh, today)
    return ""


def spell_day(day: date, lang: str = "zh", today: date | None = None) -> str:
    """One day: 11月27日周五, Friday 27 November."""
    year = today is not None and (day.year != today.year or day < today)
    if lang.startswith("en"):
        return f"{WEEKDAYS['en'][day.weekday()]} {day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日{WEEKDAYS['zh'][day.weekday()]}"


def spell_time(at: time, lang: str = "zh", after: time | None = None) -> str:
    """One time of the day: 晚上7点半, 7:30 pm. The part of the day is left out when `after` has already said it."""
    if lang.startswith("en"):
        return (
            f"{(at.hour + 11) % 12 + 1}"
            + (f":{at.minute:02d}" if at.minute else "")
            + (" am" if at.hour < 12 else " pm")
        )
    minute = "" if at.minute == 0 else "半" if at.minute == 30 else f"{at.minute:02d}分"
    part = part_of_day(at)
    hour = at.hour if at.hour <= 12 else at.hour - 12
    said = "" if after is not None and part_of_day(after) == part and at > after else part
    return f"{said}{hour}点{minute}"


def part_of_day(at: time) -> str:
    """凌晨, 早上, 上午, 中午, 下午, 晚上: what people call this hour."""
    for until, word in ((5, "凌晨"), (9, "早上"), (11, "上午"), (13, "中午"), (18, "下午")):
        if at.hour < until:
            return word
    return "晚上"


def _once(reading: TimeReading, zh: bool, today: date | None) -> str:
    lang = "zh" if zh else "en"
    start, end = reading.start, reading.end
    if reading.daypart and isinstance(start, datetime) and isinstance(end, datetime):
        return _part(start, end, lang, today)
    if start is None and end is not None:
        return _point(end, lang, today) + "前" if zh else "before " + _point(end, lang, today)
    if start is None:
        return ""
    if end is None:
        said = _point(start, lang, today)
        if reading.kind == "range":
            return said + "以后" if zh else "after " + said
        return said
    to = "到" if zh else " to "
    if isinstance(start, datetime) and isinstance(end, datetime):
        if end.date() == start.date():
            return _point(start, lang, today) + to + spell_time(end.time(), lang, start.time())
        if zh and end.date() == start.date() + timedelta(days=1) and end.hour < 12:
            return _point(start, lang, today) + "到次日" + spell_time(end.time(), lang)
    return _point(start, lang, today) + to + _point(end, lang, today)


def _part(start: datetime, end: datetime, lang: str, today: date | None) -> str:
    """A day and the part of it whose usual hours these are."""
    day = start.date() if start.hour else start.date() - timedelta(days=1)  # midnight ends a day
    first = (start.date() - day).days * 1440 + start.hour * 60 + start.minute
    last = (end.date() - day).days * 1440 + end.hour * 60 + end.minute
    name = next((name for name, part in PARTS.items() if (part.start, part.end) == (first, last)), "evening")
    word = PARTS_OF_DAY[lang].get(name, PARTS_OF_DAY[lang]["evening"])
    return spell_day(day, lang, today) + (word if lang == "zh" else f" {word}")


def _point(at: date | datetime, lang: str, today: date | None) -> str:
    if isinstance(at, datetime):
        return spell_day(at.date(), lang, today) + ("" if lang == "zh" else " ") + spell_time(at.time(), lang)
    return spell_day(at, lang, today)


# ---------------------------------------------------------------- rules


def _rule(reading: TimeReading, zh: bool) -> str:
    rule = dict(part.split("=", 1) for part in (reading.rrule or "").split(";") if "=" in part)
    last = datetime.strptime(rule["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in rule else None  # noqa: DTZ007 - a day
    return _rule_zh(reading, rule, last) if zh else _rule_en(reading, rule, last)


def _rule_zh(reading: TimeReading, rule: dict[str, str], last: date | None) -> str:
    said = _rhythm_zh(rule)
    if reading.since is not None:
        said = f"{spell_day(reading.since)}起{said}"
    if reading.time is not None:
        said += spell_time(reading.time)
        if reading.time_end is not None:
            said += "到" + spell_time(reading.time_end, after=reading.time)
    if last is not None:
        said += f"，到{spell_day(last)}止"
    if reading.except_:
        said += "（" + "、".join(spell_day(day) for day in reading.except_) + "除外）"
    return said


def _rule_en(reading: TimeReading, rule: dict[str, str], last: date | None) -> str:
    said = _rhythm_en(rule)
    if reading.time is not None:
        said += f" at {spell_time(reading.time, 'en')}"
        if reading.time_end is not None:
            said += f" to {spell_time(reading.time_end, 'en')}"
    if reading.since is not None:
        said += f" from {reading.since.day} {MONTHS[reading.since.month - 1]}"
    if last is not None:
        said += f" until {last.day} {MONTHS[last.month - 1]}"
    if reading.except_:
        said += " except " + " and ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in reading.except_)
    return said


def _rhythm_zh(rule: dict[str, str]) -> str:
    many = int(rule.get("INTERVAL", "1"))
    by = rule.get("BYDAY", "")
    match rule.get("FREQ"):
        case "DAILY":
            return "每天" if many == 1 else f"每{many}天"
        case "WEEKLY":
            days = "、".join(WEEKDAYS["zh"][CODES.index(code)][1] for code in by.split(",")) if by else ""
            if many == 1:
                return f"每周{days}"
            return f"每{many}周一次周{days}" if days else f"每{many}周一次"
        case "MONTHLY":
            every = "每月" if many == 1 else f"每{many}个月"
            if "BYMONTHDAY" in rule:
                return every + "、".join(
                    "最后一天" if day == "-1" else f"{day}号" for day in rule["BYMONTHDAY"].split(",")
                )
            return every + (_nths_zh(by, rule.get("BYSETPOS")) if by else "")
        case "YEARLY":
            month = f"{rule['BYMONTH']}月" if "BYMONTH" in rule else ""
            day = f"{rule['BYMONTHDAY']}日" if "BYMONTHDAY" in rule else _nth_zh(by) if by else ""
            return ("每年" if many == 1 else f"每{many}年") + month + day
        case "HOURLY":
            return "每小时" if many == 1 else f"每{many}小时"
    return ""


def _nths_zh(by: str, position: str | None) -> str:
    """第2、第4个周六; the first of all workdays is 第1个工作日."""
    if position is not None:
        return "最后一个工作日" if position == "-1" else f"第{position}个工作日"
    codes = by.split(",")
    if len(codes) > 1 and len({code[-2:] for code in codes}) == 1:
        return "、".join(f"第{code[:-2]}" for code in codes[:-1]) + "、" + _nth_zh(codes[-1])
    return "、".join(map(_nth_zh, codes))


def _nth_zh(code: str) -> str:
    weekday = WEEKDAYS["zh"][CODES.index(code[-2:])]
    n = int(code[:-2] or 0)
    return weekday if not n else f"最后一个{weekday}" if n == -1 else f"第{n}个{weekday}"


def _rhythm_en(rule: dict[str, str]) -> str:
    many = int(rule.get("INTERVAL", "1"))
    by = rule.get("BYDAY", "")
    match rule.get("FREQ"):
        case "DAILY":
            return "every day" if many == 1 else f"every {many} days"
        case "WEEKLY":
            days = " and ".join(WEEKDAYS["en"][CODES.index(code)] for code in by.split(",")) if by else "week"
            return f"every {days}" if many == 1 else f"every {many} weeks" + (f" on {days}" if by else "")
        case "MONTHLY":
            every = "every month" if many == 1 else f"every {many} months"
            if "BYMONTHDAY" in rule:
                return (
                    every
                    + " on "
                    + " and ".join(
                        "the last day" if day == "-1" else f"the {_th(int(day))}"
                        for day in rule["BYMONTHDAY"].split(",")
                    )
                )
            return every + (f" on {_nths_en(by, rule.get('BYSETPOS'))}" if by else "")
        case "YEARLY":
            month = MONTHS[int(rule["BYMONTH"]) - 1] if "BYMONTH" in rule else ""
            if by:
                return f"every year on {_nth_en(by)} of {month}"
            return f"every year on {rule['BYMONTHDAY']} {month}" if "BYMONTHDAY" in rule else "every year"
        case "HOURLY":
            return "every hour" if many == 1 else f"every {many} hours"
    return ""


def _nths_en(by: str, position: str | None) -> str:
    if position is not None:
        return "the last working day" if position == "-1" else f"the {_th(int(position))} working day"
    codes = by.split(",")
    if len(codes) > 1 and len({code[-2:] for code in codes}) == 1:
        return "the " + " and ".join(_th(int(code[:-2])) for code in codes[:-1]) + " and " + _nth_en(codes[-1])[4:]
    return " and ".join(map(_nth_en, codes))


def _nth_en(code: str) -> str:
    weekday = WEEKDAYS["en"][CODES.index(code[-2:])]
    n = int(code[:-2] or 0)
    return weekday if not n else f"the last {weekday}" if n == -1 else f"the {_th(n)} {weekday}"


def _th(n: int) -> str:
    tail = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{tail}"
