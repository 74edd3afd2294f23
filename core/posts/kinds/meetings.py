"""Meetings: why somebody cannot come, who is asked once more, the numbers afterwards, and the minutes on their way."""

from __future__ import annotations

from dataclasses import replace

from core import posts, when
from core.activities import CANCELLED
from core.claims import ON_THE_WAY, UNKNOWN, Roster
from core.confided import Confided
from core.deeds import meetings as deeds
from core.deeds import minuting as minuting_deeds
from core.invited import Invited
from core.messages import Confide, Message, Span
from core.minutes import MinutesPicture, minutes_of, picture, pictures_of
from core.news import Whose, WrittenDown
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import NOTICE, OFFER, OPEN, REMINDER, Post
from core.talk import excusing, joining, minuting
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline
from core.views.readback import which_and_when
from core.views.view import View, lines


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
    session, here = view.lookup.session, view.lookup.here.id
    parts, pictures = minutes_of(session, here, on.occurrence.id), pictures_of(session, here, on.occurrence.id)
    said = [confided(part.words, view) for part in parts]
    if not parts and not pictures:
        return Message(lines((which_and_when(view, on),), view.say("meeting.write")))
    head = view.say("meeting.minutes_of", which=which_and_when(view, on))
    out = bool(pictures) and all(each.released for each in pictures)
    seen = view.say("meeting.pictures_out" if out else "meeting.pictures_kept", n=len(pictures)) if pictures else ()
    verbs = ["undo"] if body.ids or body.pictures else []
    verbs += ["withhold_pictures" if out else "release_pictures"] if pictures else []
    return Message(lines(head, *said, seen, view.say("meeting.more")), view.open(*verbs))


def told_of_pictures(turn: Turn, press: Press) -> None:
    """照片可以公开, 照片不公开: in the article of the digest, or only for who was invited."""
    minuting.release(turn, press.post.occurrence_id, released=press.verb == "release_pictures")


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
    away = minuting_deeds.not_there(on)
    far = [id for id in away if view.lookup.recipient(id) is None]
    session, here = view.lookup.session, view.lookup.here.id
    written = minutes_of(session, here, on.occurrence.id) or pictures_of(session, here, on.occurrence.id)
    sent = view.say("meeting.sent", n=len(away) - len(far)) if written else view.say("meeting.not_sent")
    return Message(lines((which_and_when(view, on),), sent, view.say("meeting.far", n=len(far)) if far else ()))


def may_see(view: View, on: Roster, row: MinutesPicture) -> bool:
    """Who was invited, or was there; who speaks for them; who coordinates; and everybody what is released."""
    reader = view.lookup.reader(view.reader)
    whose = {view.reader, *reader.wards}
    return row.released or reader.coordinates or any(id in on.invited or on.of(id) for id in whose)


def one_picture(view: View) -> Message | None:
    """A picture of the meeting; under the first, that there are others."""
    on, id = of(view), view.post.occasion
    row = picture(view.lookup.session, view.lookup.here.id, int(id)) if id.isdecimal() else None
    if on is None or not view.private:
        return None
    if row is None or not may_see(view, on, row):
        return Message(view.say("meeting.picture_gone")) if view.post.life > 1 else None
    ids = [each.id for each in pictures_of(view.lookup.session, view.lookup.here.id, on.occurrence.id)]
    nth, n = ids.index(row.id) + 1, len(ids)
    lookup, o = view.lookup, on.occurrence
    title, day = (
        lookup.kind(on).title(o, view.lang),
        when.day(o.starts_at or row.at, lookup.here.tz, view.lang, lookup.now),
    )
    words = view.text("meeting.picture", which=title, day=day, nth=nth, n=n)
    others = view.text("meeting.picture_others", n=n - 1)
    actions = (view.action("more_pictures", label=others),) if nth == 1 < n and view.post.state == OPEN else ()
    return Message((Confide(words, anywhere=True),), actions, picture=row.name)


def others(turn: Turn, press: Press) -> None:
    """再看几张: what is not on the screen yet."""
    minuting.show(turn, press.post.occurrence_id, but=press.post.occasion)
    posts.settle(turn.session, press.post, turn.now)


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
KEPT = PostKind(
    "meeting.kept",
    WrittenDown,
    kept,
    presses={
        "undo": minuting.struck,
        "release_pictures": told_of_pictures,
        "withhold_pictures": told_of_pictures,
    },
    means={
        "release_pictures": Typed(("可以公开", "照片公开", "公开照片", "可以放行", "放行")),
        "withhold_pictures": Typed(("不公开", "不要公开", "别公开", "照片不要公开", "照片别公开")),
    },
    hears=minuting.more,
    later=False,
)
CARRY = PostKind("meeting.carry", act=minuting_deeds.carry, urgency=NOTICE, restored=True)
MINUTES = PostKind("meeting.minutes", render=minutes, urgency=NOTICE)
PICTURE = PostKind(
    "meeting.picture", render=one_picture, urgency=NOTICE, presses={"more_pictures": others}, later=False
)
CARRIED = PostKind("meeting.carried", render=carried, urgency=NOTICE)
MEETINGS = (WHY, REASON, LOOK, RING, ASK, REPORT, KEPT, CARRY, MINUTES, PICTURE, CARRIED)
