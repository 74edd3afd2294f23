"""Which of several things somebody chooses, in words: 第一个, 周五的, 两个都报, 西门那个, the last one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.reading.kinds import Kinds
from core.reading.leanings import lean_of
from core.reading.numerals import number
from core.reading.places import same_place
from core.reading.text import plain
from core.reading.times import TimeReading, read_time
from core.reading.vocabulary import answers as said

_DIGIT = re.compile(r"\d")
LONGEST = 30
"""Letters. Whoever says more says something else."""
FIRST = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "1st": 1, "2nd": 2, "3rd": 3,
         "4th": 4, "5th": 5}  # fmt: skip
SHIFTS = {"早": "早上", "晚": "晚上", "夜": "晚上", "中": "中午"}
"""What is left of 早班, 晚场."""
EARLY = (4, 10)
HOURS = {"morning": (4, 12), "noon": (11, 14), "afternoon": (12, 18), "evening": (17, 24), "night": (18, 24),
         "smallhours": (0, 5)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that were asked about; what is not known of it is 0, None or empty.

    `names` are the words by which it may be called: its label, its title, where it is.
    """

    names: tuple[str, ...]
    number: int = 0
    kind: str = ""
    start: datetime | None = None


def choose(words: str, options: Sequence[Option], *, base: datetime, kinds: Kinds, lang: str = "zh") -> tuple[int, ...]:
    """The places of the options that the words choose; none when they say anything else, or fit more than one."""
    text = _bare(plain(words[: LONGEST + 1]).text)
    if not text or len(words) > LONGEST:
        return ()
    if every := said("every").fullmatch(text):
        many = 2 if every["two"] else next((number(n) for n in every.groupdict().values() if n), None)
        return tuple(range(len(options))) if many in (None, len(options)) else ()
    if (some := said("ends").fullmatch(text)) and (many := number(some["n"])):
        row = tuple(range(len(options)))
        return () if many > len(row) else row[:many] if some["first"] else row[-many:]
    if (but := said("all_but").fullmatch(text)) and (
        out := _every(but["what"] or but["en"], options, base, kinds, lang)
    ):
        return tuple(at for at in range(len(options)) if at not in out)
    if (sort := said("sort").fullmatch(text)) and (them := _of_a_sort(sort, options, base, kinds, lang)):
        return them
    if turned_down := said("not_that").match(text) or _excuse(text):
        text = text[turned_down.end() :]  # 周五不行，周六的吧; 我起不来 晚上的吧
    return _several(text, options, base, kinds, lang) or _beside(text, options, base, kinds, lang)


def fitting(
    words: str, options: Sequence[Option], *, base: datetime, kinds: Kinds, lang: str = "zh"
) -> tuple[int, ...]:
    """The places of all the options that words may mean which name one of them: two, where there are two patrols."""
    return tuple(_every(plain(words[:LONGEST]).text, options, base, kinds, lang))


def _beside(text: str, options: Sequence[Option], base: datetime, kinds: Kinds, lang: str) -> tuple[int, ...]:
    """What one clause chooses, where beside it the speaker only says of themselves why: 做菜那个 我会烧."""
    clause = _CLAUSE.match(text)
    if clause is None:
        return ()
    head, tail = clause["words"], text[clause.end() :]
    if said("why").fullmatch(tail) and not lean_of(tail):
        return _several(head, options, base, kinds, lang)
    numbered = said("bare").fullmatch(_bare(tail)) or said("order").search(head)  # 帮王奶奶报名 1 is of activity 1
    if numbered or lean_of(head) or _several(head, options, base, kinds, lang):
        return ()
    chosen = _several(tail, options, base, kinds, lang)
    return chosen if len(chosen) == 1 else ()  # 先来先报 头一个


def _several(text: str, options: Sequence[Option], base: datetime, kinds: Kinds, lang: str) -> tuple[int, ...]:
    """The options that the parts of the text mean, each of them one."""
    found: list[int] = []
    for part in said("and").split(text) if len(text) > 1 else [text]:
        fits = _one(part, options, base, kinds, lang)
        if fits is None:
            return ()
        found.append(fits)
    return tuple(dict.fromkeys(found))


def _excuse(text: str) -> re.Match[str] | None:
    """What stands before a choice and only says why not another."""
    clause = _CLAUSE.match(text)
    return clause if clause and lean_of(clause["words"]) in ("no", "excuse") else None


_CLAUSE = re.compile(r"(?P<words>[^\s,，。;]{2,})[\s,，。;]+(?=\S)")


def _every(part: str, options: Sequence[Option], base: datetime, kinds: Kinds, lang: str) -> Sequence[int]:
    """All that these words fit, one or several."""
    one = _one(part, options, base, kinds, lang)
    return [one] if one is not None else _by_its_features(_bare(part), options, base, kinds, lang)


def _of_a_sort(
    sort: re.Match[str], options: Sequence[Option], base: datetime, kinds: Kinds, lang: str
) -> tuple[int, ...]:
    """All that fit, where as many were said: 巡逻的两个, both patrols."""
    fits = _by_its_features(
        _bare(sort["any"] or sort["what"] or sort["these"] or sort["of"]), options, base, kinds, lang
    )
    said_many = sort["n"] or sort["m"]
    many = number(said_many) if said_many else len(fits)
    return tuple(fits) if len(fits) > 1 and len(fits) == many else ()


def _one(part: str, options: Sequence[Option], base: datetime, kinds: Kinds, lang: str) -> int | None:
    """The one option that this part means."""
    part = _bare(part)
    dated = [(option.start, at) for at, option in enumerate(options) if option.start]
    for name, pick in (("soonest", min), ("latest", max)):
        if dated and said(name).fullmatch(part):
            return pick(dated)[1]
    if (at := _by_number(part, options)) is not None:
        return at if 0 <= at < len(options) else None
    fits = [at for at, option in enumerate(options) if _called(part, option)]
    fits = fits or _by_its_features(part, options, base, kinds, lang)
    return fits[0] if len(fits) == 1 else None


def _bare(text: str) -> str:
    """Without the words that only choose: 我要报…那个吧, please."""
    text = text.strip(" \t\n,.!?;:~。、()\"'")
    lead = said("lead").match(text)
    text = text[lead.end() :] if lead and lead.end() < len(text) else text
    trail = said("trail").search(text)
    return (text[: trail.start()] if trail and trail.start() else text).strip(" ,.。、")


def _by_number(part: str, options: Sequence[Option]) -> int | None:
    """第一个, the second one, the last; 5 and 5号 are the number of an activity, if one has it, else the fifth."""
    if said("last").fullmatch(part):
        return len(options) - 1
    if ending := said("from_the_end").fullmatch(part):
        return len(options) - (FIRST.get(ending["word"] or "") or number(ending["n"] or "") or 0)
    if said("middle").fullmatch(part) and len(options) % 2:
        return len(options) // 2
    if found := said("nth").fullmatch(part):
        word = next(filter(None, found.groups()))
        return (number(word) or FIRST.get(word, 1)) - 1
    if found := said("bare").fullmatch(part):
        n = number(next(filter(None, found.groups()))) or 0
        own = next((at for at, option in enumerate(options) if option.number == n), None)
        told = "号" in part or any(not option.number and _DIGIT.search(option.names[0]) for option in options)
        return own if own is not None or told else n - 1  # 3 may as well be 3号楼
    return None


def _called(part: str, option: Option) -> bool:
    names = [_letters(name) for name in option.names if name]
    return _letters(part) in names or any(same_place(part, name) for name in option.names)


def _by_its_features(part: str, options: Sequence[Option], base: datetime, kinds: Kinds, lang: str) -> list[int]:
    """The options that have everything which the part says, if it says nothing else: 周五晚上的巡逻, 西门那个."""
    fits = list(range(len(options)))
    left = part = SHIFTS.get(part, part)
    when = read_time(part, base=base, lang=lang)
    if when.kind is not None:
        fits = [at for at in fits if _at_that_time(options[at], when, part)]
        for start, end in sorted(when.spans, reverse=True):
            left = left[:start] + " " + left[end:]
    if just := kinds.just(_bare(left)):
        return [at for at in fits if options[at].kind == just.name]
    kind = kinds.of(left, asked=True)
    named = (kind.named.search(left) or kind.spoken.search(left)) if kind else None
    if kind is None and (named := said("meal").search(left)):  # 吃饭那个
        kind = kinds.with_dishes()
    if kind is not None and named is not None:
        fits = [at for at in fits if options[at].kind == kind.name]
        left = left[: named.start()] + " " + left[named.end() :]
    if over := said("that_one").sub("", _bare(left)).strip(" 的").removesuffix(" on"):
        fits = [at for at in fits if any(len(over) > 1 and over in plain(name).text for name in options[at].names)]
    return fits


def _at_that_time(option: Option, when: TimeReading, part: str) -> bool:
    if option.start is None or when.start is None:
        return False
    day = when.start.date() if isinstance(when.start, datetime) else when.start
    on_a_day = not isinstance(when.start, datetime) or said("day").search(part)
    if on_a_day and not _same_day(option.start.date(), day, when, part):
        return False
    if when.daypart:
        first, last = EARLY if "早" in part else HOURS[when.daypart]
        return first <= option.start.hour < last
    if not isinstance(when.start, datetime):
        return True
    by_day = said("half").search(part) is not None
    same = when.start.hour == option.start.hour if by_day else when.start.hour % 12 == option.start.hour % 12
    return same and when.start.minute == option.start.minute


def _same_day(day: date, first: date, when: TimeReading, part: str) -> bool:
    last = when.end.date() if isinstance(when.end, datetime) else when.end if isinstance(when.end, date) else first
    weekly = said("weekday").search(part) is not None
    return first <= day <= last or (weekly and day.weekday() == first.weekday())


def _letters(text: str) -> str:
    return "".join(c for c in plain(text).text if c.isalnum())
