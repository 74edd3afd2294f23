"""A round on screens: what a visitor needs and presses, who has not been, the report, and what is followed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core import posts, when
from core.activities import CANCELLED, Slot
from core.claims import CLAIMED, FINISHED, UNKNOWN, Claim, Roster
from core.deeds import rounds as deeds
from core.deeds.falling_back import call_list, ring_up
from core.deeds.group_line import one_line
from core.deeds.undoing import roster_by_id
from core.messages import Confide, Message, Span
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import NOTICE, REMINDER, Post
from core.rounds import FOLLOW, GRADES, URGENT, VisitReport, delivered, households, picked_up, report, reports_of
from core.rules import Refusal
from core.talk import leaving
from core.talk.materials import pick_up
from core.talk.rounds import deliver, not_there
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline, names, readable
from core.views.readback import what
from core.views.view import View, lines


def theirs_of(view: View, on: Roster) -> list[Claim]:
    """The claims of whom a post is for."""
    who = view.lookup.member(view.post.member_id).id
    return [c for c in on.claims if c.promised == CLAIMED and view.lookup.member(c.member_id).id == who]


def reports(view: View, on: Roster, theirs: Sequence[Claim]) -> list[VisitReport]:
    ids = {claim.id for claim in theirs}
    session, here = view.lookup.session, view.lookup.here.id
    whose = {view.reader, *(claim.member_id for claim in theirs)}
    found = [row for id in whose for row in reports_of(session, here, on.occurrence.id, id)]
    return sorted((row for row in found if row.claim_id in ids), key=lambda row: row.id)


def round_of(view: View) -> tuple[Roster, list[Claim]] | None:
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    return on, theirs_of(view, on)


def shown(view: View, head: str) -> Message | None:
    """Whom they go to, what to carry; 送到了 and 没碰上; once they were there, how it is."""
    found = round_of(view)
    if found is None:
        return None
    on, theirs = found
    if not theirs:
        said = (view.say("remind.off"), (headline(view.lookup, on, view.lang),))
        return Message(lines(*said)) if view.post.message is not None else None
    done = delivered(on)
    sure = readable(view.lookup, on, theirs, view.reader)
    others = [c.member_id for c in theirs if c.member_id != view.reader]
    whom = view.say("remind.for", names=names(view.lookup, others, view.lang)) if others else ()
    detail = what(view.lookup, on, theirs, view.lang)
    title = (f"{headline(view.lookup, on, view.lang)} {detail}".strip(),)
    known = facts(view.lookup, on, view.lang, private=bool(sure), to=sure)
    if all(c.slot_id in done for c in theirs):
        if head != "round.mine":
            return Message(lines(title, view.say("round.thanks"))) if view.post.message is not None else None
        return afterwards(view, on, theirs, title)
    verbs = ("delivered", "not_in", "leave") if head != "round.eve" else ("leave",)
    if view.lookup.kind(on).material(on.occurrence) and any(c.happened == UNKNOWN for c in theirs):
        verbs = ("picked_up", *verbs)
    return Message(lines(view.say(head, day=day_of(view, on, head)), title, *known, whom), view.open(*verbs))


def day_of(view: View, on: Roster, head: str) -> str:
    """Its first day, or of who has not been its last."""
    o, lookup = on.occurrence, view.lookup
    assert o.starts_at is not None  # noqa: S101 - a round has days
    moment = o.ends() - timedelta(hours=2) if head == "round.not_yet" else o.starts_at
    return when.day(moment, lookup.here.tz, view.lang, lookup.now)


def afterwards(view: View, on: Roster, theirs: Sequence[Claim], title: tuple[Span, ...]) -> Message:
    """What was delivered; the report, and 没事, 要跟进 or 急."""
    mine = reports(view, on, theirs)
    how = mine[-1].grade if mine else ""
    if not mine:
        return Message(lines(title, view.say("round.thanks")))
    if how:
        return Message(lines(title, view.say("round.thanks"), view.say(f"round.graded.{how}")))
    return Message(lines(title, view.say("round.thanks"), view.say("round.tell")), view.open(*GRADES))


def eve(view: View) -> Message | None:
    return shown(view, "round.eve")


def mine(view: View) -> Message | None:
    return shown(view, "round.mine")


def not_yet(view: View) -> Message | None:
    """还没送: three days before the end."""
    return shown(view, "round.not_yet")


def still_open(view: View) -> Message | None:
    """To the coordinator, by building: where nobody has been."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    done, kind = delivered(on), view.lookup.kind(on)
    left = [slot for slot in households(on) if slot.id not in done]
    title = (headline(view.lookup, on, view.lang),)
    if not left:
        return Message(lines(title, view.say("round.all_done"))) if view.post.message is not None else None
    places = [kind.slot_name(on, slot, view.lang) or on.occurrence.place for slot in left]
    free = [kind.slot_name(on, slot, view.lang) or on.occurrence.place for slot in left if not on.taking(slot)]
    comma = view.text("list.comma")
    nobody = view.say("round.nobody_goes", places=comma.join(free)) if free else ()
    return Message(lines(title, view.say("round.open", places=comma.join(places)), nobody))


def material(view: View) -> Message | None:
    """To coordinators, by household: for whom it is picked up, and 还有n份没领."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED or not view.lookup.reader(view.reader).may("reports"):
        return None
    has, comma = picked_up(on), view.text("list.comma")
    left = [slot for slot in households(on) if slot.id not in has]
    head = view.say("round.material.head", n=len(households(on)) - len(left), m=len(households(on)))

    def whose(slot: Slot) -> str:
        place = view.lookup.kind(on).slot_name(on, slot, view.lang) or on.occurrence.place
        goers = names(view.lookup, [claim.member_id for claim in on.taking(slot)], view.lang)
        return view.text("round.material.goer" if goers else "round.material.nobody", place=place, names=goers)

    where = comma.join(map(whose, left))
    rest = view.say("round.material.left_where", n=len(left), places=where) if left else view.say("round.material.all")
    return Message(lines((headline(view.lookup, on, view.lang),), head, rest))


# ------------------------------------------------------------ pressed


def pressed_claims(turn: Turn, post: Post) -> tuple[Roster, list[Claim]] | None:
    """The claims of whom the post is for; None where there is nothing any more, which was said."""
    on = roster_by_id(turn.work, post.occurrence_id)
    if on is None:
        turn.refuse(Refusal("old_button"))
        return None
    mine = [c for c in on.claims if c.promised == CLAIMED and c.member_id == post.member_id]
    return on, mine


def press_delivered(turn: Turn, press: Press) -> None:
    """送到了."""
    found = pressed_claims(turn, press.post)
    if found is not None:
        deliver(turn, *found)


def press_not_in(turn: Turn, press: Press) -> None:
    """没碰上."""
    found = pressed_claims(turn, press.post)
    if found is not None:
        not_there(turn, *found)


def press_picked_up(turn: Turn, press: Press) -> None:
    """领了."""
    found = pressed_claims(turn, press.post)
    if found is not None:
        pick_up(turn, *found)


def press_leave(turn: Turn, press: Press) -> None:
    """退出."""
    own = press.post.member_id in (turn.member.id, 0)
    wish = Wish("leave", occurrence=press.post.occurrence_id, typed=not turn.pressed)
    if not own:
        wish = Wish(
            "leave", press.post.occurrence_id, people=(press.post.member_id,), myself=False, typed=not turn.pressed
        )
    leaving.leave(turn, wish)


def press_grade(turn: Turn, press: Press) -> None:
    """没事, 要跟进, 急."""
    found = pressed_claims(turn, press.post)
    if found is None:
        return
    on, theirs = found
    ids = {claim.id for claim in theirs if claim.happened == FINISHED}
    rows = [
        row
        for id in {turn.member.id, press.post.member_id}
        for row in reports_of(turn.session, turn.here.id, on.occurrence.id, id)
        if row.claim_id in ids
    ]
    if not rows:
        turn.refuse(Refusal("old_button"))
        return
    deeds.grade(turn.work, max(rows, key=lambda row: row.id), press.verb)
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done(f"round.graded.{press.verb}")


# ------------------------------------------------------------ the report


def reported(view: View) -> Message | None:
    """To the coordinator only: who was where, what they say, and how it is."""
    if not view.lookup.reader(view.reader).may("reports") or not view.post.occasion.isdecimal():
        return None
    row = report(view.lookup.session, view.lookup.here.id, int(view.post.occasion))
    on = view.lookup.roster(view.post.occurrence_id)
    if row is None or on is None:
        return None
    slot = on.slot(row.slot_id)
    where = view.lookup.kind(on).slot_name(on, slot, view.lang) if slot is not None else ""
    who = view.lookup.elder(row.elder_id) if row.elder_id else None
    house: tuple[Span, ...] = (where or on.occurrence.place,)
    if who is not None:
        house = (*house, " ", Confide(who.name))
    head = view.say("round.report", who=view.lookup.name(row.member_id), house=house)
    words = (Confide(row.words.privately(), anywhere=True),) if row.words and not row.words.lost else ()
    how = view.say(f"round.told.{row.grade}") if row.grade else ()
    closed = view.say("round.closed", who=view.lookup.name(row.closed_by)) if row.closed_at is not None else ()
    open_still = row.grade in (FOLLOW, URGENT) and row.closed_at is None
    title = (headline(view.lookup, on, view.lang),)
    handed = view.say("round.handed") if row.handed_at is not None else ()
    verbs = (("followed",) if open_still else ()) + (("undo" if handed else "hand_on",) if words else ())
    return Message(lines(how, head, words, title, closed, handed), view.open(*verbs))


def followed(turn: Turn, press: Press) -> None:
    """跟好了."""
    row = report(turn.session, turn.here.id, int(press.post.occasion))
    if not turn.may("reports"):
        turn.refuse(Refusal("coordinators_only"))
    elif row is None or row.closed_at is not None:
        turn.refuse(Refusal("answered"))
    else:
        deeds.close(turn.work, row)
        turn.seen_done("round.closed", who=turn.member.name)


def hand_on(turn: Turn, press: Press) -> None:
    """转给下一位, and 撤销 of it."""
    row = report(turn.session, turn.here.id, int(press.post.occasion))
    back = press.verb == "undo"
    if not turn.may("reports"):
        turn.refuse(Refusal("coordinators_only"))
    elif row is None or not row.words or back != (row.handed_at is not None):
        turn.refuse(Refusal("answered"))
    else:
        deeds.hand_on(turn.work, row, back=back)
        turn.seen_done("round.not_handed" if back else "round.handed")


PRESSES = {
    "delivered": press_delivered,
    "not_in": press_not_in,
    "picked_up": press_picked_up,
    "leave": press_leave,
    **dict.fromkeys(GRADES, press_grade),
}
OF_REPORTS = {"followed": followed, "hand_on": hand_on, "undo": hand_on}
EVE = PostKind("round.eve", render=eve, urgency=REMINDER, means_activity=True, presses=PRESSES)
MINE = PostKind(
    "round.mine",
    render=mine,
    urgency=REMINDER,
    means_activity=True,
    presses=PRESSES,
    follows="offering",
    unheard=call_list,
    unread=ring_up,
)
NOT_YET = PostKind(
    "round.not_yet",
    render=not_yet,
    urgency=REMINDER,
    means_activity=True,
    presses=PRESSES,
    unheard=call_list,
    unread=ring_up,
)
OPEN_ONES = PostKind("round.open", render=still_open, urgency=NOTICE, means_activity=True)
MATERIAL = PostKind(
    "round.material", render=material, urgency=NOTICE, means_activity=True, follows="always", unheard=one_line
)
DEALT_WITH = (
    "跟进好了", "跟进过了", "跟好", "处理好了", "处理了", "已经处理了", "办好了",
    "followedup", "donethat", "seento", "dealtwith",
)  # fmt: skip
"""What may be typed in place of 跟好了."""
REPORT = PostKind(
    "round.report", render=reported, urgency=NOTICE, presses=OF_REPORTS, means={"followed": Typed(words=DEALT_WITH)}
)
LOOK = PostKind("round.look", act=deeds.look, urgency=NOTICE, restored=True)
FOLLOW_UP = PostKind("round.follow", act=deeds.follow, urgency=NOTICE, restored=True)
LAPSE = PostKind("round.lapse", act=deeds.lapse, urgency=NOTICE, restored=True)
ROUNDS = (EVE, MINE, NOT_YET, OPEN_ONES, MATERIAL, REPORT, LOOK, FOLLOW_UP, LAPSE)
