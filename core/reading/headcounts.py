"""How many are wanted: people in all, at each place, in each household, dishes of each sort."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.reading.numerals import HAN, number
from core.reading.page import Page


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
NUM = r"(?:(?<!\d)\d{1,3}(?!\d)|[一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
WHO = r"(?:个人|人次|人(?![数员])|位志愿者|名志愿者|个志愿者|位邻居|名队员|位党员|名党员|位老师|个名额|位|名)"
WHO_EN = (
    r"(?:people|persons?|volunteers?|neighbou?rs?|helpers?|pax|ppl|places?|spots?|members?|adults?|hands|cooks|guests)"
)

# ---------------------------------------------------------------- dishes

DISHES: dict[str, str] = {
    "cold": r"凉菜|冷菜|冷盘|凉盘|凉拌菜?|(?<!a )cold(?: dishes| dish| plates?| starters?)?|starters?",
    "hot": r"热菜|热炒|炒菜|大菜|hot(?: dishes| dish| plates?)?",
    "staple": r"主食|面点|staples?(?: dishes| dish)?|mains?",
    "soup": r"汤羹|汤品|汤水|汤(?![圆团包])|羹|soups?",
    "sweet": r"点心|甜点|甜品|甜食|糕点|desserts?|sweets?(?: dishes| dish)?",
    "fruit": r"水果|果盘|fruits?(?: plates?| bowls?)?",
    "drink": r"饮料|饮品|酒水|drinks?",
    "meat": r"荤菜|meat(?: dishes| dish)?",
    "vegetable": r"素菜|蔬菜类?|vegetables?(?: dishes| dish)?|vegetarian(?: dishes| dish)?|veg dishes",
}
_DISH = "|".join(f"(?P<{sort}>{words})" for sort, words in DISHES.items())
_MEASURE = r"(?:个|道|份|样|盘|盆|碗|锅|种|款)"
DISH_LINE = re.compile(
    rf"(?:(?P<before>{NUM})\s?{_MEASURE}?(?:\s?(?:x|×)\s?)?\s?)?(?:{_DISH})\s?(?:类|"
    rf"各)?[ \t]*(?:[:=x×*]\s*)?(?:(?P<after>{NUM})(?![\d:点月号日人位名]|"
    rf"\s?{WHO_EN})\s?(?:-\s?(?P<most>{NUM}))?\s?{_MEASURE}?)?"
)


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
        sort = next(name for name in DISHES if found[name])
        count = number(before) if before else number(found["most"] or after)
        low = number(after) if after and found["most"] and not before else None
        wanted.append(Wanted(sort, count, low, page.said(found.start(sort), found.end(sort))))
        page.strike(start, end)
    return tuple(wanted)


# ---------------------------------------------------------------- places and households

_NO = rf"(?:(?<![\da-z])[a-z]?\d{{1,3}}|(?<![{HAN}])[{HAN}]{{1,6}}|[a-z])"
_UNIT = r"(?:号楼阳台|号楼|号阳台|号楼道|号门洞|号门|号院|号单元|单元|幢|栋|号楼组|楼组)"
LABEL = re.compile(
    rf"(?P<first>{_NO})\s?{_UNIT}?\s?(?:-|~|到|至|—|–)\s?(?P<last>{_NO})\s?(?P<ru>{_UNIT})|"
    rf"(?P<list>{_NO}(?:(?:\s?[、,和/及]\s?|\s{{1,3}}){_NO}){{1,39}}+)\s?(?P<lu>{_UNIT})|"
    rf"(?P<one>{_NO}\s?{_UNIT})|"
    r"(?P<gate>(?:东南|西南|东北|西北|东|南|西|北|正|大|前|后)大?门)(?!口|岗)|"
    rf"(?:buildings|blocks|stairwells|bldgs) (?P<en_first>\d{{1,3}})\s?(?:-|to|–|through)\s?(?P<en_last>\d{{1,3}})|"
    r"(?P<en_many>buildings|blocks|stairwells|gates) (?P<en_list>\d{1,3}(?:(?:\s?,\s?and\s|\s?,\s?|"
    r"\sand\s|\s?&\s?)\d{1,3}(?!\d|\s?(?:people|persons?|volunteers?|places|each)))+)|"
    r"(?P<en_one>(?:building|block|stairwell|bldg\.?|gate|entrance) \d{1,3})|"
    r"(?P<en_gate>(?:the )?(?:east|south|west|north|main|back) gate)"
)
OWN = re.compile(
    rf"[\s¦]*(?:[:(—-]\s?|需要?|要|各|招|by )?\s?(?P<n>{NUM})(?:\s?(?:-|~|到|至|"
    rf"to)\s?(?P<m>{NUM}))?\s?(?:{WHO}|{WHO_EN})\)?(?!\s?(?:each|per))|"
    rf"\s?[:]\s?(?P<bare>\d{{1,2}})(?=\s|,|;|、|{re.escape('¦')}|$)|"
    r"(?<=[门e])\s?(?P<gate_n>\d{1,2})(?=\s*(?:[,;、¦.]|$))"
)
PER = re.compile(
    rf"(?:每(?:处|户|楼|栋|幢|个?楼道|个?楼|个?点位?|家|个地方|地|个门|门|个阳台|个?位置|个位老人|"
    rf"位老人|个老人|个单元|单元|个|岗|个?岗位|个?组|组|队)|各处|各楼|各家|各户|各点|各)\s?(?:需要?|要|"
    rf"安排|派|限|各|配|名额)?\s?:?\s?"
    rf"(?P<n>{NUM})(?:\s?(?:-|~|到|至)\s?(?P<m>{NUM}))?\s?{WHO}|"
    rf"(?P<en>{NUM})(?:\s?(?:-|to)\s?(?P<en_m>{NUM}))?(?: {WHO_EN})? (?:each(?! (?:time|week|day|"
    rf"evening|morning|night|shift|month))|per (?:place|building|"
    rf"household|home|block|family|balcony|stairwell|door|gate|visit|group|team)|at each(?: \w+)?|"
    rf"for each(?: \w+)?|in each(?: \w+)?|a household)|"
    rf"each (?:\w+ )?(?:needs |with )?(?P<en2>{NUM})(?: {WHO_EN})?"
)
HOUSES = re.compile(
    rf"(?:共|一共|分|分成|分为|走访|慰问|看望|探望)?\s?(?P<n>{NUM})\s?(?:户人家|户家庭|户老人|户居民|"
    rf"户|个家庭|家|位独居老人|位老人|个老人|名老人|位高龄老人|个点位|个点|处|个小组|小组|个组|组|队|"
    rf"个岗位|个岗|位老党员|位孤老|位)(?!人)|"
    r"(?P<en>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) (?:households?|homes?|families|"
    r"family|elders?|elderly(?: people| residents| neighbours)?|residents|doors|flats|points|teams|"
    r"groups|stops)"
)


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

_ASK = (
    r"(?:还?需要?|要|招募|招|共|一共|总共|缺|约|大约|人数|每次|每班|每天|每晚|每场|每周|名额|一次|"
    r"上限|报名人数|参加人数|安排|每组|志愿者|队员|出勤)"
)
_LABEL = r"(?:人数|人员|名额|how many(?: people)?|number of people|headcount|people|volunteers|needed|spots|places)"
_FEW = "一两|两三|二三|三四|四五|五六|六七|七八|八九"
"""三四个人: from three to four."""
RANGE = re.compile(
    rf"(?:{_ASK}\s?:?\s?)?(?P<a>{NUM})\s?{WHO}?\s?(?:-|~|到|至|—|–)\s?(?P<b>{NUM})\s?{WHO}|"
    rf"{_LABEL}\s?(?:改成|改为|改到|换成|改|:)?\s?(?P<e>{NUM})\s?(?:-|~|到|至|to|—|–)\s?(?P<f>{NUM})(?![\d:点月号日])|"
    rf"(?P<few>{_FEW})\s?(?:个人|人|位|名)|"
    rf"(?:need |needs |between |for )?(?P<c>{NUM})\s?(?:-|–|to|and|or)\s?(?P<d>{NUM}) {WHO_EN}(?: needed| wanted)?"
)
LEAST = re.compile(
    rf"(?:最少|至少|不少于|起码|不低于|最低|最起码|少则|下限)\s?(?:需要?|要|有|"
    rf"得)?\s?:?\s?(?P<a>{NUM})\s?{WHO}?|(?P<b>{NUM})\s?{WHO}(?:以上|及以上|起|成行|成团|起步)|"
    rf"(?:at least|minimum(?: of)?|min\.?|no fewer than|"
    rf"no less than)\s?:?\s?(?P<c>{NUM})(?: {WHO_EN})?|(?P<d>{NUM}) (?:{WHO_EN} )?(?:minimum|min\b|"
    rf"or more)"
)
MOST = re.compile(
    rf"(?:最多|至多|不超过|限额|限|上限|控制在|不多于|封顶|多则|最高|名额)\s?(?:为|报|要|"
    rf"招)?\s?:?\s?(?P<a>{NUM})\s?{WHO}?(?:以内|以下|之内)?|(?P<b>{NUM})\s?{WHO}(?:以内|以下|之内|封顶|"
    rf"为限|左右|上下)|"
    rf"(?:at most|maximum(?: of)?|max\.?|up to|no more than|"
    rf"limit(?:ed to)?)\s?:?\s?(?P<c>{NUM})(?: {WHO_EN})?|(?P<d>{NUM}) (?:{WHO_EN} )?(?:maximum|max\b|"
    rf"at most|tops)"
)
EXACT = re.compile(
    rf"(?:{_ASK}\s?:?\s?){{0,4}}+(?P<a>{NUM})\s?{WHO}(?:左右)?(?:即可|就够|就行|参加|一组)?|(?:人数|"
    rf"名额)\s?:?\s?(?P<b>\d{{1,3}})(?![\d:点月号日])|(?P<pair>两个?人|俩人|一个人)|"
    rf"(?:还差|还缺|还少|还要|差|缺|来)\s?(?P<lack>{NUM})\s?个(?=[¦,。;!\s]|吧|就|$)|"
    rf"(?:we need |needs? |looking for |for |about |wanted:? |a team of |"
    rf"team of )?(?P<c>{NUM}) {WHO_EN}(?: needed| wanted| required| each time| please| total| in total|"
    rf" per time)?|(?:we )?(?:need|needs|needed|wanted|people|volunteers|places|"
    rf"headcount|how many|how many people):? (?P<d>\d{{1,3}}|{NUM})(?![\d:apm])(?: needed)?|"
    rf"(?P<e>{NUM}) (?:needed|wanted|"
    rf"required)"
)
TOTAL = re.compile(rf"(?:一共|总共|合计|共计|共)(?:需要?|要|招)?\s?(?P<n>{NUM})\s?{WHO}")
GROUPED = re.compile(rf"{NUM}\s?人一组|分{NUM}组|每组{NUM}人")
MEN_AND_WOMEN = re.compile(rf"(?:男\s?({NUM})|({NUM})\s?男)[、,，\s]?(?:女\s?({NUM})|({NUM})\s?女)")
ANY = re.compile(
    r"人数不限|不限人数|名额不限|不限名额|多多益善|人数待定|越多越好|(?:any number|no limit|"
    r"unlimited)(?: of people)?|as many as (?:like|possible)|everyone (?:is )?welcome"
)


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
    return Headcount(
        low, high if high is not None else exact, slots, said=any(n is not None for n in (low, high, exact))
    )


def _first(found: re.Match[str] | None, groups: Iterable[str]) -> int | None:
    said = next((found[group] for group in groups if found[group]), None) if found else None
    return number(said) if said else None
