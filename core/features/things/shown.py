"""Things as they are read: on rosters, said back, listed, and what is still out the day after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import posts
from core.activities import CANCELLED, Occurrence
from core.claims import Claim, Roster
from core.deeds.group_line import one_line
from core.features.things import rows
from core.features.things.rows import Thing
from core.features.things.said import is_task
from core.messages import Message, Span
from core.posts import Post, Press, Undoable
from core.posts.kind import PostKind
from core.posts.row import NOTICE, OFFER
from core.rules import Refusal
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.lookup import Lookup
from core.views.readback import UNDO_FOR, which_and_when
from core.views.view import View, lines
from core.words import text
from core.work import Work

# ------------------------------------------------------------ on rosters


def counted(lookup: Lookup, thing: Thing, lang: str, *, names: bool, over: bool = False) -> str:
    """红袖章 2/10（陈伯 2）, with how many were taken and are not back. Once it is `over` none is wanted: 红袖章 2."""
    held = rows.held(lookup.session, lookup.here.id, thing.id)
    promised, out = sum(each.promised for each in held), sum(each.out for each in held)
    n = f"{promised}/{thing.wanted}" if thing.wanted and not over else f"{promised}"
    said = text(lang, "things.one", name=thing.name, n=n) if promised or not over else thing.name
    who = [f"{lookup.name(each.member_id)} {each.promised}" for each in held if each.promised]
    if who and names:
        said = text(lang, "things.by", what=said, who=text(lang, "list.comma").join(who))
    return text(lang, "things.out_n", what=said, n=out) if out else said


def on_rosters(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """One line, where anything is wanted."""
    lookup = view.lookup
    things = rows.things_of(lookup.session, lookup.here.id, on.occurrence.id)
    over = view.over(on)
    if over:
        had = rows.held(lookup.session, lookup.here.id, *(each.id for each in things)) if things else ()
        there = {each.thing_id for each in had if each.promised or each.out}
        things = [each for each in things if each.id in there]
    if not things:
        return []
    said = view.text("list.comma").join(counted(lookup, each, view.lang, names=True, over=over) for each in things)
    return [view.say("things.line", what=said)]


def on_reminders(view: View, on: Roster, theirs: Sequence[Claim]) -> list[tuple[Span, ...]]:
    """What its reader said they would bring."""
    lookup, about = view.lookup, on.occurrence.id
    found = lookup.once(("things", about), lambda: rows.things_of(lookup.session, lookup.here.id, about))
    if not found:
        return []
    mine = {lookup.member(claim.member_id).id for claim in theirs}
    things = {each.id: each for each in found}
    held = rows.held(lookup.session, lookup.here.id, *things)
    said = [
        text(view.lang, "things.one", name=things[each.thing_id].name, n=each.promised)
        for each in held
        if each.promised and lookup.member(each.member_id).id in mine
    ]
    return [view.say("things.you_bring", what=view.text("list.comma").join(said))] if said else []


def known(view: View, member_id: int) -> list[tuple[Span, ...]]:
    """What somebody has still, for themselves."""
    lookup = view.lookup
    found = rows.occurrences_with(lookup.session, lookup.here.id, member_id)
    said = [line for id in sorted(found) for line in still_out(lookup, id, member_id, view.lang)]
    return [view.say("things.data", what=view.text("list.comma").join(said))] if said else []


def still_out(lookup: Lookup, occurrence_id: int, member_id: int, lang: str) -> list[str]:
    things = {each.id: each for each in rows.things_of(lookup.session, lookup.here.id, occurrence_id)}
    held = rows.held(lookup.session, lookup.here.id, *things) if things else ()
    return [
        text(lang, "things.one", name=things[each.thing_id].name, n=each.out)
        for each in held
        if each.out and lookup.member(each.member_id).id == lookup.member(member_id).id
    ]


# ------------------------------------------------------------ said back


@dataclass(frozen=True, slots=True)
class Done(Undoable):
    """What was done with a thing: what of it somebody promised, has and gave back before, and then."""

    thing: int = 0
    whose: int = 0
    act: str = ""
    n: int = 0
    before: tuple[int, int, int] = (0, 0, 0)
    after: tuple[int, int, int] = (0, 0, 0)


def said_back(view: View) -> Message | None:
    body, lookup = Done.of(view.post), view.lookup
    on, thing = lookup.roster(view.post.occurrence_id), lookup.session.get(Thing, (lookup.here.id, body.thing))
    if on is None or thing is None:
        return None
    if body.undone:
        return Message(lines(view.say("back.undone"), (which_and_when(view, on),)))
    name = "" if body.whose == view.reader else lookup.name(body.whose)
    done = "_task" if is_task(thing.name) else ""
    key = f"things.{body.act}{done if body.act in ('bring', 'drop') else ''}"
    first = view.say(f"{key}_for" if name else key, name=thing.name, n=body.n, who=name)
    row = rows.of_member(lookup.session, thing, body.whose)
    more = row.out > (body.n if body.act == "take" else 0)  # what they took just now they know
    left = view.say("things.left", name=thing.name, n=row.out) if body.act in ("take", "return") and more else ()
    fresh = (row.promised, row.taken, row.returned) == body.after and lookup.now - view.post.due < UNDO_FOR
    return Message(lines(first, (which_and_when(view, on),), left), view.open("undo") if fresh else ())


def undo(turn: Turn, post: Post) -> None:
    """撤销: as it was."""
    body = Done.of(post)
    thing = turn.session.get(Thing, (turn.here.id, body.thing))
    row = rows.of_member(turn.session, thing, body.whose) if thing is not None else None
    if thing is None or row is None or (row.promised, row.taken, row.returned) != body.after:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    promised, taken, returned = body.before
    rows.move(turn.work, thing, body.whose, promised=promised, taken=taken, returned=returned)
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


def listed(view: View) -> Message | None:
    """东西: each with who brings it and how many are out, for whoever asks; to coordinators also who has them."""
    lookup = view.lookup
    on = lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    things = rows.things_of(lookup.session, lookup.here.id, on.occurrence.id)
    head = (which_and_when(view, on),)
    if not things:
        return Message(lines(head, view.say("things.none")))
    said: list[tuple[Span, ...]] = [(counted(lookup, each, view.lang, names=True),) for each in things]
    who = holders(view, on.occurrence.id) if lookup.reader(view.reader).coordinates else ()
    return Message(lines(head, *said, who))


def holders(view: View, occurrence_id: int) -> tuple[Span, ...]:
    """Who has what still: for coordinators."""
    lookup = view.lookup
    things = {each.id: each for each in rows.things_of(lookup.session, lookup.here.id, occurrence_id)}
    held = [each for each in (rows.held(lookup.session, lookup.here.id, *things) if things else ()) if each.out]
    if not held:
        return ()
    said = [f"{lookup.name(each.member_id)} {things[each.thing_id].name} {each.out}" for each in held]
    return view.say("things.who_has", who=view.text("list.comma").join(said))


def not_back(view: View) -> Message:
    """谁还没还: to who coordinates all that is out, with who has it; to anybody else what they have."""
    lookup = view.lookup
    found: list[tuple[Span, ...]] = []
    if lookup.reader(view.reader).coordinates:
        for id in sorted(rows.occurrences_out(lookup.session, lookup.here.id)):
            on = lookup.roster(id)
            found += [(which_and_when(view, on),), holders(view, id)] if on is not None else []
        return Message(lines(*found) if found else view.say("things.all_back"))
    for id in sorted(rows.occurrences_with(lookup.session, lookup.here.id, view.reader)):
        what = view.text("list.comma").join(still_out(lookup, id, view.reader, view.lang))
        found.append(view.say("things.data", what=what))
    return Message(lines(*found) if found else view.say("things.nothing_yours"))


# ------------------------------------------------------------ the day after


def look(work: Work, post: Post) -> None:
    """It is the day after, unless it was moved: who has something is asked, and an hour later the coordinator told."""
    o = work.session.get(Occurrence, (work.here.id, post.occurrence_id))
    at = rows.morning_after(work, o) if o is not None else None
    if o is None or at is None or o.state == CANCELLED:
        return
    if at > work.now:
        rows.look_after(work, o)
        return
    things = [each.id for each in rows.things_of(work.session, work.here.id, o.id)]
    out = dict.fromkeys(each.member_id for each in rows.held(work.session, work.here.id, *things) if each.out)
    for id in out:
        work.owe("things.still", member_id=id, occurrence_id=o.id, occasion="still")
    if out and o.made_by:
        due = work.now + rows.LATER
        work.owe("things.told", member_id=o.made_by, occurrence_id=o.id, occasion="told", due=due)


def still(view: View) -> Message | None:
    """What its reader has still, with 还了."""
    lookup = view.lookup
    on = lookup.roster(view.post.occurrence_id)
    said = still_out(lookup, view.post.occurrence_id, view.post.member_id, view.lang)
    if on is None:
        return None
    if not said:
        return Message(view.say("things.all_back")) if view.post.message is not None else None
    what = view.text("list.comma").join(said)
    return Message(lines(view.say("things.still", what=what), (which_and_when(view, on),)), view.open("returned"))


def returned(turn: Turn, press: Press) -> None:
    """还了: all of it."""
    for thing in rows.things_of(turn.session, turn.here.id, press.post.occurrence_id):
        row = rows.of_member(turn.session, thing, press.post.member_id)
        if row.out:
            facts: dict[str, Any] = {"promised": row.promised, "taken": row.taken, "returned": row.taken}
            rows.move(turn.work, thing, press.post.member_id, **facts)
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("things.thanks")


def told(view: View) -> Message | None:
    """To the coordinator: who has what."""
    on = view.lookup.roster(view.post.occurrence_id)
    who = holders(view, view.post.occurrence_id)
    if on is None or not (who or view.post.message is not None):
        return None
    return Message(lines((which_and_when(view, on),), who or view.say("things.all_back")))


POSTS = (
    PostKind(
        "things.done",
        Done,
        said_back,
        follows="offering",
        means_activity=True,
        presses={"undo": undoes(undo)},
        unheard=one_line,
    ),
    PostKind("things.list", render=listed, means_activity=True, later=False),
    PostKind("things.out", render=not_back, later=False),
    PostKind("things.look", act=look, urgency=NOTICE, restored=True),
    PostKind("things.still", render=still, urgency=OFFER, presses={"returned": returned}, follows="offering"),
    PostKind("things.told", render=told, urgency=NOTICE),
)
