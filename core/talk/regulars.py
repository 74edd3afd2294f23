"""Duty for good: 我每周二都来, 每周二都是老张, 暂停到12月20日, 每周二我不来了."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core import when
from core.activities import Series
from core.claims import roster_of
from core.deeds import regulars as deeds
from core.deeds.outcome import Outcome
from core.deeds.people import enrol
from core.deeds.series import ahead
from core.members import member
from core.posts import OFFER, Undoable
from core.reading import read_time
from core.reading.parts import Days, days_in, plain, read_days
from core.regulars import Regular, of_member, regular_of, regulars
from core.repeating import WEEKDAYS, on_days, on_weekdays, pattern_of, repeating, series_of
from core.rules import Refusal
from core.talk import people
from core.talk.ahead import days_of, of_rule, promised_ahead
from core.talk.asking import ask
from core.talk.choosing import meant, row_of
from core.talk.wishes import Wish
from core.turn import Turn


@dataclass(frozen=True, slots=True)
class Regularly(Undoable):
    """Somebody comes every week from now on: which row says so, and the claims that came of it at once."""

    regular: int = 0
    claims: tuple[tuple[int, int], ...] = ()
    by: int = 0  # who said so, where it was somebody else
    was: tuple[int, ...] = ()  # the weekdays before; empty for a new one


def weekly(turn: Turn, wish: Wish) -> Days | None:
    """The days of a wish that is for good."""
    days = read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day else None
    return days if days is not None and days.weekly else None


def begin(turn: Turn, wish: Wish) -> bool:
    """A join for good, where something repeats on those days; False for any other."""
    days = weekly(turn, wish)
    if days is None:
        return False
    rows = series_meant(turn, wish, days)
    if not rows:
        return False
    if len(rows) > 1:
        ask(turn, "ask.join", [(of_rule(turn, row), replace(wish, series=row.id, occurrence=0)) for row in rows])
        return True
    whose = [*([turn.member.id] if wish.myself else []), *wish.people]
    whose += [enrol(turn.work, name, proxy=not turn.coordinates).id for name in wish.strangers]
    for id in whose:
        put_down(turn, rows[0], id, days)
    turn.mark()
    return True


def series_meant(turn: Turn, wish: Wish, days: Days) -> list[Series]:
    if wish.series:
        return [turn.session.get_one(Series, (turn.here.id, wish.series))]
    if (said := row_of(turn, wish)) is not None:
        row = series_of(turn.session, said)
        return [row] if row is not None and row.repeats else []
    rows = [row for row in repeating(turn.session, turn.here.id) if not wish.kind or row.kind == wish.kind]
    return [row for row in rows if not (on := on_weekdays(row)) or on & {*days.weekly}]


def put_down(turn: Turn, row: Series, member_id: int, days: Days) -> None:
    """Keep it, and say it back with how it ends."""
    on = on_weekdays(row)
    mine = () if len(days.weekly) == len(WEEKDAYS) or (on and on <= {*days.weekly}) else days.weekly
    before = regular_of(turn.session, row, member_id)
    was = () if before is None or before.ended else tuple(before.weekdays)
    kept, done = deeds.begin(turn.work, row, member_id, mine)
    claims = tuple((each.claim, each.changes) for came in done for each in came.moved)
    body = Regularly(regular=kept.id, claims=claims, was=was)
    turn.privately("regular", body=body)
    who = member(turn.session, turn.here.id, member_id)
    if turn.member.id not in (who.id, who.proxy_id):
        turn.privately("regular", member_id=who.id, urgency=OFFER, body=replace(body, by=turn.member.id))


def appoint(turn: Turn, wish: Wish) -> None:
    """每周二都是老张, from a coordinator; a neighbour who says so tells of it."""
    if not turn.coordinates:
        if turn.chat.private:
            turn.refuse(Refusal("coordinators_only"))
        return
    days = weekly(turn, wish)
    if days is None or not series_meant(turn, wish, days):
        if turn.chat.private:
            turn.refuse(Refusal("no_series"))
        return
    found = people.resolve(turn, replace(wish, myself=False), make=True)
    if found is not None:
        begin(turn, replace(found, myself=False))


# ------------------------------------------------------------ less of it


def stand_on(turn: Turn, whose: Collection[int], days: tuple[date, ...]) -> None:
    """Who comes every week has a place on these days, whether or not there are rows of them yet: it can then be taken
    back, or change hands.
    """
    for row in repeating(turn.session, turn.here.id) if days else ():
        theirs = [each for each in regulars(turn.session, row) if each.member_id in whose]
        for start in on_days(turn.session, turn.here, row, days, turn.now) if theirs else ():
            if any(each.comes(start.astimezone(turn.here.tz).date()) for each in theirs):
                ahead(turn.work, row, start)


def mine_of(turn: Turn, whose: Sequence[int]) -> list[Regular]:
    """What these members have promised for good of what still repeats."""
    rows = {row.id for row in repeating(turn.session, turn.here.id)}
    return [each for id in whose for each in of_member(turn.session, turn.here.id, id) if each.series_id in rows]


def end(turn: Turn, wish: Wish, whose: Sequence[int]) -> bool:
    """A leave for good: 每周二我不来了. False where it is none, or nothing was promised so."""
    days = weekly(turn, wish)
    rows = mine_of(turn, whose) if days is not None else []
    if days is None or not rows:
        return False
    off = () if len(days.weekly) == len(WEEKDAYS) else days.weekly
    fits = [row for row in rows if not off or not row.weekdays or {*row.weekdays} & {*off}]
    done = [(row, deeds.end(turn.work, row, off)) for row in fits]
    for row, came in done:
        if isinstance(came, Refusal):
            turn.refuse(came)
            return True
        series = turn.session.get_one(Series, (turn.here.id, row.series_id))
        like = pattern_of(turn.session, series)
        title = "" if like is None else turn.kind(like).title(like, turn.lang)
        days_left = when.weekdays(row.weekdays, turn.lang)
        turn.tell("regular.left" if row.ended else "regular.left_some", what=title, days=days_left)
    turn.mark()
    return bool(done)


def on_day_said(turn: Turn, wish: Wish) -> Wish:
    """A wish not to come, with the day that stands in the reason for it, where something was promised for that day:
    12月1号要陪老伴看病，来不了了.
    """
    whose = set(wish.people) or {turn.member.id}
    stand_on(turn, whose, days_of(turn, wish))
    if wish.day or wish.occurrence or wish.number is not None:
        return wish
    for said in days_in(plain(wish.said).text):
        of_it = replace(wish, day=said)
        stand_on(turn, whose, days_of(turn, of_it))
        rows = [o for o in (*turn.posted(), *promised_ahead(turn, whose)) if meant(turn, of_it, o)]
        if any(roster_of(turn.session, o).of(id) for o in rows for id in whose):
            return of_it
    return wish


def pause(turn: Turn, _wish: Wish, until: str) -> None:
    """暂停到12月20日: off all that was promised for good, for so long."""
    reading = read_time(f"到{until}" if turn.lang != "en" else f"until {until}", base=turn.local, lang=turn.lang)
    last = day(reading.end) or day(reading.start)
    rows = mine_of(turn, [turn.member.id])
    if last is None or last < turn.local.date():
        say(turn, Refusal("pause_until"))
        return
    if not rows:
        say(turn, Refusal("no_regular"))
        return
    freed: list[Outcome] = []
    for row in rows:
        came = deeds.pause(turn.work, row, last)
        freed += [] if isinstance(came, Refusal) else came
    turn.mark()
    turn.tell("regular.paused", until=when.day_in_words(last, turn.lang, turn.local.date()), n=len(freed))


def say(turn: Turn, refusal: Refusal) -> None:
    """A kind no, where it was surely said to the bot."""
    if turn.chat.private:
        turn.refuse(refusal)


def resume(turn: Turn, _wish: Wish) -> None:
    """恢复: all that was paused goes on."""
    rows = [row for row in mine_of(turn, [turn.member.id]) if row.paused_until >= turn.local.date().isoformat()]
    if not rows:
        say(turn, Refusal("no_pause"))
        return
    for row in rows:
        deeds.resume(turn.work, row)
    turn.mark()
    turn.tell("regular.resumed")


def day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
