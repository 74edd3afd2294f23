"""What somebody must not eat: written down with their consent, sealed, and told to those who cook."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlmodel import Session, SQLModel, col, delete, select

from core import columns, consents, posts
from core.activities import Occurrence, posted
from core.claims import Claim, roster_of
from core.confided import Confided
from core.consents import Held
from core.deeds import dropping
from core.deeds.dropping import BEFORE, HERE
from core.deeds.whole import deed
from core.features.potluck.settings import Table
from core.reading.parts import clause
from core.work import Work

PURPOSE = "diet"
OTHER = "rest"
"""What is none of those that are counted by name: only who cooks reads the words."""
MOST = 6


class Diet(SQLModel, table=True):
    """That a member was asked, for which meal; and, from `consented_at` on, what they must not eat."""

    community_id: int = columns.key()
    member_id: int = columns.key()
    occurrence_id: int = columns.ref(0)  # of which read-back it was asked
    consented_at: datetime | None = columns.moment()
    words: Confided = columns.confided("diet.words")


def diet_of(session: Session, community_id: int, member_id: int) -> Diet | None:
    return session.get(Diet, (community_id, member_id))


def kept(session: Session, community_id: int, people: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What these people must not eat, as they let it be written down."""
    rows = session.exec(select(Diet).where(Diet.community_id == community_id, col(Diet.member_id).in_(people))).all()
    known = {row.member_id: row.words for row in rows if row.consented_at is not None and not row.words.lost}
    return {id: tuple(words.privately().split("\n")) for id, words in known.items() if words}


def counts(said: Collection[Sequence[str]]) -> Counter[str]:
    """How many there are of each kind that has a name; everything else together."""
    return Counter(name for each in said for name in {name if name in NAMES else OTHER for name in each})


# ------------------------------------------------------------ deeds


@deed
def ask_once(work: Work, member_id: int, occurrence_id: int) -> None:
    """Under what they read back of this meal they are asked, and never again under another."""
    if diet_of(work.session, work.here.id, member_id) is None:
        work.session.add(Diet(community_id=work.here.id, member_id=member_id, occurrence_id=occurrence_id))
        work.session.flush()


@deed
def keep(work: Work, member_id: int, names: Sequence[str]) -> None:
    """They agreed that this is written down; none: there is nothing to mind, or not any more."""
    row = diet_of(work.session, work.here.id, member_id) or Diet(community_id=work.here.id, member_id=member_id)
    row.consented_at = work.now
    row.words = Confided("\n".join(names))
    work.session.add(row)
    work.session.flush()
    if names:
        consents.give(work, PURPOSE, member=member_id)
    else:
        consents.end(work, PURPOSE, member=member_id)
    work.log("diet", member=member_id)


def held(session: Session, community_id: int) -> list[Held]:
    """Who let it be written down."""
    rows = session.exec(select(Diet).where(Diet.community_id == community_id)).all()
    return [Held(r.member_id, r.member_id, r.consented_at) for r in rows if r.consented_at is not None and r.words]


def stops(work: Work, member_id: int) -> None:
    """It is known no more, and the boards of the meals that they come to do not count it."""
    keep(work, member_id, ())
    show(work, member_id)


def show(work: Work, member_id: int) -> None:
    """Boards of meals that they come to, and what they read back of them, show it as it is now."""
    for row in posted(work.session, work.here.id, work.now):
        if row.kind == "potluck" and roster_of(work.session, row).of(member_id):
            posts.touch(work.session, posts.standing(work.session, work.here.id, row.id, "roster"), work.now)
            backs = posts.standing(work.session, work.here.id, row.id, "potluck.back")
            posts.touch(work.session, [post for post in backs if post.member_id == member_id], work.now)


def forget(session: Session, community_id: int, member_id: int) -> None:
    theirs = (col(Diet.community_id) == community_id, col(Diet.member_id) == member_id)
    session.execute(delete(Diet).where(*theirs))


CAME_LATELY = (
    select(Claim.member_id)
    .join(
        Occurrence, (col(Occurrence.community_id) == Claim.community_id) & (col(Occurrence.id) == Claim.occurrence_id)
    )
    .where(Claim.community_id == HERE, Occurrence.kind == "potluck", col(Occurrence.starts_at) >= BEFORE)
)
OLD = dropping.rows_of(Diet, col(Diet.consented_at) < BEFORE, ~col(Diet.member_id).in_(CAME_LATELY))


def drops(work: Work) -> int:
    """What was written down of those who came to no meal for so long as the settings say."""
    return dropping.drop(work, OLD, work.now - timedelta(days=work.here.settings(Table).diets_kept_days))


# ------------------------------------------------------------ reading


@cache
def table() -> dict[str, dict[str, re.Pattern[str]]]:
    """The patterns, by section and name."""
    found = tomllib.loads((Path(__file__).parent / "diets.toml").read_text("utf-8"))
    return {
        section: {name: re.compile(written.replace("\n", "")) for name, written in names.items()}
        for section, names in found.items()
    }


NAMES = tuple(dict.fromkeys((*table()["is"], *table()["not"])))
"""What is counted by name."""


def bare(words: str) -> tuple[str, ...] | None:
    """What is named where it was asked for: 素, 花生, nuts and milk. () for 没有; None for what is no answer."""
    piece = clause(words).strip(" .!。~,，")
    if not piece.text or len(piece.text) > 60:
        return None
    if table()["said"]["none"].fullmatch(piece.text):
        return ()
    names: list[str] = []
    for part in (part.strip().removeprefix("no ") for part in SPLIT.split(piece.text) if part.strip()):
        found = _said(part) or _named(part, "is") or _named(part, "not")
        if not found and not _free(part):
            return None
        names += found or [part]
    return tuple(dict.fromkeys(names))[:MOST] or None


SPLIT = re.compile(r"[,，、;；。.\n/+]|\band\b|和|还有|跟")


def told(words: str) -> tuple[tuple[str, ...], str] | None:
    """What somebody says of themselves unasked, 我吃素, and the other words of it; None where nothing is said of it."""
    piece = clause(words[:161]).strip(" .!。~")
    if not piece.text or len(words) > 160:
        return None
    names: list[str] = []
    rest: list[str] = []
    last, start = False, 0
    for cut in [
        *re.finditer(r"[,，;；。.!\n]| (?:and|but|so) (?=(?:i|my|we|will|can|bring|bringing)\b)", piece.text),
        None,
    ]:
        end = cut.start() if cut else len(piece.text)
        part = piece.cut(start, end).strip()
        start = cut.end() if cut else end
        found = _said(part.text)
        if rest and not names and not table()["said"]["of_eating"].search(part.text):
            found = []  # 红烧肉20份，少盐 is about the pork
        names += found
        if part.text and not found and not (last and table()["said"]["beside"].fullmatch(part.text)):
            rest.append(part.said)
        last = bool(found) or last
    return (tuple(dict.fromkeys(names))[:MOST], "，".join(rest)) if names else None


def _said(text: str) -> list[str]:
    """What a whole clause says: names of those that are counted, or 不吃芹菜 as it was said."""
    led = table()["said"]["whom"].match(text)
    for at in (led.end(), 0) if led else (0,):
        rest = text[at:].strip()
        names = _named(rest, "is") if led or at else []
        if names or (not led and _named(rest, "is") and not rest.isascii()):
            return names or _named(rest, "is")
        found = table()["said"]["without"].fullmatch(rest)
        if found is None:
            continue
        food = next(value for group in "abcdef" if (value := found[group])).strip()
        if names := [name for part in SPLIT.split(food) for name in _named(part.strip(), "not")]:
            return names
        strong = found["sure"] or found["c"] or found["d"] or found["e"]
        if (led or strong) and _free(food):
            return [rest]
    return []


def _free(food: str) -> bool:
    """Whether it may be something to eat that has no name of ours."""
    return bool(table()["said"]["free"].fullmatch(food)) and not table()["said"]["never"].fullmatch(food)


def _named(words: str, sort: str) -> list[str]:
    return [name for name, spelt in table()[sort].items() if spelt.fullmatch(words)]
