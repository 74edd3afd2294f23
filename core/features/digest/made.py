"""The words of a digest, made of what was held, what comes and what came of matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from core import when
from core.activities import Occurrence
from core.claims import roster_of
from core.digest import Held
from core.here import Here
from core.matters import Matter, MatterStep
from core.views.details import so_many
from core.words import text
from core.words.clean import tidy_line
from core.work import Work

AHEAD = timedelta(days=8)
"""How far what comes is told of: to the end of the next week, wherever in this one it is asked."""
COMING, MATTERS = 5, 3
"""So many lines of each."""


class Period(NamedTuple):
    """A time that is told of. `month`: it is that whole month."""

    since: datetime
    until: datetime
    month: int = 0


def head(here: Here, period: Period) -> str:
    if period.month:
        return text(here.lang, "digest.month", month=text(here.lang, f"digest.months.{period.month}"))
    return text(here.lang, "digest.head")


def lines(
    work: Work,
    was: Sequence[Held],
    comes: Sequence[Occurrence],
    came: Sequence[tuple[Matter, MatterStep]],
    most: int,
) -> tuple[str, ...]:
    """At most so many lines; none where there is nothing to say."""
    lang = work.here.lang
    counted = [kind_line(lang, name, each) for name, each in by_name(work, was).items()]
    ahead = [coming_line(work, o) for o in comes[:COMING]]
    matters = [matter_line(lang, *each) for each in came[:MATTERS]]
    people = len(frozenset().union(*(each.people for each in was))) if was else 0
    thanks = [text(lang, "digest.thanks", n=people)] if people else []
    out = [*counted[: most - len(thanks)]]
    for part in (ahead, matters):
        out += part[: max(most - len(thanks) - len(out), 0)]
    return (*out, *thanks)


def by_name(work: Work, was: Sequence[Held]) -> dict[str, list[Held]]:
    """What was held, by what its kind is called; what is of any kind by its own title."""
    out: dict[str, list[Held]] = {}
    for each in was:
        o, lang = each.occurrence, work.here.lang
        kind = work.kind(o)
        name = kind.title(o, lang) if o.kind == "other" else text(lang, f"{o.kind}.name")
        out.setdefault(name, []).append(each)
    return out


def kind_line(lang: str, name: str, of: Sequence[Held]) -> str:
    """'巡逻 1次 1人次'; where nobody said that they were there, nothing is said of them."""
    heads = sum(each.heads for each in of)
    times = text(lang, "digest.times", n=len(of))
    said = text(lang, "digest.heads", n=heads) if heads else ""
    return " ".join(filter(None, (name, times, said)))


def coming_line(work: Work, o: Occurrence) -> str:
    """'周五晚上7点 巡逻 #2 1/2'."""
    on, lang = roster_of(work.session, o), work.here.lang
    kind = work.kind(o)
    total = so_many(kind, on, lang)
    return text(
        lang,
        "digest.coming",
        when=when.span(o, work.here.tz, lang, work.now),
        title=kind.title(o, lang),
        number=o.number or 0,
        total=total,
    )


def matter_line(lang: str, row: Matter, step: MatterStep) -> str:
    """'事1 楼道灯坏了：物业来看过了'."""
    which, words = text(lang, "digest.matter", n=row.number or 0), tidy_line(row.words, 30)
    return text(lang, "digest.stepped", which=which, words=words, step=tidy_line(step.words, 40))
