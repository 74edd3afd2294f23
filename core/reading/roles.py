"""Cuts a clause into words that each play a role; see `core.reading.vocabulary` for the roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from core.reading import surnames, vocabulary
from core.reading.clauses import Clause
from core.reading.kinds import Kinds
from core.reading.open_words import Candidate, activity, day, dish, people, place, portions
from core.reading.spoken_names import names

LONGEST_CLAUSE = 60
"""Plain characters. Nobody gives a bot an order in a longer breath; what is longer is conversation."""
MOST_CUTS = 32
"""How many ways of cutting one clause are looked at before it is given up."""
MOST_SPELLINGS = 2_500
"""An entry with more spellings than this stays a pattern: one sentence with ten options would be a million words."""


@dataclass(frozen=True, slots=True)
class Word:
    """`said` is what was written, `value` a number or the kind of an activity, where the role has one."""

    role: str
    text: str
    said: str
    value: int | str | None = None


# ---------------------------------------------------------------- the vocabulary, spelt out


def spell_out(entry: str) -> list[str]:
    """Every spelling of an entry: "(去|来)不了" is 去不了 and 来不了, "好(的)?" is 好 and 好的."""
    opening = entry.find("(")
    if opening < 0:
        query = entry.find("?")
        if query < 0:
            return [entry]
        return spell_out(entry[: query - 1] + entry[query + 1 :]) + spell_out(entry[:query] + entry[query + 1 :])
    if 0 <= (query := entry.find("?")) < opening:
        return spell_out(entry[: query - 1] + entry[query + 1 :]) + spell_out(entry[:query] + entry[query + 1 :])
    closing = entry.index(")", opening)
    choices = entry[opening + 1 : closing].split("|")
    rest = entry[closing + 1 :]
    if rest.startswith("?"):
        choices.append("")
        rest = rest[1:]
    return [entry[:opening] + choice + tail for tail in spell_out(rest) for choice in choices]


_OPTIONS = re.compile(r"\(([^)]*)\)(\?)?|\?")


def spellings(entry: str) -> int:
    """How many `spell_out` would make."""
    count = 1
    for found in _OPTIONS.finditer(entry):
        count *= 2 if found[1] is None else found[1].count("|") + 1 + bool(found[2])
    return count


def as_pattern(entry: str) -> re.Pattern[str]:
    """The entry as a pattern for what `spell_out` would make of it."""
    escaped = re.sub(r"[^()|?\w\s]", lambda char: re.escape(char[0]), entry)
    return re.compile(escaped.replace("(", "(?:").replace("'", "['’]"))


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The entries with too many spellings to write them all down, each with its role."""
    return tuple((as_pattern(entry), role) for role, entry in vocabulary.roles() if spellings(entry) > MOST_SPELLINGS)


@lru_cache(16)
def _lexicon(kinds: Kinds) -> tuple[dict[str, tuple[tuple[str, int | str | None], ...]], int]:
    """Each known spelling with its roles (and a value), and the length of the longest one."""
    found: dict[str, list[tuple[str, int | str | None]]] = {}

    def note(spelling: str, role: str, value: int | str | None = None) -> None:
        roles = found.setdefault(spelling, [])
        if spelling and (role, value) not in roles:
            roles.append((role, value))

    for role, entry in vocabulary.roles():
        if spellings(entry) > MOST_SPELLINGS:
            continue
        for spelling in spell_out(entry):
            note(spelling, role)
            note(spelling.replace("'", "’"), role)
    for kind, role, entry in kinds.roles:
        for spelling in spell_out(entry):
            note(spelling, role, kind if role == "g" else None)
    for mine, kin in ((surnames.WHOSE, surnames.KIN), (surnames.WHOSE_EN, surnames.KIN_EN)):
        for spelling in kin:
            for whose in ("", *mine):
                note(whose + spelling, "k")
    return {spelling: tuple(roles) for spelling, roles in found.items()}, max(map(len, found))


# ---------------------------------------------------------------- cutting

_OPEN = (people, activity, day, place, portions, names, dish)
GLUE = ": \t\u3000-—–·•*"


def _candidates(piece: Clause, at: int, kinds: Kinds) -> list[Candidate]:
    """What may begin at `at`: known words before open ones, longer before shorter."""
    text = piece.text
    lexicon, longest = _lexicon(kinds.whole)
    begun = [(pattern, role) for pattern, role in _sentences() if pattern.match(text, at)]
    found: list[Candidate] = []
    for end in range(len(text) if begun else min(len(text), at + longest), at, -1):
        if (roles := lexicon.get(text[at:end])) and _whole(text, at, end):
            found += [(end, role, value) for role, value in roles]
        found += [(end, role, None) for pattern, role in begun if pattern.fullmatch(text, at, end)]
    opened: list[Candidate] = []
    for reader in _OPEN:
        opened += reader(piece, at)
    # A number, a day or a place that is longer than every known word is surely meant as a whole.
    known = found[0][0] if found else 0
    kin = bool(found) and found[0][1] == "k"
    first = [c for c in opened if c[0] > known and (c[1] not in "pD" or (kin and c[1] == "p"))]
    return first + found + [c for c in opened if c not in first]


def _whole(text: str, start: int, end: int) -> bool:
    """Latin words are taken whole: `in` is not the beginning of `inside`."""
    if end < len(text) and _latin(text[end - 1]) and (_latin(text[end]) or text[end] in "'’"):
        return False
    return not (start and _latin(text[start]) and _latin(text[start - 1]))


def _latin(char: str) -> bool:
    return "a" <= char <= "z"


def cuts(piece: Clause, kinds: Kinds) -> Iterator[tuple[Word, ...]]:
    """The ways to cut the whole clause into words with roles, the likeliest first, at most `MOST_CUTS`."""
    if len(piece.text) > LONGEST_CLAUSE:
        return
    dead: set[int] = set()
    left = MOST_CUTS
    remembered: dict[int, list[Candidate]] = {}

    def walk(at: int) -> Iterator[tuple[Word, ...]]:
        while at < len(piece.text) and piece.text[at] in GLUE:
            at += 1
        if at == len(piece.text):
            yield ()
            return
        if at in dead:
            return
        alive = False
        if at not in remembered:
            remembered[at] = _candidates(piece, at, kinds)
        for end, role, value in remembered[at]:
            word = Word(role, piece.text[at:end], piece.said[at:end], value)
            for rest in walk(end):
                alive = True
                yield rest if role == "X" else (word, *rest)
        if not alive:
            dead.add(at)

    for words in walk(0):
        yield words
        left -= 1
        if not left:
            return
