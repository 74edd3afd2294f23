"""For whom an activity is, and how many of them come, cannot, or have said nothing: numbers, and nobody's name."""

from __future__ import annotations

from core.claims import Roster
from core.invited import EVERYBODY, audience
from core.lists import list_by_id
from core.messages import Span
from core.views.view import View


def named(view: View, on: Roster) -> str:
    """The names of the lists it is for; 全体."""
    session, here = view.lookup.session, view.lookup.here.id
    ids = audience(session, here, on.occurrence.id)
    rows = [list_by_id(session, here, id) for id in ids]
    whole = [view.text("audience.everybody")] if EVERYBODY in ids else []
    return view.text("list.comma").join([*whole, *(row.name for row in rows if row is not None)])


def for_whom(view: View, on: Roster) -> tuple[Span, ...]:
    """请：第一支部, on a roster of any kind that is for a list."""
    if not on.occurrence.bidden or not (names := named(view, on)):
        return ()
    return view.say(f"audience.{on.occurrence.bidden}", names=names)


def tally(view: View, on: Roster) -> tuple[Span, ...]:
    """应到3 来1 请假1 没回1, of a meeting."""
    heads = [claim for claim in on.taking() if claim.ordinal == 0]
    return view.say(
        "audience.tally",
        expected=len(on.invited),
        coming=len(heads),
        excused=len(on.excused()),
        unheard=len(on.unheard()),
    )
