"""What a coordinator must know in time: that nobody has promised yet, and who could not be told of a change."""

from __future__ import annotations

from core.activities import CANCELLED
from core.claims import Roster
from core.deeds.underfilled import Gap, gaps, still_short
from core.messages import Message, Span
from core.posts import Change
from core.posts.kind import PostKind
from core.posts.row import NOTICE
from core.reminders import stamp
from core.talk.coordinating import rang_up
from core.views.board import unsafe_line
from core.views.calls import to_call
from core.views.details import headline
from core.views.places import MANY, gathered
from core.views.readback import which_and_when
from core.views.view import View, lines


def empty(view: View) -> Message | None:
    """To the coordinator: nobody has promised yet, nobody for some of the places, or too few."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED or on.occurrence.starts_at is None:
        return None
    name, _, start = view.post.occasion.rpartition("@")  # without a name: the day before
    if start != stamp(on.occurrence.starts_at):
        return None
    session, here = view.lookup.session, view.lookup.here
    short = (
        still_short(session, here, on)
        if name
        else [gap for gap in gaps(on) if not on.taking(gap.slot) and not gap.slot.of_things]
    )
    unsafe = unsafe_line(view, on) if name else ()
    if on.filling() and not short and not unsafe and view.post.message is None:
        return None
    said = too_few(view, on, short) if short or not on.filling() else []
    if not said and not unsafe:
        said = [view.say("empty.filled")]
    asks = name and short and view.post.message is None and view.lookup.kind(on).asks_around
    return Message(
        lines(
            *said,
            unsafe,
            (headline(view.lookup, on, view.lang),),
            (view.lookup.when(on, view.lang),),
            view.say("empty.asks", number=on.occurrence.number or 0) if asks else (),
        )
    )


def too_few(view: View, on: Roster, short: list[Gap]) -> list[tuple[Span, ...]]:
    """还没有人报名, 还差1人, 还没有人去：3号楼, 还差：5号楼1人."""
    kind, comma = view.lookup.kind(on), view.text("list.comma")
    if not on.filling():
        return [view.say("empty.nobody")]
    if len(on.slots) == 1:
        return [view.say("empty.short", n=kind.count(gap.missing, gap.slot.unit, view.lang)) for gap in short]
    named = [(gap, kind.slot_name(on, gap.slot, view.lang)) for gap in short]
    nobody = [name for gap, name in named if name and not on.taking(gap.slot) and not gap.slot.of_things]
    bare = list(dict.fromkeys(nobody))
    some = [
        view.text("empty.slot", name=name, n=kind.count(gap.missing, gap.slot.unit, view.lang))
        for gap, name in named
        if name and name not in bare
    ]
    places = gathered(bare) if len(bare) >= MANY else bare
    return [
        view.say("empty.places", places=comma.join(places)) if places else (),
        view.say("empty.some", slots=comma.join(some)) if some else (),
    ]


def untold(view: View) -> Message | None:
    """Whom nobody could tell privately of a change, with 打过了."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    body = Change.of(view.post)
    calls, press = to_call(view, on, body)
    if not calls:
        return None
    others = [other for id in body.also if (other := view.lookup.roster(id)) is not None]
    if on.occurrence.state == CANCELLED:
        named = [(headline(view.lookup, each, view.lang),) for each in (on, *others)]
        return Message(lines(calls, *named, view.say("roster.cancelled")), press)
    first = ((headline(view.lookup, on, view.lang),), (view.lookup.when(on, view.lang),))
    return Message(lines(calls, *first, *((which_and_when(view, other),) for other in others)), press)


UNTOLD = PostKind("untold", Change, untold, urgency=NOTICE, presses={"called": rang_up})
EMPTY = PostKind("empty", render=empty, urgency=NOTICE)
