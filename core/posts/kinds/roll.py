"""Who was recorded as there, excused or missing: said back to whoever said so, with 撤销."""

from __future__ import annotations

from datetime import datetime

from core import when
from core.claims import EXCUSED, FINISHED, LATE, LEFT_EARLY, NO_SHOW, PRESENT, THERE, Claim, Roster
from core.deeds.group_line import one_line
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.posts.row import OPEN, Post
from core.talk import roll as talk
from core.talk.roll import Recorded
from core.talk.undoing import undoes
from core.views.details import called, headline
from core.views.readback import UNDO_FOR
from core.views.view import View, lines

ORDER = (PRESENT, FINISHED, LATE, LEFT_EARLY, EXCUSED, NO_SHOW)


def roll(view: View) -> Message | None:
    """Those who were there, then the others, each with how it was recorded; and what that corrects."""
    on, body = view.lookup.roster(view.post.occurrence_id), Recorded.of(view.post)
    if on is None:
        return None
    which = (f"{headline(view.lookup, on, view.lang)} {view.lookup.when(on, view.lang)}",)
    if body.undone:
        return Message(lines(view.say("back.undone"), which))
    rows = {claim.id: claim for claim in view.lookup.claims([id for id, *_ in body.claims])}
    by: dict[str, list[str]] = {}
    for id, _, state, _ in body.claims:
        if id in rows:
            kept = PRESENT if state == FINISHED else state
            by.setdefault(kept, []).append(name(view, on, rows[id]))
    comma = view.text("list.comma")
    said = [view.say(f"roll.{state}", names=comma.join(by[state]), n=len(by[state])) for state in ORDER if state in by]
    before = [(rows[id], by_whom, at) for id, by_whom, at in body.before if id in rows]
    corrected = [view.say("roll.before", **was(view, on, claim, by_whom, at, body)) for claim, by_whom, at in before]
    fresh = view.lookup.now - view.post.due < UNDO_FOR and view.post.state == OPEN
    as_then = all(id in rows and rows[id].changes == changes for id, changes, *_ in body.claims)
    return Message(
        lines(view.say("roll.first"), which, *said, *corrected), view.open("undo") if fresh and as_then else ()
    )


def was(view: View, on: Roster, claim: Claim, by: int, at: str, body: Recorded) -> dict[str, str]:
    """Who was recorded as what before, by whom and when."""
    state = next(each[3] for each in body.claims if each[0] == claim.id)
    moment = datetime.fromisoformat(at)
    tz = view.lookup.here.tz
    said = f"{when.day(moment, tz, view.lang, view.lookup.now)} {when.clock(moment, tz, view.lang)}"
    kept = "present" if state in THERE else state
    return {
        "name": name(view, on, claim),
        "was": view.text(f"roll.was_{kept}"),
        "by": view.lookup.name(by),
        "at": said,
    }


def name(view: View, on: Roster, claim: Claim) -> str:
    shown = called(view.lookup, on, claim.member_id, view.lang)
    return f"{shown}+{claim.name or 1}" if claim.ordinal and not claim.thing else shown


def in_public(view: View, _post: Post) -> tuple[Span, ...]:
    return view.say("roll.line")


ROLL = PostKind("roll", Recorded, roll, presses={"undo": undoes(talk.undo)}, unheard=one_line, line=in_public)
