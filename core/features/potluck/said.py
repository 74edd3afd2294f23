"""What neighbours say of dishes in answer to the board: pure, words in and values out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from core.features.potluck import amounts
from core.features.potluck.amounts import NOTHING, Much
from core.features.potluck.dishes import course_named, course_of
from core.reading.parts import Clause, Written, clause, headcount, number

pattern = Written(__file__).pattern
LONGEST = 160
MOST = 6
"""Dishes in one message. Whoever says more tells of something else."""


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


@dataclass(frozen=True, slots=True)
class Bringing:
    """Dishes; with how many people who brings them comes to eat, 0 where that is not said; with whom they were made,
    a neighbour or so many families; whether something else was said `aside`.
    """

    dishes: tuple[Dish, ...]
    heads: int = 0
    whom: str = ""
    homes: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Of one's own dish `old` ('' where it was not named): so many portions, so many more (`by`), another dish, or
    nothing of it.
    """

    old: str = ""
    portions: int | None = None
    new: Dish | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class Eating:
    """So many come to eat; `outright`: and bring nothing, as was said; `bare`: 不带 was all, which may be no coming."""

    heads: int
    outright: bool = False
    bare: bool = False
    coming: bool = False  # 我们来三个人, and no word of eating


Said = Bringing | Change | Eating


def read(words: str) -> Said | None:
    """Dishes, a change of one, people who come to eat; None for anything else."""
    whole = clause(words[: LONGEST + 1]).strip()
    if not whole.text or len(words) > LONGEST:
        return None
    swapped = _change_for(whole)  # the lasagne is off, bringing salad
    if swapped is not None and swapped.new is not None:
        return swapped
    return _more(whole.text) or _coming(whole) or _change(whole)


# ------------------------------------------------------------ who comes, and with what


@dataclass(slots=True)
class _Heard:
    """What the pieces of a message have said so far."""

    dishes: list[Dish] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    eats: bool = False
    nothing: bool = False  # is brought
    bare: bool = True  # and that of which nothing is brought was not named
    led: bool = False  # 我带 stood alone: what follows is brought
    aside: bool = False
    sent: bool = False  # somebody else carries it there
    whom: str = ""
    homes: str = ""

    def last(self, much: Much) -> bool:
        """八宝饭，大概15份: how much of the last dish, if that was not said yet."""
        if not self.dishes:
            return False
        dish = self.dishes[-1]
        if (much.portions and dish.portions) or (much.measure and dish.measure):
            return False
        self.dishes[-1] = replace(
            dish, portions=dish.portions or much.portions, measure=dish.measure or much.measure, sure=True, led=True
        )
        return True


def _coming(whole: Clause) -> Bringing | Eating | None:
    heard = _Heard(sent=pattern("sent").search(whole.text) is not None)
    whole = _shared(whole, heard)
    of_each, whole = _of_each(whole)
    for piece in _cut(whole, "stop"):
        if not _hear(piece, heard):
            return None
    heard.dishes = _without_courses(heard.dishes)
    if of_each is not None:
        heard.dishes = [_with(d, of_each) for d in heard.dishes]
    if not heard.dishes:  # who has a dish there already says with 我们来三个人 how many they are
        heads = max(1, _heads(heard.people))
        if heard.eats or (heard.nothing and not heard.whom):
            return Eating(heads, heard.nothing, heard.bare and not heard.eats and not heard.people)
        return Eating(heads, coming=True) if heads > 1 and not heard.aside else None
    sure = any(dish.led if heard.aside else dish.sure for dish in heard.dishes)
    if heard.nothing and not any(dish.led for dish in heard.dishes):
        return None  # 不会烧菜，买点熟食 does bring something
    if not sure or len(heard.dishes) > MOST:
        return None
    heads = _heads(heard.people) or int(heard.eats)
    return Bringing(tuple(heard.dishes), heads, heard.whom, heard.homes, heard.aside)


def _with(dish: Dish, much: Much) -> Dish:
    """The dish with so much of it, where nothing else was said."""
    if dish.portions or dish.measure:
        return dish
    return replace(dish, portions=much.portions, measure=much.measure, sure=True, led=True)


def _cut(whole: Clause, where: str) -> list[Clause]:
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


def _shared(whole: Clause, heard: _Heard) -> Clause:
    """我和赵叔两家合一个菜，酱鸭: with whom, and the words about what."""
    for name in ("shared", "shared_rest"):
        found = pattern(name).search(whole.text)
        if found is None:
            continue
        groups = {group: found.span(group) for group, value in found.groupdict().items() if value}
        whom = next((groups[group] for group in ("whom", "en", "en2", "en3") if group in groups), None)
        heard.whom = whole.cut(*whom).said.strip() if whom else ""
        heard.homes = whole.cut(*groups["homes"]).said if "homes" in groups else ""
        rest = next((groups[group] for group in ("rest", "rest2", "rest3") if group in groups), None)
        if rest:
            return whole.cut(*rest)
        front, back = whole.cut(0, found.start()).strip(" ,，:："), whole.cut(found.end()).strip()
        return back if back.text else front
    return whole


def _of_each(whole: Clause) -> tuple[Much | None, Clause]:
    """糟毛豆和葱油饼，各十份: how much of each, and the words before."""
    each = pattern("each").search(whole.text)
    if each is None:
        return None, whole
    front = whole.cut(0, each.start())
    several = sum(len(_cut(piece, "soft")) for piece in _cut(front, "stop")) > 1
    if not several:
        return None, whole
    of = Much(number(each["n"] or each["en"])) if each["n"] or each["en"] else amounts.of(each)
    return of, front


def _hear(piece: Clause, heard: _Heard) -> bool:
    """Take one piece in: as a whole, else part by part. False: the whole message speaks of something else."""
    if _much(piece.text, heard) or _people(piece.text, heard):
        return True
    if piece.text.endswith(")") and "(" not in piece.text:
        piece = piece.strip(") ")
    before = (list(heard.dishes), list(heard.people), heard.eats)
    if all(_part(part, heard) for part in _each_amount(piece)):
        return True
    heard.dishes, heard.people, heard.eats = before
    return _aside(piece.text, heard)


def _each_amount(piece: Clause) -> list[Clause]:
    """The things of a piece; 两瓶黄酒一箱可乐 and 红烧肉一盘青菜一盘 are two, by their amounts."""
    return [one for part in _cut(piece, "soft") for one in _by_amounts(part)]


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


def _part(part: Clause, heard: _Heard) -> bool:
    """One thing of several said in one breath: 红烧肉和酱鸭, 红烧肉 一锅, we're three and we'll bring a lasagne."""
    if _much(part.text, heard) or _people(part.text, heard):
        return True
    dish = _told_inside(part, heard) or _dish(part)
    if dish is None:
        return False
    heard.dishes.append(replace(dish, sure=True, led=True) if heard.led else dish)
    heard.led = False
    return True


def _told_inside(part: Clause, heard: _Heard) -> Dish | None:
    """The dish of 牙口不好就带个蒸蛋, 我家出四个人带一大锅罗宋汤: said behind something else, with no stop between."""
    for found in pattern("inner").finditer(part.text):
        head, dish = part.text[: found.start()], _dish(part.cut(found.end()))
        if not head or dish is None or pattern("against").search(head):
            continue
        if not pattern("lead").fullmatch(head) and not _people(head, heard):
            heard.aside = True
        return replace(dish, sure=True, led=True)
    return None


def _people(text: str, heard: _Heard) -> bool:
    """Whether words say who comes, who eats, that nothing is brought; or a courtesy, which says nothing."""
    text = text.strip(" .。!~?？") if text.isascii() else text.strip(" .。!~")
    if pattern("beside").fullmatch(text.rstrip("?？ ")):
        return True
    if pattern("no_dish").fullmatch(text):
        heard.nothing = True
        heard.bare = heard.bare and pattern("food").search(text) is None
        return True
    eats = pattern("eats").fullmatch(text) is not None
    if not eats and not pattern("people").fullmatch(text) and headcount(text) is None:
        return False
    heard.eats = heard.eats or eats
    heard.people.append(text)
    return True


def _much(text: str, heard: _Heard) -> bool:
    """Whether words say how much there is of the last dish, or that it is brought: 大概15份, 我来带."""
    text = text.strip(" .。!~")
    if pattern("promise").fullmatch(text):
        heard.led = not heard.dishes
        heard.dishes = [replace(dish, sure=True, led=True) for dish in heard.dishes]
        return True
    much = amounts.whole(text) if heard.dishes else None
    return much is not None and (heard.last(much) or not much.says)


def _aside(text: str, heard: _Heard) -> bool:
    """Whether words may stand beside a dish or an eater, and decide nothing."""
    heard.aside = True
    if heard.sent and pattern("cannot_come").fullmatch(text):
        return True
    return pattern("against").search(text) is None


# ------------------------------------------------------------ dishes


def _dish(piece: Clause) -> Dish | None:
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
    if not _may_be(name.text, amount=first.says or much.says):
        return None
    known = any(course_of(part) for part in re.split(r" and | & ", name.text))
    brought = at > 0 and led is not None
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


def _may_be(name: str, *, amount: bool) -> bool:
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


def _without_courses(found: list[Dish]) -> list[Dish]:
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


# ------------------------------------------------------------ changes


def _more(words: str) -> Change | None:
    """再加5份, 少做10份, make me 5 more."""
    found = pattern("by_so_much").fullmatch(words.strip(" .!?。~"))
    if found is None:
        return None
    old, n = _own(found["old"]), number(_first(found, "n", "n_en", "n_en2"))
    sign = 1 if _first(found, "more", "more_en", "more_en2") else -1
    return Change(old, by=sign * n) if n and (not old or _may_be(old, amount=False)) else None


def _how_many(words: str) -> Change | None:
    """红烧肉改成15份: how much of it there is now."""
    if found := pattern("how_many").fullmatch(words):
        old = _own(_first(found, "en", "en2", "en3", "old"))
        if old and not _may_be(old, amount=False):
            return None
        portions, measure = number(found["n"]), found["measure"] or ""
        if measure and not pattern("portion_words").fullmatch(measure):
            return Change(old, None, Dish("", None, f"{portions or found['n']}{measure}", sure=True))
        return Change(old, portions) if portions else None
    return None


def _change(whole: Clause) -> Change | None:
    whole = whole.strip(" .!?。~")
    if changed := _how_many(whole.text):
        return changed
    if found := pattern("another").fullmatch(whole.text):
        group = next(g for g in ("new", "new2", "new3", "new4", "new5", "new6", "new7", "new8") if found[g])
        piece = whole.cut(*found.span(group)).strip()
        told, old = _coming(piece), _own(_first(found, "old", "old2", "old3", "old4", "old5", "old6", "old7"))
        new = told.dishes if isinstance(told, Bringing) else tuple(d for d in (_dish(piece),) if d)
        if len(new) == 1 and (not old or _may_be(old, amount=False)):
            return Change(old, None, new[0])
    if found := pattern("withdrawn").fullmatch(whole.text):
        old = _own(_first(found, "old", "old2", "old3", "old4", "old5"))
        if not old or _may_be(old, amount=False):
            return Change(old)
    return _change_for(whole)


def _change_for(whole: Clause) -> Change | None:
    """红烧肉我不做了血压高，换个清炒虾仁; 老伴住院了，我不烧了: with why, and perhaps what instead."""
    pieces, taken, new, much = _cut(whole, "stop"), None, None, None
    for piece in pieces:
        if taken is None and much is None and (much := _more(piece.text) or _how_many(piece.text)):
            continue
        if taken is None and (found := pattern("withdrawn_for").fullmatch(piece.text)):
            taken = found
        elif taken is not None and (found := pattern("instead").fullmatch(piece.text)):
            dish = _dish(piece.cut(*found.span(next(g for g in ("new", "new2", "new3") if found[g]))))
            new = new or dish
        elif pattern("against").search(piece.text) or _dish(piece) not in (None, *_unsure(piece)):
            return None
    if taken is None or much is not None:
        return much if taken is None else None
    old = _own(_first(taken, "old", "old_en", "old_en2", "old_en3"))
    return Change(old, None, new) if not old or _may_be(old, amount=False) else None


def _unsure(piece: Clause) -> tuple[Dish, ...]:
    """What only might be a dish: a short reason looks like one."""
    dish = _dish(piece)
    return (dish,) if dish is not None and not dish.sure else ()


def _first(found: re.Match[str], *groups: str) -> str:
    return next((found[group] for group in groups if found[group]), "")


def _own(words: str) -> str:
    """The name of a dish, without who speaks of it, and without how much: 我的红烧肉, the lasagne, 那锅红烧肉."""
    own = re.sub(r"^(?:我(?:们家|家)?的?|那[一-鿿]?|把|the |my |our )+", "", words.strip(" ,，"))
    own = re.sub(r"(?:就|也|还是)$", "", own).strip(" ,，")
    much = amounts.behind(own, 0, len(own)) if own else None
    return own[: much[1]].strip() if much is not None and much[0].says else own


def amount(words: str) -> Change | None:
    """25份, 两大锅, or a bare 25, where it was asked what a dish shall be."""
    much = amounts.whole(clause(words[:LONGEST]).strip().text.rstrip(" .!。吧"))
    if much is None or not much.says:
        return None
    return Change("", much.portions) if much.portions else Change("", None, Dish("", None, much.measure, sure=True))


# ------------------------------------------------------------ people


def _heads(said: list[str]) -> int:
    """How many people are meant, the speaker among them; 0 where nothing says it."""
    words = "，".join(said)
    if found := pattern("grown").search(words):
        return (number(found["grown"] or found["grown_en"]) or 0) + (number(found["small"] or found["small_en"]) or 0)
    counts = []
    for found in pattern("counts").finditer(words):
        if found["big"]:
            counts.append((number(found["big"]) or 0) + (number(found["small"]) or 0))
        else:
            counts.append(number(_first(found, "n", "en", "en2")) or 0)
    counts += [heads.count() for words in said if (heads := headcount(words)) is not None]
    if counts:
        return max(counts)
    if pattern("pair").search(words):
        return 2 + bool(pattern("along").search(words) and pattern("both").search(words))
    return 2 if pattern("along").search(words) else 0


# ------------------------------------------------------------ by who coordinates


def cooks_at(words: str) -> str:
    """The words of the hour in 烧菜的改成9点半到, cooks come at 9:30 instead; '' where it is not about the cooks."""
    piece = clause(words[: LONGEST + 1]).strip(" .!。~")
    found = pattern("cooks").fullmatch(piece.text) if len(words) <= LONGEST else None
    group = next((name for name in ("hour", "hour_en", "hour_en2") if found[name]), "") if found else ""
    return piece.cut(*found.span(group)).said.strip() if found and group else ""


def expects(words: str) -> str:
    """大概90个人来吃 as a correction says it: 90人吃; '' for anything else. 3人吃 alone may be a family of three."""
    found = pattern("expects").fullmatch(clause(words[: LONGEST + 1]).strip(" .!。~").text)
    if found is None:
        return ""
    n = number(_first(found, "n", "n2", "n_en", "n_en2"))
    sure = _first(found, "sure", "sure2", "sure_en", "n_en2")
    return f"{n}人吃" if n and (sure or n >= 10) else ""
