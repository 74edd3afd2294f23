"""Which activity a wish means: the one named or answered, the only one that fits, or the one asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core import posts, rules, seen, when
from core.activities import OPEN, Occurrence, holds_all
from core.claims import Roster, roster_of, rosters_of
from core.posts import Post
from core.reading import Option
from core.reading.parts import read_days
from core.rules import Refusal
from core.talk.asking import ask
from core.talk.wishes import Wish
from core.turn import Turn
from core.weeks import shown_by, week_of
from core.words import text


def choose(
    turn: Turn,
    wish: Wish,
    fits: Callable[[Roster], bool],
    nothing: str | Callable[[], Refusal | None],
    question: str,
    also: Sequence[Occurrence] = (),
) -> Roster | None:
    """The occurrence a wish means, its slots locked. None: a question or a kind no has been said.

    Without a number or a roster answered it is the only one that `fits`; several are asked about with `question`;
    `nothing` is the refusal when none does, or says one itself. `also`: what may be meant besides what is posted.
    """
    if (row := row_of(turn, wish)) is not None:
        if not wish.occurrence:
            turn.about = row.id  # should these words be edited, they are still about it
        return held(turn, row)
    if wish.occurrence:
        return None
    if wish.number is not None:
        turn.made = seen.NOWHERE
        turn.refuse(Refusal("no_such_number", {"number": wish.number}))
        return None
    rows = sorted([*turn.posted(), *also], key=lambda o: str(o.starts_at))
    open_ones = [o for o in rows if meant(turn, wish, o)]
    rosters = nearest(turn, [on for on in rosters_of(turn.session, open_ones) if fits(on)])
    if not rosters:
        if (why := Refusal(nothing) if isinstance(nothing, str) else nothing()) is not None:
            turn.refuse(why)
        return None
    if len(rosters) == 1:
        return rosters[0] if holds_all(turn.session) else held(turn, rosters[0].occurrence)
    options = [(label(turn, s.occurrence), replace(wish, occurrence=s.occurrence.id)) for s in rosters]
    ask(turn, question, options)
    return None


def row_of(turn: Turn, wish: Wish) -> Occurrence | None:
    """The activity that was answered or numbered."""
    if wish.occurrence:
        return turn.session.get(Occurrence, (turn.here.id, wish.occurrence))
    return None if wish.number is None else turn.numbered(wish.number)


def nearest(turn: Turn, rosters: list[Roster]) -> list[Roster]:
    """The one that stands where this was said, in this topic of a group or else in this group, if it is the only one
    there; all of them otherwise.
    """
    if turn.chat.private or len(rosters) < 2:
        return rosters
    standing = posts.standing_in(turn.session, turn.here.id, turn.chat.id, "roster")
    here = [on for on in rosters if shown_by(on.occurrence) in standing]
    beside = [on for on in here if standing[shown_by(on.occurrence)] == turn.thread]
    return next((found for found in (beside, here) if len(found) == 1), rosters)


def of_week(turn: Turn, wish: Wish, answered: Post | None) -> Wish:
    """A wish in answer to the roster of a week, in a group, means any of its days: which, is said with it, or asked."""
    in_group = answered is not None and answered.chat_id and wish.occurrence
    row = turn.session.get(Occurrence, (turn.here.id, wish.occurrence)) if in_group else None
    days = week_of(turn.session, row) if row is not None else ()
    return replace(wish, occurrence=0, among=tuple(o.id for o in days)) if len(days) > 1 else wish


def none_open(turn: Turn, wish: Wish) -> Refusal:
    """Nothing is open, or nothing of the kind or on the day that was said."""
    others = (wish.kind or wish.day) and turn.posted()
    return Refusal("none_such" if others else "nothing_open")


def held(turn: Turn, row: Occurrence) -> Roster:
    """An occurrence loaded under the lock of its slots."""
    return roster_of(turn.session, row, lock=True)


def meant(turn: Turn, wish: Wish, occurrence: Occurrence) -> bool:
    """Whether the kind and the day said with a wish leave this occurrence possible."""
    if (wish.kind and occurrence.kind != wish.kind) or (wish.among and occurrence.id not in wish.among):
        return False
    if not wish.day or occurrence.starts_at is None:
        return True
    days = read_days(wish.day, base=turn.local, lang=turn.lang)
    return days is None or days.has(occurrence.starts_at.astimezone(turn.here.tz).date())


def label(turn: Turn, occurrence: Occurrence) -> str:
    """An activity on a button: number, name, day."""
    kind = turn.kind(occurrence)
    title = kind.title(occurrence, turn.lang)
    day = when.day(occurrence.starts_at, turn.here.tz, turn.lang, turn.now) if occurrence.starts_at else ""
    if occurrence.number is None:
        return f"{title} {day}"
    return text(turn.lang, "activity.label", number=occurrence.number, title=title, day=day)


def option(turn: Turn, label: str, occurrence: int) -> Option:
    """What may be said of one of the answers: its label, and of an activity what it is, when and where."""
    row = turn.session.get(Occurrence, (turn.here.id, occurrence)) if occurrence else None
    if row is None:
        return Option((label,))
    start = row.starts_at.astimezone(turn.here.tz) if row.starts_at else None
    title = turn.kind(row).title(row, turn.lang)
    return Option((label, title, row.place or ""), row.number or 0, row.kind, start)


def joinable(turn: Turn, members: Sequence[int], *, more: bool) -> Callable[[Roster], bool]:
    """Open, not begun, and not yet promised by these members."""

    def fits(on: Roster) -> bool:
        o = on.occurrence
        begun = o.starts_at is not None and turn.now >= o.starts_at and not o.all_day
        promised = bool(members) and all(on.of(m) and not on.moves_up(m) for m in members)
        ours = not members or any(rules.is_for(on, m) is None for m in members) or turn.coordinates
        return o.state == OPEN and not begun and ours and (more or not promised)

    return fits
