"""What is said of matters: one that is brought, one that is spoken of by its number, 我也是, 小板凳 and 计分器."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from core.reading.parts import Clause, Wholly, Written, clause, number

Act = Literal[
    "concern", "found", "show", "step", "refuse", "solve", "give", "plan", "same", "well", "still", "not_yet",
    "publish", "private", "me_too", "board", "score", "answer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfMatter:
    """What words ask of a matter: `number` where one is said, `other` with which it is one, `rest` as written."""

    act: Act
    number: int | None = None
    rest: str = ""
    other: int = 0


_of = Written(__file__).regex
_answered = Written(__file__, "answers.toml").regex


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_of(name)}){_END}")


def _begun(name: str, *, near: bool = False) -> re.Pattern[str]:
    """With words behind it, after a gap, or `near` it."""
    han = r"|(?=[\u4e00-\u9fff])(?P<on>.+)" if near else ""
    return re.compile(rf"(?:{_of(name)})(?:{_END}$|{_GAP}(?P<rest>.+){han})", re.DOTALL)


_NUMBER, _END, _GAP = _of("number"), _of("end"), _of("gap")
_MEANT = rf"{_GAP}(?!(?:{_of('idle')})\Z)(?P<gap>\S.*)"
_SEEN = rf"{_GAP}(?!(?:{_of('idle')}|{_of('idle_found')})\Z)(?P<gap>\S.*)"
_CONCERN = re.compile(rf"(?:{_of('concern')})(?:{_END}|{_MEANT}|(?P<once>{_of('at_once')}))", re.DOTALL)
_FOUND = re.compile(
    rf"(?:{_of('found')})(?:{_END}|{_SEEN}|(?P<once>{_of('at_once')}))"
    rf"|(?:{_of('found_led')})(?P<led>{_of('at_once')})",
    re.DOTALL,
)
_ABOUT = re.compile(
    rf"(?:{_of('about', NUMBER=_NUMBER)})(?:{_END}|(?:{_GAP}|{_of('no_measure')})(?P<rest>.+))", re.DOTALL
)
_ME_TOO = re.compile(
    rf"(?:{_of('me_too', NUMBER=_NUMBER, NUMBER_TOO=_NUMBER.replace('<n>', '<m>'))}|{_of('bare_me_too')}){_END}"
)
_ALONE: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("board", re.compile(rf"(?:{_of('board')}){_END}")),
    ("score", re.compile(rf"(?:{_of('score')}){_END}")),
    ("answer", re.compile(rf"(?:{_of('answer')}){_END}")),
)
_WHOLE: dict[Act, re.Pattern[str]] = {}
_WHOLE |= {"give": _whole("give"), "plan": _whole("plan"), "same": _whole("same"), "publish": _whole("publish")}
_WHOLE |= {"private": _whole("private"), "show": _whole("ask"), "not_yet": _whole("not_yet")}
"""What is meant only if nothing else is said."""
_BEGUN: dict[Act, re.Pattern[str]] = {"refuse": _begun("refuse", near=True), "solve": _begun("solve")}
_BEGUN |= {"well": _begun("well"), "still": _begun("still")}
"""What words may follow: 办不了街道没有钱, 解决了 换了灯; 解决了一半 is a step."""


def read_matter(words: str) -> OfMatter | None:
    """What these words, all of them, ask of a matter; None if they speak of none."""
    piece = clause(words).strip()
    return _brought(piece) or _about(piece) or _alone(piece)


def _alone(piece: Clause) -> OfMatter | None:
    for act, pattern in _ALONE:
        if pattern.fullmatch(piece.text):
            return OfMatter(act, rest=piece.said if act == "answer" else "")
    found = _ME_TOO.fullmatch(piece.text)
    return OfMatter("me_too", _number(found["n"] or found["m"])) if found else None


def _brought(piece: Clause) -> OfMatter | None:
    for act, pattern in (("concern", _CONCERN), ("found", _FOUND)):
        found = pattern.fullmatch(piece.text)
        if found is None:
            continue
        part = next((name for name in ("gap", "once", "led") if found.groupdict().get(name)), "")
        rest = _said(piece, found, part) if part else ""
        return OfMatter("concern" if act == "concern" else "found", rest=rest)
    return None


def _about(piece: Clause) -> OfMatter | None:
    found = _ABOUT.fullmatch(piece.text)
    if found is None or _ME_TOO.fullmatch(piece.text):
        return None
    which = _number(found["n"])
    if not found["rest"]:
        return OfMatter("show", which)
    rest = piece.cut(found.start("rest"), found.end("rest")).strip()
    for act, pattern in _WHOLE.items():
        if whole := pattern.fullmatch(rest.text):
            groups = {name: value for name, value in whole.groupdict().items() if value}
            other = next((int(groups[name]) for name in ("other", "with", "en") if name in groups), 0)
            who = next((_said(rest, whole, name) for name in ("who", "whom") if name in groups), "")
            return OfMatter(act, which, who, other)
    for act, pattern in _BEGUN.items():
        if begun := pattern.fullmatch(rest.text):
            groups = begun.groupdict()
            part = next((name for name in ("rest", "on") if groups.get(name)), "")
            return OfMatter(act, which, _said(rest, begun, part) if part else "")
    return OfMatter("step", which, rest.said)


def _said(piece: Clause, found: re.Match[str], part: str) -> str:
    return piece.said[found.start(part) : found.end(part)].strip(" \t\n,，:：;；、")


def _number(said: str | None) -> int | None:
    return number(said) if said else None


Verdict = Literal["not_yet", "solved"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers who was asked whether it is solved: "solved" or "not_yet", how well, and what follows."""

    verdict: Verdict | Literal[""] = ""
    grade: str = ""
    rest: str = ""


_VERDICTS: dict[Verdict, re.Pattern[str]] = {
    name: re.compile(rf"(?:{_answered(name)})(?:{_END}|{_GAP}(?P<rest>\S.*))", re.DOTALL) for name in get_args(Verdict)
}
_GRADES = {name: re.compile(rf"(?:{_answered(name)}){_END}") for name in ("poor", "fair", "good")}


_THANKS = re.compile(rf"{_answered('thanks')}{_END}$")


def read_answer(words: str) -> Answer | None:
    """What these words answer; None where they are no answer to that."""
    piece = clause(words).strip()
    if (thanks := _THANKS.search(piece.text)) and thanks.start():
        piece = piece.cut(0, thanks.start()).strip()
    for name, pattern in _GRADES.items():
        if pattern.fullmatch(piece.text):
            return Answer(grade=name)
    for name, pattern in _VERDICTS.items():
        if found := pattern.fullmatch(piece.text):
            rest = _said(piece, found, "rest") if found["rest"] else ""
            return Answer(verdict=name, rest=rest) if name == "not_yet" or not rest else None
    return None


SAID_OF_MATTERS = Wholly("matter", reads=lambda: (_CONCERN, _FOUND, _ABOUT, _ME_TOO, *(each for _, each in _ALONE)))
"""All that can be said of matters, as one verb."""


def speaks_of_one(words: str) -> bool:
    """Whether long words begin as those do that bring a matter or say what came of one."""
    return read_matter(words[:200]) is not None
