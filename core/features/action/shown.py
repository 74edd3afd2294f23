"""An action day as it is read: the draft of all its parts, and the overview that stands above their rosters."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from core import when
from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN, Occurrence
from core.deeds.group_line import one_line
from core.drafts import read_of
from core.features.action import rows, talk
from core.features.action.off import day_words
from core.messages import Bold, Message, Span
from core.posts.kind import Pictured, PostKind
from core.posts.row import ROSTER, Post
from core.turn import Turn
from core.views.details import headline, so_many
from core.views.drafts import may_post
from core.views.view import View, lines


def counted(view: View, o: Occurrence) -> str:
    """'2/4', or '3人' where as many may come as like."""
    on = view.lookup.roster(o.id)
    if on is None:
        return ""
    return so_many(view.lookup.kind(on), on, view.lang)


def hours(view: View, o: Occurrence) -> str:
    if o.starts_at is None or o.all_day:
        return ""
    tz = view.lookup.here.tz
    return when.clock(o.starts_at, tz, view.lang)


def part_line(view: View, o: Occurrence) -> tuple[Span, ...]:
    on = view.lookup.roster(o.id)
    if on is None:
        return ()
    state = view.text("action.off") if o.state == CANCELLED else view.text("action.full") if o.state == CLOSED else ""
    words = (headline(view.lookup, on, view.lang), hours(view, o), o.place, counted(view, o), state)
    return (" ".join(word for word in words if word),)


def overview(view: View) -> Message | None:
    """集中行动日: the day, and each part with its number and how many of how many."""
    day = rows.the_day(view.lookup.session, view.lookup.here.id, view.post.claim_id)
    if day is None:
        return None
    found = rows.parts(view.lookup.session, view.lookup.here.id, day.id)
    numbers = [o.number for o in found if o.number and o.state != CANCELLED]
    how: tuple[Span, ...] = ()
    if len(numbers) > 1:
        how = view.say("action.how", a=numbers[0] or 0, b=numbers[-1] or 0)
    title: tuple[Span, ...] = (Bold(view.text("action.head", title=day.title).strip()),)
    off = view.say("action.all_off") if found and not [o for o in found if o.state != CANCELLED] else ()
    return Message(lines(title, off, (day_words(view, found),), *(part_line(view, o) for o in found), how))


def ahead(session: Session, post: Post, now: datetime) -> bool:
    """Whether the day is not over."""
    return any(o.ends() > now for o in rows.parts(session, post.community_id, post.claim_id) if o.starts_at is not None)


def activities(session: Session, post: Post) -> list[int]:
    """Its parts that are not called off."""
    found = rows.parts(session, post.community_id, post.claim_id)
    return [o.id for o in found if o.state in (OPEN, CLOSED)]


def drafted(view: View) -> Message | None:
    """The draft of all parts, to be posted with one press."""
    day = rows.the_day(view.lookup.session, view.lookup.here.id, view.post.claim_id)
    if day is None:
        return None
    found = rows.parts(view.lookup.session, view.lookup.here.id, day.id)
    if day.gone:
        return Message(view.say("draft.discarded"))
    if day.posted:
        return Message(view.say("action.posted", title=day.title, n=len(found)))
    out: list[tuple[Span, ...]] = []
    ready = True
    for n, o in enumerate(found, 1):
        on = view.lookup.roster(o.id)
        if on is None or o.state == DISCARDED:
            continue
        title = view.lookup.kind(on).title(o, view.lang)
        words = (title, view.lookup.when(on, view.lang) if o.starts_at else "", o.place, counted(view, o))
        out.append(view.say("action.part", n=n, what=" ".join(word for word in words if word)))
        question = read_of(view.lookup.session, o).question
        if question:
            out.append((question,))
        ready = ready and o.state == DRAFT and may_post(view, on)
    head = view.say("action.draft", title=day.title)
    verbs = ("publish", "change", "discard") if ready else ("change", "discard")
    return Message(lines(head, *out), view.open(*verbs))


def soonest(turn: Turn) -> int:
    """The day that a picture is asked of."""
    days = rows.coming(turn.work)
    return days[0].id if days else 0


CALLED = Pictured(
    "(?:集中)?行动日(?:的?(?:总览|总表|安排|一览))?|总览|总表",
    "(?:the )?(?:action day|overview)",
    "action.stamp",
    which=soonest,
)
POSTS = (
    PostKind(
        rows.OVERVIEW,
        render=overview,
        urgency=ROSTER,
        pins=True,
        pictured=CALLED,
        stays=ahead,
        activities=activities,
    ),
    PostKind(
        "action.draft",
        render=drafted,
        presses={"publish": talk.publish, "change": talk.change, "discard": talk.discard},
        hears=talk.hear_draft,
        unheard=one_line,
    ),
)
