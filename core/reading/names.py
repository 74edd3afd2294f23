"""Finds the people a name may mean: by name, nickname, form of address, building, pinyin or a near sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from core.reading import surnames
from core.reading.numerals import FIGURES
from core.reading.sounds import syllables
from core.reading.spoken_names import ADDRESSED
from core.reading.text import plain
from core.reading.vocabulary import regex, words


@dataclass(frozen=True, slots=True)
class Known:
    """A member as the community knows them. `unit` is a stairwell or flat, or empty."""

    id: int
    name: str
    nicknames: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody a query may mean. `score` is between 0 and 1.

    `how`: exact (this is what they are called), part (a given name, a Latin first name), title (surname and a form of
    address), address (known by the surname and another form of address), fuller (a full name was said, and only the
    surname is known), sound (other characters, the same pinyin; or pinyin typed), near (a slip away), unlike (one
    character of the name is another, and sounds so), unit (lives there).
    """

    known: Known
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """These may be meant: whoever wanted to know must ask, even when it is only one."""

    people: tuple[Known, ...]


SCORES = {"exact": 1.0, "part": 0.85, "title": 0.8, "sound": 0.75, "address": 0.77, "fuller": 0.77, "unit": 0.6}
SURE = frozenset({"exact", "part", "title"})
"""Ways to match that need no question when only one person fits."""
OTHERS = frozenset({"fuller", "unlike"})
"""Ways to match that are a guess for somebody who is on a list, and speak for somebody else where one is put down."""
NEAREST = 0.68
"""How alike, from 0 to 1, two names must be to be taken for the same name misspelt."""
LONGEST_QUERY = 60


def find(query: str, people: Sequence[Known]) -> tuple[Match, ...]:
    """Everybody whom `query` may mean, the likeliest first; nobody is left out because somebody else fits better."""
    asked = _Asked.of(query)
    if asked is None:
        return ()
    matches = [match for known in people if (match := _match(asked, known))]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.known.id)))


def one(query: str, people: Sequence[Known]) -> Known | Ambiguous | None:
    """The person `query` means; everybody it may mean when that is not certain; None when nobody is like it."""
    return judged(find(query, people))


def judged(matches: Sequence[Match]) -> Known | Ambiguous | None:
    """Who is meant of those that `find` found: see `one`."""
    if not matches:
        return None
    best = [match for match in matches if match.score > matches[0].score - 0.04]
    if len(best) == 1 and best[0].how in SURE:
        return best[0].known
    return Ambiguous(tuple(match.known for match in (best if best[0].how in SURE else matches)[:10]))


def same(a: str, b: str) -> bool:
    """Are these two the same name but for script, width, case, spaces and marks? Two empty names are not."""
    return bool(key(a)) and key(a) == key(b)


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """What all that are the `same` have in common; '' for what is the same as nothing."""
    return _letters(name)


def at_home(said: str) -> tuple[str, str]:
    """5号楼赵阿姨 and 赵阿姨（5号楼） as ("5号楼", "赵阿姨"): where somebody lives, beside the name, and the name."""
    text = plain(said[:LONGEST_QUERY]).text
    if found := _BEFORE_NAME.match(text):
        name = said[found.end() :].lstrip(" 的-—")
        return (said[slice(*found.span("unit"))], name) if name else ("", said)
    found = _IN_BRACKETS.search(text) or _FROM.search(text)
    name = said[: found.start()].rstrip(" ,，") if found else ""
    return (said[slice(*found.span("unit"))], name) if found and name else ("", said)


def another_of(said: str) -> str:
    """另一位王阿姨 as 王阿姨: the name, where it is said that one more of that name is meant; else ''."""
    found = _ANOTHER.match(plain(said[:LONGEST_QUERY]).text)
    return said[found.end() :].strip() if found else ""


def looks_like_a_name(text: str, lang: str = "zh") -> bool:  # noqa: ARG001  both scripts occur in both languages
    """Is this a person's name (陈建国, 王阿姨, Mary Chen), and not a nickname such as 🌸静待花开 or user_8821?"""
    said = text.strip()
    folded = plain(said[:LONGEST_QUERY]).text
    if not 2 <= len(folded) <= 30 or any(c.isdigit() or c in "_@#/" for c in folded):
        return False
    if re.fullmatch(r"[\u3400-\u9fff·]+", folded):
        return bool(_surname_and_title(folded)) or _full(folded) or bool(_OLD_YOUNG.fullmatch(folded))
    if ADDRESSED.fullmatch(said):
        return True
    return bool(_LATIN_NAME.fullmatch(said)) and not any(word in surnames.NOT_LATIN for word in folded.split())


# ---------------------------------------------------------------- what a query says

_COMMON = "".join(sorted(surnames.COMMON))
_SINGLE = "".join(sorted(surnames.SURNAMES))
_COMPOUND = "|".join(sorted(surnames.COMPOUND))
_SURNAME = rf"(?:{_COMPOUND}|[{_SINGLE}])"
_TITLE = "|".join(sorted(surnames.TITLES, key=len, reverse=True))
_OLD_YOUNG = re.compile(regex("names", "old_young", _COMMON=_COMMON))
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]*(?:[ .]+[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]*){0,3}")
_UNIT = re.compile(regex("names", "unit"))
_BEFORE_NAME = re.compile(regex("names", "before_name", UNIT=_UNIT.pattern))
_IN_BRACKETS = re.compile(regex("names", "in_brackets", UNIT=_UNIT.pattern))
_FROM = re.compile(rf"\s(?:who lives )?(?:in|from|of|at) {_UNIT.pattern}$")
_ANOTHER = re.compile(regex("names", "another"))
_TITLED = re.compile(rf"(?P<surname>{_SURNAME})(?P<given>[\u3400-\u9fff]{{0,2}}?)(?P<title>{_TITLE})")
_GIVEN_TITLED = re.compile(rf"(?P<given>[\u3400-\u9fff]{{2}})(?:{_TITLE})")
_GIVEN_ADDRESSED = re.compile(regex("names", "given_addressed"))
_CALLED = re.compile(regex("names", "called", _SURNAME=_SURNAME))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query taken apart. `surname` is set when only a surname was said, with a form of address."""

    letters: str
    core: str
    surname: str
    unit: str
    title: str = ""
    sex: str = "they"
    heard: str = ""
    easy: str = ""

    @classmethod
    def of(cls, query: str) -> _Asked | None:
        text = plain(query[:LONGEST_QUERY]).text.strip()
        unit = ""
        if found := _UNIT.search(text):
            unit = _unit(found["unit"])
            text = text[: found.start()] + " " + text[found.end() :]
            text = text.strip(" 的()[]-—,、")
        letters = _letters(text)
        if not letters and not unit:
            return None
        surname, core, title = "", letters, ""
        if found := _TITLED.fullmatch(letters):
            title = found["title"]
            surname = "" if found["given"] else found["surname"]
            core = found["surname"] + found["given"]
        elif found := _CALLED.fullmatch(letters):
            surname = core = found["a"] or found["b"]
        elif found := _GIVEN_TITLED.fullmatch(letters):
            core = found["given"]
        elif found := _ADDRESS.fullmatch(text):
            surname, core = ("", _letters(found["name"])) if " " in found["name"] else (found["name"], found["name"])
        heard = sound(core)
        return cls(letters, core, surname, unit, title, surnames.he_or_she(text), heard, loose(heard))


_ADDRESS = re.compile(rf"(?:{'|'.join(surnames.ADDRESSES)})\.? (?P<name>[a-z'-]+(?: [a-z'-]+)?)")


_ADDRESS_WORD = re.compile("|".join(surnames.ADDRESSES))


def _match(asked: _Asked, known: Known) -> Match | None:
    """The best that can be said for `known`; living elsewhere than the query says rules them out."""
    own = _features(known.name[:LONGEST_QUERY])
    lives = (known.unit and _unit(known.unit)) or own.lives
    if asked.unit and lives and not _lives_at(asked.unit, lives):
        return None
    if asked.sex != own.sex and "they" not in (asked.sex, own.sex):
        return None
    if asked.unit and not asked.letters:
        return Match(known, SCORES["unit"], "unit") if lives else None
    best: Match | None = None
    for features in (own, *(_features(name[:LONGEST_QUERY]) for name in known.nicknames)):
        how, score = _alike(asked, features)
        if how and asked.unit and lives:
            score = min(1.0, score + 0.1)
        if how and (best is None or score > best.score):
            best = Match(known, round(score, 3), how)
    return best


@dataclass(frozen=True, slots=True)
class _Features:
    """A name as it is compared: plain letters, without its form of address, its surname, how it sounds, whose it is."""

    letters: str
    core: str
    surname: str
    given: str
    title: str
    words: tuple[str, ...]
    sound: str
    easy: str
    surname_sound: str
    sex: str
    lives: str


@lru_cache(maxsize=8192)
def _features(name: str) -> _Features:
    text = plain(name).text
    text = _UNIT.sub(" ", text).strip()
    letters = _letters(text)
    core, surname, given, title = letters, "", "", ""
    if found := _TITLED.fullmatch(letters):
        surname, given, title = found["surname"], found["given"], found["title"]
        core = surname + given
    elif found := _CALLED.fullmatch(letters):
        surname = core = found["a"] or found["b"]
    elif _is_han(letters):
        size = 2 if letters[:2] in surnames.COMPOUND else 1
        if 2 <= len(letters) <= size + 2 and (size == 2 or letters[0] in surnames.SURNAMES):
            surname, given = letters[:size], letters[size:]
    words = tuple(w for w in re.split(r"[^\w'-]+", text) if w)
    if words and not surname and letters.isascii():
        surname = words[-1]
    heard, sex = sound(core), surnames.he_or_she(text)
    return _Features(
        letters, core, surname, given, title, words, heard, loose(heard), sound(surname), sex, _unit_in(name)
    )


def _alike(asked: _Asked, name: _Features) -> tuple[str, float]:
    """How the query fits one name, with a score; ("", 0) when it does not."""
    if not name.letters:
        return "", 0.0
    if asked.letters == name.letters or (not asked.surname and asked.core == name.core and len(name.core) > 1):
        return "exact", SCORES["exact"]
    if asked.surname:
        if not name.surname or not (asked.surname == name.surname or _latin_surname(asked.surname, name)):
            return "", 0.0
        if not name.given and _is_han(name.core) and name.core == name.surname:  # 周老师 is known, 周师傅 is asked for
            if _man_and_woman(asked.title, name.title):
                return "", 0.0
            if _one_title(asked.title, name.title):
                return "title", SCORES["title"]  # 陈伯 is 陈伯伯
            return "address", SCORES["address"]
        return "title", SCORES["title"]
    if (len(name.given) > 1 and asked.core == name.given) or (len(name.words) > 1 and asked.letters in name.words):
        return "part", SCORES["part"]
    if name.core == name.surname and _is_han(name.core):
        # 王阿姨 on the list and 王秀英 asked for: perhaps the same, which only people know.
        return ("fuller", SCORES["fuller"]) if asked.core.startswith(name.surname) and _full(asked.core) else ("", 0.0)
    if _of_the_family(asked.core, name):
        return "fuller", SCORES["fuller"]
    if len(asked.heard) <= 3:
        return "", 0.0
    if asked.heard == name.sound or asked.easy == name.easy:
        return "sound", SCORES["sound"]
    if asked.core.isascii() or name.core.isascii():
        likeness = max(_likeness(asked.easy, spelt) for spelt in (name.easy, *map(loose, name.words)))
    else:
        likeness = (_likeness(asked.core, name.core) + _likeness(asked.easy, name.easy)) / 2
    if likeness >= NEAREST:
        alike = not (_full(asked.core) and len(asked.core) == len(name.core) and _is_han(name.core))
        return "near" if alike else "unlike", likeness * 0.7
    return "", 0.0


def _of_the_family(core: str, name: _Features) -> bool:
    """Mrs Lee on the list and Mary Lee asked for: as with 王阿姨 and 王秀英."""
    known = len(name.words) == 2 and _ADDRESS_WORD.fullmatch(name.words[0]) is not None and core.isascii()
    return known and len(core) > len(name.surname) and core.endswith(name.surname)


def _one_title(one: str, two: str) -> bool:
    """伯 and 伯伯 and 老伯 are one form of address."""
    return bool(one and two) and one[-1] == two[-1]


def _man_and_woman(one: str, two: str) -> bool:
    """王伯 and 王阿姨 are never one person; 王老师 may be either."""
    return {one in surnames.MEN, two in surnames.MEN} == {one in surnames.WOMEN, two in surnames.WOMEN} == {True, False}


def _latin_surname(said: str, name: _Features) -> bool:
    return said.isascii() and (said == name.surname_sound or said in name.words)


def _likeness(a: str, b: str) -> float:
    return float(OSA.normalized_similarity(a, b))


# ---------------------------------------------------------------- sounds

SURNAME_SOUNDS = dict(pair.split(":") for pair in words("names", "sounds").split())
"""How these characters sound as surnames, which differs from everyday use."""


@lru_cache(maxsize=8192)
def sound(name: str) -> str:
    """Pinyin without tones or spaces; Latin letters stay."""
    if name[:1] in SURNAME_SOUNDS:
        return SURNAME_SOUNDS[name[0]] + "".join(syllables(name[1:]))
    return "".join(syllables(name))


def loose(pinyin: str) -> str:
    """Pinyin as it is heard here, where zh and z, sh and s, eng and en, ing and in are often one."""
    for strict, easy in (
        ("zh", "z"),
        ("ch", "c"),
        ("sh", "s"),
        ("eng", "en"),
        ("ing", "in"),
        ("ü", "v"),
        ("lue", "lve"),
    ):
        pinyin = pinyin.replace(strict, easy)
    return pinyin


# ---------------------------------------------------------------- letters and units


def _letters(text: str) -> str:
    folded = plain(text[:LONGEST_QUERY]).text
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def _is_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= c <= "\u9fff" for c in text)


def _unit(text: str) -> str:
    """3号楼502室, 3-502 and "Building 3" as 3-502 and 3: numbers with hyphens between."""
    folded = plain(text[:LONGEST_QUERY]).text.replace(
        "十", "10" if text.strip().startswith("十") and len(text) < 3 else "1"
    )
    return "-".join(re.findall(r"\d+", folded.translate(FIGURES)))


def _unit_in(name: str) -> str:
    found = _UNIT.search(plain(name[:LONGEST_QUERY]).text)
    return _unit(found["unit"]) if found else ""


def _lives_at(said: str, lives: str) -> bool:
    return said == lives or lives.startswith(said + "-") or lives.endswith("-" + said)


def _surname_and_title(name: str) -> bool:
    if found := _TITLED.fullmatch(name):
        return not any(c in surnames.NOT_IN_NAMES for c in found["given"]) and name not in surnames.WORDS
    return bool(_GIVEN_ADDRESSED.fullmatch(name)) and name not in surnames.KIN and name not in surnames.TITLES


def _full(name: str) -> bool:
    """A surname and a given name of one or two characters, and no common word."""
    if "·" in name:
        return all(2 <= len(part) <= 8 for part in name.split("·"))
    surname = 2 if name[:2] in surnames.COMPOUND else 1
    if surname == 1 and name[:1] not in surnames.COMMON:
        return False
    if name[:2] in surnames.WORDS or name in surnames.WORDS:
        return False
    given = name[surname:]
    return 1 <= len(given) <= 2 and not any(c in surnames.NOT_IN_NAMES for c in given)
