"""Words that are typed exactly: the commands that take free text, and the labels of actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.reading.clauses import Clause
from core.reading.kinds import Kinds, any_of
from core.reading.like_last import like_last
from core.reading.open_words import names_days
from core.reading.orders import ordered
from core.reading.own_verbs import OWN
from core.reading.verbs import spelt
from core.reading.vocabulary import regex, regexes, words


@dataclass(frozen=True, slots=True)
class Typed:
    """A command word at the beginning of a message: its intent, a number beside it, and what follows as written."""

    intent: str
    ref: int | None = None
    rest: str = ""
    day: str | None = None
    kind: str | None = None


LABELS = regexes("labels")
"""What may be typed alone, beside the words of the vocabulary. Whether it was offered is for the caller to know."""

_LABELS = {spelling: intent for intent, spellings in LABELS.items() for spelling in spellings.split("|")}

_NUMBER = regex("typed", "number")
_SPACE = r"[\s:,、]*+"

_NUMBERED = tuple(
    (
        intent,
        re.compile(rf"(?:{spelt_so})(?:了)?{_SPACE}(?:(?:活动|activity){_SPACE})?{_NUMBER}(?P<rest>.*)", re.DOTALL),
    )
    for intent, spelt_so in regexes("typed.numbered").items()
)
_ROSTER = re.compile(regex("typed", "roster"))
BRACKETS = " ()[]<>【】「」『』《》“”‘’\"'~!?.。,…*_"
_PERSON = re.compile(regex("typed", "person", NUMBER=_NUMBER, DOOR=regex("typed", "door")))
_NAME = re.compile(regex("typed", "name"))
_POST = re.compile(regex("typed", "post"), re.DOTALL)


@lru_cache(16)
def _kind(kinds: Kinds) -> re.Pattern[str]:
    """What stands right behind 发布 when an activity is posted."""
    return re.compile(regex("typed", "kind", KINDS=kinds.begins))


_TIME_AHEAD = re.compile(regex("typed", "time_ahead"))


def label(piece: Clause) -> str | None:
    """The intent of a message that is one label and nothing else."""
    return _LABELS.get(" ".join(piece.text.split()))


def typed(piece: Clause, kinds: Kinds, *, slash: bool, reply: bool, alone: bool = False) -> Typed | None:
    """A command with free text behind it, or None.

    `slash`: it was marked as a command, so it need not look like one. `alone`: nobody but the bot reads it.
    """
    for intent, pattern in _NUMBERED:
        if found := pattern.fullmatch(piece.text):
            rest = piece.said[found.start("rest") :].strip(" \t:：,，")
            if intent == "edit" or not rest.strip(" .!?。~了吧的活动") or (slash and intent != "roster"):
                return Typed(intent, int(found["ref"]), rest)
    if found := _ROSTER.fullmatch(piece.text.strip(BRACKETS)):
        return Typed("chain" if found["chain"] else "roster")
    if (ended := stopping(piece, kinds)) is not None:
        return ended
    if (last := like_last(piece, kinds)) is not None:
        return Typed("again", rest=last)
    own = (
        _post(piece, kinds, slash, alone)
        or _person(piece, slash)
        or _name(piece, slash)
        or _edit(piece, slash or reply)
    )
    if own is None and alone and (order := ordered(piece, kinds)):
        return Typed(order.intent, rest=order.rest, day=order.day, kind=order.kind)
    return own or _brought(piece, kinds)


@lru_cache(16)
def _stopping(kinds: Kinds) -> tuple[re.Pattern[str], re.Pattern[str]]:
    named = any_of(kind.begins for kind in kinds)
    return re.compile(regex("stopping", "named", KINDS=named)), re.compile(regex("stopping", "bare"))


def stopping(piece: Clause, kinds: Kinds) -> Typed | None:
    """取消每周六的巡逻, 不再重复: a series is to end; 下周二停一次: one of it. Whose word it is, the caller knows."""
    text = piece.text.strip(BRACKETS)
    if len(text) > 60:
        return None
    named, bare = _stopping(kinds)
    if found := named.fullmatch(text):
        groups = found.groupdict()
        kind = next((word for name, word in groups.items() if name.startswith("kind") and word), None)
        of = kinds.begun(kind) if kind else None
        days = next((word for name in "bc" if (word := groups[name])), None) or (text if groups["kind_en"] else None)
        if kind is None and not (days and _WEEKLY.search(days)):
            return None
        return Typed("stop", day=days, kind=of.name if of else None)
    if bare.fullmatch(text):
        return Typed("stop")
    return _once(text, kinds)


def _once(text: str, kinds: Kinds) -> Typed | None:
    """下周二停一次, cancel the patrol on 8 December."""
    found = _once_pattern(kinds).fullmatch(text)
    if found is None:
        return None
    groups = found.groupdict()
    day = next((word for name, word in groups.items() if name.startswith("day") and word), "")
    kind = next((word for name, word in groups.items() if name.startswith("kind") and word), None)
    of = kinds.begun(kind) if kind else None
    return Typed("cancel", day=day, kind=of.name if of else None) if names_days(Clause(day, day)) else None


@lru_cache(16)
def _once_pattern(kinds: Kinds) -> re.Pattern[str]:
    return re.compile(regex("stopping", "once", KINDS=any_of(kind.begins for kind in kinds)))


_WEEKLY = re.compile(regex("stopping", "weekly"))


def _brought(piece: Clause, kinds: Kinds) -> Typed | None:
    """A verb that a feature brings, or one of `OWN`."""
    found = spelt(piece.text, (*kinds.verbs, *OWN))
    if found is None:
        return None
    verb, match = found
    rest = piece.said[match.start("rest") : match.end("rest")] if verb.words and match["rest"] else ""
    return Typed(verb.intent, int(match["ref"]) if match["ref"] else None, rest.strip())


def _post(piece: Clause, kinds: Kinds, slash: bool, alone: bool) -> Typed | None:
    found = _POST.match(piece.text)
    if not found:
        return None
    latin = found["word"].isascii()
    if latin and not found["gap"]:
        return None
    rest = piece.said[found.start("rest") :]
    if (
        slash
        or _kind(kinds).match(found["rest"])
        or (found["word"][:2] in words("typed", "post_begins").split() and found["gap"])
    ):
        return Typed("post", None, rest)
    if "\n" in found["gap"] or ":" in found["gap"] or (_TIME_AHEAD.match(found["rest"]) and found["word"] != "new"):
        return Typed("post", None, rest)
    if kinds.for_anything() is not None and found["word"] != "new":
        free = _FREE_EN if latin else _FREE
        if free.match(found["rest"]) and (not latin or alone or _PEOPLE_EN.search(found["rest"])):
            return Typed("post", None, rest)
    return None


_TIME = regex("typed", "time_ahead")
_FREE = re.compile(regex("typed", "free", TIME=_TIME))
"""大扫除 周六9点: what the kind for anything else may be called, and a time."""
_FREE_EN = re.compile(
    rf"(?!(?:a |the )?(?:office|box|man|it|card|code)\b)[a-z][a-z' -]{{2,50}}?[ ,:]+(?:at |on )?{_TIME}"
)
_PEOPLE_EN = re.compile(r"\b\d{1,3} (?:people|persons|volunteers|helpers|places)\b")


def _person(piece: Clause, slash: bool) -> Typed | None:
    found = _PERSON.fullmatch(piece.text)
    if not found:
        return None
    name = piece.said[found.start("name") : found.end("name")].strip()
    spaced = bool(found["gap"])
    if not name or found["name"].strip() in (*NOT_SOMEBODY, found["door"]) or (found["add"] == "add" and not spaced):
        return None
    if not (slash or found["ref"] or (spaced and looks_named(name))):
        return None
    return Typed("add" if found["add"] else "remove", int(found["ref"]) if found["ref"] else None, name)


NOT_SOMEBODY = frozenset(words("typed", "not_somebody").split())


def looks_named(name: str) -> bool:
    from core.reading.names import looks_like_a_name  # noqa: PLC0415  names is heavy, and rarely needed here

    return looks_like_a_name(name, "zh")


def _name(piece: Clause, slash: bool) -> Typed | None:
    found = _NAME.fullmatch(piece.text)
    if not found:
        return None
    rest = piece.said[found.start("rest") : found.end("rest")].strip()
    if found["am"]:
        written_as_name = (rest[:1].isupper() or not rest.isascii()) and looks_named(rest)
        named_outright = slash and "name" in found["am"]
        if not found["gap"] or not (written_as_name or named_outright):
            return None
    if not found["am"] and not (slash or found["gap"] or len(rest) <= 12):
        return None
    return Typed("name", None, rest) if rest else None


_EDIT = re.compile(regex("typed", "edit"), re.DOTALL)


def _edit(piece: Clause, allowed: bool) -> Typed | None:
    found = _EDIT.match(piece.text)
    if not found or not allowed or (found["rest"][0].isascii() and not found["gap"] and piece.text[0].isascii()):
        return None
    return Typed("edit", None, piece.said[found.start("rest") :])
