"""From phrases to statements: a date here and an hour there that belong together become one.

28号楼下周二停水，上午9点到下午3点 has two phrases and one time. 周五晚8点，7点半集合 has two of each.
"""

from __future__ import annotations

from dataclasses import replace

from core.reading.times.grammar import Grammar
from core.reading.times.lend import lend_halves, lend_months, lend_units, lend_weekdays
from core.reading.times.phrase import Every, Phrase
from core.reading.times.scan import scan
from core.reading.times.values import Moment

PHRASES = 60
"""Nobody says more times in one message; a text that seems to is not read further."""


def statements(text: str, lang: str = "zh", *, weekly: bool = False) -> list[Phrase]:
    """Every separate time that the plain text mentions, in order. `weekly`: two days of the week are said of each."""
    composed: list[Phrase] = []
    for phrase in phrases(text, lang):
        joined = join(composed[-1], phrase) if composed else None
        if joined is not None:
            composed.pop()
        composed.append(_habit(joined or phrase, 2 if weekly else MANY_DAYS))
    return [phrase for phrase in composed if phrase.dated or phrase.timed]


MANY_DAYS = 4


def _habit(said: Phrase, least: int) -> Phrase:
    """周一到周五晚上7点 is said of every week; in a posting so is 周二周五晚上7点, and 下周一到周五 of each day."""
    days, week = said.at.weekdays, said.at.week
    if least == 2 and said.every is None and said.timed and week is not None and days and len(days) > 1:
        first, last = (Moment(week=week, weekdays=(day,)) for day in (days[0], days[-1]))
        return replace(said, every=Every("week"), at=replace(said.at, week=None), since=first, until=last)
    if (
        said.every is None
        and said.timed
        and days is not None
        and len(days) >= least
        and said.at.week is None
        and said.bound is None
    ):
        until = said.end if said.end and said.end.dated and not said.end.timed else None
        return replace(said, every=Every("week"), until=until, end=None if until else said.end)
    return said


def phrases(text: str, lang: str = "zh") -> list[Phrase]:
    """All phrases of a text, left to right, none overlapping."""
    tokens = lend_units(lend_halves(lend_months(lend_weekdays(scan(text, lang)))))
    grammar = Grammar(tokens)
    found: list[Phrase] = []
    hint = next((said for token in tokens if (said := token.mark("hint"))), None)
    i = 0
    while i < len(tokens) and len(found) < PHRASES:
        token = tokens[i]
        if token.other or token.gap:
            i += 1
            continue
        result = grammar.phrase(i)
        if result is None:
            i += 1
            continue
        found.append(replace(result[0], hint=hint))
        i = max(result[1], i + 1)
    return found


def join(one: Phrase, two: Phrase) -> Phrase | None:
    """Both as one statement, or None when they are two."""
    joined = _joined(one, two)
    return joined.with_words(one).with_words(two) if joined else None


def _joined(one: Phrase, two: Phrase) -> Phrase | None:
    if (
        one.role == "lasting"
        and two.every is None
        and two.role in (None, "since")
        and two.at.dated | two.at.timed
        and two.end is None
    ):
        return replace(two, lasting=one.lasting)
    if one.role == "lasting" and two.every is not None and (times := _how_often(two.every, one)):
        return replace(two, times=times)
    match two.role:
        case "lasting" if one.every is not None and (times := _how_often(one.every, two)):
            return replace(one, times=times)
        case "lasting" if one.end is None:
            return replace(one, lasting=two.lasting)
        case "unless" if one.every is not None:
            at = one.at | two.at if two.at.timed and one.at.clock is None else one.at
            return replace(one, at=at, unless=(*one.unless, *two.unless))
        case "until" if one.every is not None and two.dated:
            return replace(one, until=two.at)
        case "until" if two.at.clock and not two.dated and one.timed and one.end is None:
            return replace(one, end=two.at, bound=None, role=None)  # 9点开始，11点结束
        case "since" if one.every is not None and two.at.dated:
            return replace(one, since=two.at)
    if one.role == "unless" and two.every is not None and not one.at.dated:
        return replace(two, unless=one.unless)
    if two.every is not None:
        return _rhythm(one, two)
    if one.every is not None:
        if two.dated and two.end is None and two.bound == "before" and not two.timed:
            return replace(one, until=two.at)
        if two.dated and two.end is not None and not two.timed and two.span is None:
            return replace(one, since=two.at, until=two.end)
        if not two.dated and two.timed and not one.timed and two.bound is None:
            return replace(one, at=one.at | two.at, end=two.end, next_day=two.next_day)
        return None
    return _same_time(one, two)


def _how_often(every: Every, said: Phrase) -> int | None:
    """How many times a rhythm beats in all: 共8次; 每天…连续10天, 每周三…连续4周."""
    if said.times is not None or said.lasting is None:
        return said.times
    many = said.lasting.many / every.many
    return int(many) if said.lasting.unit == every.unit and many >= 1 and every.unit != "hour" else None


def _rhythm(one: Phrase, two: Phrase) -> Phrase | None:
    """What stands before a rhythm: since when, between when, or which days of the week."""
    every = two.every
    if one.every is not None or every is None:
        if one.every is not None and every is not None and every.unit == "day" and not one.timed:
            return replace(one, at=one.at | Moment(part=two.at.part, clock=two.at.clock), end=two.end)
        return None
    if one.role == "until" or one.bound == "before":
        return replace(two, until=one.at)
    if one.timed and not one.dated and not two.timed:
        return replace(two, at=two.at | one.at, end=one.end, next_day=one.next_day)
    if not one.dated or one.timed:
        return None
    if one.at.weekdays and one.end is None and not one.at.calendar and every.unit == "day" and not two.at.dated:
        return replace(two, every=Every("week"), at=replace(two.at, weekdays=one.at.weekdays))
    if every.unit == "week" and one.at.weekdays and not one.at.calendar and not two.at.dated and one.end is None:
        return replace(two, at=two.at | Moment(weekdays=one.at.weekdays))
    if one.at.section in ("weekend", "workdays") and one.at.week is None and every.unit == "day":
        return replace(two, every=Every("weekends" if one.at.section == "weekend" else "workdays"))
    if one.end is not None:
        return replace(two, since=one.at, until=one.end)
    if one.bound == "after":
        return replace(two, since=one.at)
    if one.at.month is not None or one.at.year is not None or one.at.section is not None or one.at.week is not None:
        return replace(two, since=one.at, until=one.at)
    return None


def _same_time(one: Phrase, two: Phrase) -> Phrase | None:
    """A day and an hour said apart."""
    if one.lasting is not None and one.bound == "after" and one.lasting.unit == "day" and two.timed and not two.dated:
        return replace(two, every=Every("day"), times=int(one.lasting.many), since=one.at)  # 下周二起连续三天，上午9点
    if one.span is not None or two.span is not None or one.bound is not None or two.role is not None:
        return None
    if one.dated and not one.timed and two.timed and not two.dated and one.end is None:
        return replace(two, at=one.at | two.at)
    if one.dated and not one.timed and one.end and two.timed and not two.dated and one.at.calendar:
        return replace(two, at=one.at | two.at, end=one.end | two.end if two.end else None)  # 28、29日上午9点到11点
    if one.timed and not one.dated and two.dated and not two.timed and two.end is None and two.bound is None:
        return replace(one, at=one.at | two.at)
    if one.at.part and not one.at.clock and one.end is None and two.at.clock and not two.at.part and not two.dated:
        if one.at.part == "noon" and 2 < two.at.clock.hour < 11:
            return None  # 周日中午聚餐，做菜的10点到
        return replace(two, at=one.at | two.at)
    return None
