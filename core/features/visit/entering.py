"""Somebody put down on the register, or corrected: said back field by field, and kept only after 确认."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core import elders, posts
from core.deeds import elders as deeds
from core.deeds.group_line import one_line
from core.elders import CONSENT, FIELDS, ReadElder
from core.features.visit.said import amended
from core.messages import Confide, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, Post
from core.reading import Command
from core.rules import Refusal
from core.turn import Turn
from core.views.details import at_door
from core.views.view import View, lines

SHOWN = ("phone", "door", "mind", "times", "close", "born")
"""What stands on lines of their own behind name and door."""


def fields(view: View, said: ReadElder) -> list[tuple[Span, ...]]:
    """Field by field, what is known of somebody."""
    told = [("name", said.name), ("home", at_door(said)), *((name, getattr(said, name)) for name in SHOWN)]
    return [view.say(f"elders.field.{name}", value=(Confide(value),)) for name, value in told if value]


def coordinates(turn: Turn) -> bool:
    if not turn.may("elders"):
        turn.refuse(Refusal("coordinators_only"))
    return turn.may("elders")


# ------------------------------------------------------------ understood, not kept yet


@dataclass(frozen=True, slots=True)
class Registering(Body):
    """What was said of somebody; `elder`: who is corrected by it, 0 for somebody new. Empty once it was decided."""

    said: Mapping[str, str] = field(default_factory=dict)
    elder: int = 0
    done: str = ""
    text: str = "1"  # which sentence of consent it shows: versions before said only the first

    @property
    def person(self) -> ReadElder:
        return ReadElder(**{name: str(self.said.get(name, "")) for name in FIELDS})


def stored(said: ReadElder) -> dict[str, str]:
    return {name: value for name in FIELDS if (value := getattr(said, name))}


def registering(view: View) -> Message | None:
    """Field by field, and what 确认 means: the sentence of the consent."""
    body = Registering.of(view.post)
    if body.done or not view.lookup.reader(view.reader).may("elders"):
        return Message(view.say(f"elders.done.{body.done or 'back'}"))
    said = body.person
    missing = [view.text(f"elders.missing.{name}") for name in ("name", "building", "flat") if not getattr(said, name)]
    asked = view.say("elders.missing_what", what=view.text("list.comma").join(missing)) if missing else ()
    if not said.name:
        return Message(lines(*fields(view, said), asked), view.open("elder_change", "back"))
    name = (Confide(said.name),)
    head = view.say("elders.correcting" if body.elder else "elders.registering")
    consent = view.say("elders.agrees" if body.elder else f"elders.consent.{body.text}", name=name)
    same = elders.called(view.lookup.session, view.lookup.here.id, said.name)
    twin = next((each.said for each in same if each.id != body.elder), None)
    another = view.say("elders.another", home=(Confide(at_door(twin)),)) if twin else ()
    alone = () if body.elder or body.text == "1" else ("elder_alone",)
    return Message(
        lines(head, *fields(view, said), asked, another, consent), view.open("confirm", *alone, "elder_change", "back")
    )


def kept(turn: Turn, press: Press) -> None:
    """确认: written down, with the consent."""
    body = Registering.of(press.post)
    if not coordinates(turn):
        return
    if body.done or press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    row = elders.elder(turn.session, turn.here.id, body.elder)
    done = "corrected" if body.elder else "kept"
    if body.elder and row is None:
        done = "gone"
    elif row is not None:
        deeds.correct(turn.work, row, body.person)
    else:
        row = deeds.register(turn.work, body.person, body.text, shared=press.verb == "confirm")
    posts.settle(turn.session, press.post, turn.now, Registering(elder=0 if row is None else row.id, done=done))
    turn.seen_done(f"elders.done.{done}")


def dropped(turn: Turn, press: Press) -> None:
    """返回: nothing was written down."""
    posts.settle(turn.session, press.post, turn.now, Registering(done="back"))
    turn.seen_done("elders.done.back")


def change(turn: Turn, press: Press) -> None:
    """改: the next private words say what is otherwise."""
    if coordinates(turn):
        about = Registering.of(press.post).elder if press.post.kind == REGISTER.name else press.post.occurrence_id
        turn.privately("visit.amend", occurrence_id=about, body=Amending(under=press.post.id))


def hear(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """Words right under it that say something of that person: 电话是…, 还怕吵."""
    body = Registering.of(post)
    if command.intent is not None or body.done or post.state != OPEN or not turn.may("elders"):
        return False
    said = amended(body.person, words, turn.local.year)
    if said == body.person:
        return False
    show(turn, said, body.elder, instead=post)
    return True


def show(turn: Turn, said: ReadElder, elder: int = 0, instead: Post | None = None) -> None:
    """Say back what was understood; `instead` of what was understood before."""
    if instead is not None and instead.kind == REGISTER.name and instead.state == OPEN:
        posts.settle(turn.session, instead, turn.now, Registering(done="older"))
    turn.privately("visit.register", body=Registering(said=stored(said), elder=elder, text=CONSENT))


# ------------------------------------------------------------ what is to be otherwise


@dataclass(frozen=True, slots=True)
class Amending(Body):
    """`under`: the post under which 改 was pressed."""

    under: int = 0


def amending(view: View) -> Message | None:
    return Message(view.say("elders.amend"), view.open("back") if view.post.state == OPEN else ())


def hear_change(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """What is otherwise: said back, and written down only after 确认."""
    if command.intent is not None or post.state != OPEN or not turn.may("elders"):
        return False
    before = turn.session.get(Post, (turn.here.id, Amending.of(post).under))
    row = elders.elder(turn.session, turn.here.id, post.occurrence_id)
    known = row.read() if row is not None else ReadElder()
    if before is not None and before.kind == REGISTER.name:
        known = Registering.of(before).person
    posts.settle(turn.session, post, turn.now)
    show(turn, amended(known, words, turn.local.year), post.occurrence_id, instead=before)
    return True


def never_mind(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("confirm.back")


REGISTER = PostKind(
    "visit.register",
    Registering,
    registering,
    presses={"confirm": kept, "elder_alone": kept, "elder_change": change, "back": dropped},
    hears=hear,
    unheard=one_line,
    kept="words",
)
AMEND = PostKind(
    "visit.amend", Amending, amending, presses={"back": never_mind}, hears=hear_change, unheard=one_line, kept="words"
)
ENTERING = (REGISTER, AMEND)
