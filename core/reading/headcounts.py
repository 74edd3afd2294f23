"""How many are wanted: people in all, at each place, in each household, dishes of each sort."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.reading.dishes import COURSES, SORTS
from core.reading.numerals import HAN, number
from core.reading.page import Page
from core.reading.vocabulary import regex


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a roster: a place, a household ('1', '2', ...) or a sort of dish, and how many are wanted there.

    Sorts of dishes have the labels cold, hot, staple, soup and sweet. `said` is the label as it was written.
    """

    label: str
    max: int | None
    min: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Headcount:
    min: int | None = None
    max: int | None = None
    slots: tuple[Wanted, ...] = ()
    said: bool = False  # something was said of it, if only that it does not matter


MOST_SLOTS = 40
NUM = regex("headcounts", "num")
WHO = regex("headcounts", "who")
WHO_EN = (
    r"(?:people|persons?|volunteers?|neighbou?rs?|helpers?|pax|ppl|places?|spots?|members?|adults?|hands|cooks|guests)"
)

# ---------------------------------------------------------------- dishes

_MEASURE = regex("headcounts", "measure")
DISH_LINE = re.compile(regex("headcounts", "dish_line", NUM=NUM, _MEASURE=_MEASURE, _DISH=SORTS, WHO_EN=WHO_EN))


def dishes(page: Page) -> tuple[Wanted, ...]:
    """The sorts of dishes with their numbers; a sort without a number is left for others to read."""
    wanted: list[Wanted] = []
    at = 0
    while found := DISH_LINE.search(page.left, at):
        before, after = found["before"], found["after"]
        start, end = found.span()
        at = end
        if not (before or after):
            continue
        latin = page.left[end - 1 : end].isascii() and page.left[end - 1 : end].isalpha()
        if latin and end < len(page.left) and page.left[end].isalpha() and page.left[end].isascii():
            continue
        if before and after:  # "5 cold, 6 hot" read as cold 6: the number in front belongs to it
            at = end = found.start("after")
        sort = next(name for name in COURSES if found[name])
        count = number(before) if before else number(found["most"] or after)
        low = number(after) if after and found["most"] and not before else None
        wanted.append(Wanted(sort, count, low, page.said(found.start(sort), found.end(sort))))
        page.strike(start, end)
    return tuple(wanted)


# ---------------------------------------------------------------- places and households

_NO = rf"(?:(?<![\da-z])[a-z]?\d{{1,3}}|(?<![{HAN}])[{HAN}]{{1,6}}|[a-z])"
_UNIT = regex("headcounts", "unit")
LABEL = re.compile(regex("headcounts", "label", _NO=_NO, _UNIT=_UNIT))
OWN = re.compile(regex("headcounts", "own", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN, p3=re.escape("¦")))
PER = re.compile(regex("headcounts", "per", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
HOUSES = re.compile(regex("headcounts", "houses", NUM=NUM))


def labels(found: re.Match[str], page: Page) -> list[str]:
    """Every place that one match of `LABEL` names: 1-3号楼 is three."""
    if found["ru"]:
        first, last = number(found["first"]), number(found["last"])
        if first is None or last is None:
            a, b = found["first"], found["last"]
            if len(a) == len(b) == 1 and a.isalpha() and b.isalpha() and a < b:
                return [f"{chr(c).upper()}{found['ru']}" for c in range(ord(a), ord(b) + 1)]
            return []
        return [f"{n}{found['ru']}" for n in range(first, min(last, first + MOST_SLOTS - 1) + 1)]
    if found["lu"]:
        numbers = re.split(r"[、,和/及\s]+", found["list"])
        return [f"{n}{found['lu']}" for n in numbers if n][:MOST_SLOTS]
    if found["en_first"]:
        first, last = int(found["en_first"]), int(found["en_last"])
        return [f"Building {n}" for n in range(first, min(last, first + MOST_SLOTS - 1) + 1)]
    if found["en_many"]:
        noun = found["en_many"][:-1].capitalize()
        return [f"{noun} {n}" for n in re.findall(r"\d+", found["en_list"])][:MOST_SLOTS]
    said = page.said(*found.span())
    return [re.sub(r"^the ", "", said, flags=re.IGNORECASE)]


def places(page: Page) -> tuple[Wanted, ...]:
    """Places or households with how many are wanted at each.

    Nothing when only one place is named, or no numbers are."""
    per = PER.search(page.left)
    each = number(per["n"] or per["en"] or per["en2"]) if per else None
    most = number(per["m"] or per["en_m"]) if per and (per["m"] or per["en_m"]) else None
    rows: list[tuple[int, int, list[str], int | None, int | None]] = []
    for found in LABEL.finditer(page.left):
        named = labels(found, page)
        if not named:
            continue
        end = found.end()
        own = OWN.match(page.left, end) if not (per and per.start() <= end < per.end()) else None
        high = number(own["m"] or own["n"] or own["bare"] or own["gate_n"]) if own else None
        low = number(own["n"]) if own and own["m"] else None
        known = {label.casefold() for row in rows for label in row[2]}
        said_on = _HAN_LETTER.match(page.left, found.end()) is not None
        if said_on and high is None and known and all(label.casefold() in known for label in named):
            continue  # it is only spoken of: 土已经堆在2号楼门口了
        rows.append((found.start(), own.end() if own else end, named, high, low))
    many = sum(len(row[2]) for row in rows)
    counted = [row for row in rows if row[3] is not None]
    if many == 1 and per and per[0].startswith("各"):
        return ()
    if each is not None and rows and not (many == 1 and HOUSES.search(page.left)):
        return _slots(page, rows, (each, most), per)
    if counted and many > 1 and sum(len(row[2]) for row in counted) > 1:
        return _slots(page, counted, (None, None), None)
    return _households(page, each, most, per) if per else ()


def listed(page: Page) -> tuple[Wanted, ...]:
    """Several places of which nobody said how many are wanted at each: 3号楼 5号楼 6号楼, 1-6号楼."""
    found = [(match, labels(match, page)) for match in LABEL.finditer(page.left)]
    found = [(match, named) for match, named in found if not _HAN_LETTER.match(page.left, match.end())]
    names = list(dict.fromkeys(label for _, named in found for label in named))
    if len(names) < 2:
        return ()
    for match, _ in found:
        page.strike(*match.span())
    return tuple(Wanted(name, None, None, name) for name in names[:MOST_SLOTS])


_HAN_LETTER = re.compile(r"[\u4e00-\u9fff]")
_Row = tuple[int, int, list[str], int | None, int | None]


def _slots(
    page: Page, rows: list[_Row], per: tuple[int | None, int | None], said: re.Match[str] | None
) -> tuple[Wanted, ...]:
    each, most = per
    wanted: list[Wanted] = []
    for start, end, named, high, low in rows:
        page.strike(start, end)
        for label in named:
            if high is None:
                wanted.append(Wanted(label, most or each, each if most else None, label))
            else:
                wanted.append(Wanted(label, high, low, label))
    if said:
        page.strike(*said.span())
    if (homes := HOUSES.search(page.left)) and number(homes["n"] or homes["en"]) == len(wanted):
        page.strike(*homes.span())  # 2户: as many as were named
    return tuple(wanted[:MOST_SLOTS])


def _households(page: Page, each: int | None, most: int | None, per: re.Match[str] | None) -> tuple[Wanted, ...]:
    found = HOUSES.search(page.left)
    while found and per and per.start() <= found.start() < per.end():
        found = HOUSES.search(page.left, per.end())
    if not found or per is None:
        return ()
    homes = number(found["n"] or found["en"]) or 0
    if not 1 <= homes <= MOST_SLOTS:
        return ()
    page.strike(*found.span())
    page.strike(*per.span())
    return tuple(Wanted(str(n + 1), most or each, each if most else None) for n in range(homes))


# ---------------------------------------------------------------- people in all

_ASK = regex("headcounts", "ask")
_LABEL = r"(?:人数|人员|名额|how many(?: people)?|number of people|headcount|people|volunteers|needed|spots|places)"
_FEW = regex("headcounts", "few")
"""三四个人: from three to four."""
RANGE = re.compile(regex("headcounts", "range", _ASK=_ASK, NUM=NUM, WHO=WHO, _LABEL=_LABEL, _FEW=_FEW, WHO_EN=WHO_EN))
LEAST = re.compile(regex("headcounts", "least", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
MOST = re.compile(regex("headcounts", "most", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
EXACT = re.compile(regex("headcounts", "exact", _ASK=_ASK, NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
TOTAL = re.compile(regex("headcounts", "total", NUM=NUM, WHO=WHO))
GROUPED = re.compile(regex("headcounts", "grouped", NUM=NUM))
MEN_AND_WOMEN = re.compile(regex("headcounts", "men_and_women", NUM=NUM))
ANY = re.compile(regex("headcounts", "any"))
BARE = re.compile(regex("headcounts", "bare", NUM=NUM))


EXPECTED = re.compile(regex("headcounts", "expected"))


def expected(page: Page) -> int | None:
    """60人吃: how many come to a meal, struck out."""
    found = page.take(EXPECTED)
    return next((number(found[group]) for group in ("n", "m", "en", "en2") if found[group]), None) if found else None


def headcount(page: Page) -> Headcount:
    """What the page says of how many, struck out as it is read."""
    slots = dishes(page) or places(page)
    if page.take(ANY):
        return Headcount(slots=slots, said=True)
    if found := page.take(RANGE):
        if found["few"]:
            return Headcount(number(found["few"][0]), number(found["few"][1]), slots, said=True)
        low, high = (number(found[a] or found[c] or found[e]) for a, c, e in (("a", "c", "e"), ("b", "d", "f")))
        return Headcount(low, high, slots, said=True)
    if (total := page.take(TOTAL)) and (many := number(total["n"])):
        page.take(GROUPED)
        return Headcount(None, many, slots, said=True)
    if both := page.take(MEN_AND_WOMEN):
        return Headcount(None, sum(number(n) or 0 for n in both.groups() if n), slots, said=True)
    least, most = page.take(LEAST), page.take(MOST)
    low, high = _first(least, "abcd"), _first(most, "abcd")
    if low or high:
        page.take(GROUPED)
    exact = None
    if high is None:
        found = page.take(EXACT)
        exact = (
            2
            if found and found["pair"] and found["pair"][0] in "两俩"
            else 1
            if found and found["pair"]
            else _first(found, ("a", "b", "c", "d", "e", "lack"))
        )
    if exact is None and high is None and (bare := page.take(BARE)):
        named = sum(len(labels(found, page)) for found in LABEL.finditer(page.left)) + len(slots)
        exact = None if number(bare["n"]) == named else number(bare["n"])
    return Headcount(
        low, high if high is not None else exact, slots, said=any(n is not None for n in (low, high, exact))
    )


def _first(found: re.Match[str] | None, groups: Iterable[str]) -> int | None:
    said = next((found[group] for group in groups if found[group]), None) if found else None
    return number(said) if said else None
