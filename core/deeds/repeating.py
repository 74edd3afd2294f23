"""What is done to a whole series: it ends, or from one on it is otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from core import drafts
from core.activities import AHEAD, CANCELLED, CLOSED, OPEN, PATTERN, RETIRED, Occurrence, Series
from core.claims import Roster, roster_of
from core.deeds import changing
from core.deeds.changing import MOMENTS
from core.deeds.outcome import Outcome
from core.deeds.reminding import reschedule
from core.deeds.series import ahead, pattern
from core.deeds.telling import changed, off_the_screens, tell_holders_of
from core.deeds.whole import deed
from core.drafts import Before
from core.kind import Wanted
from core.manners import wall
from core.repeating import WEEKDAYS, later, local, moment, series_of
from core.rules import Refusal
from core.work import Work


@deed
def stop(work: Work, row: Series) -> Outcome | Refusal:
    """No more follow. What is up stands; what was promised ahead is called off, and those who promised are told."""
    if not work.may("arrange", row.kind):
        return Refusal("coordinators_only")
    end(work, row, [o for o in later(work.session, row, work.now) if o.state == AHEAD])
    return Outcome("stop")


@deed
def cancel_from(work: Work, on: Roster) -> Outcome | Refusal:
    """This one and all that follow do not take place."""
    if not work.may("arrange", on.occurrence.kind):
        return Refusal("coordinators_only")
    row, o = series_of(work.session, on.occurrence), on.occurrence
    if row is None or o.starts_at is None:
        return Refusal("nothing_to_undo")
    end(work, row, [o, *(each for each in later(work.session, row, o.starts_at) if each.id != o.id)])
    return Outcome("cancel", o.id)


def end(work: Work, row: Series, off: Sequence[Occurrence]) -> None:
    """The series ends, and these of it are called off."""
    row.stopped = True
    work.session.add(row)
    work.log("stop", off[0] if off else None)
    call_off(work, off)


@deed
def leave_out(work: Work, row: Series, starts: Sequence[datetime]) -> Outcome | Refusal:
    """These of a series do not take place, whether their rosters are up or not; those that follow do."""
    if not work.may("arrange", row.kind):
        return Refusal("coordinators_only")
    call_off(work, [ahead(work, row, start) for start in starts])
    return Outcome("cancel")


def call_off(work: Work, off: Sequence[Occurrence]) -> None:
    """They do not take place. Who promised several is told once."""
    rosters = []
    for o in off:
        if o.state != CANCELLED:
            o.state = CANCELLED
            work.session.add(o)
            work.log("cancel", o)
            rosters.append(roster_of(work.session, o))
    tell_holders_of(work, rosters, "notice.cancelled")
    for on in rosters:
        changed(work, on)
    off_the_screens(work, [on.occurrence for on in rosters])


# ------------------------------------------------------------ from here on


@deed
def from_here_on(work: Work, on: Roster, before: int) -> tuple[Outcome, ...] | Refusal:
    """What was changed in this one (`before`: the draft of what it was) is so in all that follow as well.

    Claims stay where they are, and those who promised one that is moved are told. What a later one was changed to by
    itself stays, in so far as this change is of something else.
    """
    row, then = series_of(work.session, on.occurrence), drafts.before(work.session, work.here.id, before)
    if not work.may("arrange", on.occurrence.kind):
        return Refusal("coordinators_only")
    if row is None or then is None or on.occurrence.starts_at is None:
        return Refusal("nothing_to_undo")
    now = changing.snapshot(on)
    shift = shift_of(work, on.occurrence, then)
    like = pattern(work, row)
    others = later(work.session, row, on.occurrence.starts_at)
    done = []
    for o in [like, *(each for each in others if each.id != on.occurrence.id)]:
        theirs = roster_of(work.session, o, lock=True)
        was = changing.snapshot(theirs)
        apply(work, theirs, on, then, now, shift)
        if o is not like:
            told_of(work, theirs, was)
        done.append(Outcome("edit", o.id, before=drafts.keep(work.session, o, was, work.now)))
    if shift is not None:
        turn_rule(work, row, on.occurrence, shift)
    work.log("from_here_on", on.occurrence)
    return tuple(done)


def told_of(work: Work, on: Roster, was: Before) -> None:
    """Reminders are moved, new places filled, and those who promised told."""
    if on.occurrence.state == AHEAD:
        if changing.moved(on.occurrence, was):
            reschedule(work, on.occurrence)
        changing.tell_moved(work, on, was)
        changed(work, on)
    else:
        changing.after(work, on, was, "edit")


UP = (OPEN, CLOSED, AHEAD)
Shift = tuple[int, time]
"""So many days later than by the rule, and at this time of day."""


def shift_of(work: Work, o: Occurrence, then: Before) -> Shift | None:
    """How the start of one was moved by the change, if it was."""
    if o.starts_at is None or then.starts_at is None or o.starts_at == then.starts_at:
        return None
    tz = work.here.tz
    now, was = o.starts_at.astimezone(tz), then.starts_at.astimezone(tz)
    return (now.date() - was.date()).days, now.time().replace(fold=0, tzinfo=None)


def apply(work: Work, on: Roster, like: Roster, then: Before, now: Before, shift: Shift | None) -> None:
    """Write into one what was changed in another."""
    o, model = on.occurrence, like.occurrence
    fields = {*Before.model_fields} - {*MOMENTS, "slots", "state", "draft_id", "original"}
    for name in fields:
        if getattr(now, name) != getattr(then, name):
            setattr(o, name, getattr(model, name))
    if o.draft_id == then.draft_id:
        o.draft_id = model.draft_id
    move(work, o, model, shift, then)
    work.session.add(o)
    if now.slots != then.slots:
        take_slots(work, on, like)
    work.session.flush()
    on.slots = roster_of(work.session, o).slots


def move(work: Work, o: Occurrence, model: Occurrence, shift: Shift | None, then: Before) -> None:
    """Its moments, as far as the change was of moments: by the same step, at the same time of day, for as long."""
    same = all(getattr(model, name) == getattr(then, name) for name in MOMENTS)
    if same or o.starts_at is None or model.starts_at is None:
        return
    planned = o.starts_at if o.state == PATTERN else moment(o.original, work.here)
    moved_by_itself, begins = planned != o.starts_at, planned
    if shift is not None:
        begins = stepped(work, planned, shift, then)
        if o.state != PATTERN:
            o.original = local(begins, work.here)
    if moved_by_itself:
        return
    o.starts_at = begins
    o.ends_at = None if model.ends_at is None else begins + (model.ends_at - model.starts_at)
    o.report_at = None if model.report_at is None else begins + (model.report_at - model.starts_at)


def stepped(work: Work, planned: datetime, shift: Shift, then: Before) -> datetime:
    """A start by the rule as it is now: so many days later where it is of the weekday that was changed."""
    tz = work.here.tz
    day = planned.astimezone(tz).date()
    if then.starts_at is not None and day.weekday() == then.starts_at.astimezone(tz).weekday():
        day += timedelta(days=shift[0])
    return wall(day, shift[1], tz)


def take_slots(work: Work, on: Roster, like: Roster) -> None:
    """The places of another one. Nobody is removed: a place that is gone stays for as long as somebody is on it."""
    wanted = [
        Wanted(s.label, s.confided, s.min, s.max, s.unit, s.elder_id)
        for s in (*like.slots, *like.aside)
        if s.position < RETIRED
    ]
    changing.arrange_slots(work, on, wanted)


def turn_rule(work: Work, row: Series, o: Occurrence, shift: Shift) -> None:
    """The rule, from now on: at another time of day, or on another weekday in place of the one it was."""
    days, at = shift
    first = datetime.fromisoformat(row.first or o.original)
    row.first = datetime.combine(first.date(), at, first.tzinfo).isoformat()
    if days and o.starts_at is not None and row.rrule:
        now = o.starts_at.astimezone(work.here.tz).weekday()
        old, new = WEEKDAYS[(now - days) % 7], WEEKDAYS[now]
        row.rrule = ";".join(_turned(part, old, new) for part in row.rrule.split(";"))
    o.original = local(o.starts_at, work.here) if o.starts_at is not None else o.original
    work.session.add(row)
    work.session.add(o)


def _turned(part: str, old: str, new: str) -> str:
    if not part.startswith("BYDAY="):
        return part
    days = [new if day == old else day for day in part.removeprefix("BYDAY=").split(",")]
    return f"BYDAY={','.join(sorted(dict.fromkeys(days), key=WEEKDAYS.index))}"


def may_turn(work: Work, o: Occurrence, then: Before) -> bool:
    """Whether a change of one can be one of the rule: another weekday can, where it is none of the rule's already."""
    row, shift = series_of(work.session, o), shift_of(work, o, then)
    if row is None or o.all_day != then.all_day or o.starts_at is None:
        return False
    if shift is None or shift[0] == 0:
        return row.repeats
    rule = dict(part.split("=", 1) for part in (row.rrule or "").split(";"))
    to = WEEKDAYS[o.starts_at.astimezone(work.here.tz).weekday()]
    within = abs(shift[0]) < 7
    return row.repeats and within and rule.get("FREQ") == "WEEKLY" and to not in rule.get("BYDAY", to).split(",")


@deed
def as_it_was(work: Work, done: Sequence[tuple[int, int]], rule: tuple[str, str]) -> Outcome | Refusal:
    """Take `from_here_on` back: each of these (an occurrence, and the draft of what it was), and the rule."""
    if not work.may("arrange"):
        return Refusal("coordinators_only")
    for id, before in done:
        row = work.session.get(Occurrence, (work.here.id, id))
        then = drafts.before(work.session, work.here.id, before)
        if row is None or then is None:
            continue
        on = roster_of(work.session, row, lock=True)
        was = changing.snapshot(on)
        changing.restore(work, on, then)
        if row.state in UP:
            told_of(work, on, was)
        series = series_of(work.session, row)
        if series is not None:
            series.rrule, series.first = rule
            work.session.add(series)
    return Outcome("edit_undone")
