"""A long roster as one person sees it: the first names, one's own, and the others where a press unfolds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from adapters.web.ids import NETWORK
from core.members import Account, Member

Marked = tuple[str, str]
"""A CSS class and words."""
SHOWN = 20
"""How many names of a list stand there."""
LONG = 24
"""From so many on the others fold: to fold two or three is not worth a press."""
_NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Folded:
    """What a message says: up to the fold, what is folded, how many lines that are, and what comes after it."""

    before: tuple[Marked, ...]
    inside: tuple[Marked, ...] = ()
    n: int = 0
    after: tuple[Marked, ...] = ()


def names_of(session: Session, person: str) -> frozenset[str]:
    """What rosters call this person; looked up once for a page."""
    known: frozenset[str] | None = session.info.get(("names", person))
    if known is None:
        theirs = (
            select(Member.name)
            .join(Account, (col(Account.community_id) == Member.community_id) & (col(Account.member_id) == Member.id))
            .where(Account.network == NETWORK, Account.id == person)
        )
        known = session.info["names", person] = frozenset(filter(None, session.exec(theirs).all()))
    return known


def folded(spans: Sequence[Marked], mine: Collection[str]) -> Folded:
    """The spans of a roster, its lines beyond the first folded and one's own name marked wherever it stands."""
    lines = _lines(spans)
    numbered = [at for at, line in enumerate(lines) if _NUMBERED.match("".join(words for _, words in line))]
    own = None
    if mine:
        any_of = "|".join(map(re.escape, sorted(mine)))
        own = re.compile(rf"(?<![^\s、：:,])({any_of})(?=$|[\s、,+]|（待|（在路| \()")
    marked = [_mark(line, own) for line in lines] if own else lines
    if len(numbered) <= LONG:
        return Folded(_joined(marked))
    first, last = numbered[0], numbered[-1]
    kept = {*numbered[:SHOWN], *(at for at in numbered if marked[at] != lines[at])}
    hidden = [marked[at] for at in range(first, last + 1) if at not in kept]
    shown = marked[:first] + [marked[at] for at in sorted(kept)]
    return Folded(_joined(shown), _joined(hidden), len(hidden), _joined(marked[last + 1 :]))


def _lines(spans: Sequence[Marked]) -> list[list[Marked]]:
    lines: list[list[Marked]] = [[]]
    for kind, said in spans:
        for n, part in enumerate(said.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append((kind, part))
    return lines


def _joined(lines: Sequence[list[Marked]]) -> tuple[Marked, ...]:
    out: list[Marked] = []
    for n, line in enumerate(lines):
        out += ([("", "\n")] if n else []) + line
    return tuple(out)


def _mark(line: list[Marked], own: re.Pattern[str]) -> list[Marked]:
    out: list[Marked] = []
    for kind, said in line:
        parts = own.split(said) if not kind else [said]
        out += [("me mention" if n % 2 else kind, part) for n, part in enumerate(parts) if part]
    return out
