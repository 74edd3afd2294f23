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
    if said.every is not None or not said.timed or not days or len(days) < least:
        return said
    if week is not None and least < MANY_DAYS:
        first, last = (Moment(week=week, weekdays=(day,)) for day in (days[0], days[-1]))
        return replace(said, every=Every("week"), at=replace(said.at, week=None), since=first, until=last)
    if week is not None or said.bound is not None:
        return said
    until = said.end if said.end and said.end.dated and not said.end.timed else None
    return replace(said, every=Every("week"), until=until, end=None if until else said.end)


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
    if one.role == "lasting" and (whole := _after_its_length(one, two)):
        return whole
    if two.role is not None and (whole := _in_its_role(one, two)):
        return whole
    if two.every is not None:
        if one.role == "unless" and not one.at.dated:
            return replace(two, unless=one.unless)
        return _two_rhythms(one, two) if one.every is not None else _rhythm(one, two, two.every)
    if one.every is not None:
        return _after_a_rhythm(one, two)
    return _same_time(one, two)


def _after_its_length(one: Phrase, two: Phrase) -> Phrase | None:
    """两个小时，周六9点开始; 连续4周，每周三."""
    if two.every is not None:
        times = _how_often(two.every, one)
        return replace(two, times=times) if times else None
    told = two.role in (None, "since") and two.at.dated | two.at.timed and two.end is None
    return replace(two, lasting=one.lasting) if told else None


def _in_its_role(one: Phrase, two: Phrase) -> Phrase | None:
    """What the second is to the first: how long it lasts, what it leaves out, since when and until when it is."""
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
    return None


def _after_a_rhythm(one: Phrase, two: Phrase) -> Phrase | None:
    """Behind a rhythm: 到6月底, 3月到5月, or its hours."""
    if two.dated and not two.timed:
        if two.end is None and two.bound == "before":
            return replace(one, until=two.at)
        if two.end is not None and two.span is None:
            return replace(one, since=two.at, until=two.end)
    if not two.dated and two.timed and not one.timed and two.bound is None:
        return replace(one, at=one.at | two.at, end=two.end, next_day=two.next_day)
    return None


def _how_often(every: Every, said: Phrase) -> int | None:
    """How many times a rhythm beats in all: 共8次; 每天…连续10天, 每周三…连续4周."""
    if said.times is not None or said.lasting is None:
        return said.times
    many = said.lasting.many / every.many
    return int(many) if said.lasting.unit == every.unit and many >= 1 and every.unit != "hour" else None


def _two_rhythms(one: Phrase, two: Phrase) -> Phrase | None:
    """每周三，每天早上: the second only says when in the day."""
    if two.every is None or two.every.unit != "day" or one.timed:
        return None
    return replace(one, at=one.at | Moment(part=two.at.part, clock=two.at.clock), end=two.end)


def _rhythm(one: Phrase, two: Phrase, every: Every) -> Phrase | None:
    """What stands before a rhythm: since when, between when, or which days of the week."""
    if one.role == "until" or one.bound == "before":
        return replace(two, until=one.at)
    if one.timed:
        whole = replace(two, at=two.at | one.at, end=one.end, next_day=one.next_day)
        return None if one.dated or two.timed else whole
    if not one.dated:
        return None
    if fallen := _days_of_the_rhythm(one, two, every):
        return fallen
    if one.end is not None:
        return replace(two, since=one.at, until=one.end)
    if one.bound == "after":
        return replace(two, since=one.at)
    said = one.at
    if any(field is not None for field in (said.month, said.year, said.section, said.week)):
        return replace(two, since=one.at, until=one.at)
    return None


def _days_of_the_rhythm(one: Phrase, two: Phrase, every: Every) -> Phrase | None:
    """周二、周四 before 每天 or 每周; 周末 before 每天."""
    said = one.at
    if said.weekdays and one.end is None and not said.calendar and not two.at.dated:
        if every.unit == "day":
            return replace(two, every=Every("week"), at=replace(two.at, weekdays=said.weekdays))
        if every.unit == "week":
            return replace(two, at=two.at | Moment(weekdays=said.weekdays))
    if said.section in ("weekend", "workdays") and said.week is None and every.unit == "day":
        return replace(two, every=Every("weekends" if said.section == "weekend" else "workdays"))
    return None


def _same_time(one: Phrase, two: Phrase) -> Phrase | None:
    """A day and an hour said apart."""
    only_hour, only_day = (two.timed and not two.dated), (two.dated and not two.timed)
    if one.lasting is not None and one.bound == "after" and one.lasting.unit == "day" and only_hour:
        return replace(two, every=Every("day"), times=int(one.lasting.many), since=one.at)  # 下周二起连续三天，上午9点
    if one.span is not None or two.span is not None or one.bound is not None or two.role is not None:
        return None
    if one.dated and not one.timed and only_hour:
        if one.end is None:
            return replace(two, at=one.at | two.at)
        if one.at.calendar:
            return replace(two, at=one.at | two.at, end=one.end | two.end if two.end else None)  # 28、29日上午9点到11点
    if one.timed and not one.dated and only_day and two.end is None and two.bound is None:
        return replace(one, at=one.at | two.at)
    if _said_on(one, two) and one.at.clock and not (one.dated or one.at.part or one.end or two.end or two.at.clock):
        return replace(one, at=one.at | two.at)  # 差一刻九点，明朝早上
    return _part_and_hour(one, two)


def _said_on(one: Phrase, two: Phrase) -> bool:
    """Whether nothing but a comma stands between a time and the day it is on."""
    return two.dated and bool(one.words and two.words) and 0 <= two.words[0][0] - one.words[-1][1] <= 2


def _part_and_hour(one: Phrase, two: Phrase) -> Phrase | None:
    """周日下午，三点: an hour in the part of the day that was said."""
    part, clock = one.at.part, two.at.clock
    if not part or not clock or one.at.clock or one.end is not None or two.at.part or two.dated:
        return None
    if part == "noon" and 2 < clock.hour < 11:
        return None  # 周日中午聚餐，做菜的10点到
    return replace(two, at=one.at | two.at)
