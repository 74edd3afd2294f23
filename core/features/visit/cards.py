"""The register on the screens of coordinators: the card of one person, who has read of them, and all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core import elders, posts, when
from core.claims import THERE
from core.deeds import elders as deeds
from core.deeds.consenting import share
from core.deeds.group_line import one_line
from core.elders import Elder
from core.features.visit.entering import change, coordinates, fields
from core.messages import Confide, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import OPEN
from core.rules import Refusal
from core.turn import Turn
from core.views.details import at_door
from core.views.readback import which_and_when
from core.views.view import View, lines

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
    seen_by = view.say("elders.shares" if lookup.shares(row.id) else "elders.hides")
    told = lines(*fields(view, said), consent, seen_by, last(view, row.id))
    return Message(told, view.open(*verbs(view, row)))


def verbs(view: View, row: Elder) -> tuple[str, ...]:
    """What may be done with somebody's card."""
    shares = view.lookup.shares(row.id)
    return ("elder_change", "elder_hide" if shares else "elder_share", "elder_delete", "elder_withdraw")


def hide(turn: Turn, press: Press) -> None:
    """不给看望的人看, 可以给看望的人看: one purpose of the two, on and off."""
    if coordinates(turn):
        said = shared_now(turn, press.post.occurrence_id, shares=press.verb == "elder_share")
        turn.seen_done(f"elders.done.{said}")


def shared_now(turn: Turn, id: int, *, shares: bool) -> str:
    """Write it down; returns what was done, as the catalogue calls it."""
    row = elders.elder(turn.session, turn.here.id, id)
    if row is None:
        return "gone"
    share(turn.work, row, shares=shares)
    return "shared" if shares else "hidden"


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
        case "data":
            turn.privately("visit.data", occurrence_id=id)
        case "who_read":
            turn.privately("visit.read", occurrence_id=id)
        case "withdraw":
            turn.privately("visit.off", occurrence_id=id, body=off_now(turn, id, "elder_withdraw"))
        case "wavered":
            turn.privately("visit.off", occurrence_id=id, body=Off(how="elder_withdraw"))
        case "hide" | "share":
            turn.tell(f"elders.done.{shared_now(turn, id, shares=act == 'share')}")
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


PRESSES = {
    "elder_change": change,
    "elder_hide": hide,
    "elder_share": hide,
    "elder_delete": ask_off,
    "elder_withdraw": ask_off,
}
CARD = PostKind("visit.card", render=card, presses=PRESSES, unheard=one_line, kept="words")
OFF = PostKind("visit.off", Off, off, presses={"confirm": take_off, "back": keep_on}, unheard=one_line, kept="words")
WHICH = PostKind("visit.which", Which, which, presses={"pick": picked}, unheard=one_line, kept="words")
READ = PostKind("visit.read", render=who_read, unheard=one_line, kept="words")
ALL = PostKind("visit.all", render=everybody, unheard=one_line, kept="words")
CARDS = (CARD, OFF, WHICH, READ, ALL)
