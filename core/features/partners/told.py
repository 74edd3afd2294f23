"""What is said back of partner units: who they are, how many come or are there, how long places are held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from core import posts, when
from core.claims import OFFERED, Promised, as_happened
from core.deeds import undoing
from core.deeds.group_line import one_line
from core.deeds.outcome import Moved, Outcome
from core.features.partners import heads as deeds
from core.members import Member
from core.messages import Message, Span
from core.posts import Body, Post, Say, Undoable
from core.posts.kind import PostKind
from core.reminders import stamp
from core.rules import Refusal
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.readback import UNDO_FOR, which_and_when
from core.views.view import View, lines
from core.work import Work

# ------------------------------------------------------------ units


@dataclass(frozen=True, slots=True)
class UnitTold(Body):
    """A unit, told; `new`: it was written down just now."""

    unit: int = 0
    new: bool = False


def kept(view: View) -> Message | None:
    """共建单位 区图书馆，联系人周老师: to who coordinates still."""
    body, session = UnitTold.of(view.post), view.lookup.session
    unit = session.get(Member, (view.lookup.here.id, body.unit))
    if unit is None or unit.proxy_id is None or not view.lookup.reader(view.reader).may("partners"):
        return None
    facts = {"name": unit.name, "contact": deeds.contact(session, unit).name}
    how = "partners.away" if view.lookup.recipient(unit.id) is None else "partners.how"
    return Message(lines(view.say("partners.kept" if body.new else "partners.one", **facts), view.say(how, **facts)))


def every(view: View) -> Message | None:
    """All units, each with its contact."""
    session = view.lookup.session
    if not view.lookup.reader(view.reader).may("partners"):
        return None
    rows = deeds.units(session, view.lookup.here.id)
    if not rows:
        return Message(view.say("partners.none"))
    said = [view.say("partners.one", name=row.name, contact=deeds.contact(session, row).name) for row in rows]
    return Message(lines(view.say("partners.first"), *said))


# ------------------------------------------------------------ heads


@dataclass(frozen=True, slots=True)
class Heads(Undoable):
    """So many heads of a unit (`n` of the `asked`), after `act`; each claim as it was moved then, and as it was."""

    unit: int = 0
    n: int = 0
    asked: int = 0
    act: str = ""
    moved: tuple[tuple[int, int, Promised | Literal[""], str], ...] = ()


def told(view: View) -> Message | None:
    """区图书馆 12人，记下了; which activity, and when."""
    body, on = Heads.of(view.post), view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    activity = (which_and_when(view, on),)
    if body.undone:
        return Message(lines(view.say("back.undone"), activity))
    facts: dict[str, str | int] = {"name": view.lookup.name(body.unit), "n": body.n, "until": ""}
    if body.act in ("hold", "held"):
        facts["until"] = until(view)
    less = view.say("partners.full", n=body.n) if body.act != "here" and body.n < body.asked else ()
    return Message(
        lines(view.say(key_of(body), **facts), activity, less), view.open(*(("undo",) if may_undo(view) else ()))
    )


def key_of(body: Heads) -> str:
    if body.act in ("here", "hold", "held"):
        return f"partners.{body.act}"
    return "partners.come" if body.n else "partners.nobody"


def until(view: View) -> str:
    """The day until which places are held."""
    on, here = view.lookup.roster(view.post.occurrence_id), view.lookup.here
    if on is None or on.occurrence.starts_at is None:
        return ""
    return when.day(on.occurrence.starts_at - deeds.HELD_UNTIL, here.tz, view.lang, view.lookup.now)


def may_undo(view: View) -> bool:
    """Whether nothing has changed since. What was held and is settled now is not held again: another number is said."""
    body = Heads.of(view.post)
    now = {claim.id: claim.changes for claim in view.lookup.claims([id for id, *_ in body.moved])}
    as_it_was = all(now.get(id) == changes for id, changes, *_ in body.moved)
    settled = any(promised == OFFERED for _, _, promised, _ in body.moved)
    return bool(body.moved) and as_it_was and not settled and view.lookup.now - view.post.due < UNDO_FOR


def undo(turn: Turn, post: Post) -> None:
    """撤销: as many as there were."""
    body = Heads.of(post)
    fresh = may_undo(View(turn.lookup(), post, turn.lang, private=True))
    moved = tuple(
        Moved(id, changes, body.unit, promised, as_happened(happened)) for id, changes, promised, happened in body.moved
    )
    back = undoing.undo(turn.work, Outcome("unit", post.occurrence_id, moved)) if fresh else Refusal("nothing_to_undo")
    if isinstance(back, Refusal):
        turn.refuse(back)
        return
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    """That it was understood, and how many."""
    body = Heads.of(post)
    if body.act in ("hold", "held"):
        return ()
    return view.say(key_of(body), name=view.lookup.name(body.unit), n=body.n, until="")


def release(work: Work, post: Post) -> None:
    """Three days before, places that were held and not settled are everybody's again, unless it was moved."""
    on = undoing.roster_by_id(work, post.occurrence_id)
    unit = work.session.get(Member, (work.here.id, int(post.occasion.partition("@")[0])))
    if on is None or unit is None:
        return
    later = deeds.held_until(work, on)
    if later is not None:
        occasion = f"{unit.id}@{stamp(on.occurrence.starts_at)}"
        work.owe_at("partners.release", later, occurrence_id=on.occurrence.id, occasion=occasion)
        return
    n = deeds.release(work, on, unit)
    for id in (
        dict.fromkeys((deeds.contact(work.session, unit).id, on.occurrence.made_by)) if n and unit.proxy_id else ()
    ):
        facts: dict[str, str | int] = {"name": unit.name, "n": n, "number": on.occurrence.number or 0}
        work.owe("say", member_id=id, occasion=f"{post.id}>{id}", body=Say(key="partners.released", facts=facts))


POSTS = (
    PostKind("partners.kept", UnitTold, kept, later=False),
    PostKind("partners.all", render=every, later=False),
    PostKind(
        "partners.heads",
        Heads,
        told,
        follows="offering",
        means_activity=True,
        presses={"undo": undoes(undo)},
        unheard=one_line,
        line=in_public,
    ),
    PostKind("partners.release", act=release, restored=True),
)
