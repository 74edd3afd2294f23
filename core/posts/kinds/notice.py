"""News of an activity: what changed in it, or what became true of it."""

from __future__ import annotations

from dataclasses import replace

from core import posts
from core.claims import Roster
from core.deeds import repeating, undoing
from core.deeds.changing import too_many
from core.deeds.falling_back import in_one_line, told_too_late
from core.deeds.outcome import Outcome
from core.deeds.undoing import roster_by_id
from core.messages import Confide, Message, Span
from core.news import Notice, as_it_is
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER as SOON
from core.posts.row import OPEN, Post
from core.repeating import series_of
from core.rules import Refusal
from core.talk.coordinating import rang_up
from core.talk.passing import LONGEST, answer_to
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.calls import to_call
from core.views.details import facts, headline, names, readable
from core.views.readback import which_and_when
from core.views.view import View, lines
from core.words.clean import tidy_text


def notice(view: View) -> Message | None:
    """What changed, and the activity it changed in."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    body = Notice.of(view.post)
    key = as_it_is(on, body, view.post.member_id)
    if key != body.key and view.post.message is None and view.post.sending is None:
        return None  # nobody was told of it, and it is over
    theirs = [claim for id in (view.post.member_id, *body.whom) for claim in on.of(id)]
    mine = readable(view.lookup, on, theirs, view.reader) if view.private else []
    calls, press = to_call(view, on, body)
    text = lines(
        view.say(key, **body.facts),
        (Confide(tidy_text(body.words, LONGEST), anywhere=True),) if body.words else (),
        (headline(view.lookup, on, view.lang),),
        *facts(view.lookup, on, view.lang, private=bool(mine), to=mine),
        *also(view, on, body),
        whom(view, on, body),
        calls,
    )
    may_undo = body.before and view.post.state == OPEN and not body.undone
    verbs = ("undo", "from_here_on") if body.repeats and not body.later else ("undo",)
    return Message(text, (*press, *(view.open(*verbs) if may_undo else ())))


def also(view: View, on: Roster, body: Notice) -> list[tuple[Span, ...]]:
    """The other days of which it is true as well, and other activities, each on a line of its own."""
    rosters = [other for id in body.also if (other := view.lookup.roster(id)) is not None]
    same = [other for other in rosters if other.occurrence.series_id == on.occurrence.series_id]
    days = view.text("list.comma").join(dict.fromkeys(view.lookup.when(other, view.lang) for other in same))
    others = [which_and_when(view, other) for other in rosters if other not in same]
    return [view.say("notice.also", days=said) for said in (days, *others) if said]


def whom(view: View, on: Roster, body: Notice) -> tuple[Span, ...]:
    """To whom else its reader is to say it."""
    if not body.whom:
        return ()
    key = "remind.with" if on.of(view.post.member_id) else "remind.for"
    return view.say(key, names=names(view.lookup, body.whom, view.lang, on))


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    on, body = view.lookup.roster(post.occurrence_id), Notice.of(post)
    if on is None:
        return ()
    rosters = [on, *(other for id in body.also if (other := view.lookup.roster(id)) is not None)]
    named = view.text("list.comma").join(which_and_when(view, each) for each in rosters)
    return (*view.say(as_it_is(on, body, post.member_id), **body.facts), f" {named}")


def undo(turn: Turn, post: Post) -> None:
    """撤销 under what a change (or 关闭) said."""
    body = Notice.of(post)
    if not body.before:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    if body.later:
        repeating.as_it_was(turn.work, body.later, (body.rule[0], body.rule[1]))
    back = undoing.undo(turn.work, Outcome("edit", post.occurrence_id, before=body.before))
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    on = roster_by_id(turn.work, post.occurrence_id)
    assert on is not None  # noqa: S101 - it was changed back just now
    n = too_many(on)
    key = "edit.undone_over" if n else "edit.undone"
    said: dict[str, str | int] = {"count": f"{len(on.filling())}/{on.wanted()}", "n": n}
    posts.settle(turn.session, post, turn.now, replace(body, undone=True, key=key, facts=said))
    turn.seen_done(key, **said)


def from_here_on(turn: Turn, press: Press) -> None:
    """以后都这样: what was changed in this one is so in all that follow."""
    post, body = press.post, Notice.of(press.post)
    on = roster_by_id(turn.work, post.occurrence_id)
    row = series_of(turn.session, on.occurrence) if on is not None else None
    if on is None or row is None or not body.repeats or body.undone or body.later:
        turn.refuse(Refusal("old_button"))
        return
    rule = (row.rrule or "", row.first)
    done = repeating.from_here_on(turn.work, on, body.before)
    if isinstance(done, Refusal):
        turn.refuse(done)
        return
    later = tuple((each.occurrence, each.before or 0) for each in done)
    post.body = replace(body, key="edit.from_here_on", later=later, rule=rule).stored()
    posts.touch(turn.session, [post], turn.now)
    turn.seen_done("edit.from_here_on", **body.facts)


NOTICE = PostKind(
    "notice",
    Notice,
    notice,
    urgency=SOON,
    means_activity=True,
    answered=answer_to,
    presses={"undo": undoes(undo), "called": rang_up, "from_here_on": from_here_on},
    unheard=in_one_line,
    unread=told_too_late,
    line=in_public,
)
