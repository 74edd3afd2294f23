"""What neighbours say of dishes in answer to the board: pure, words in and values out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.features.potluck import amounts
from core.features.potluck.amounts import LONGEST, Much, pattern
from core.features.potluck.changes_said import Change, amount, change, corrected, first_of, given_up, more, stays
from core.features.potluck.one_dish import Dish, cut, each_amount, one_dish, with_amount, without_courses
from core.reading.parts import Clause, clause, headcount, number

__all__ = [
    "Bringing",
    "Change",
    "Dish",
    "Eating",
    "Said",
    "Something",
    "amount",
    "asks",
    "cooks_at",
    "expects",
    "of_food",
    "read",
    "stays",
]

MOST = 6
"""Dishes in one message. Whoever says more tells of something else."""


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
class Eating:
    """So many come to eat; `outright`: and bring nothing, as was said; `bare`: 不带 was all, which may be no coming;
    `said_so`: that they come was said, not only that they bring nothing.
    """

    heads: int
    outright: bool = False
    bare: bool = False
    coming: bool = False  # 我们来三个人, and no word of eating
    said_so: bool = False


@dataclass(frozen=True, slots=True)
class Something:
    """A dish is brought, and it was not said which: 我带菜, 菜想好再讲."""


Said = Bringing | Change | Eating | Something


def read(words: str) -> Said | None:
    """Dishes, a change of one, people who come to eat; None for anything else."""
    whole = clause(words[: LONGEST + 1]).strip()
    if not whole.text or len(words) > LONGEST:
        return None
    dropped = given_up(whole)
    if dropped is not None and dropped.new is not None:
        return dropped  # the lasagne is off, bringing salad
    if pattern("some_dish").fullmatch(whole.text) and pattern("dish_word").search(whole.text):
        return Something()
    return corrected(whole, _brought) or more(whole.text) or _coming(whole) or change(whole, _brought) or dropped


def _brought(words: Clause) -> tuple[Dish, ...]:
    told = _coming(words)
    return told.dishes if isinstance(told, Bringing) else ()


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
    for piece in cut(whole, "numbered_stop" if pattern("numbered").match(whole.text) else "stop"):
        if not _hear(piece, heard):
            return None
    eats_alone = heard.nothing and (heard.eats or bool(heard.people))
    heard.dishes = without_courses([dish for dish in heard.dishes if dish.sure or not eats_alone])
    if of_each is not None:
        heard.dishes = [with_amount(d, of_each) for d in heard.dishes]
    if not heard.dishes:  # who has a dish there already says with 我们来三个人 how many they are
        heads, comes = max(1, _heads(heard.people)), heard.eats or bool(heard.people)
        if heard.eats or (heard.nothing and not heard.whom):
            return Eating(heads, heard.nothing, heard.bare and not comes, said_so=comes)
        return Eating(heads, coming=True) if heads > 1 and not heard.aside else None
    sure = any(dish.led if heard.aside else dish.sure for dish in heard.dishes)
    if heard.nothing and not any(dish.led for dish in heard.dishes):
        return None  # 不会烧菜，买点熟食 does bring something
    if not sure or len(heard.dishes) > MOST:
        return None
    heads = _heads(heard.people) or int(heard.eats)
    return Bringing(tuple(heard.dishes), heads, heard.whom, heard.homes, heard.aside)


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
    several = sum(len(cut(piece, "soft")) for piece in cut(front, "stop")) > 1
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
    if all(_part(part, heard) for part in each_amount(piece)):
        return True
    heard.dishes, heard.people, heard.eats = before
    return _aside(piece.text, heard)


def _part(part: Clause, heard: _Heard) -> bool:
    """One thing of several said in one breath: 红烧肉和酱鸭, 红烧肉 一锅, we're three and we'll bring a lasagne."""
    if _much(part.text, heard) or _people(part.text, heard):
        return True
    dish = _told_inside(part, heard) or one_dish(part)
    if dish is None:
        return False
    heard.dishes.append(replace(dish, sure=True, led=True) if heard.led else dish)
    heard.led = False
    return True


def _told_inside(part: Clause, heard: _Heard) -> Dish | None:
    """The dish of 牙口不好就带个蒸蛋, 我家出四个人带一大锅罗宋汤: said behind something else, with no stop between."""
    for found in pattern("inner").finditer(part.text):
        head, dish = part.text[: found.start()], one_dish(part.cut(found.end()))
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


# ------------------------------------------------------------ people


def _heads(said: list[str]) -> int:
    """How many people are meant, the speaker among them; 0 where nothing says it."""
    words = "，".join(said)
    if found := pattern("grown").search(words):
        return (number(found["grown"] or found["grown_en"]) or 0) + (number(found["small"] or found["small_en"]) or 0)
    more = pattern("more").search(words)
    if more and not pattern("counts").search(words[: more.start()] + words[more.end() :]):
        return 1 + (number(first_of(more, "n", "en")) or 0)
    counts = []
    for found in pattern("counts").finditer(words):
        if found["big"]:
            counts.append((number(found["big"]) or 0) + (number(found["small"]) or 0))
        else:
            counts.append(number(first_of(found, "n", "en", "en2")) or 0)
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


def asks(words: str) -> bool:
    """Whether words ask what stands on the board: 还缺什么菜, 烧菜的几点到, is anyone bringing a salad?"""
    return len(words) <= LONGEST and pattern("board").fullmatch(clause(words).strip().text) is not None


def of_food(words: str) -> bool:
    """Whether they speak of food, so that no other activity is meant by 还缺几个人."""
    return pattern("food_word").search(clause(words).text) is not None


def expects(words: str) -> str:
    """大概90个人来吃 as a correction says it: 90人吃; '' for anything else. 3人吃 alone may be a family of three."""
    found = pattern("expects").fullmatch(clause(words[: LONGEST + 1]).strip(" .!。~").text)
    if found is None:
        return ""
    n = number(first_of(found, "n", "n2", "n_en", "n_en2"))
    sure = first_of(found, "sure", "sure2", "sure_en", "n_en2")
    return f"{n}人吃" if n and (sure or n >= 10) else ""
