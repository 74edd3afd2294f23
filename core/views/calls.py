"""Whom nobody can reach: who is on a roster, and whom nobody could tell of a change, named with 打过了."""

from __future__ import annotations

from collections.abc import Iterable

from core.claims import Roster
from core.messages import Action, Span
from core.posts import Change
from core.views.details import names
from core.views.lookup import Lookup
from core.views.view import View


def to_ring(lookup: Lookup, on: Roster, unread: Iterable[int] = ()) -> list[int]:
    """Those on a roster for whom nobody can be reached, or who have not looked at their reminder (`unread`)."""
    silent = on.unheard() if lookup.kind(on).attends else []
    ids = dict.fromkeys((*(claim.member_id for claim in on.taking()), *silent))
    unseen = {lookup.member(id).id for id in unread}
    return [id for id in ids if lookup.member(id).id in unseen or lookup.recipient(id) is None]


def to_call(view: View, on: Roster, body: Change) -> tuple[tuple[Span, ...], tuple[Action, ...]]:
    """The line that names them, and what there is to press under it; nothing where there is nobody."""
    if not body.untold:
        return (), ()
    said = names(view.lookup, body.untold, view.lang, on)
    if body.called:
        return view.say("untold.called", names=said), ()
    return view.say("untold.first", names=said), (view.action("called"),)
