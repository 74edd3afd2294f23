"""Cuts a clause into words that each play a role; see `core.reading.vocabulary` for the roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import prod

from core.reading import surnames, vocabulary
from core.reading.clauses import Clause
from core.reading.open_words import Candidate, activity, day, dish, people, place, portions
from core.reading.spoken_names import names

LONGEST_CLAUSE = 60
"""Plain characters. Nobody gives a bot an order in a longer breath; what is longer is conversation."""
MOST_CUTS = 12
"""How many ways of cutting one clause are looked at before it is given up."""


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


SPELT_OUT = 64
"""An entry with more spellings than this is kept as a phrase: the freest of them has over a million."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry as a row of choices, each taken once: "(都|也)?去" is ("都", "也", "") and then ("去",)."""

    role: str
    choices: tuple[tuple[str, ...], ...]

    def ends(self, text: str, at: int) -> set[int]:
        """Where a wording of this phrase that begins at `at` may end."""
        ends = {at}
        for choice in self.choices:
            ends = {end + len(word) for end in ends for word in choice if text.startswith(word, end)}
        return ends - {at}


def choices(entry: str) -> tuple[tuple[str, ...], ...]:
    """An entry taken apart; `spell_out` would give every way through it."""
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(entry):
        if entry[at] == "(":
            end = entry.index(")", at)
            choice = tuple(entry[at + 1 : end].split("|"))
            at = end + 1
        else:
            choice = (entry[at],)
            at += 1
        if entry[at : at + 1] == "?":
            choice = (*choice, "")
            at += 1
        found.append(choice)
    return tuple(found)


Known = dict[str, tuple[tuple[str, int | str | None], ...]]


@cache
def _lexicon() -> tuple[Known, int, tuple[Phrase, ...]]:
    """Each known spelling with its roles (and a value), the length of the longest one, and the freer phrases."""
    found: dict[str, list[tuple[str, int | str | None]]] = {}
    phrases: list[Phrase] = []

    def note(spelling: str, role: str, value: int | str | None = None) -> None:
        roles = found.setdefault(spelling, [])
        if spelling and (role, value) not in roles:
            roles.append((role, value))

    for role, entry in vocabulary.roles():
        taken_apart = choices(entry)
        if prod(map(len, taken_apart)) > SPELT_OUT:
            phrases.append(Phrase(role, taken_apart))
            continue
        for spelling in spell_out(entry):
            note(spelling, role)
            note(spelling.replace("'", "’"), role)
    for kind, spelling in vocabulary.kinds():
        note(spelling, "g", kind)
    for spelling in surnames.KIN:
        for mine in ("", "我", "我家", "我们家", "俺", "阿拉", "我的", "我们的", "阿拉屋里"):
            note(mine + spelling, "k")
    for spelling in surnames.KIN_EN:
        for mine in ("my ", "our ", "the ", "a ", ""):
            note(mine + spelling, "k")
    return {spelling: tuple(roles) for spelling, roles in found.items()}, max(map(len, found)), tuple(phrases)


# ---------------------------------------------------------------- cutting

_OPEN = (people, activity, day, place, portions, names, dish)
GLUE = ": \t\u3000-—–·•*"


def _candidates(piece: Clause, at: int) -> list[Candidate]:
    """What may begin at `at`: known words before open ones, longer before shorter."""
    text = piece.text
    lexicon, longest, phrases = _lexicon()
    by_end: dict[int, list[tuple[str, int | str | None]]] = {}
    for end in range(min(len(text), at + longest), at, -1):
        if roles := lexicon.get(text[at:end]):
            by_end[end] = list(roles)
    for phrase in phrases:
        for end in phrase.ends(text, at):
            if (phrase.role, None) not in by_end.setdefault(end, []):
                by_end[end].append((phrase.role, None))
    found: list[Candidate] = [
        (end, role, value)
        for end in sorted(by_end, reverse=True)
        if _whole(text, at, end)
        for role, value in by_end[end]
    ]
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


def cuts(piece: Clause) -> Iterator[tuple[Word, ...]]:
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
            remembered[at] = _candidates(piece, at)
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
