"""One dish, as its piece of a sentence says it; and where the next one begins. Pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from core.features.potluck import amounts
from core.features.potluck.amounts import NOTHING, Much, pattern
from core.features.potluck.dishes import course_named, course_of
from core.reading.parts import Clause


@dataclass(frozen=True, slots=True)
class Dish:
    """What somebody brings: its name as written, how many portions or what it comes in, and of which course it is,
    where that was said.

    `sure`: it surely is a dish; `led`: that it is brought was said, or how much of it.
    """

    name: str
    portions: int | None = None
    measure: str = ""
    sure: bool = False
    led: bool = False
    course: str = ""

    @property
    def thing(self) -> str:
        """橘子 2箱; two boxes of oranges is its own name."""
        if not self.measure:
            return self.name
        return f"{self.measure} {self.name}" if self.measure.isascii() else f"{self.name} {self.measure}"


# ------------------------------------------------------------ one of several


def cut(whole: Clause, where: str) -> list[Clause]:
    """The pieces of words, cut at stops, or where two dishes are said in one breath."""
    found, start = [], 0
    for cut in pattern(where).finditer(whole.text):
        if cut[0] in ("and", "&") and not _another(whole.text[start : cut.start()], whole.text[cut.end() :]):
            continue
        found.append(whole.cut(start, cut.start()).strip())
        start = cut.end()
    return [piece for piece in (*found, whole.cut(start).strip()) if piece.text]


def _another(first: str, second: str) -> bool:
    """Whether another dish begins behind this "and": lasagne for 8 and a cake, soup and salad; not mac and cheese."""
    first, second = first.strip(), second.strip()
    if not pattern("and_before").fullmatch(first) or not pattern("and_behind").fullmatch(second):
        return True
    one, other = (course_of(words.split(" and ")[0]) for words in (first, second))
    return bool(one and other) and one != other and {one, other} != {"staple", "hot"}


def each_amount(piece: Clause) -> list[Clause]:
    """The things of a piece; 两瓶黄酒一箱可乐 and 红烧肉一盘青菜一盘 are two, by their amounts."""
    return [one for part in cut(piece, "soft") for one in _by_amounts(part)]


def _by_amounts(part: Clause) -> list[Clause]:
    said = list(pattern("amount").finditer(part.text))
    if len(said) < 2:
        return [part]
    lead, last = pattern("lead").match(part.text), len(part.text)
    first, starts, ends = lead.end() if lead else 0, [each.start() for each in said], [each.end() for each in said]
    if starts[0] > first and course_named(part.text[first : starts[0]]):  # 饮料2箱橙汁1箱雪碧
        return [part.cut(0, starts[0]), *_by_amounts(part.cut(starts[0]))]
    if starts[0] == first and ends[-1] < last:
        bounds = [0, *starts[1:], last]
    elif ends[-1] == last:
        bounds = [0, *ends]
    else:
        return [part]
    return [part.cut(a, b) for a, b in itertools.pairwise(bounds)]


def with_amount(dish: Dish, much: Much) -> Dish:
    """The dish with so much of it, where nothing else was said."""
    if dish.portions or dish.measure:
        return dish
    return replace(dish, portions=much.portions, measure=much.measure, sure=True, led=True)


# ------------------------------------------------------------ one


def one_dish(piece: Clause) -> Dish | None:
    """One dish, with who brings it before it and how much of it is brought."""
    text = piece.text
    led = pattern("lead").match(text)
    at = led.end() if led and led.end() < len(text) else 0
    if at and (one := pattern("one_of").match(text, at)):
        first, at = Much(measure=f"1{one['measure']}"), one.end()
    else:
        first, at = amounts.before(text, at)
    again, at = amounts.before(text, at)
    first = first if first.says else again
    end, much, promised = len(text), NOTHING, False
    while True:
        trail = _trail(text, at, end)
        promised = promised or bool(pattern("promised").search(text[trail:end]))
        found = amounts.behind(text, at, trail)
        if found is None:
            end = trail
            break
        much = Much(much.portions or found[0].portions, much.measure or found[0].measure, much.bare or found[0].bare)
        end = found[1]
    name = piece.cut(at, end).strip(" ,，:：x*")
    if (theirs := pattern("spouse").match(name.text)) and course_of(name.text[theirs.end() :]):
        name = name.cut(theirs.end())  # 我红烧肉，老伴糖醋鱼
    brought = at > 0 and led is not None
    if not may_be(name.text, amount=brought or first.says or much.says):
        return None
    known = any(course_of(part) for part in re.split(r" and | & ", name.text))
    said = brought or promised or first.says or (much.says and not much.bare)
    if not (said or known) and not name.text.isascii() and len(name.text) < 3:
        return None  # 放心, 随便: so short a word that no list knows is none
    return Dish(name.said, first.portions or much.portions, first.measure or much.measure, said or known, said)


def _trail(text: str, at: int, end: int) -> int:
    """Where what is said behind a dish begins: 吧, 我来烧, please."""
    trail = pattern("trail").search(text, at, end)
    while trail and trail.end() < end:
        trail = pattern("trail").search(text, trail.start() + 1, end)
    return max(trail.start(), at + 1) if trail else end


def may_be(name: str, *, amount: bool) -> bool:
    """Whether a dish may be called so; one letter is a name only with an `amount`, 鱼 10份, or of a course."""
    if pattern("never").search(name):
        return False
    if name.isascii():
        return bool(re.fullmatch(r"[a-z](?:[a-z' -]| & ){1,40}", name)) and len(name.split()) <= 6
    whole = re.fullmatch(r"[\u4e00-\u9fff·]{1,10}(?:[(（][^)）]{1,8}[)）])?", name)
    return bool(whole) and (len(name) > 1 or course_named(name) != "" or (amount and course_of(name) != ""))


def _may_be_of(dish: str, course: str) -> bool:
    """Whether a dish that was announced as of a course may be of it: 小笼包 is what people bring as 点心."""
    own = course_of(dish)
    return own in ("", course) or {own, course} == {"staple", "sweet"}


def without_courses(found: list[Dish]) -> list[Dish]:
    """汤我包了，番茄蛋汤30份 is one soup, and 点心：糖藕 one sweet: the course only announces the dish."""
    left: list[Dish] = []
    for at, dish in enumerate(found):
        course = course_named(dish.name)
        after = found[at + 1] if at + 1 < len(found) else None
        if after is not None and pattern("genre").fullmatch(dish.name) and not dish.portions and not dish.measure:
            continue
        if course and after is not None and not course_named(after.name) and _may_be_of(after.name, course):
            found[at + 1] = replace(after, course=course, sure=True, led=after.led or dish.led)
        elif not course or course not in [course_of(other.name) for other in found if other is not dish]:
            left.append(dish)
    return left
