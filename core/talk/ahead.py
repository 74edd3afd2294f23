"""Claims ahead of the roster: days that somebody names of a duty that comes again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select

from core import when
from core.activities import AHEAD, CANCELLED, CLOSED, OPEN, Occurrence, Series
from core.claims import LIVE, Claim, Roster
from core.deeds import claiming, withdrawing
from core.deeds.claiming import Coming
from core.deeds.outcome import Outcome
from core.deeds.series import ahead
from core.reading.parts import Days, read_days
from core.repeating import coming, local, made, moment, occurrences, on_days, pattern_of, repeating, series_of
from core.rules import Refusal
from core.talk.asking import Option, ask
from core.talk.choosing import held, label, meant, row_of
from core.talk.saying import say_several
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text
from core.words.clean import tidy_line


@dataclass(frozen=True, slots=True)
class OnItsDay:
    """One of a series on a day that was named, and its row where there is one."""

    series: Series
    start: datetime
    row: Occurrence | None


def of_series(turn: Turn, wish: Wish) -> Wish | None:
    """A join of days ahead, made a join of one activity; any other wish as it is. None: it was done, or answered."""
    if wish.starts:
        row = turn.session.get_one(Series, (turn.here.id, wish.series))
        o = ahead(turn.work, row, moment(wish.starts, turn.here))
        return replace(wish, occurrence=o.id, series=0, starts="", day="")
    days = read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day else None
    said = row_of(turn, wish)
    if days is None or days.weekly or (said is not None and stands_there(turn, said, days)):
        return wish
    rows = series_meant(turn, wish, said)
    found = [each for row in rows for each in on(turn, row, days)]
    if said is not None and not found:
        if not rows:
            return wish
        none_then(turn, wish, rows)
        return None
    return several(turn, wish, found) if days.several else one(turn, wish, found, rows)


def of_one_day(turn: Turn, wish: Wish) -> Wish | None:
    """What a coordinator wishes of one day of a series, whether its roster is up or not; as `of_series`."""
    if wish.starts:
        return of_series(turn, wish)
    days = read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day else None
    said = row_of(turn, wish)
    if days is None or days.several or (said is not None and stands_there(turn, said, days)):
        return wish
    rows = series_meant(turn, wish, said)
    return one(turn, wish, [each for row in rows for each in on(turn, row, days)], rows, "ask.which")


def stands_there(turn: Turn, o: Occurrence, days: Days) -> bool:
    """Whether these days are no more than this one's own, or it is none of a series."""
    if series_of(turn.session, o) is None or o.starts_at is None:
        return True
    return not days.several and days.has(o.starts_at.astimezone(turn.here.tz).date())


def series_meant(turn: Turn, wish: Wish, said: Occurrence | None) -> list[Series]:
    """The series that a wish may be about."""
    if said is not None:
        row = series_of(turn.session, said)
        return [row] if row is not None else []
    rows = repeating(turn.session, turn.here.id)
    return [r for r in rows if (not wish.kind or r.kind == wish.kind) and wish.series in (0, r.id)]


def on(turn: Turn, row: Series, days: Days) -> list[OnItsDay]:
    """Those of a series on these days that are still to come, called off or not."""
    starts = on_days(turn.session, turn.here, row, days.days, turn.now)
    return [OnItsDay(row, start, made(turn.session, turn.here, row, start)) for start in starts]


def one(
    turn: Turn, wish: Wish, found: Sequence[OnItsDay], rows: Sequence[Series], question: str = "ask.join"
) -> Wish | None:
    """A join of one day: what is up then, or is to come then by a rule; asked, where that is more than one."""
    up = [o for o in turn.posted() if meant(turn, wish, o)]
    later = [each for each in found if each.row is None or each.row.state == AHEAD]
    if not later:
        off = any(each.row is not None and each.row.state == CANCELLED for each in found)
        if up or not rows or not may_wait(wish):
            return wish
        if off:
            turn.refuse(Refusal("cancelled"))
            return None
        none_then(turn, wish, rows)
        return None
    options: list[Option] = [(label(turn, o), replace(wish, occurrence=o.id, day="")) for o in up]
    for each in later:
        of_it = replace(wish, series=each.series.id, starts=local(each.start, turn.here), day="", occurrence=0)
        options.append((called(turn, each), replace(of_it, number=None)))
    if len(options) == 1:
        return of_series(turn, options[0][1])
    ask(turn, question, options)
    return None


def may_wait(wish: Wish) -> bool:
    """Whether it is about a duty, and not about a household or a dish that another activity may have."""
    return not wish.thing and not wish.slot


def called(turn: Turn, each: OnItsDay) -> str:
    """One that is not up yet, on a button: its name and its day."""
    like = each.row or pattern_of(turn.session, each.series)
    title = "" if like is None else turn.kind(like).title(like, turn.lang)
    return f"{title} {when.day(each.start, turn.here.tz, turn.lang, turn.now)}".strip()


def none_then(turn: Turn, wish: Wish, rows: Sequence[Series]) -> None:
    """There is none on the day that was named: say when the next ones are."""
    found = [(s, o, row) for row in rows for s, o in coming(turn.session, turn.here, row, turn.now)]
    found.sort(key=lambda each: each[0])
    labels = [called(turn, OnItsDay(row, start, o)) for start, o, row in found[:4]]
    if not labels:
        turn.refuse(Refusal("none_such"))
        return
    days = text(turn.lang, "list.comma").join(dict.fromkeys(labels))
    turn.refuse(Refusal("none_that_day", {"day": tidy_line(wish.day, 20), "days": days}))


# ------------------------------------------------------------ several days in one breath


def several(turn: Turn, wish: Wish, found: Sequence[OnItsDay]) -> Wish | None:
    """A join of several days: of one series all at once, said back in one message."""
    rows = {each.series.id: each.series for each in found}
    if not rows:
        return wish
    if len(rows) > 1:
        options = [(of_rule(turn, row), replace(wish, series=row.id)) for row in rows.values()]
        ask(turn, "ask.join", options)
        return None
    takes_place = [each for each in found if each.row is None or each.row.state in (OPEN, AHEAD)]
    done: list[Outcome] = []
    refused: list[Refusal] = []
    for each in takes_place:
        row = each.row or ahead(turn.work, each.series, each.start)
        came = claim(turn, held(turn, row), wish)
        if isinstance(came, Refusal):
            refused.append(came)
        else:
            done.append(came)
    if done:
        turn.mark()
        say_several(turn, done, "join")
    else:
        turn.refuse(refused[0] if refused else Refusal("cancelled"))
    return None


def claim(turn: Turn, on: Roster, wish: Wish) -> Outcome | Refusal:
    """Put down whoever a wish means, where there is room or else to wait."""
    kind = turn.kind(on.occurrence)
    named = kind.slots_for(on, wish.thing) if wish.thing else ()
    free = next((s for s in on.slots if on.room(s)), on.slots[0])
    slot = named[0] if len(named) == 1 else free
    whose = [*([turn.member.id] if wish.myself else []), *wish.people]
    coming = [Coming(id, slot, guests=wish.guests if id == turn.member.id else 0, anywhere=not named) for id in whose]
    return claiming.claim(turn.work, on, coming)


def of_rule(turn: Turn, row: Series) -> str:
    """A series on a button: what it is, and its days."""
    like = pattern_of(turn.session, row)
    if like is None:
        return ""
    return f"{turn.kind(like).title(like, turn.lang)} {when.rule(row, like, turn.lang)}"


# ------------------------------------------------------------ taken back


def promised_ahead(turn: Turn, whose: Collection[int]) -> list[Occurrence]:
    """Those whose roster is not up that these members have promised."""
    return list(
        turn.session.exec(
            select(Occurrence)
            .where(
                Occurrence.community_id == turn.here.id,
                Occurrence.state == AHEAD,
                col(Occurrence.starts_at) > turn.now,
                select(Claim.id)
                .where(
                    Claim.community_id == Occurrence.community_id,
                    Claim.occurrence_id == Occurrence.id,
                    col(Claim.member_id).in_(whose),
                    col(Claim.promised).in_(LIVE),
                )
                .exists(),
            )
            .order_by(col(Occurrence.starts_at))
        ).all()
    )


def days_of(turn: Turn, wish: Wish) -> tuple[date, ...]:
    """The days that are named in a wish."""
    said = days_said(turn, wish)
    return said.days if said is not None else ()


def days_said(turn: Turn, wish: Wish) -> Days | None:
    """The same as they were said: several, or every week; None where none is named."""
    return read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day else None


def leave_several(turn: Turn, wish: Wish, whose: Collection[int]) -> bool:
    """Whether several days were named in a leave, of which more than one is promised: then all are taken back."""
    days = days_said(turn, wish)
    if days is None or not days.several:
        return False
    said = row_of(turn, wish)
    rows = [*turn.posted(), *promised_ahead(turn, whose)]
    mine = []
    for o in rows:
        same = said is None or said.series_id == o.series_id
        if o.starts_at is None or not same or (wish.kind and o.kind != wish.kind):
            continue
        if days.has(o.starts_at.astimezone(turn.here.tz).date()):
            mine.append(held(turn, o))
    left = [(on, [c for c in on.claims if c.member_id in whose]) for on in mine]
    done = [withdrawing.leave(turn.work, on, theirs) for on, theirs in left if theirs]
    outcomes = [came for came in done if not isinstance(came, Refusal)]
    if not outcomes:
        return False
    turn.mark()
    say_several(turn, outcomes, "leave")
    return True


def on_its_day(turn: Turn, wish: Wish) -> Wish:
    """A wish about another day than that of the roster it answers is about the one of that day, where there is one."""
    said = row_of(turn, wish)
    days = read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day and said is not None else None
    if said is None or days is None or stands_there(turn, said, days):
        return wish
    row = series_of(turn.session, said)
    for o in occurrences(turn.session, row) if row is not None else ():
        if o.starts_at and o.state in (OPEN, CLOSED, AHEAD) and days.has(o.starts_at.astimezone(turn.here.tz).date()):
            return replace(wish, occurrence=o.id, number=None, day="")
    return wish
