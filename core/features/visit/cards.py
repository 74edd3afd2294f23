"""The register on the screens of coordinators: what was understood, the card of one person, who has read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core import elders, posts, when
from core.claims import THERE
from core.deeds import elders as deeds
from core.deeds.group_line import one_line
from core.elders import CONSENT, FIELDS, Elder, ReadElder
from core.messages import Confide, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN, Post
from core.reading import Command
from core.reading.elders import amended
from core.rules import Refusal
from core.turn import Turn
from core.views.details import at_door
from core.views.readback import which_and_when
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
    consent = view.say("elders.agrees" if body.elder else f"elders.consent.{CONSENT}", name=name)
    same = elders.called(view.lookup.session, view.lookup.here.id, said.name)
    twin = next((each.said for each in same if each.id != body.elder), None)
    another = view.say("elders.another", home=(Confide(at_door(twin)),)) if twin else ()
    return Message(
        lines(head, *fields(view, said), asked, another, consent), view.open("confirm", "elder_change", "back")
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
        row = deeds.register(turn.work, body.person)
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
    turn.privately("visit.register", body=Registering(said=stored(said), elder=elder))


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


# ------------------------------------------------------------ the card


def row_of(view: View) -> Elder | None:
    id = view.post.occurrence_id
    found = view.lookup.once(("card", id), lambda: elders.elder(view.lookup.session, view.lookup.here.id, id))
    return found if view.lookup.reader(view.reader).may("elders") else None


def card(view: View) -> Message | None:
    """All that is kept of somebody, their consent, and when somebody was there last."""
    row = row_of(view)
    if row is None:
        return Message(view.say("elders.off_already"))
    if row.lost:
        return Message(view.say("confided.lost"))
    said, lookup = row.read(), view.lookup
    on = when.day(row.consent_at, lookup.here.tz, view.lang, row.consent_at)
    consent = view.say("elders.consented", day=on, who=lookup.name(row.consent_by))
    return Message(
        lines(*fields(view, said), consent, last(view, row.id)),
        view.open("elder_change", "elder_delete", "elder_withdraw"),
    )


def last(view: View, id: int) -> tuple[Span, ...]:
    """Who was there last, and when."""
    lookup = view.lookup
    been = [each for each in elders.visits(lookup.session, lookup.here.id, id) if each[3] in THERE and each[1]]
    if not been:
        return view.say("elders.never")
    _, at, who, _ = been[-1]
    assert at is not None  # noqa: S101 - those without a day were left out above
    return view.say("elders.last", day=when.day(at, lookup.here.tz, view.lang, at), who=lookup.name(who))


def ask_off(turn: Turn, press: Press) -> None:
    """删除, 收回同意: what would happen is named first."""
    if coordinates(turn):
        turn.privately("visit.off", occurrence_id=press.post.occurrence_id, body=Off(how=press.verb))


@dataclass(frozen=True, slots=True)
class Off(Body):
    """`about`: the activities to come in which they were to be visited."""

    how: str = "elder_delete"
    done: str = ""
    about: tuple[int, ...] = ()


def off(view: View) -> Message | None:
    row, body = row_of(view), Off.of(view.post)
    if row is None or row.lost or body.done:
        said = view.say(f"elders.off.{body.done}" if body.done else "elders.off_already")
        return Message(lines(said, planned(view, body.about)))
    return Message(
        view.say(f"elders.ask.{body.how}", name=(Confide(row.name.privately()),)), view.open("confirm", "back")
    )


def planned(view: View, about: tuple[int, ...]) -> tuple[Span, ...]:
    """The visits that are to come all the same, for the coordinator to change or call off."""
    rosters = [on for id in about if (on := view.lookup.roster(id)) is not None]
    said = [which_and_when(view, on) for on in rosters if on.occurrence.number is not None]
    return view.say("elders.planned", which=view.text("list.comma").join(said)) if said else ()


def take_off(turn: Turn, press: Press) -> None:
    """确认: nothing of them is kept."""
    if coordinates(turn):
        body = Off.of(press.post)
        posts.settle(turn.session, press.post, turn.now, off_now(turn, press.post.occurrence_id, body.how))
        turn.seen_done(f"elders.off.{body.how}")


def off_now(turn: Turn, id: int, how: str) -> Off:
    """Take them off; returns what was done, as a post says it."""
    row = elders.elder(turn.session, turn.here.id, id)
    if row is None:
        return Off(how=how, done=how)
    about = deeds.take_off(turn.work, row, withdrew=how == "elder_withdraw")
    return Off(how=how, done=how, about=tuple(about))


def keep_on(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Off.of(press.post), done="back"))
    turn.seen_done("elders.off.back")


def carry_out(turn: Turn, act: str, id: int) -> None:
    """What was asked of one who is known now."""
    match act:
        case "card":
            turn.privately("visit.card", occurrence_id=id)
        case "who_read":
            turn.privately("visit.read", occurrence_id=id)
        case "withdraw":
            turn.privately("visit.off", occurrence_id=id, body=off_now(turn, id, "elder_withdraw"))
        case "delete":
            turn.privately("visit.off", occurrence_id=id)


# ------------------------------------------------------------ which of them?


@dataclass(frozen=True, slots=True)
class Which(Body):
    """Several who may be meant, and what was asked of them."""

    ids: tuple[int, ...] = ()
    act: str = "card"


def which(view: View) -> Message | None:
    """Where they live tells them apart; what is pressed is a number, for labels are kept in clear."""
    lookup = view.lookup
    if not lookup.reader(view.reader).may("elders"):
        return None
    found = [lookup.elder(id) for id in Which.of(view.post).ids]
    told = [
        view.say("elders.which_line", n=n, who=(Confide(f"{each.name} {at_door(each)}"),))
        for n, each in enumerate(found, 1)
        if each is not None
    ]
    answers = [view.action("pick", str(n), str(n)) for n, each in enumerate(found, 1) if each is not None]
    return Message(lines(view.say("elders.ask_which"), *told), tuple(answers[:10]) if view.post.state == OPEN else ())


def picked(turn: Turn, press: Press) -> None:
    body = Which.of(press.post)
    n = int(press.arg) if press.arg.isdecimal() else 0
    if not coordinates(turn):
        return
    if press.post.state != OPEN or not 1 <= n <= len(body.ids):
        turn.refuse(Refusal("answered"))
        return
    posts.settle(turn.session, press.post, turn.now)
    turn.pressed = False
    carry_out(turn, body.act, body.ids[n - 1])


# ------------------------------------------------------------ who has read it


def who_read(view: View) -> Message | None:
    """Everybody on whose screen something of them stood, with the moment."""
    row, lookup = row_of(view), view.lookup
    if row is None or row.lost:
        return Message(view.say("elders.off_already"))
    head = view.say("elders.read.head", name=(Confide(row.name.privately()),))
    found = elders.reads_of(lookup.session, lookup.here.id, row.id, lookup.who_may("elders"))
    told = [view.say("elders.read.line", when=moment(view, at), who=lookup.name(who)) for at, who in found[-MOST:]]
    return Message(lines(head, *(told or [view.say("elders.read.nobody")])))


def moment(view: View, at: datetime) -> str:
    """'11月27日周五晚上7点'."""
    tz = view.lookup.here.tz
    return view.text("when.at", day=when.day(at, tz, view.lang, at), time=when.clock(at, tz, view.lang))


MOST = 30
"""So many readings are listed, the last ones."""


# ------------------------------------------------------------ all of them


def everybody(view: View) -> Message | None:
    """Everybody of the register, by building."""
    lookup = view.lookup
    if not lookup.reader(view.reader).may("elders"):
        return None
    found = sorted(elders.known(lookup.session, lookup.here.id), key=lambda each: (each.said.building, each.said.flat))
    if not found:
        return Message(view.say("elders.all.empty"))
    told = [(Confide(f"{each.said.name} {at_door(each.said)}"),) for each in found]
    return Message(lines(view.say("elders.all.head", n=len(found)), *told))


REGISTER = PostKind(
    "visit.register",
    Registering,
    registering,
    presses={"confirm": kept, "elder_change": change, "back": dropped},
    hears=hear,
    unheard=one_line,
)
AMEND = PostKind("visit.amend", Amending, amending, presses={"back": never_mind}, hears=hear_change, unheard=one_line)
CARD = PostKind(
    "visit.card",
    render=card,
    presses={"elder_change": change, "elder_delete": ask_off, "elder_withdraw": ask_off},
    unheard=one_line,
)
OFF = PostKind("visit.off", Off, off, presses={"confirm": take_off, "back": keep_on}, unheard=one_line)
WHICH = PostKind("visit.which", Which, which, presses={"pick": picked}, unheard=one_line)
READ = PostKind("visit.read", render=who_read, unheard=one_line)
ALL = PostKind("visit.all", render=everybody, unheard=one_line)
CARDS = (REGISTER, AMEND, CARD, OFF, WHICH, READ, ALL)
