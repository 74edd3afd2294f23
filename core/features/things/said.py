"""What is said of things: pure, words and the names of things in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.kind import squeeze
from core.reading.parts import Written, clause, number

Act = Literal["bring", "drop", "take", "return", "keep"]
"""keep: somebody has it still, and says so."""
MOST = 999


@dataclass(frozen=True, slots=True)
class OfThing:
    """What somebody does with a thing: `name` '' where none was named, `n` 0 where no number was; `who`: of whom."""

    act: Act
    name: str = ""
    n: int = 0
    who: str = ""


pattern = Written(__file__).pattern


def wanted(words: str) -> list[tuple[str, int]] | None:
    """红袖章 10，手电5只; -1 for 红袖章不要了. None where that is no list of things."""
    out: list[tuple[str, int]] = []
    piece = clause(words)
    start = 0
    for cut in [*SPLIT.finditer(piece.text), None]:
        part = piece.cut(start, cut.start() if cut else len(piece.text)).strip(" :：.")
        if cut is not None and cut[0].strip(" ,，、;；\n。") in MEASURES:
            part = piece.cut(start, cut.end()).strip(" :：.")
        start = cut.end() if cut else start
        if not part.text:
            continue
        found = next(filter(None, (pattern(form).fullmatch(part.text) for form in FORMS)), None)
        if found is None:
            return None
        at = found.span(next(group for group in ("name", "name2") if found.groupdict().get(group)))
        name = part.cut(*at).said.strip()
        if "n" not in found.groupdict():  # none was said, or none is wanted any more
            out.append((name, -1 if found.re is pattern("gone") else 0))
            continue
        n = _n(found["n"])
        if not n:
            return None
        out.append((name, n))
    return out[:12] or None


def besides(words: str) -> str:
    """再要手电3个: the list of what is wanted besides; '' where each has not its number, or is people."""
    piece = clause(words[:61]).strip(" .!。~吧哦啊")
    found = pattern("besides").fullmatch(piece.text) if len(words) <= 60 else None
    if found is None:
        return ""
    what = piece.cut(*found.span("what" if found["what"] else "en")).said
    listed = wanted(what)
    things = listed and all(n > 0 and not PEOPLE.fullmatch(name) for name, n in listed)
    return what if things else ""


PEOPLE = re.compile(r"(?:个|名|位)?(?:人|志愿者|人手|位|名|people|volunteers|hands)")


def asks_what_is_out(words: str) -> bool:
    """谁还没还, 东西都还了吗, is everything back."""
    return len(words) <= 30 and pattern("out").fullmatch(clause(words).text.strip(" .!?。？~")) is not None


FORMS = ("gone", "after", "before", "before_en", "bare")
SPLIT = re.compile(r"[,，、;；\n。]|(?<=\d)[个只张条把台块盒箱瓶盆面件]?\s+(?=[^\d\s,，a-z])|\band\b|和")
MEASURES = tuple("个只张条把台块盒箱瓶盆面件")
_ENGLISH = {"a": 1, "an": 1, "one": 1, "the": 1, "my": 1, "both": 2, "some": 0}


def _n(words: str | None) -> int:
    if not words:
        return 0
    return min(MOST, number(words) or _ENGLISH.get(words.strip(), 0))


def read_all(words: str, known: Sequence[str]) -> tuple[OfThing, ...]:
    """What is done with these things, one after another: 袖章和手电都还了, 手电还给老王了，袖章明天还."""
    both = apart_of_two(words, known)
    whole = read(words, known) if len(both) == 1 else None
    if whole is not None:
        return (whole,)
    if len(words) > 60 or QUESTION.search(words):
        return ()
    found: list[OfThing] = []
    for part in filter(None, map(str.strip, STOPS.split(words))):
        for sentence in apart_of_two(part, known):
            told = read(sentence, known)
            if told is None and found and found[-1].act in ("take", "return"):  # 领了袖章一个，手电一个
                told = read(f"{VERBS[found[-1].act]}{sentence}", known)  # the verb is said once
            if told is not None and (told.name or not found):
                found.append(told)
            elif found == [] or as_known(sentence, known):
                return ()
    return tuple(found)


STOPS = re.compile(r"[,，、;；。]|\bbut\b")
QUESTION = re.compile(r"[?？吗谁哪]|没有$|\b(?:who|where|what|how)\b", re.IGNORECASE)
VERBS = {"take": "领了", "return": "还了"}


def apart_of_two(words: str, known: Sequence[str]) -> list[str]:
    """我拿了袖章和手电 as two sentences, one for each thing."""
    for joint in re.finditer(r"和|跟|还有|以及|\s+and\s+(?:an?|the|my|some)?\s*", words):
        for start in range(joint.start() - 2, -1, -1):
            if words.isascii() and words[start - 1 : start].strip():
                continue  # within a word
            for end in range(len(words), joint.end() + 1, -1):
                one, two = words[start : joint.start()], words[joint.end() : end]
                if as_known(one, known) and as_known(two, known) and as_known(one, known) != as_known(two, known):
                    return [f"{words[:start]}{each}{words[end:]}" for each in (one, two)]
    return [words]


MORE_FORMS = {"bring": ("bring_do", "bring_do_en"), "keep": ("keep_back_bare",)}


def read(words: str, known: Sequence[str]) -> OfThing | None:
    """What is done with one of these things, by whoever speaks or by `who`. None for anything else."""
    piece = clause(words[:61]).strip(" .!。~吧哦啊呀啦,，")
    if not piece.text or len(words) > 60:
        return None
    for act in ("keep", "return", "take", "drop", "bring"):
        for form in (act, f"{act}_back", f"{act}_en", *MORE_FORMS.get(act, ())):
            found = pattern(form).fullmatch(piece.text)
            if found is None:
                continue
            groups = found.groupdict()
            name = (groups.get("name") or groups.get("name2") or "").strip(" 的")
            known_as = as_known(name, known)
            if (name and not known_as) or ("_do" in form and not is_task(known_as)):
                continue
            said = piece.cut(*found.span("who")).said.strip() if groups.get("who") else ""
            if said and not name:
                said, known_as = apart(said, known)
            several = groups.get("n") in ("the", "my") and name.endswith("s")  # the plates: however many those are
            return OfThing(act, known_as, 0 if several else _n(groups.get("n") or groups.get("n2")), said)
    return None


def is_task(name: str) -> bool:
    """Whether it is done, and not brought: 收拾, 摆桌子, clearing up."""
    return pattern("task").fullmatch(name.casefold()) is not None


def apart(words: str, known: Sequence[str]) -> tuple[str, str]:
    """Who is meant, and which thing: 陈伯红袖章, 红袖章, 陈伯."""
    bare = words.removesuffix("的").removesuffix("都").removesuffix("全")
    for each in sorted(known, key=len, reverse=True):
        if bare and squeeze(bare).endswith(squeeze(each)):
            return bare[: len(bare) - len(each)].removesuffix("的"), each
    if thing := as_known(bare, known):
        return "", thing
    for cut in range(1, len(bare) - 1):  # of 一次性盘子 the last word is said: 陈伯盘子
        if thing := as_known(bare[cut:], known):
            return bare[:cut], thing
    return bare, ""


def as_known(name: str, known: Sequence[str]) -> str:
    """The thing that is meant: 手电 for 手电筒, flashlight for flashlights. '' for none, or where several fit."""
    wish = singular(squeeze(name))
    whole = [each for each in known if singular(squeeze(each)) == wish]
    if whole or len(wish) < 2:
        return whole[0] if whole else ""
    near = [each for each in known if wish in squeeze(each) or singular(squeeze(each)) in wish]
    return near[0] if len(near) == 1 else ""


def singular(name: str) -> str:
    return name.removesuffix("s") if name.isascii() else name
