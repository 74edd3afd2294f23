"""Units said once for two numbers, given to both before the grammar reads: 9~11点, 七八点, 7-9pm, 13-15 July."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from core.reading.numerals import neighbours
from core.reading.times.scan import WEEKDAYS
from core.reading.times.values import Moment, Number, Token, Unit

SPACES, LISTED = 6, 31
"""How far is looked for the other number: over so many spaces, along a list of so many. Each number looks anew."""


def lend_units(tokens: list[Token]) -> list[Token]:
    """9~11点, 5月1-3日, 五到六点, 7-9pm, 七八点: the first number takes the unit that is said once, after the second.

    七八点 becomes 七点 到 八点.
    """
    lent: list[Token] = []
    for i, token in enumerate(tokens):
        lent.append(token)
        if token.number is not None:
            lent += _lent(tokens, i, lent)
    return lent


def _lent(tokens: list[Token], i: int, so_far: list[Token]) -> list[Token]:
    """What the number at `i` takes from the unit after the other number; 七八点 takes its own place in `so_far`."""
    token, number = tokens[i], tokens[i].number
    assert number is not None  # noqa: S101 - the caller looked
    j = _forth(tokens, i)
    joins = j < len(tokens) and (tokens[j].says("to") or tokens[j].says("and") or tokens[j].text == "、")
    first = k = _forth(tokens, j) if joins else j + 1
    j, k = _last_of_list(tokens, j, k) if joins else (first, j)
    unit = tokens[k + 1] if joins and k + 1 < len(tokens) and tokens[k].number is not None else None
    if unit is not None and unit.gap and k + 2 < len(tokens):
        unit = tokens[k + 2]
    before = tokens[i - 1].unit if i else None
    if unit is None:
        pair = neighbours(number.text)
        return _either(so_far.pop(), pair) if pair and _names_hour(tokens, i + 1) else []
    if before and unit.unit and before.name.split("_")[0] == unit.unit.name.split("_")[0]:
        return []  # 1月3至2月10, 7点20到8点半
    half = unit.mark("ampm")
    names_place = unit.unit is not None and unit.unit.role != "length" and not unit.glued
    if not (names_place or (half is not None and int(number.value) <= 12)):
        return []
    plain = Unit("hour", "point") if unit.unit and unit.unit.name.startswith("hour") else unit.unit
    adjacent = tokens[k].number
    later = adjacent is not None and number.value % 12 > adjacent.value % 12
    marks = {"ampm": "am" if half == "pm" else "pm"} if half is not None and later else unit.marks  # 11-1pm
    follows = first == k and adjacent is not None and adjacent.value == number.value + 1
    if follows and not tokens[j].says("to") and plain and plain.name == "hour":
        tokens[j] = replace(tokens[j], marks={"to": ""})  # 凌晨6、7点
    return [replace(unit, start=token.end, end=token.end, unit=plain, marks=marks)]


def _names_hour(tokens: list[Token], i: int) -> bool:
    unit = tokens[i].unit if i < len(tokens) else None
    return unit is not None and unit.name.startswith("hour") and unit.role != "length"


def _last_of_list(tokens: list[Token], j: int, k: int) -> tuple[int, int]:
    """Of 1、11、21号 the places before and of the last number."""
    for _ in range(LISTED):
        if k + 2 >= len(tokens) or tokens[k + 1].text not in {"、", ","}:
            break
        if not (tokens[k].number and tokens[k + 2].number):
            break
        j, k = k + 1, k + 2
    return j, k


def lend_weekdays(tokens: list[Token]) -> list[Token]:
    """周一到周五, 周一至五, Mon-Fri as one word: all the days of the row."""
    lent: list[Token] = []
    i = 0
    while i < len(tokens):
        row = _weekday_row(tokens, i)
        if row is None:
            lent.append(tokens[i])
            i += 1
        else:
            lent.append(row[0])
            i = row[1]
    return lent


def _weekday_row(tokens: list[Token], i: int) -> tuple[Token, int] | None:
    first = tokens[i].moment
    if first is None or first.weekdays is None or first != Moment(week=first.week, weekdays=first.weekdays):
        return None
    j = _forth(tokens, i)
    both = j < len(tokens) and tokens[j].text in ("and", "&")
    if j >= len(tokens) or not (both or tokens[j].mark("to") not in (None, "between")):
        return None
    k = _forth(tokens, j)
    if k >= len(tokens):
        return None
    second, last = tokens[k].moment, None
    if (
        second is not None
        and second.weekdays is not None
        and second == Moment(week=first.week if second.week else None, weekdays=second.weekdays)
    ):
        last = second.weekdays[0]
    elif tokens[k].text in WEEKDAYS and not tokens[k].text.isdigit() and tokens[k - 1].says("to"):
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if after is None or (after.unit is None and not after.glued):
            last = WEEKDAYS[tokens[k].text]
    if last is None or len(first.weekdays) > 1 or (both and last != (first.weekdays[0] + 1) % 7):
        return None
    days = tuple((first.weekdays[0] + n) % 7 for n in range((last - first.weekdays[0]) % 7 + 1))
    token = replace(tokens[i], text=tokens[i].text, end=tokens[k].end, moment=replace(first, weekdays=days))
    return token, k + 1


def _forth(tokens: list[Token], i: int) -> int:
    """The place after `i`, spaces aside."""
    last = min(len(tokens), i + 1 + SPACES)
    i += 1
    while i < last and tokens[i].gap and tokens[i].text == " ":
        i += 1
    return i


def lend_months(tokens: list[Token]) -> list[Token]:
    """13th to 15th of July: the first day takes the month that is said once."""
    lent = list(tokens)
    lends: list[tuple[int, Token]] = []
    for i, token in enumerate(tokens):
        month = token.moment
        if (
            month is None
            or month.month is None
            or month.day is not None
            or not token.text[:1].isalpha()
            or not token.text.isascii()
        ):
            continue
        second = _number_before(tokens, i)
        to = _back(tokens, second)
        while to > 0 and tokens[to].text == "the":
            to = _back(tokens, to)
        if second < 0 or to < 0 or not tokens[to].says("to"):
            continue
        first = _number_before(tokens, to)
        if first >= 0:
            lends.append((to, replace(token, start=tokens[to].start, end=tokens[to].start)))
    for to, lend in reversed(lends):
        lent.insert(to, lend)
    return lent


def _number_before(tokens: list[Token], i: int) -> int:
    """The place of the day's number before `i`, its th and of aside; -1 when there is none."""
    j = _back(tokens, i)
    while j >= 0 and (tokens[j].says("ordinal_tail") or tokens[j].text == "of"):
        j = _back(tokens, j)
    number = tokens[j].number if j >= 0 else None
    return j if number is not None and number.whole is not None and 1 <= number.whole <= 31 else -1


def _back(tokens: list[Token], i: int) -> int:
    """The place before `i`, spaces aside."""
    last = max(-1, i - 1 - SPACES)
    i -= 1
    while i > last and tokens[i].gap and tokens[i].text == " ":
        i -= 1
    return i


def lend_halves(tokens: list[Token]) -> list[Token]:
    """6:30-7:30 am, 7-8:30 pm: the first hour takes the half of the day that is said once; 11-1:30 pm is from 11 am."""
    lent: list[Token] = []
    for i, token in enumerate(tokens):
        lent.append(token)
        j = _forth(tokens, i)
        if sharp := j < len(tokens) and tokens[j].says("oclock"):
            j = _forth(tokens, j)
        k = _forth(tokens, j)
        m = _forth(tokens, k)
        if m >= len(tokens) or not tokens[j].says("to") or (half := tokens[m].mark("ampm")) is None:
            continue
        first, last = _hour(token), _hour(tokens[k])
        if first is None or last is None or (token.number and tokens[k].number and not sharp):
            continue  # two bare numbers are lent their half like any unit
        other = "am" if half == "pm" else "pm"
        lent.append(Token("", token.end, token.end, marks={"ampm": other if first % 720 > last % 720 else half}))
    return lent


def _hour(token: Token) -> int | None:
    """The minutes on a clock's face of 12 hours that a number or a clock time shows."""
    if token.moment is not None and token.moment.clock is not None and token.moment.clock.hour <= 12:
        return token.moment.clock.hour * 60 + token.moment.clock.minute
    if token.mark("by") == ".":  # 8.30
        hour, minute = map(int, (token.mark("pair") or "").split())
        return hour * 60 + minute if hour <= 12 and minute < 60 else None
    n = token.number.whole if token.number else None
    return n * 60 if n is not None and 1 <= n <= 12 else None


def _either(token: Token, pair: tuple[int, int]) -> list[Token]:
    """七八点 as 七点 到 八(点)."""
    low, high = (replace(token, number=Number(Fraction(n), str(n)), text=str(n)) for n in pair)
    hour = Token("", token.end, token.end, unit=Unit("hour", "point"))
    return [low, hour, Token("", token.end, token.end, marks={"to": ""}), high]
