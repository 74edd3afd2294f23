"""A posting corrected: only what the words say changes (改成8点, 地点换成南门, 要6个人, 加一个汤)."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache

from core.reading import whereabouts
from core.reading.belongings import bring
from core.reading.contacts import take_contacts
from core.reading.dishes import COURSES, SORTS
from core.reading.headcounts import LABEL, NUM, WHO, WHO_EN, Wanted, expected, headcount, labels
from core.reading.kinds import Kinds
from core.reading.numerals import number
from core.reading.page import STRUCK, Page
from core.reading.posting import Posting
from core.reading.rescheduling import Said, new_time
from core.reading.settling import calendar, chosen, half
from core.reading.text import plain
from core.reading.vocabulary import regex

READ_AT_MOST = 600
"""Characters of a correction that are looked at."""


def amend(
    posting: Posting, text: str, *, base: datetime, kinds: Kinds, lang: str = "zh"
) -> tuple[Posting, tuple[str, ...]]:
    """The posting with what `text` says changed, and the names of the fields that differ, none when nothing does."""
    changed, _ = _amended(posting, text, base, kinds, lang)
    return changed, changed_fields(posting, changed)


def changed_fields(posting: Posting, changed: Posting) -> tuple[str, ...]:
    """The names of the fields that differ; whether anything is asked is none of them."""
    names = (f.name for f in fields(Posting) if getattr(changed, f.name) != getattr(posting, f.name))
    return tuple(name for name in names if name not in ("question", "ambiguous"))


def _amended(posting: Posting, text: str, base: datetime, kinds: Kinds, lang: str) -> tuple[Posting, str]:
    """The same, and what is left of the words, with a mark for every letter that was understood."""
    page = Page(text[:READ_AT_MOST])
    whole = STRUCK * len(page.left)
    said = Said(text[:READ_AT_MOST], base, lang, kinds)
    if (settled := chosen(posting, said.text, base=base, kinds=kinds, lang=lang)) is not None:
        return settled, whole
    if (settled := half(posting, page) or calendar(posting, page)) is not None:
        return settled, whole
    for found in list(_DISMISSED.finditer(page.left)):
        page.strike(*found.span())
    kind = kinds.get(posting.kind)
    contact, written = take_contacts(page, text[:READ_AT_MOST], visited=kind is not None and kind.whom)
    changed = replace(posting, contact=_BECOMES.sub("：", contact)) if contact else posting
    for step in (_note, _kind, _title, _group, new_time, _slots, _people, _bring, _place):
        changed = step(changed, page, replace(said, text=written))
    return changed, page.left


def corrects(posting: Posting, text: str, *, base: datetime, kinds: Kinds, lang: str = "zh") -> bool:
    """Whether words said of a posting, unasked, are a correction of it: 改成慰问, make it 8pm; 晚上; 更正一下，是西门.

    Where nothing says so outright, a clause must be about the posting and about nothing else: 周五我要去买菜 is talk.
    """
    if _OUTRIGHT.search(plain(text[:READ_AT_MOST]).text) is not None:
        return True
    changed, left = _amended(posting, text, base, kinds, lang)
    if not changed_fields(posting, changed):
        return False
    clauses = [_FILLER.sub("", clause) for clause in _CLAUSE.split(left)]
    told = [clause for clause in clauses if STRUCK in clause]
    return bool(told) and all(not _LETTER.search(clause) for clause in clauses)


def says_the_same(posting: Posting, text: str, *, base: datetime, kinds: Kinds, lang: str = "zh") -> bool:
    """Whether a correction that changes nothing was understood: it says what stands there already."""
    changed, left = _amended(posting, text, base, kinds, lang)
    clauses = [_FILLER.sub("", _OUTRIGHT.sub("", clause)) for clause in _CLAUSE.split(left)]
    told = any(STRUCK in clause for clause in clauses) and not any(_LETTER.search(clause) for clause in clauses)
    return told and not changed_fields(posting, changed)


def answers(posting: Posting, text: str, *, base: datetime, kinds: Kinds, lang: str = "zh") -> bool:
    """Whether words under a posting of which something is asked say anything of it, in a clause of their own."""
    changed, left = _amended(posting, text, base, kinds, lang)
    told = [_FILLER.sub("", clause) for clause in _CLAUSE.split(left) if STRUCK in clause]
    return changed != posting and any(not _LETTER.search(clause) for clause in told)


_FILLER = re.compile(regex("amending", "filler"))
"""Words around a correction that say nothing of their own."""
_CLAUSE = re.compile(r"[,.;:!?。、\n]+")
_LETTER = re.compile(r"[^\W_]")

_BECOMES = re.compile(r"\s*[换改][成为到]\s*")
"""联系人换成李老师: what stands between who is to be rung up and that they are."""
_OUTRIGHT = re.compile(regex("amending", "outright"))
_DISMISSED = re.compile(regex("amending", "dismissed"))
"""What is said to be wrong, with what is right after it: 不是周五是周六, 8点太早了，9点吧."""

_INTO = regex("amending", "into")

# ---------------------------------------------------------------- kind, title, groups

_IS_A = re.compile(regex("amending", "is_a"))
_NAME = re.compile(regex("amending", "name", _INTO=_INTO))
_NOTE = re.compile(regex("amending", "note"))
_GROUP = re.compile(regex("amending", "group"))


@lru_cache(16)
def _other_kind(kinds: Kinds) -> re.Pattern[str]:
    return re.compile(rf"{_IS_A.pattern}(?P<kind>{kinds.begins})")


def _kind(posting: Posting, page: Page, said: Said) -> Posting:
    found = _other_kind(said.kinds).search(page.left)
    if not found:
        return posting
    kind = said.kinds.begun(found["kind"])
    if kind is None:
        return posting
    page.strike(*found.span())
    old = said.kinds.get(posting.kind)
    plain_title = old is None or posting.title in (None, old.zh, old.en)
    title = (kind.en if posting.title and posting.title.isascii() else kind.zh) if plain_title else posting.title
    return replace(posting, kind=kind.name, title=title)


def _title(posting: Posting, page: Page, _: Said) -> Posting:
    found = page.take(_NAME)
    if not found:
        return posting
    group = next(g for g in ("title", "called", "en") if found[g])
    return replace(posting, title=page.said(*found.span(group)) or posting.title)


def _note(posting: Posting, page: Page, _: Said) -> Posting:
    """备注：下雨照常: words to be passed on as they are."""
    found = page.take(_NOTE)
    if not found:
        return posting
    said = page.said(*found.span("note")).strip(" ,，。.:：")
    comma = "，" if any(ord(letter) > 127 for letter in said) else ", "
    return replace(posting, rest=comma.join(filter(None, (posting.rest, said)))) if said else posting


def _group(posting: Posting, page: Page, _: Said) -> Posting:
    found = page.take(_GROUP)
    if not found:
        return posting
    return replace(
        posting, groups=tuple(n.strip() for n in re.split(r"[、&]", page.said(*found.span("names"))) if n.strip())
    )


# ---------------------------------------------------------------- places, dishes, people

_MORE = regex("amending", "more")
_LESS = regex("amending", "less")
DISH_MORE = re.compile(
    regex("amending", "dish_more", _MORE=_MORE, NUM=NUM, _DISH=SORTS, p3=SORTS.replace("?P<", "?P<x_"))
)
DISH_NONE = re.compile(regex("amending", "dish_none", _DISH=SORTS, p1=SORTS.replace("?P<", "?P<x_")))
DISH_LESS = re.compile(regex("amending", "dish_less", NUM=NUM, _DISH=SORTS, p2=SORTS.replace("?P<", "?P<x_")))
DISH_SET = re.compile(regex("amending", "dish_set", _DISH=SORTS, NUM=NUM, p2=SORTS.replace("?P<", "?P<y_")))
PLACE_MORE = re.compile(regex("amending", "place_more"))
PLACE_NONE = re.compile(regex("amending", "place_none"))
PLACE_SET = re.compile(regex("amending", "place_set", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
PER = re.compile(regex("amending", "per", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
HOMES = re.compile(regex("amending", "homes", NUM=NUM))
PEOPLE_MORE = re.compile(regex("amending", "people_more", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
PEOPLE_LESS = re.compile(regex("amending", "people_less", NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))
PEOPLE_SET = re.compile(regex("amending", "people_set", _INTO=_INTO, NUM=NUM, WHO=WHO, WHO_EN=WHO_EN))


def _slots(posting: Posting, page: Page, said: Said) -> Posting:
    kind = said.kinds.get(posting.kind)
    if kind is not None and kind.dishes and (eaters := expected(page)):
        posting = replace(posting, expected=eaters)
    posting = _dishes(posting, page, said)
    slots = list(posting.slots)
    known = {slot.label.lower() for slot in slots}
    named = [name for found in LABEL.finditer(page.left) for name in labels(found, page)]
    if PER.search(page.left) and any(name.lower() not in known for name in named):
        return posting  # places and numbers afresh
    if (per := PER.search(page.left)) and slots:
        page.strike(*per.span())
        each = number(per["n"] or per["en"])
        some = [name.lower() for name in named] or known
        slots = [replace(slot, max=each, min=None) if slot.label.lower() in some else slot for slot in slots]
    if (homes := HOMES.search(page.left)) and slots and all(slot.label.isdigit() for slot in slots):
        page.strike(*homes.span())
        many = min(number(homes["n"] or homes["en"]) or len(slots), 40)
        slots = [replace(slots[0], label=str(n + 1)) for n in range(max(1, many))]
    for found in list(LABEL.finditer(page.left)):
        slots = _one_place(slots, found, page)
    return replace(posting, slots=tuple(slots)) if tuple(slots) != posting.slots else posting


def _one_place(slots: list[Wanted], found: re.Match[str], page: Page) -> list[Wanted]:
    """One place named in a correction: more of them, none of it, or another number."""
    named = labels(found, page)
    before, after = page.left[max(0, found.start() - 8) : found.start()], page.left[found.end() : found.end() + 16]
    known = {slot.label.lower() for slot in slots}
    if PLACE_NONE.search(before) or PLACE_NONE.match(after):
        if not any(name.lower() in known for name in named):
            return slots
        page.strike(found.start(), found.end())
        return [slot for slot in slots if slot.label.lower() not in [name.lower() for name in named]]
    size = PLACE_SET.match(after)
    many = number(size["n"]) if size else None
    if size and any(name.lower() in known for name in named):
        page.strike(found.start(), found.end() + size.end())
        wanted = [name.lower() for name in named]
        return [replace(slot, max=many, min=None) if slot.label.lower() in wanted else slot for slot in slots]
    if slots and PLACE_MORE.search(before):
        page.strike(found.start(), found.end() + (size.end() if size else 0))
        most = many if size else slots[-1].max
        return slots + [Wanted(name, most, None, name) for name in named if name.lower() not in known]
    return slots


def _dishes(posting: Posting, page: Page, said: Said) -> Posting:
    kind = said.kinds.get(posting.kind)
    if not (kind is not None and kind.dishes) and not any(slot.label in COURSES for slot in posting.slots):
        return posting
    slots = {slot.label: slot for slot in posting.slots}
    for pattern, change in ((DISH_NONE, None), (DISH_MORE, 1), (DISH_LESS, -1), (DISH_SET, 0)):
        for found in list(pattern.finditer(page.left)):
            groups = found.groupdict()
            sort = next(s for s in COURSES if groups.get(s) or groups.get(f"x_{s}") or groups.get(f"y_{s}"))
            word = groups.get(sort) or groups.get(f"x_{sort}") or groups.get(f"y_{sort}") or ""
            page.strike(*found.span())
            digits = groups.get("n") or groups.get("after") or groups.get("before")
            many = (number(digits) if digits not in (None, "a", "an", "another") else 1) or 1
            old = slots.get(sort)
            if change is None:
                slots.pop(sort, None)
            elif change == 0:
                slots[sort] = Wanted(sort, many, None, old.said if old else word)
            else:
                slots[sort] = Wanted(
                    sort, max(0, (old.max if old and old.max else 0) + change * many), None, old.said if old else word
                )
    kept = tuple(slot for slot in slots.values() if slot.max != 0)
    return replace(posting, slots=kept) if kept != posting.slots else posting


def _people(posting: Posting, page: Page, _: Said) -> Posting:
    if (found := PEOPLE_MORE.search(page.left)) or (found := PEOPLE_LESS.search(page.left)):
        sign = 1 if PEOPLE_MORE.search(page.left) else -1
        page.strike(*found.span())
        if posting.max is None:
            return posting
        most = max(1, posting.max + sign * (number(found["n"] or found["en"]) or 0))
        return replace(posting, max=most, min=min(posting.min, most) if posting.min else posting.min)
    if found := PEOPLE_SET.search(page.left):
        page.strike(*found.span())
        return replace(posting, min=None, max=number(found["n"] or found["m"]))
    count = headcount(page)
    changed = posting
    if count.slots:
        changed = replace(changed, slots=count.slots, min=None, max=None)
    elif count.said:
        low, high = count.min, count.max
        if low is not None and high is None and posting.max is not None and posting.max >= low:
            high = posting.max
        changed = replace(changed, min=low, max=high)
    return changed


# ---------------------------------------------------------------- what to bring, where

_NO_BRING = re.compile(regex("amending", "no_bring"))
_ALSO_BRING = re.compile(regex("amending", "also_bring"))
_PLACE = re.compile(regex("amending", "place", _INTO=_INTO))
_TO = re.compile(regex("amending", "to"))
_PLACE_END = re.compile(regex("amending", "place_end"))


_IS = re.compile(regex("amending", "is"))


def _bring(posting: Posting, page: Page, _: Said) -> Posting:
    if (dropped := page.take(_NO_BRING)) and posting.bring:
        kept = [
            thing
            for thing in re.split(r"[、,，]\s?| and |和", posting.bring)
            if thing.strip().lower() not in dropped[0]
        ]
        all_gone = len(kept) == len(re.split(r"[、,，]\s?| and |和", posting.bring))
        joint = "、" if any(ord(c) > 127 for c in posting.bring) else ", "
        posting = replace(posting, bring=None if all_gone else joint.join(kept) or None)
    more = _ALSO_BRING.search(page.left) is not None
    what = bring(page)
    if what is None:
        return posting
    if more and posting.bring and what not in posting.bring:
        joint = "、" if any(ord(c) > 127 for c in what) else ", "
        what = f"{posting.bring}{joint}{what}"
    return replace(posting, bring=what)


def _place(posting: Posting, page: Page, said: Said) -> Posting:
    for pattern in (_PLACE, _TO):
        if found := pattern.search(page.left):
            where = page.said(*found.span("place"))
            where = re.sub(r"^the ", "", _PLACE_END.sub("", where).strip(" 、,，"), flags=re.IGNORECASE)
            if where and not where.isdigit() and not re.fullmatch(r"[\d点号月日:\s]+|[早午晚][饭餐]", where):
                page.strike(*found.span())
                return replace(posting, place=where)
    page.take(_IS)
    other = whereabouts.place(page, said.kinds)
    return replace(posting, place=other) if other else posting
