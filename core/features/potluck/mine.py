"""One's own dish: said back with 改 and 不带了 under it, changed by a press or in words, and changed back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import posts
from core.claims import LIVE, Claim, Roster, by_id
from core.deeds import undoing, withdrawing
from core.deeds.group_line import one_line
from core.features.potluck import minding, said
from core.features.potluck.changing import Dish, change_dish
from core.features.potluck.dishes import bare, course_named, course_of
from core.kind import squeeze
from core.messages import Message
from core.news import Told
from core.posts import Body, Post, Press, Undoable
from core.posts.kind import PostKind
from core.posts.kinds.readback import READBACK, shown_back
from core.reading import Command
from core.rules import Refusal
from core.talk.asking import ask
from core.talk.saying import say_back
from core.talk.undoing import undoes
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import headline
from core.views.view import View, lines
from core.words import text
from core.words.clean import tidy_line

# ------------------------------------------------------------ said back


def shown(view: View) -> Message | None:
    """What any read-back says; under one that brought dishes also 改 and 不带了, for as long as they are promised; and,
    once, the question what its reader must not eat.
    """
    message = shown_back(view)
    body = Told.of(view.post)
    if message is None or body.verb not in ("join", "wait") or body.undone or body.by:
        return message
    if view.private and minding.asks(view, view.post.occurrence_id):
        message = Message(lines(message.text, view.say("potluck.diet_first")), message.actions)
        return Message(message.text, (*of_dishes(view, message, body).actions, *view.open("diet")))
    return of_dishes(view, message, body)


def of_dishes(view: View, message: Message, body: Told) -> Message:
    live = [claim for claim in view.lookup.claims([id for id, _ in body.claims]) if claim.promised in LIVE]
    if not any(claim.thing for claim in live):
        return message
    return Message(message.text, (*message.actions, *view.open("change_dish", "drop_dish")))


def theirs(turn: Turn, post: Post) -> tuple[Roster, list[Claim]] | None:
    """The dishes that a read-back is about, as far as they are promised still."""
    on = undoing.roster_by_id(turn.work, post.occurrence_id)
    ids = {id for id, _ in Told.of(post).claims}
    mine = [] if on is None else [claim for claim in on.claims if claim.id in ids and claim.thing]
    if on is None or not mine:
        turn.refuse(Refusal("old_button"))
        return None
    return on, mine


def press_change(turn: Turn, press: Press) -> None:
    """改: the next words say what it shall be."""
    found = theirs(turn, press.post)
    if found is not None:
        on, mine = found
        if len(mine) == 1:
            ask_how(turn, on, mine[0])
            return
        wish = Wish("change_dish", occurrence=on.occurrence.id, portions=0)
        ask(turn, "potluck.which", [(claim.thing, replace(wish, slot=claim.id)) for claim in mine])


def ask_how(turn: Turn, on: Roster, claim: Claim) -> None:
    """What shall this dish be instead?"""
    body = Asked(claims=(claim.id,), dish=called(turn, on, claim))
    turn.privately("potluck.asked", occurrence_id=on.occurrence.id, body=body)


def press_drop(turn: Turn, press: Press) -> None:
    """不带了: these dishes are taken off."""
    found = theirs(turn, press.post)
    if found is not None:
        drop(turn, *found)


def drop(turn: Turn, on: Roster, mine: list[Claim]) -> None:
    left = withdrawing.leave(turn.work, on, mine)
    if isinstance(left, Refusal):
        turn.refuse(left)
        return
    turn.mark()
    say_back(turn, left, on)


def called(turn: Turn, on: Roster, claim: Claim) -> str:
    return turn.kind(on.occurrence).thing(claim, turn.lang)


DISH_BACK = replace(
    READBACK,
    name="potluck.back",
    render=shown,
    presses={**READBACK.presses, "change_dish": press_change, "drop_dish": press_drop, "diet": minding.ask},
)

# ------------------------------------------------------------ asked for


@dataclass(frozen=True, slots=True)
class Asked(Body):
    """What shall it be instead? `dish`: as it is now."""

    claims: tuple[int, ...] = ()
    dish: str = ""


def asked(view: View) -> Message | None:
    return Message(view.say("potluck.change_how", dish=Asked.of(view.post).dish), view.open("back"))


def back(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now)
    turn.seen_done("confirm.back")


def hear(turn: Turn, post: Post, words: str, command: Command) -> bool:
    """25份, 酱鸭 10份, 改成25份, 不做了, 不改了: what the dish shall be."""
    if post.state != posts.OPEN:
        return False
    on = undoing.roster_by_id(turn.work, post.occurrence_id)
    mine = [] if on is None else [claim for claim in on.claims if claim.id in Asked.of(post).claims]
    if on is not None and mine and said.stays(words, bare(mine[0].thing)):
        posts.settle(turn.session, post, turn.now)
        turn.tell("potluck.same", dish=called(turn, on, mine[0]))
        return True
    told = said.amount(words) or said.read(words)
    if isinstance(told, said.Eating) and told.bare:
        told = said.Change()  # 不做了: no other dish either
    if (
        on is None
        or not mine
        or told is None
        or isinstance(told, said.Eating | said.Something)
        or command.intent == "list"
    ):
        return False
    change = told if isinstance(told, said.Change) else said.Change("", None, told.dishes[0])
    posts.settle(turn.session, post, turn.now)
    changed(turn, on, mine[0], change)
    return True


ASKED = PostKind("potluck.asked", Asked, asked, presses={"back": back}, hears=hear, unheard=one_line)

# ------------------------------------------------------------ changed


@dataclass(frozen=True, slots=True)
class Changed(Undoable):
    """A dish that was changed: its claim as it was moved then, and what it was before."""

    claim: int = 0
    changes: int = 0
    thing: str = ""
    portions: int | None = None
    slot: int = 0


def changed(turn: Turn, on: Roster, claim: Claim, change: said.Change) -> None:
    """Change a dish as the words say, and say it back with 撤销."""
    if change.by:
        change = replace(change, portions=max(1, (claim.portions or 0) + change.by), by=0)
    if change.new is None and change.portions is None:
        drop(turn, on, [claim])
        return
    before = Dish.of(claim)
    after = wanted(on, claim, change)
    if after == before:
        turn.tell("potluck.same", dish=called(turn, on, claim))
        return
    done = change_dish(turn.work, on, claim, after)
    if isinstance(done, Refusal):
        refuse(turn, on, done, change, claim)
        return
    turn.mark()
    body = Changed(
        claim=claim.id, changes=claim.changes, thing=before.thing, portions=before.portions, slot=before.slot
    )
    turn.privately("potluck.changed", occurrence_id=on.occurrence.id, body=body)


def wanted(on: Roster, claim: Claim, change: said.Change) -> Dish:
    """What the words make of a dish: of the course that its name gives away, else of the same."""
    if change.new is None:
        return Dish(claim.thing, change.portions, claim.slot_id)
    if not change.new.name:  # so much of the same
        return Dish(tidy_line(replace(change.new, name=bare(claim.thing)).thing, 30), None, claim.slot_id)
    course = course_of(change.new.name)
    slot = next((slot for slot in on.slots if slot.label == course), None)
    portions = change.new.portions or change.portions
    if change.slip and not portions and not change.new.measure:
        portions = claim.portions
    return Dish(tidy_line(change.new.thing, 30), portions, slot.id if slot is not None else claim.slot_id)


def refuse(turn: Turn, on: Roster, refusal: Refusal, change: said.Change, claim: Claim) -> None:
    """A course that is full keeps the dish as it is, and says so."""
    if refusal.code != "course_full" or change.new is None:
        turn.refuse(refusal)
        return
    slot = on.slot(wanted(on, claim, change).slot)
    course = turn.kind(on.occurrence).slot_label(slot, turn.lang) if slot else ""
    turn.tell("potluck.course_full", course=course, dish=called(turn, on, claim))


def shown_changed(view: View) -> Message | None:
    body, on = Changed.of(view.post), view.lookup.roster(view.post.occurrence_id)
    claim = next(iter(view.lookup.claims([body.claim])), None)
    if on is None or claim is None:
        return None
    head = f"{headline(view.lookup, on, view.lang)} {view.lookup.when(on, view.lang)}"
    if body.undone:
        return Message(lines(view.say("back.undone"), (head,)))
    slot = on.slot(claim.slot_id)
    label = view.lookup.kind(on).slot_label(slot, view.lang) if slot and len(on.slots) > 1 else ""
    what = text(view.lang, "back.what", label=label, thing=view.lookup.kind(on).thing(claim, view.lang)).strip()
    verbs = ("undo",) if claim.changes == body.changes else ()
    return Message(lines(view.say("potluck.changed", dish=what), (head,)), view.open(*verbs))


def undo(turn: Turn, post: Post) -> None:
    """撤销: the dish as it was."""
    body, on = Changed.of(post), undoing.roster_by_id(turn.work, post.occurrence_id)
    claim = next(iter(by_id(turn.session, turn.here.id, [body.claim])), None)
    if on is None or claim is None or claim not in on.claims or claim.changes != body.changes:
        turn.refuse(Refusal("nothing_to_undo"))
        return
    done = change_dish(turn.work, on, claim, Dish(body.thing, body.portions, body.slot))
    if isinstance(done, Refusal):
        turn.refuse(Refusal("nothing_to_undo"))
        return
    posts.settle(turn.session, post, turn.now, replace(body, undone=True))
    turn.seen_done("back.undone")


CHANGED = PostKind(
    "potluck.changed",
    Changed,
    shown_changed,
    follows="offering",
    means_activity=True,
    presses={"undo": undoes(undo)},
    unheard=one_line,
)


def same_dish(claim: Claim, name: str) -> bool:
    """Whether a claim brings the dish of this name."""
    own, wish = squeeze(bare(claim.thing)), squeeze(bare(name))
    of_course = course_named(wish)  # 汤不做了: the soup, whatever it is called
    if not wish or own == wish:
        return bool(wish)
    if len(wish) == 1 and own.endswith(wish):  # 肉做不了了
        return True
    return (len(wish) > 1 and wish in own) or (of_course != "" and course_of(own) == of_course)
