"""A roster as a coordinator's desk shows it, to be ticked and printed; and a draft as others will see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from adapters.web.desk import Drawing, Press, drawn
from adapters.web.wording import text
from core.activities import DRAFT as WAITS
from core.activities import Slot
from core.claims import EXCUSED, LATE, LEFT_EARLY, NO_SHOW, OFFERED, THERE, Claim, Roster
from core.confiding import heard
from core.deeds.attending import may_record
from core.drafts import read_of
from core.fields import filled
from core.posts import OPEN, Post
from core.views import drafts
from core.views.details import called, facts, headline
from core.views.drafts import DraftShown, for_all, for_volunteers
from core.views.view import View
from core.words import text as core_text
from core.work import Actor, Work

Lines = tuple[tuple[tuple[str, str], ...], ...]
SAID_OF = {LATE: "late", LEFT_EARLY: "early", EXCUSED: "excused", NO_SHOW: "absent"}
"""What is said beside a name of what happened, where a tick does not say it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One head on a roster. `tick`: the name of its box; `was`: how it stood when the page was drawn."""

    name: str
    tick: str = ""
    was: str = ""
    there: bool = False
    said: str = ""
    claim: str = ""  # what is taken off with 去掉


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a roster, with who is on it."""

    id: int
    label: str
    count: str
    rows: tuple[Row, ...]
    free: int  # boxes without a name on paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole roster."""

    id: int
    number: int
    title: str
    lines: Lines
    parts: tuple[Part, ...]
    waiting: tuple[Row, ...]
    silent: tuple[Row, ...]  # who is invited and has said nothing
    closed: str  # why nothing can be ticked now; '' where it can
    here: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft: what the group will see, what who comes will see besides, what is open still, and what to press."""

    id: int
    group: Lines
    private: Lines
    notes: Lines
    publish: Press | None
    others: tuple[Press, ...]
    fields: dict[str, str]
    post: int
    confides: bool


ON_PAPER = 3
"""Empty lines on paper where as many may come as like."""


def sheet(drawing: Drawing, number: int, account: tuple[str, str]) -> Sheet | None:
    """The roster of this number; None where there is none that they arrange."""
    desk, lookup, lang = drawing.desk, drawing.lookup, drawing.lang
    on = desk.roster(number)
    if on is None:
        return None
    lookup.expect(lookup.people({on.occurrence.id}) | set(on.unheard()))
    work = Work(lookup.session, lookup.here, lookup.now, Actor(desk.member_id, account, "desk"))
    closed = may_record(work, on, {})
    silent = on.unheard() if lookup.kind(on).attends else []
    return Sheet(
        id=on.occurrence.id,
        number=number,
        title=headline(lookup, on, lang),
        lines=tuple(line for fact in facts(lookup, on, lang, private=False) for line in drawn(fact)),
        parts=tuple(part(drawing, on, slot) for slot in (*on.slots, *on.aside)),
        waiting=tuple(row(drawing, on, claim, ticks=False) for claim in on.waiting()),
        silent=tuple(Row(lookup.name(id), f"-{id}", f"0 {id}") for id in silent),
        closed=text(lang, f"desk.roll_{closed.code}") if closed is not None else "",
        here=len({claim.member_id for claim in on.present()}),
    )


def part(drawing: Drawing, on: Roster, slot: Slot) -> Part:
    lookup, lang = drawing.lookup, drawing.lang
    there = on.taking(slot)
    kind = lookup.kind(on)
    count = kind.count(len(there), slot.unit, lang) if slot.max is None else f"{len(there)}/{slot.max}"
    free = ON_PAPER if slot.max is None else max(0, slot.max - len(there))
    rows = tuple(row(drawing, on, claim, ticks=True) for claim in there)
    return Part(slot.id, kind.slot_name(on, slot, lang), count, rows, free)


def row(drawing: Drawing, on: Roster, claim: Claim, *, ticks: bool) -> Row:
    there = claim.happened in THERE
    said = SAID_OF.get(claim.happened, "offered" if claim.promised == OFFERED else "")
    return Row(
        name=named(drawing, on, claim),
        tick=str(claim.id) if ticks else "",
        was=f"{int(there)} {claim.member_id}",
        there=there,
        said=text(drawing.lang, f"desk.is.{said}") if said else "",
        claim=str(claim.id),
    )


def named(drawing: Drawing, on: Roster, claim: Claim) -> str:
    """A head as it stands on paper: the name, who is brought, and with what."""
    lookup, lang = drawing.lookup, drawing.lang
    name = called(lookup, on, claim.member_id, lang)
    thing = lookup.kind(on).thing(claim, lang)
    if thing:
        return core_text(lang, "roster.brings", name=name, thing=thing)
    brought = claim.guest_of is not None or (claim.ordinal > 0 and not lookup.member(claim.member_id).unit)
    return f"{name}+{claim.name or 1}" if brought else name


def newest_draft(drawing: Drawing, occurrence_id: int) -> Post | None:
    """The draft of this activity as it was put before them last, while it waits."""
    return drawing.lookup.session.exec(
        select(Post)
        .where(
            Post.community_id == drawing.here.id,
            Post.member_id == drawing.desk.member_id,
            Post.occurrence_id == occurrence_id,
            Post.kind == "draft",
            Post.state == OPEN,
        )
        .order_by(col(Post.id).desc())
    ).first()


def preview(drawing: Drawing, occurrence_id: int) -> Preview | None:
    """A draft of theirs; None where it is posted, thrown away, or somebody else's."""
    lookup, lang = drawing.lookup, drawing.lang
    post = newest_draft(drawing, occurrence_id)
    on = lookup.roster(occurrence_id) if post is not None else None
    if post is None or on is None or on.occurrence.state != WAITS or DraftShown.of(post).older:
        return None
    view = View(lookup, post, lang, private=True, reader=drawing.desk.member_id)
    message = drafts.draft(view)
    if message is None:
        return None
    notes = (drafts.series, drafts.for_whom, drafts.where, drafts.question, drafts.unknown)
    presses = [drawing.press(post, each.id, each.label, first=each.id == "publish") for each in message.actions]
    left_out = ("publish", "change")
    others = [each for each in presses if dict(each.fields)["action"] not in left_out]
    return Preview(
        id=occurrence_id,
        group=tuple(line for spans in for_all(view, on) for line in drawn(spans)),
        private=tuple(line for spans in for_volunteers(view, on) for line in drawn(spans)),
        notes=tuple(line for note in notes for line in drawn(note(view, on))),
        publish=next((each for each in presses if dict(each.fields)["action"] == "publish"), None),
        others=tuple(others),
        fields=filled(read_of(lookup.session, on.occurrence).posting, drawing.here.tz),
        post=post.id,
        confides=message.confides(),
    )


def keep_that_it_was_read(drawing: Drawing, post_id: int, account: tuple[str, str]) -> None:
    """What is confided in a draft stands before its author: that is written down as for every other screen."""
    session = drawing.lookup.session
    post = session.get(Post, (drawing.here.id, post_id))
    if post is not None:
        heard(session, post, drawing.desk.member_id, account, drawing.lookup.now)
