"""What those to whom a matter matters read of its steps; who was given it; all of it, for whoever asks."""

from __future__ import annotations

from core import matters
from core.deeds.group_line import one_line
from core.deeds.matters import Silent, still_silent
from core.features.matters.shown import bold_line, called, dated, day, headline, history, the_matter, whole
from core.messages import Message, Span
from core.posts.kind import PostKind
from core.posts.row import ANSWER, NOTICE, Post
from core.views.view import View, lines
from core.work import Work


def step(view: View) -> Message | None:
    """To who shares it: a step."""
    row = the_matter(view)
    if row is None or not view.post.occasion.isdecimal():
        return None
    ids = [row.id, *((row.joined_to,) if row.joined_to else ())]
    found = matters.steps_of(view.lookup.session, view.lookup.here.id, *ids)
    each = next((each for each in found if each.id == int(view.post.occasion)), None)
    return None if each is None else Message(lines(bold_line(view, row), dated(view, row, each)))


def given(view: View) -> Message | None:
    """To whom it was given: what it is, and how steps are written."""
    row = the_matter(view)
    if row is None or view.lookup.member(row.given_to).id != view.lookup.member(view.post.member_id).id:
        return None
    how = view.say("matters.given.how", which=called(view, row))
    return Message(lines(view.say("matters.given.head"), bold_line(view, row), whole(view, row.confided), how))


def joined(view: View) -> Message | None:
    """To who shared what was found to be another: it goes on there."""
    row = the_matter(view)
    other = None if row is None else matters.matter(view.lookup.session, view.lookup.here.id, row.joined_to)
    if row is None or other is None:
        return None
    return Message(view.say("matters.joined", which=called(view, row), other=headline(view, other, 120)))


def everything(view: View) -> Message | None:
    """事N: all its steps."""
    row = the_matter(view)
    if row is None:
        return None
    may = view.lookup.reader(view.reader).may("matters")
    how = view.say("matters.how_steps", which=called(view, row)) if may else ()
    return Message(lines(history(view, row), how))


# ------------------------------------------------------------ nothing was heard of it


def silence(work: Work, post: Post) -> None:
    """The morning on which it is looked whether anything was heard of a matter."""
    row = matters.matter(work.session, work.here.id, post.occurrence_id, lock=True)
    if row is not None:
        still_silent(work, row)


def nothing(view: View) -> Message | None:
    """没有下文: of these, nothing for long."""
    out: list[tuple[Span, ...]] = []
    for id in Silent.of(view.post).about:
        row = matters.matter(view.lookup.session, view.lookup.here.id, id)
        if row is not None and row.followed:
            which = headline(view, row, 60)
            out.append(view.say("matters.since", which=which, day=day(view, row.stepped_at)))
    if not out:
        return None
    return Message(lines(view.say("matters.silent"), *out, view.say("matters.silent_how")))


STEP = PostKind("matters.step", render=step, urgency=NOTICE)
GIVEN = PostKind("matters.given", render=given, urgency=NOTICE)
JOINED = PostKind("matters.joined", render=joined, urgency=NOTICE)
ALL = PostKind("matters.all", render=everything, urgency=ANSWER, unheard=one_line, later=False)
SILENCE = PostKind("matters.silence", act=silence, urgency=NOTICE, restored=True)
NOTHING = PostKind("matters.nothing", Silent, nothing, urgency=NOTICE)
