"""Ending what repeats: 停 N, 以后不发了, 取消每周六的巡逻."""

from __future__ import annotations

from core import when
from core.activities import Series
from core.reading.parts import read_days
from core.repeating import later, on_weekdays, pattern_of, repeating, series_of
from core.rules import Refusal
from core.talk.ahead import of_rule
from core.talk.asking import ask, look_private
from core.talk.choosing import row_of
from core.talk.coordinating import STOP, Confirm
from core.talk.wishes import Wish
from core.turn import Turn
from core.words import text


def stop(turn: Turn, wish: Wish) -> None:
    """Name what would end, and ask. A neighbour's sigh in the group (以后不办了) is none of the bot's business."""
    if not turn.may("arrange"):
        if turn.chat.private or wish.number is not None:
            turn.refuse(Refusal("coordinators_only"))
        return
    said = wish.number is not None or wish.occurrence or wish.kind or wish.day or wish.series
    if not turn.chat.private and not said:
        return
    rows = meant(turn, wish)
    if rows is None:
        return
    if not rows:
        turn.refuse(Refusal("no_series"))
    elif len(rows) == 1:
        confirm(turn, rows[0])
    else:
        ask(turn, "ask.which", [(of_rule(turn, row), Wish("stop", series=row.id)) for row in rows])


def meant(turn: Turn, wish: Wish) -> list[Series] | None:
    """The series that may be meant. None: it was said that there is none of that number, or that it does not repeat."""
    if wish.series:
        return [turn.session.get_one(Series, (turn.here.id, wish.series))]
    said = row_of(turn, wish)
    if said is None and wish.number is not None:
        turn.refuse(Refusal("no_such_number", {"number": wish.number}))
        return None
    if said is not None:
        row = series_of(turn.session, said)
        if row is None or row.stopped:
            turn.tell("stop.stopped" if row is not None else "stop.once", number=said.number or 0)
            return None
        return [row]
    rows = [row for row in repeating(turn.session, turn.here.id) if not wish.kind or row.kind == wish.kind]
    days = read_days(wish.day, base=turn.local, lang=turn.lang) if wish.day else None
    named = {*days.weekly, *(day.weekday() for day in days.days[:1])} if days is not None else set()
    on_them = [row for row in rows if named & on_weekdays(row)]
    return on_them or rows


def confirm(turn: Turn, row: Series) -> None:
    """What would end, and what is up and stands."""
    up = [o for o in later(turn.session, row, turn.now) if o.number is not None]
    like = pattern_of(turn.session, row)
    first = up[0] if up else like
    days = [when.day(o.starts_at, turn.here.tz, turn.lang, turn.now) for o in up if o.starts_at]
    facts: dict[str, str | int] = {"what": of_rule(turn, row), "up": text(turn.lang, "list.comma").join(days)}
    body = Confirm(key="confirm.stop" if up else "confirm.stop_none", facts=facts, how=STOP, series=row.id)
    turn.privately("confirm", occurrence_id=first.id if first is not None and up else 0, body=body)
    look_private(turn)
