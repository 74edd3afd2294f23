"""The vocabulary files as one table: from a word to everything it may mean.

A line of `vocabulary/*.toml` is a meaning and the words that have it, with spaces between them (in Chinese) or commas
(in English); the meaning `yes` is for marks that mean nothing more. Sections:

- `day`, `year`, `relative` x `relative_unit`: offsets from now. `day_short` x `part_short` make 今晚 and 明早.
- `clock`: hours with a name. `part`, `part_hint`: parts of the day, names of parts.py.
- `section`: stretches of a month or year, names of almanac.py.
- `month`, `weekday`, `calendar`, `number`, `ordinal`, `ampm`, `phrase`, `stretch`, `now`: what they say.
- `unit_point` (names a place: 3号), `unit_length` (measures: 3天), `unit_both`.
- `mark.X`: words that say how moments hang together; the grammar asks for them by X.
- `name`: given names that are days as well, and the titles that show it.
- `other`: words that look like time and are not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

from core.reading.times.values import Clock, Length, Moment, Number, Rel, Shift, Unit, UnitName

LUNAR_DAYS = (*"一二三四五六七八九十", *"123456789", "10")
FOLDER = Path(__file__).parent / "vocabulary"


@dataclass(slots=True)
class Word:
    """All that one word may mean."""

    moment: Moment | None = None
    number: Number | None = None
    unit: Unit | None = None
    marks: dict[str, str] = field(default_factory=dict)
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words` by spelling; `lengths`: for each first letter how long the words with it are, longest first."""

    words: dict[str, Word]
    lengths: dict[str, tuple[int, ...]]

    def at(self, text: str, at: int) -> Iterator[tuple[str, Word]]:
        """The words that begin here, the longest first."""
        for length in self.lengths.get(text[at], ()):
            spelling = text[at : at + length]
            if (found := self.words.get(spelling)) is not None and len(spelling) == length:
                yield spelling, found


@cache
def lexicon() -> Lexicon:
    """Both languages in one: people mix them."""
    words: dict[str, Word] = {}
    for name in ("zh", "en"):
        tables = _spelt_out(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")), None if name == "zh" else ",")
        _marks(words, tables)
        _moments(words, tables)
        _relatives(words, tables, glue="" if name == "zh" else " ")
        _numbers(words, tables)
        _names(words, tables.get("name", {}))
    for name, feast in tomllib.loads((FOLDER / "feasts.toml").read_text("utf-8")).items():
        for spelling in feast["words"]:
            _word(words, spelling).moment = Moment(feast=name)
    lengths: dict[str, set[int]] = {}
    for spelling in words:
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    return Lexicon(words, {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()})


def _spelt_out(table: dict[str, Any], separator: str | None) -> dict[str, Any]:
    """The tables turned round: from each word to its meaning."""
    turned: dict[str, Any] = {}
    for meaning, said in table.items():
        if isinstance(said, dict) and not any(isinstance(value, int) for value in said.values()):
            turned[meaning] = _spelt_out(said, separator)
        elif isinstance(said, dict):
            turned[meaning] = said  # a phrase of several fields
        else:
            for word in said.split(separator):
                turned[" ".join(word.split())] = "" if meaning == "yes" else meaning
    return turned


def _word(words: dict[str, Word], spelling: str) -> Word:
    return words.setdefault(spelling.lower(), Word())


def _marks(words: dict[str, Word], tables: dict[str, Any]) -> None:
    for kind, table in tables.get("mark", {}).items():
        for spelling, value in table.items():
            _word(words, spelling).marks[kind] = value
    for spelling, kind in tables["other"].items():
        _word(words, spelling).glued |= kind == "glued"
    for role in ("point", "length", "both"):
        for spelling, name in tables.get(f"unit_{role}", {}).items():
            _word(words, spelling).unit = Unit(name, role)


def _month(said: str) -> Moment:
    match said.split():
        case ["this"]:
            return Moment(month=Rel(0))
        case ["next"]:
            return Moment(month=Rel(1))
        case ["lunar", n]:
            return Moment(month=int(n), lunar=True)
        case [n]:
            return Moment(month=int(n))
    raise ValueError(said)


MEANINGS: dict[str, Callable[[str], Moment]] = {
    "day": lambda n: Moment(day=Rel(int(n))),
    "year": lambda n: Moment(year=Rel(int(n))),
    "month": _month,
    "weekday": lambda n: Moment(weekdays=(int(n),)),
    "part": lambda part: Moment(part=part),
    "clock": lambda hour: Moment(clock=Clock(int(hour), 0, exact=True)),
    "section": lambda section: Moment(section=section),
    "calendar": lambda kind: Moment(lunar=kind != "solar", leap=True if kind == "leap" else None),
}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
MARKS = {
    "part_hint": "hint",
    "weekdays": "weekdays",
    "now": "now",
    "stretch": "stretch",
    "ordinal": "nth",
    "ampm": "ampm",
}


def _moments(words: dict[str, Word], tables: dict[str, Any]) -> None:
    """The sections whose words say something of a moment, or are marks of their own."""
    for section, meaning in MEANINGS.items():
        for spelling, said in tables.get(section, {}).items():
            _word(words, spelling).moment = meaning(said)
    for section, mark in MARKS.items():
        for spelling, said in tables.get(section, {}).items():
            _word(words, spelling).marks[mark] = said
    for spelling, said in tables.get("phrase", {}).items():
        day, week = (Rel(said[field]) if field in said else None for field in ("day", "week"))
        _word(words, spelling).moment = Moment(day=day, week=week, part=said.get("part"), section=said.get("section"))
    for short, n in tables.get("day_short", {}).items():  # 今晚, 明早上
        for letter, part in tables["part_short"].items():
            for spelling in (short + letter, short + letter + "上") if letter in "早晚" else (short + letter,):
                _word(words, spelling).moment = Moment(day=Rel(int(n)), part=part)
    if "calendar" in tables:
        _lunar_days(words)


def _lunar_days(words: dict[str, Word]) -> None:
    """初一 to 初十, and 年初三, 大年初三."""
    for n, digit in enumerate(LUNAR_DAYS):
        day = Moment(day=n % 10 + 1, lunar=True)
        _word(words, f"初{digit}").moment = day
        _word(words, f"年初{digit}").moment = _word(words, f"大年初{digit}").moment = day | Moment(month=1)


def _relatives(words: dict[str, Word], tables: dict[str, Any], glue: str) -> None:
    for before, n in tables["relative"].items():
        for noun, unit in tables["relative_unit"].items():
            if unit == "hour":
                _word(words, f"{before}{glue}{noun}").marks["stretch"] = f"hour {n} {n}"
            else:
                _word(words, f"{before}{glue}{noun}").moment = relative(int(n), unit)
        for name, day in tables.get("weekday", {}).items():
            _word(words, f"{before}{glue}{name}").moment = _weekday_near(before, int(n), int(day))
        for name, said in tables["month"].items() if glue else ():
            if name == "may" and before == "this":
                continue  # this may take a while
            _word(words, f"{before}{glue}{name}").moment = Moment(
                year=Rel(int(n)) if int(n) <= 0 else None, month=int(said)
            )


def _weekday_near(before: str, n: int, weekday: int) -> Moment:
    """Next Friday is next week's; the upcoming and the past one are the nearest."""
    if "coming" in before:
        return Moment(day=Rel(0), shift=Shift(1, "day", weekday))
    if "past" in before:
        return Moment(day=Rel(0), shift=Shift(-1, "day", weekday))
    return Moment(week=Rel(n), weekdays=(weekday,))


def relative(n: int, unit: UnitName | Literal["century"]) -> Moment:
    """This (0), next (1), last (-1) week, month, year, weekend, quarter, hour."""
    match unit:
        case "week":
            return Moment(week=Rel(n))
        case "month":
            return Moment(month=Rel(n))
        case "year":
            return Moment(year=Rel(n))
        case "weekend":
            return Moment(week=Rel(n), section="weekend")
        case "century":
            return Moment(century=Rel(n))
        case "quarter":
            return Moment(section=f"quarter {n:+d}")
        case "workday":
            return Moment(week=Rel(n), section="workdays")
        case _:
            return Moment(away=Length(Fraction(n), unit))


def _names(words: dict[str, Word], table: dict[str, str]) -> None:
    """People whose names are days: 国庆叔 says nothing of time."""
    for given in (name for name, kind in table.items() if kind == "given"):
        for title in (name for name, kind in table.items() if kind == "title"):
            _word(words, given + title)


def _numbers(words: dict[str, Word], tables: dict[str, Any]) -> None:
    for spelling, said in tables.get("number", {}).items():
        value, *unit = said.split()
        _word(words, spelling).number = Number(Fraction(value), spelling)
        if unit:
            _word(words, spelling).marks["measure"] = unit[0]
    for ten, tens in TENS.items() if "ordinal" in tables else ():
        for one, said in tables["number"].items():
            if len(said) == 1 and len(one) > 2:  # twenty one, not twenty a
                for spelling in (f"{ten} {one}", f"{ten}-{one}"):
                    _word(words, spelling).number = Number(Fraction(tens + int(said)), spelling)
        for first, said in tables["ordinal"].items():
            if len(said) == 1 and tens < 40:
                for spelling in (f"{ten} {first}", f"{ten}-{first}"):
                    _word(words, spelling).marks["nth"] = str(tens + int(said))
