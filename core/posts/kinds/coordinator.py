"""What a coordinator must know in time: that nobody has promised yet, and who could not be told of a change."""

from __future__ import annotations

from core.activities import CANCELLED
from core.claims import Roster
from core.messages import Message
from core.posts import Change
from core.posts.kind import PostKind
from core.posts.row import NOTICE
from core.reminders import stamp
from core.talk.coordinating import rang_up
from core.views.calls import to_call
from core.views.details import headline
from core.views.places import MANY, gathered
from core.views.view import View, lines


def empty(view: View) -> Message | None:
    """The day before, to the coordinator: nobody has promised yet, or nobody for some of the places."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED or view.post.occasion != stamp(on.occurrence.starts_at):
        return None
    bare = bare_places(view, on)
    if on.filling() and not bare and view.post.message is None:
        return None
    if on.filling() and bare:
        said = view.say("empty.places", places=view.text("list.comma").join(bare))
    else:
        said = view.say("empty.filled" if on.filling() else "empty.nobody")
    return Message(
        lines(
            said,
            (headline(view.lookup, on, view.lang),),
            (view.lookup.when(on, view.lang),),
        )
    )


def bare_places(view: View, on: Roster) -> list[str]:
    """The households or places that nobody goes to yet; things are no places."""
    wanted = [slot for slot in on.slots if not slot.of_things and slot.max != 0]
    kind = view.lookup.kind(on)
    found = [kind.slot_name(on, slot, view.lang) for slot in wanted if not on.taking(slot)]
    labels = list(dict.fromkeys(label for label in found if label)) if len(wanted) > 1 else []
    return gathered(labels) if len(labels) >= MANY else labels


def untold(view: View) -> Message | None:
    """Whom nobody could tell privately of a change, with 打过了."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    calls, press = to_call(view, on, Change.of(view.post))
    if not calls:
        return None
    return Message(
        lines(
            calls,
            (headline(view.lookup, on, view.lang),),
            view.say("roster.cancelled") if on.occurrence.state == CANCELLED else (view.lookup.when(on, view.lang),),
        ),
        press,
    )


UNTOLD = PostKind("untold", Change, untold, urgency=NOTICE, presses={"called": rang_up})
EMPTY = PostKind("empty", render=empty, urgency=NOTICE)
