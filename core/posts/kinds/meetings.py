"""Meetings: why somebody cannot come, who is asked once more, the numbers afterwards, and the minutes on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core import posts
from core.activities import CANCELLED, Occurrence
from core.claims import ON_THE_WAY, UNKNOWN, Roster
from core.confided import Confided
from core.deeds import meetings as deeds
from core.invited import Invited
from core.messages import Confide, Message, Span
from core.minutes import minutes_of
from core.news import Whose, WrittenDown
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OFFER, OPEN, REMINDER, Post
from core.reading import Command
from core.rules import Refusal
from core.talk import excusing, joining
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline
from core.views.readback import which_and_when
from core.views.view import View, lines
from core.words.clean import tidy_text

FOLLOWS_WITHIN = timedelta(hours=1)
"""So long after 会议记录 further private words belong to it."""


def of(view: View) -> Roster | None:
    return view.lookup.roster(view.post.occurrence_id)


def confided(words: Confided, view: View) -> tuple[Span, ...]:
    return view.say("confided.lost") if words.lost else (Confide(words.privately(), anywhere=True),)


# ------------------------------------------------------------ who cannot come


def why(view: View) -> Message | None:
    """To who excused themselves: written down, and would they say why?"""
    on = of(view)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    asked = view.say("meeting.why") if view.post.state == OPEN else ()
    return Message(lines(view.say("meeting.excused_which", which=which_and_when(view, on)), asked))


def reason(view: View) -> Message | None:
    """To coordinators: why somebody cannot come."""
    on, body = of(view), Whose.of(view.post)
    if on is None or not view.lookup.reader(view.reader).coordinates:
        return None
    row = view.lookup.session.get(Invited, (view.lookup.here.id, on.occurrence.id, body.whose))
    if row is None or not row.reason:
        return None
    said = view.say("meeting.reason", name=view.lookup.name(body.whose), reason=confided(row.reason, view))
    return Message(lines(said, (which_and_when(view, on),)))


def ask(view: View) -> Message | None:
    """Two days before, to who has said nothing: do they come?"""
    on = of(view)
    if on is None or on.occurrence.state == CANCELLED:
        return None
    whose = view.lookup.member(view.post.member_id).id
    silent = whose in on.unheard()
    head = view.say("meeting.ask") if silent else view.say("meeting.asked_no_more")
    return Message(
        lines(head, (headline(view.lookup, on, view.lang),), *facts(view.lookup, on, view.lang, private=False)),
        view.open("join", "excuse") if silent else (),
    )


def for_whom(turn: Turn, post: Post) -> Wish:
    """Who presses speaks for whom it was asked."""
    mine = post.member_id == turn.member.id
    people = () if mine else (post.member_id,)
    return Wish("join", occurrence=post.occurrence_id, people=people, myself=mine, typed=False)


def come(turn: Turn, press: Press) -> None:
    joining.join(turn, for_whom(turn, press.post))
    posts.touch(turn.session, [press.post], turn.now)


def excuse(turn: Turn, press: Press) -> None:
    excusing.excuse(turn, replace(for_whom(turn, press.post), verb="excuse"))
    posts.touch(turn.session, [press.post], turn.now)


# ------------------------------------------------------------ afterwards


def report(view: View) -> Message | None:
    """Half an hour after the end, to the coordinator: 应到3 实到2 请假1, and of whom nothing is known."""
    on = of(view)
    if on is None or on.occurrence.state == CANCELLED or not view.lookup.reader(view.reader).coordinates:
        return None
    there = on.present()
    numbers = view.say("meeting.report", expected=len(on.invited), present=len(there), excused=len(on.excused()))
    unknown = [c.member_id for c in on.taking() if c.ordinal == 0 and c.happened in (UNKNOWN, ON_THE_WAY)]
    unknown += on.unheard()
    comma = view.text("list.comma")
    names = comma.join(view.lookup.name(id) for id in unknown[:20]) + ("…" if len(unknown) > 20 else "")
    more = view.say("meeting.unknown", n=len(unknown), names=names) if unknown else ()
    how = view.say("meeting.how_roll") if unknown else ()
    written = minutes_of(view.lookup.session, view.lookup.here.id, on.occurrence.id)
    return Message(
        lines((which_and_when(view, on),), numbers, more, how, () if written else view.say("meeting.no_minutes"))
    )


def kept(view: View) -> Message | None:
    """To who keeps the minutes: so much is written down, and more may follow."""
    on, body = of(view), WrittenDown.of(view.post)
    if on is None or not view.lookup.reader(view.reader).coordinates:
        return None
    if body.undone:
        return Message(view.say("meeting.struck"))
    parts = minutes_of(view.lookup.session, view.lookup.here.id, on.occurrence.id)
    said = [confided(part.words, view) for part in parts]
    if not parts:
        return Message(lines((which_and_when(view, on),), view.say("meeting.write")))
    head = view.say("meeting.minutes_of", which=which_and_when(view, on))
    return Message(lines(head, *said, view.say("meeting.more")), view.open("undo") if body.ids else ())


def more(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """Private words within the hour belong to the minutes, unless they are an order."""
    body = WrittenDown.of(post)
    if command.intent is not None or post.state != OPEN or turn.now - post.due > FOLLOWS_WITHIN or body.undone:
        return False
    o = turn.session.get(Occurrence, (turn.here.id, post.occurrence_id))
    said = tidy_text(words, 6_000)
    if o is None or not said or not turn.coordinates:
        return False
    id = deeds.write_down(turn.work, o, said)
    post.body = replace(body, ids=(*body.ids, id)).stored()
    posts.touch(turn.session, [post], turn.now)
    turn.mark()
    return True


def struck(turn: Turn, press: Press) -> None:
    """撤销: what was written since is in the minutes no more."""
    body = WrittenDown.of(press.post)
    if not turn.coordinates or body.undone:
        turn.refuse(Refusal("answered" if body.undone else "coordinators_only"))
        return
    deeds.strike_out(turn.work, body.ids)
    posts.settle(turn.session, press.post, turn.now, replace(body, undone=True))
    turn.seen_done("meeting.struck")


def minutes(view: View) -> Message | None:
    """To who was not there: what was said."""
    on = of(view)
    parts = minutes_of(view.lookup.session, view.lookup.here.id, view.post.occurrence_id)
    if on is None or not parts:
        return None
    head = view.say("meeting.for_you", which=which_and_when(view, on))
    return Message(lines(head, *(confided(part.words, view) for part in parts)))


def carried(view: View) -> Message | None:
    """To the coordinator, next morning: who has the minutes, and how many can only be visited."""
    on = of(view)
    if on is None or not view.lookup.reader(view.reader).coordinates:
        return None
    away = deeds.not_there(on)
    far = [id for id in away if view.lookup.recipient(id) is None]
    written = minutes_of(view.lookup.session, view.lookup.here.id, on.occurrence.id)
    sent = view.say("meeting.sent", n=len(away) - len(far)) if written else view.say("meeting.not_sent")
    return Message(lines((which_and_when(view, on),), sent, view.say("meeting.far", n=len(far)) if far else ()))


WHY = PostKind("meeting.why", render=why, hears=excusing.why, later=False)
REASON = PostKind("meeting.reason", Whose, reason, urgency=OFFER)
LOOK = PostKind("meeting.look", act=deeds.look, urgency=NOTICE)
RING = PostKind("meeting.ring", act=deeds.ring, urgency=NOTICE)
ASK = PostKind(
    "meeting.ask",
    render=ask,
    urgency=REMINDER,
    presses={"join": come, "excuse": excuse},
    follows="offering",
    means_activity=True,
)
REPORT = PostKind("meeting.report", render=report, urgency=NOTICE, follows="always", means_activity=True)
KEPT = PostKind("meeting.kept", WrittenDown, kept, presses={"undo": struck}, hears=more, later=False)
CARRY = PostKind("meeting.carry", act=deeds.carry, urgency=NOTICE, restored=True)
MINUTES = PostKind("meeting.minutes", render=minutes, urgency=NOTICE)
CARRIED = PostKind("meeting.carried", render=carried, urgency=NOTICE)
MEETINGS = (WHY, REASON, LOOK, RING, ASK, REPORT, KEPT, CARRY, MINUTES, CARRIED)
