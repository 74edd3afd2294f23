"""Days, hours, ranges and rules in every way in which they are put together: what reads one reads them all."""

from __future__ import annotations

from datetime import datetime, time
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bench.scoring import same_rule
from core.reading import read_time

BASE = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
MANY = 1500
"""Sentences of each kind, the same ones every time."""
HAN = "零一二三四五六七八九十"

DAYS = {"明天": "2026-11-25", "后天": "2026-11-26", "周五": "2026-11-27", "下周三": "2026-12-02", "12月5日": "2026-12-05",
        "本周六": "2026-11-28", "礼拜天": "2026-11-29"}  # fmt: skip
PARTS = {"上午": (8, 11, 0), "下午": (1, 5, 12), "晚上": (7, 9, 12), "早上": (6, 9, 0)}
"""The first and the last hour that is said with each, and what is added to it."""
TO = ("到", "至", "-", "~", "—", " - ", "～", "－")
ORDERS = (
    "{d}{p}{a}{to}{b}", "{d} {p}{a}{to}{b}", "{p}{a}{to}{b}，{d}", "{d}{p}，{a}{to}{b}", "{d}{p}{a}{to}{p}{b}",
    "{d}{p}从{a}{to}{b}", "{d}{p}{a}开始，{b}结束", "{d}{p}{a}{to}{b}巡逻", "{d}({p}{a}{to}{b})",
)  # fmt: skip


def han(n: int) -> str:
    tens, ones = divmod(n, 10)
    return HAN[n] if n <= 10 else ("" if tens == 1 else HAN[tens]) + "十" + (HAN[ones] if ones else "")


def hours(h: int, m: int) -> list[str]:
    """Every way to say an hour in Chinese."""
    if m == 0:
        return [f"{h}点", f"{han(h)}点", f"{han(h)}点钟", f"{h}:00", f"{h}时", f"{h}点整"]
    named = {15: [f"{han(h)}点一刻"], 30: [f"{h}点半", f"{han(h)}点半", f"{han(h)}点半钟"], 45: [f"{han(h)}点三刻"]}
    minute = f"零{HAN[m]}" if m < 10 else han(m)
    figures = [f"{h}点{m:02d}", f"{h}:{m:02d}", f"{h}：{m:02d}", f"{h}点{m}分", f"{h}时{m}分"]
    return [*figures, f"{han(h)}点{minute}分", f"{han(h)}点{minute}", *named.get(m, [])]


def test_a_range_of_hours_is_read_however_it_is_said() -> None:
    chance = Random(1)
    wrong = []
    for _ in range(MANY):
        (said, day), (part, (low, high, more)) = chance.choice([*DAYS.items()]), chance.choice([*PARTS.items()])
        h, m, n = (
            chance.randint(low, high),
            chance.choice([0, 5, 10, 15, 20, 30, 45, 50]),
            chance.choice([0, 10, 30, 50]),
        )
        a, b = chance.choice(hours(h, m)), chance.choice(hours(h + 1, n))
        text = chance.choice(ORDERS).format(d=said, p=part, a=a, to=chance.choice(TO), b=b)
        found = read_time(text, base=BASE)
        if (stamp(found.start), stamp(found.end)) != (
            f"{day}T{h + more:02d}:{m:02d}",
            f"{day}T{h + 1 + more:02d}:{n:02d}",
        ):
            wrong.append(text)
    assert wrong == []


DAYS_EN = {"tomorrow": "2026-11-25", "Friday": "2026-11-27", "this Saturday": "2026-11-28", "next Wednesday": "2026-12-02",
           "5 December": "2026-12-05", "December 5th": "2026-12-05", "Sunday 29 November": "2026-11-29"}  # fmt: skip
PARTS_EN = {"in the morning": ("am", 7, 10), "in the afternoon": ("pm", 13, 16), "in the evening": ("pm", 18, 20)}
ORDERS_EN = (
    "{d} {A}-{B}", "{d}, {A} to {B}", "{d} from {A} to {B}", "from {A} to {B} {d}", "{A} to {B} {d}", "{d} {a}-{B}",
    "{d} from {a} to {B}", "{a}-{B} {d}", "from {a} to {b} {p}, {d}", "{d}, {a} till {b} {p}", "{d} {p}, {a} to {b}",
    "{d} between {A} and {B}", "{a} to {b} {p} {d}", "patrol {d} {A} until {B}, east gate",
)  # fmt: skip
SPELT = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - as it is said


def faces(h: int, m: int) -> list[str]:
    """Every way to say an hour in English, with no half of the day."""
    if m == 0:
        return [f"{h}:00", str(h), SPELT[h], f"{h} o'clock"]
    return [f"{h}:{m:02d}", *({30: [f"half past {SPELT[h]}"], 15: [f"quarter past {SPELT[h]}"]}.get(m, []))]


def test_a_range_of_hours_is_read_however_english_says_it() -> None:
    chance = Random(2)
    wrong = []
    for _ in range(MANY):
        (said, day), (part, (half, low, high)) = chance.choice([*DAYS_EN.items()]), chance.choice([*PARTS_EN.items()])
        h, m, n = chance.randint(low, high), chance.choice([0, 0, 15, 30]), chance.choice([0, 0, 15, 30])
        one, two = (at % 12 or 12 for at in (h, h + 1))
        a, b = chance.choice(faces(one, m)), chance.choice(faces(two, n))
        if said == "tomorrow" or (a in SPELT[5:11:5] and b.isdigit()):
            continue  # ten to 11 is 10:50
        figures = {
            "A": f"{one}:{m:02d}{half}" if m else f"{one} {half}",
            "B": f"{two}.{n:02d}{half}" if n else f"{two}{half}",
        }
        text = chance.choice(ORDERS_EN).format(d=said, p=part, a=a, b=b, **figures)
        found = read_time(text, base=BASE, lang="en")
        if (stamp(found.start), stamp(found.end)) != (f"{day}T{h:02d}:{m:02d}", f"{day}T{h + 1:02d}:{n:02d}"):
            wrong.append(text)
    assert wrong == []


RULES = {
    "每天": "DAILY", "天天": "DAILY", "每日": "DAILY", "隔天": "DAILY;INTERVAL=2", "每周三": "WEEKLY;BYDAY=WE", "每周二、周四": "WEEKLY;BYDAY=TU,TH",
    "每周一三五": "WEEKLY;BYDAY=MO,WE,FR", "每个礼拜六": "WEEKLY;BYDAY=SA", "每个星期天": "WEEKLY;BYDAY=SU", "每逢周五": "WEEKLY;BYDAY=FR",
    "周一到周五": "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "工作日": "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "平时周一到周四": "WEEKLY;BYDAY=MO,TU,WE,TH",
    "每周末": "WEEKLY;BYDAY=SA,SU", "每个双休日": "WEEKLY;BYDAY=SA,SU", "每周二和周五": "WEEKLY;BYDAY=TU,FR", "一周两次，周二和周五": "WEEKLY;BYDAY=TU,FR",
    "隔周周三": "WEEKLY;INTERVAL=2;BYDAY=WE", "双周的周日": "WEEKLY;INTERVAL=2;BYDAY=SU", "每月1号": "MONTHLY;BYMONTHDAY=1",
    "每月5号和20号": "MONTHLY;BYMONTHDAY=5,20", "每月第一个周六": "MONTHLY;BYDAY=1SA", "每月最后一个周日": "MONTHLY;BYDAY=-1SU",
    "每月第一、第三个周六": "MONTHLY;BYDAY=1SA,3SA", "每月最后一天": "MONTHLY;BYMONTHDAY=-1",
}  # fmt: skip
ORDERS_OF_RULES = (
    "{r}{h}",
    "{r} {h}",
    "{r}，{h}",
    "{r}{h}巡逻",
    "巡逻 {r}{h} 东门",
    "{r}的{h}",
    "从下周起{r}{h}",
    "{h}，{r}",
)
RULES_EN = {
    "every day": "DAILY", "daily": "DAILY", "every other day": "DAILY;INTERVAL=2", "every Wednesday": "WEEKLY;BYDAY=WE",
    "Wednesdays": "WEEKLY;BYDAY=WE", "every Tuesday and Thursday": "WEEKLY;BYDAY=TU,TH", "Mondays and Fridays": "WEEKLY;BYDAY=MO,FR",
    "every Mon, Wed and Fri": "WEEKLY;BYDAY=MO,WE,FR", "Monday to Friday": "WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekdays": "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekend": "WEEKLY;BYDAY=SA,SU", "every other Friday": "WEEKLY;INTERVAL=2;BYDAY=FR",
    "every fortnight on Monday": "WEEKLY;INTERVAL=2;BYDAY=MO", "twice a week, Tuesday and Friday": "WEEKLY;BYDAY=TU,FR",
    "the first Saturday of every month": "MONTHLY;BYDAY=1SA", "the last Friday of each month": "MONTHLY;BYDAY=-1FR",
    "on the 15th of every month": "MONTHLY;BYMONTHDAY=15", "the 2nd and 4th Tuesday of the month": "MONTHLY;BYDAY=2TU,4TU",
}  # fmt: skip
ORDERS_OF_RULES_EN = (
    "{r} {h}",
    "{r}, {h}",
    "{h} {r}",
    "patrol {r} {h}",
    "starting next week, {r} {h}",
    "{r} {h}, east gate",
)
HOURS = {"早上7点": ("07:00", None), "晚上7点半到9点": ("19:30", "21:00"), "下午2:20-4:15": ("14:20", "16:15"), "上午9点20至11点": ("09:20", "11:00")}  # fmt: skip
HOURS_EN = {"at 7:30pm": ("19:30", None), "9-10am": ("09:00", "10:00"), "from 7 to 8.30 pm": ("19:00", "20:30"), "15:00-16:00": ("15:00", "16:00")}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "rules", "spans", "orders"),
    [("zh", RULES, HOURS, ORDERS_OF_RULES), ("en", RULES_EN, HOURS_EN, ORDERS_OF_RULES_EN)],
)
def test_a_rule_is_read_wherever_its_hour_stands(
    lang: str, rules: dict[str, str], spans: dict[str, tuple[str, str | None]], orders: tuple[str, ...]
) -> None:
    wrong = []
    for (rule, meant), (said, (first, last)), order in product(rules.items(), spans.items(), orders):
        text = order.format(r=rule, h=said)
        found = read_time(text, base=BASE, lang=lang)
        if not (
            same_rule(found.rrule, f"FREQ={meant}") and (clock(found.time), clock(found.time_end)) == (first, last)
        ):
            wrong.append(text)
    assert wrong == []


def stamp(at: object) -> str | None:
    return at.isoformat()[:16] if isinstance(at, datetime) else None


def clock(at: time | None) -> str | None:
    return at.strftime("%H:%M") if at else None
