"""What is said to who brought a matter, and asked: is it another; and what coordinators are asked of a private one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from core import matters, posts
from core.deeds import matters as deeds
from core.deeds import picturing, retracting
from core.deeds.group_line import one_line
from core.features.matters.shown import bold_line, called, headline, the_matter, whole
from core.matter_pictures import pictures_of
from core.matters import ASKED, CONCERN, FOUND, JOINED, RETRACTED, WAITING, Matter, Sort
from core.messages import Message, Span
from core.posts.body import Body, Undoable
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, Post
from core.reading import Command
from core.rules import Refusal
from core.said.courtesies import never_mind
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.view import View, lines
from core.words import text
from core.work import Work

ANSWERED_WITHIN = timedelta(hours=1)
"""How long after 烦心事 alone the next private words say what it is."""

# ------------------------------------------------------------ noted


@dataclass(frozen=True, slots=True)
class Noted(Undoable):
    """What was left out of the words that everybody may read, and what became of the pictures."""

    left_out: tuple[str, ...] = ()
    pictures: int = 0
    missed: bool = False  # there was a picture, and it could not be kept


def noted(view: View) -> Message | None:
    """事1, written down; who reads it; what was left out, and why."""
    row, body = the_matter(view), Noted.of(view.post)
    if row is None or row.number is None:
        return None
    if body.undone:
        return Message(view.say("matters.taken_back", which=called(view, row)))
    key = "matters.noted.public" if row.public else "matters.noted.private"
    seen = view.say("matters.pictured", n=body.pictures) if body.pictures else ()
    lost = view.say("matters.picture_lost") if body.missed else ()
    said = lines(view.say(key, which=headline(view, row, 120)), left_out(view, body.left_out), seen, lost)
    fresh = view.lookup.now - row.brought_at < retracting.TAKEN_BACK_WITHIN
    return Message(said, view.open("undo") if fresh else ())


def take_back(turn: Turn, post: Post) -> None:
    """撤销: it is no matter any more, while nobody else has a part in it."""
    row = matters.matter(turn.session, turn.here.id, post.occurrence_id, lock=True)
    if row is None or matters.brought_by(turn.session, row) != turn.member.id:
        turn.refuse(Refusal("old_button"))
        return
    why = retracting.retractable(turn.work, row)
    if why is not None:
        turn.refuse(Refusal(why.code, {"which": text(turn.lang, "matters.number", n=row.number or 0)}))
        return
    retracting.retract(turn.work, row)
    posts.settle(turn.session, post, turn.now, replace(Noted.of(post), undone=True))
    turn.seen_done("back.undone")


def left_out(view: View, what: tuple[str, ...]) -> tuple[Span, ...]:
    if not what:
        return ()
    return view.say("matters.left_out", what=view.text("list.comma").join(view.text(f"matters.left.{w}") for w in what))


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    row = the_matter(view._replace(post=post))
    return view.say("matters.noted.line", which=called(view, row)) if row is not None and row.number else ()


# ------------------------------------------------------------ and what is it?


@dataclass(frozen=True, slots=True)
class Empty(Body):
    """A word that brings a matter was all that was said."""

    sort: Sort = CONCERN


def empty(view: View) -> Message:
    """请写是什么事: the next private words are it."""
    return Message(view.say(f"matters.empty.{'found' if Empty.of(view.post).sort == FOUND else 'concern'}"))


def hear_it(turn: Turn, post: Post, words: str, command: Command) -> bool:
    from core.features.matters.talk import bring  # noqa: PLC0415 - talk knows the kinds of posts

    if command.intent is not None or turn.now - post.due > ANSWERED_WITHIN:
        return False
    posts.settle(turn.session, post, turn.now)
    if never_mind(words):
        turn.tell("matters.never_mind")
        return True
    bring(turn, Empty.of(post).sort, words)
    return True


# ------------------------------------------------------------ is it another?


def alike(view: View) -> Message | None:
    """是不是事1？"""
    row = the_matter(view)
    other = None if row is None else of(view, row.perhaps or row.joined_to)
    if row is None or other is None:
        return (
            None
            if row is None or row.number is None
            else Message(view.say("matters.alike.new", which=called(view, row)))
        )
    if row.state != ASKED:
        return Message(view.say("matters.alike.same", which=headline(view, other, 120)))
    asked = view.say("matters.alike.question", which=called(view, other))
    return Message(lines(asked, headline(view, other, 120)), view.open("same_matter", "another_matter"))


def of(view: View, id: int) -> Matter | None:
    return matters.matter(view.lookup.session, view.lookup.here.id, id) if id else None


def asked(turn: Turn, press: Press) -> Matter | None:
    """The matter that is still asked about; None if that was answered."""
    row = matters.matter(turn.session, turn.here.id, press.post.occurrence_id, lock=True)
    if row is None or row.state != ASKED:
        turn.refuse(Refusal("answered"))
        return None
    return row


def same(turn: Turn, press: Press) -> None:
    """同一件."""
    row = asked(turn, press)
    if row is None:
        return
    other = deeds.same(turn.work, row)
    picturing.moved(turn.work, row)
    picturing.tell(turn.work, other or row)
    posts.settle(turn.session, press.post, turn.now)
    if other is None:
        turn.privately("matters.noted", occurrence_id=row.id)
    else:
        say_shared(turn, other)


def say_shared(turn: Turn, row: Matter) -> None:
    """Written down that it matters to the speaker too."""
    n = len(matters.sharers(turn.session, turn.here.id, row.id))
    turn.tell("matters.shared", which=text(turn.lang, "matters.number", n=row.number or 0), n=n)


def another(turn: Turn, press: Press) -> None:
    """另一件."""
    row = asked(turn, press)
    if row is not None:
        deeds.open_up(turn.work, row)
        picturing.tell(turn.work, row)
        posts.settle(turn.session, press.post, turn.now)
        turn.privately("matters.noted", occurrence_id=row.id)


def unasked(work: Work, post: Post) -> None:
    """Nobody said whether it is another: it is one of its own, and nothing is lost."""
    row = matters.matter(work.session, work.here.id, post.occurrence_id, lock=True)
    if row is None or row.state != ASKED:
        return
    deeds.open_up(work, row)
    picturing.tell(work, row)
    for question in posts.standing(work.session, work.here.id, row.id, "matters.alike"):
        posts.settle(work.session, question, work.now)
    if row.brought_by:
        work.owe("matters.noted", member_id=row.brought_by, occurrence_id=row.id, occasion="unasked")


def at_once(work: Work, post: Post) -> None:
    """Who brought it cannot be asked privately: it is one of its own at once."""
    unasked(work, post)


# ------------------------------------------------------------ the coordinator's card


def card(view: View) -> Message | None:
    """A matter that was brought privately, and whether everybody may read it."""
    row = the_matter(view)
    if row is None or row.number is None:
        return None
    if row.state == RETRACTED:
        return Message(view.say("matters.card.taken_back", which=called(view, row)))
    said = lines(view.say("matters.card.head"), bold_line(view, row), whole(view, row.confided))
    if row.state == WAITING:
        n = len(pictures_of(view.lookup.session, view.lookup.here.id, row.id))
        ask = view.say("matters.card.ask_pictures", n=n) if n else view.say("matters.card.ask")
        verbs = ("make_public", "words_only", "handle_privately") if n else ("make_public", "handle_privately")
        return Message(lines(said, ask), view.open(*verbs))
    key = "matters.card.public" if row.public else "matters.card.private"
    return Message(lines(said, view.say("matters.card.joined" if row.state == JOINED else key)))


def decide(turn: Turn, press: Press) -> None:
    """公开, 只公开文字 (the pictures stay with the coordinators), 私下办."""
    row = matters.matter(turn.session, turn.here.id, press.post.occurrence_id, lock=True)
    if not turn.may("matters"):
        turn.refuse(Refusal("coordinators_only"))
    elif row is None or row.state != WAITING:
        turn.refuse(Refusal("answered"))
    else:
        deed, pictures = DECISIONS[press.verb]
        deed(turn.work, row)
        pictures(turn.work, row)
        turn.tell("matters.card.public" if row.public else "matters.card.private")


DECISIONS: dict[str, tuple[Callable[[Work, Matter], object], Callable[[Work, Matter], object]]] = {
    "make_public": (deeds.publish, picturing.release),
    "words_only": (deeds.publish, picturing.refresh),
    "handle_privately": (deeds.keep_private, picturing.withhold),
}
"""What becomes of the matter, and what of its pictures."""


def decided(view: View) -> Message | None:
    """To who brought it: everybody may read it now, or it is handled privately."""
    row = the_matter(view)
    if row is None or row.state == RETRACTED:
        return None
    return Message(view.say(f"matters.decided.{view.post.occasion}", which=headline(view, row, 120)))


EMPTY = PostKind("matters.empty", Empty, empty, hears=hear_it, unheard=one_line, later=False)
NOTED = PostKind("matters.noted", Noted, noted, presses={"undo": undoes(take_back)}, unheard=one_line, line=in_public)
ALIKE = PostKind(
    "matters.alike", render=alike, presses={"same_matter": same, "another_matter": another}, unheard=at_once
)
UNASKED = PostKind("matters.unasked", act=unasked, urgency=NOTICE, restored=True)
CARD = PostKind(
    "matters.card",
    render=card,
    urgency=NOTICE,
    presses=dict.fromkeys(DECISIONS, decide),
)
DECIDED = PostKind("matters.decided", render=decided, urgency=NOTICE)
