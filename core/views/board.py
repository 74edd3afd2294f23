"""The live roster: what, when, where, how many of how many, and the names."""

from __future__ import annotations

from sqlmodel import col, select

from core.activities import CANCELLED, CLOSED, DISCARDED, DRAFT, OPEN
from core.claims import ON_THE_WAY, Claim, Roster
from core.messages import Action, Bold, Confide, Message, Span
from core.news import Passed
from core.posts import Post
from core.rounds import delivered, households, picked_up
from core.safety import lacking
from core.searches import still_sought
from core.views.bidden import for_whom
from core.views.details import called, facts, head, headline, readable
from core.views.places import places
from core.views.view import View, lines
from core.words.clean import tidy_text


def roster(view: View) -> Message | None:
    """The roster of an occurrence, for a group or, asked for privately, for one person."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state in (DRAFT, DISCARDED):
        return None
    mine = readable(view.lookup, on, on.claims, view.reader) if view.private else []
    every = view.private and view.lookup.reader(view.reader).may("arrange", on.occurrence.kind)
    private = bool(mine) or every
    title: tuple[Span, ...] = (Bold(headline(view.lookup, on, view.lang)),)
    text = lines(
        title,
        state(view, on),
        brought(view, on),
        carried(view, on),
        for_whom(view, on),
        *facts(view.lookup, on, view.lang, private=private, to=mine, everywhere=every),
        *places(view, on, folded=on.occurrence.state == OPEN, names=view.private),
        missing(view, on),
        *of_features(view, on),
        unsafe_line(view, on) if on.occurrence.state == OPEN and not view.over(on) else (),
        sought(view, on),
        waiting(view, on),
        *(said_there(view, on) if every else ()),
    )
    return Message(text, actions(view, on))


def of_features(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """What the features add, each about what it keeps of this activity."""
    if on.occurrence.state == CANCELLED:
        return []
    features = view.lookup.here.features.values()
    return [line for each in features if each.on_rosters is not None for line in each.on_rosters(view, on)]


def brought(view: View, on: Roster) -> tuple[Span, ...]:
    """已送 n/m, of a round: in how many of its households somebody has been."""
    if not view.lookup.kind(on).rounds(on.occurrence) or on.occurrence.state == CANCELLED:
        return ()
    return view.say("round.count", n=len(delivered(on)), m=len(households(on)))


def carried(view: View, on: Roster) -> tuple[Span, ...]:
    """还有n份没领, of a round for which somebody has picked up what they carry."""
    there = [claim.happened for claim in on.taking()]
    if not view.lookup.kind(on).rounds(on.occurrence) or ON_THE_WAY not in there or on.occurrence.state == CANCELLED:
        return ()
    left = len(households(on)) - len(picked_up(on))
    return view.say("round.material.left", n=left) if left > 0 else ()


def unsafe_line(view: View, on: Roster) -> tuple[Span, ...]:
    """Where two are needed, in the dark or for the first visit: how many are missing, or somebody who knows it."""
    lacks = lacking(view.lookup.session, view.lookup.here, on)
    if lacks is None:
        return ()
    return view.say(f"roster.two_{lacks.why}") if lacks.people else view.say("roster.two_knows")


def said_there(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """What was said with 到了 and 平安结束: it is kept with the duty, for coordinators."""
    rows = view.lookup.session.exec(
        select(Post)
        .where(Post.community_id == view.lookup.here.id, Post.occurrence_id == on.occurrence.id, Post.kind == "passed")
        .order_by(col(Post.id))
    ).all()
    found = {post.occasion: body for post in rows if (body := Passed.of(post)).key in ("here", "finished")}
    return [
        view.say(
            "roster.said",
            name=view.lookup.name(body.whose),
            words=(Confide(tidy_text(body.words, 300), anywhere=True),),
        )
        for body in found.values()
        if body.words
    ]


def sought(view: View, on: Roster) -> tuple[Span, ...]:
    """找人替: for how many somebody is looked for."""
    n = still_sought(view.lookup.session, on, view.lookup.now)
    return view.say("roster.sought", n=n) if n else ()


def missing(view: View, on: Roster) -> tuple[Span, ...]:
    """What is still wanted, if that is not said by the places."""
    kind = view.lookup.kind(on)
    if on.occurrence.state != OPEN or kind.asks_thing(on) or view.over(on):
        return ()
    words = kind.missing(on, view.lang)
    return (words,) if words else ()


def state(view: View, on: Roster) -> tuple[Span, ...]:
    """A line of its own when it is cancelled, closed or over."""
    match on.occurrence.state:
        case state if state == CANCELLED:
            return view.say("roster.cancelled")
        case _ if view.over(on):
            return view.say("roster.over")
        case state if state == CLOSED:
            return view.say("roster.closed")
    return ()


def waiting(view: View, on: Roster) -> tuple[Span, ...]:
    """候补 and the names, only while somebody waits."""
    queue = on.waiting()
    if not queue:
        return ()
    kind = view.lookup.kind(on)
    found: dict[tuple[int, int], list[Claim]] = {}  # several whom somebody brings are one entry: 陈伯+2
    for claim in queue:
        one = claim.guest_of is None or claim.name or kind.thing(claim, view.lang)
        found.setdefault((claim.id, 0) if one else (claim.member_id, claim.slot_id), []).append(claim)

    def waits(theirs: list[Claim]) -> str:
        slot = on.slot(theirs[0].slot_id)
        where = kind.slot_name(on, slot, view.lang) if slot and not kind.pools(on) else ""
        name = head(view.lookup, on, theirs[0], view.lang)
        if len(theirs) > 1:
            name = f"{called(view.lookup, on, theirs[0].member_id, view.lang)}+{len(theirs)}"
        return view.text("roster.waits_for", name=name, where=where) if where else name

    return view.say("roster.waiting", names=view.text("list.comma").join(map(waits, found.values())))


def actions(view: View, on: Roster) -> tuple[Action, ...]:
    """Join while it is open, leave until it is over."""
    o = on.occurrence
    if o.state == CANCELLED or view.over(on):
        return ()
    join = view.action("join", label=view.text(view.lookup.kind(on).join_key(on)))
    leave = "excuse" if view.lookup.kind(on).attends else "leave"
    return ((join,) if o.state == OPEN else ()) + (view.action(leave),)
