"""People of the register as they are written down: who, where, how to ring them up, what to mind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from core.reading.parts import ENGLISH, HAN_DIGITS, TITLED, Written, clause, flat_in, places_in, read_bare
from core.reading.parts import HAN as LETTERS
from core.said.visits import LONG_AGO, ReadElder

LONGEST = 1_000
"""Letters of what is said of one person that are read."""
Act = Literal[
    "register",
    "who_read",
    "long_ago",
    "all",
    "card",
    "data",
    "delete",
    "withdraw",
    "wavered",
    "hide",
    "share",
    "correct",
    "round",
]


@dataclass(frozen=True, slots=True)
class OfElder:
    """What words ask of the register. `who` as written; `rest`: what is said of them; of a round, when, behind its
    kind.
    """

    act: Act
    who: str = ""
    rest: str = ""
    sure: bool = True


_of = Written(__file__).regex
_END, _GAP = _of("end"), _of("gap")
_REGISTER = re.compile(rf"(?:{_of('register')})(?:{_GAP}|(?=[\u4e00-\u9fff]))(?P<rest>\S.*)", re.DOTALL)
_BEHIND = re.compile(rf"(?P<rest>\S.*?)(?:{_of('register_behind')}){_END}", re.DOTALL)
_NOT_REGISTER = re.compile(_of("not_register"))
_CORRECT = re.compile(rf"(?:{_of('correct')})(?:{_GAP}|(?=[\u4e00-\u9fff]))(?P<rest>\S.*)", re.DOTALL)
_NEWS = re.compile(rf"(?:{_of('news')}){_END}")
_PHONE, _KIN, _AGE = re.compile(_of("phone")), re.compile(_of("kin")), re.compile(_of("age"))
_DOOR, _TIMES = re.compile(_of("door")), re.compile(_of("times"))
_LABEL = re.compile(rf"(?:{_of('label')})\s?(?:[:：]|是|为|(?=\S{{0,2}}改)|\s|(?=\d))\s?")
_TO, _MOVED = re.compile(rf"{_of('changed_to')}[\s:：]*"), re.compile(rf"(?:{_of('moved')})[\s:：]*")
_LESS = re.compile(_of("less") + _END)
_WHOLE: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("long_ago", re.compile(rf"(?:{LONG_AGO.pattern}){_END}")),
    *(
        (act, re.compile(rf"(?:{_of(act, KIN=_of('close_to'), WAVERED=_of('wavers'))}){_END}"))
        for act in ("who_read", "hide", "share", "withdraw", "wavered", "delete", "data")
    ),
)
_UNSURE = re.compile(_of("unsure"))
_ALL = re.compile(rf"(?:{_of('all')}){_END}")
_ROUND, _WENT = re.compile(rf"(?:{_of('round')}){_END}"), re.compile(rf"(?:{_of('went')}){_END}")
_CARD = re.compile(rf"(?:{_of('card')}){_END}")
_SEGMENTS, _SPACES = re.compile(r"[,，;；。\n\t|]+|\.(?=\s|$)"), re.compile(r"[\s、]+")
_EDGES = " \t,，;；、:：.。-"


def read_elder_words(words: str) -> OfElder | None:
    """What these words, all of them, ask of the register; `card` for a bare name. None if they ask nothing of it."""
    piece = clause(words[: LONGEST + 100]).strip()
    if _ALL.fullmatch(piece.text):
        return OfElder("all")
    if found := _REGISTER.fullmatch(piece.text):
        rest = piece.cut(found.start("rest")).strip(_EDGES)
        sure = bool(_PHONE.search(rest.text) or flat_in(rest.said))
        if not sure and _NOT_REGISTER.match(rest.text):
            return None
        return OfElder("register", rest=rest.said, sure=sure)
    if (found := _BEHIND.fullmatch(piece.text)) and (_PHONE.search(found["rest"]) or flat_in(found["rest"])):
        return OfElder("register", rest=piece.cut(0, found.end("rest")).strip(_EDGES).said)
    if found := _CORRECT.fullmatch(piece.text):
        return OfElder("correct", rest=piece.cut(found.start("rest")).said)
    if len(piece.text) <= 90 and (found := _ROUND.fullmatch(piece.text)):
        return OfElder("round", _named(piece.said, found, skip="when"), _named(piece.said, found, skip="kind"))
    if len(piece.text) > 60 or "\n" in piece.text:
        return None
    for act, pattern in _WHOLE:
        if found := pattern.fullmatch(piece.text):
            return OfElder(act, _named(piece.said, found), sure=not _UNSURE.search(piece.text))
    if found := _NEWS.fullmatch(piece.text):
        return OfElder("correct", rest=_named(piece.said, found), sure=False)
    if found := _WENT.fullmatch(piece.text):
        return OfElder("card", _named(piece.said, found, skip="visitor"), sure=False)
    if found := _CARD.fullmatch(piece.text):
        return OfElder("card", _named(piece.said, found))
    return None


def _named(said: str, found: re.Match[str], skip: str = " ") -> str:
    for name in found.re.groupindex:
        if found[name] and not name.startswith(skip):
            return said[found.start(name) : found.end(name)].strip(_EDGES + "'’")
    return ""


# ------------------------------------------------------------ field by field


def read_elder(words: str, year: int) -> ReadElder:
    """What is said of somebody, field by field. `year`: this one, that ages are counted from."""
    left = words[:LONGEST].strip()
    left, phone, close = _phones(left)
    left, building, flat = _home(left)
    left, born = _age(left, year)
    found = ReadElder(building=building, flat=flat, phone=phone, close=close, born=born)
    for part in _parts(left):
        found = _with(found, part)
    return found


def _phones(words: str) -> tuple[str, str, str]:
    """The words without telephone numbers, theirs, and whoever is close to them with the number that goes with it."""
    piece, own, close = clause(words), [], []
    spans: list[tuple[int, int]] = []
    for found in _PHONE.finditer(piece.text):
        before = piece.text[: found.start()]
        start = max(before.rfind(stop) for stop in ",;。\n，；|") + 1
        kin = next(iter(_KIN.finditer(before, max(start, found.start() - 20))), None)
        number = piece.said[found.start("number") : found.end("number")].strip()
        if kin is None or (spans and kin.start() < spans[-1][1]):
            own.append(number)
            spans.append(found.span())
        else:
            close.append(f"{piece.said[kin.start() : found.start()].strip(_EDGES)} {number}")
            spans.append((kin.start(), found.end()))
    return _cut(piece.said, spans), "、".join(own), "、".join(close)


def _cut(words: str, spans: list[tuple[int, int]]) -> str:
    """The words with these stretches taken out, a gap in the place of each."""
    out, at = [], 0
    for start, end in spans:
        out += [words[at:start], "\n"]
        at = end
    return "".join([*out, words[at:]])


def _home(words: str) -> tuple[str, str, str]:
    """The words without where somebody lives, the building as everybody calls it, and the flat."""
    building, flat, left = "", "", words
    for place, said in places_in(words):
        last = place.steps[-1]
        if last[0] == "flat" and not flat and (len(place.steps) == 1 or not building):
            flat = last[1]
            if len(place.steps) > 1:
                head = said[: said.lower().rfind(flat)] if flat in said.lower() else said
                building = _called(head, place.steps[0][1])
        elif last[0] in ("building", "number", "door", "unit", "yard", "lane") and not building:
            building = _called(said, place.steps[0][1])
        else:
            continue
        left = left.replace(said, "\n", 1)
    left = re.sub(r"(?:^|(?<=\n))[\s,，]*(?:室|房间|房|的|了|住)(?=\s|[,，。.]|$|[\u4e00-\u9fff])", "", left)
    return left, building, flat


def _called(head: str, number: str) -> str:
    """3号楼 of what stands before a flat: 3-, 3#, 三号楼, Building 3 flat."""
    bare = re.sub(r"[\s,，]*(?:flat|room|apt\.?|apartment|no\.?)?[\s,，#]*$", "", head, flags=re.IGNORECASE)
    bare = bare.strip(" -－—,，的")
    if not bare or read_bare(bare) or not re.search(rf"[a-z{HAN_DIGITS}号楼幢栋单元弄座]", bare, re.IGNORECASE):
        return f"{number}号楼"
    return bare


def _age(words: str, year: int) -> tuple[str, str]:
    piece = clause(words)
    found = _AGE.search(piece.text)
    if found is None:
        return words, ""
    groups = {name: value for name, value in found.groupdict().items() if value}
    name, value = next(iter(groups.items()))
    born = int(value) if name in ("year", "born") else year - int(value)
    if not 1880 <= born <= year:
        return words, ""
    return _cut(piece.said, [found.span()]), str(born)


def _parts(words: str) -> list[str]:
    """What stands apart: by commas and lines; Chinese by spaces as well."""
    parts = []
    for part in _SEGMENTS.split(words):
        if LETTERS.search(part) and not re.search(r"[a-z]{2}", part, re.IGNORECASE):
            parts += _SPACES.split(part)
        else:
            parts.append(part)
    return [stripped for part in parts if (stripped := part.strip(_EDGES))]


def _with(found: ReadElder, part: str) -> ReadElder:
    """With one more thing that was said."""
    piece = clause(part)
    if (label := _LABEL.match(piece.text)) and label.lastgroup:
        value = piece.cut(label.end()).strip(_EDGES).said
        if label.lastgroup in ("place", "phone", "born"):
            return found  # what was behind it has been read already
        return added(found, label.lastgroup, value) if value else found
    if piece.text in ("电话", "手机", "住", "家住", "住在", "地址", "lives at", "lives in", "tel", "phone", "address"):
        return found
    if not found.name:
        titled = TITLED.match(piece.text) or ENGLISH.match(piece.text)
        if titled and (rest := piece.cut(titled.end()).strip(_EDGES).said):
            return _with(replace(found, name=piece.said[: titled.end()]), rest)
        return replace(found, name=part)
    if _KIN.match(piece.text):
        return added(found, "close", part)
    if _DOOR.search(piece.text):
        return added(found, "door", part)
    return added(found, "times" if _TIMES.search(piece.text) else "mind", part)


def added(found: ReadElder, field: str, value: str) -> ReadElder:
    """With this after what a field says already."""
    known = getattr(found, field)
    if field == "name" or not known:
        return replace(found, **{field: value})
    return replace(found, **{field: f"{known}，{value}" if LETTERS.search(known + value) else f"{known}, {value}"})


# ------------------------------------------------------------ changed


def amended(known: ReadElder, words: str, year: int) -> ReadElder:
    """What is known of somebody, with what was said to be otherwise: 电话改成…, 搬到…, 不耳背了, 还怕吵."""
    found = known
    for part in filter(None, (each.strip(_EDGES) for each in _SEGMENTS.split(words[:LONGEST]))):
        piece = clause(part)
        less = _LESS.fullmatch(piece.text)
        shorter = _without(found, piece.said[slice(*less.span("what"))]) if less else None
        found = shorter or _changed(found, part, year)
    return found


def _changed(found: ReadElder, part: str, year: int) -> ReadElder:
    piece = clause(part)
    label = _LABEL.match(piece.text) or re.match(rf"(?:{_of('label')})", piece.text)
    rest = piece.cut(label.end() if label else 0)
    told = rest.cut(to.end()) if (to := _TO.match(rest.text)) else rest
    told = told.cut(moved.end()) if (moved := _MOVED.match(told.text)) else told
    if label and label.lastgroup in ("name", "door", "mind", "times") and told.said.strip(_EDGES):
        return replace(found, **{label.lastgroup: told.said.strip(_EDGES)})
    said = read_elder(f"?\n{told.said}" if not label or label.lastgroup != "close" else told.said, year)
    if label and label.lastgroup == "close":
        return replace(found, close=said.close or told.said.strip(_EDGES))
    for field in ("building", "flat", "phone", "born", "close"):
        if value := getattr(said, field):
            found = replace(found, **{field: value})
    for field in ("door", "mind", "times"):
        if value := getattr(said, field):
            found = added(found, field, value)
    return found


def _without(found: ReadElder, what: str) -> ReadElder | None:
    """Without something that was said of them; None if it was not."""
    for field in ("mind", "door", "times", "close"):
        parts = re.split(r"[，,、]\s?", getattr(found, field))
        left = [part for part in parts if what.strip(_EDGES) not in part]
        if len(left) < len(parts):
            return replace(found, **{field: "，".join(left)})
    return None
