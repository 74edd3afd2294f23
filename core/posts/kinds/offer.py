"""A place fell free for somebody who waits: they accept or decline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from core import posts, when
from core.claims import CLAIMED, OFFERED, WAITLISTED, Claim, Roster
from core.deeds import deadlines, withdrawing
from core.deeds.group_line import one_line
from core.deeds.undoing import roster_by_id
from core.messages import Message, Span
from core.news import Offer, Told
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER as SOON
from core.posts.row import SETTLED, Post
from core.rules import Refusal
from core.talk import joining
from core.talk.wishes import Wish
from core.turn import Turn
from core.views.details import facts, headline
from core.views.readback import what, which_and_when
from core.views.view import View, lines

# ------------------------------------------------------------ shown


def offer(view: View) -> Message | None:
    """The place, and the question; once it is answered, or gone, that."""
    on = view.lookup.roster(view.post.occurrence_id)
    claim = next((c for c in on.claims if c.id == view.post.claim_id), None) if on else None
    # One that was under way when the bot died may stand there: sent again by its key, it is known, and can be answered.
    if on is None or (claim is None and view.post.message is None and view.post.sending is None):
        return None
    if view.post.state == SETTLED or claim is None or claim.promised != OFFERED:
        return answered(view, on, claim)
    if view.off(on.occurrence.id):
        return Message(lines(view.say("roster.cancelled"), (which(view, on, (claim,)),)))
    mine = view.reader in (claim.member_id, 0)
    if mine and (claim.guest_of is not None or (claim.ordinal > 0 and not claim.thing)):
        first = view.say("offer.place_guest", n=claim.ordinal)
    else:
        key = "offer.last" if Offer.of(view.post).last else "offer.place"
        first = view.say(key) if mine else view.say("offer.place_for", name=view.lookup.name(claim.member_id))
    text = lines(
        first,
        (which(view, on, (claim,)),),
        *facts(view.lookup, on, view.lang, private=False),
        view.say("offer.question"),
        until(view, on),
    )
    return Message(text, view.open("accept", "decline"))


def until(view: View, on: Roster) -> tuple[Span, ...]:
    """Until when it is kept."""
    said = Offer.of(view.post).until
    if not said or on.occurrence.starts_at is None:
        return ()
    at, tz = datetime.fromisoformat(said), view.lookup.here.tz
    day = when.day(at, tz, view.lang, view.lookup.now)
    return view.say("offer.until", until=view.text("when.at", day=day, time=when.clock(at, tz, view.lang)))


def answered(view: View, on: Roster, claim: Claim | None) -> Message:
    """How it was answered; what is confided follows in a message of its own."""
    theirs = (claim,) if claim is not None and claim.promised == CLAIMED else ()
    waits = claim is not None and claim.promised == WAITLISTED
    answer = Offer.of(view.post).answer or ("accepted" if theirs else "passed" if waits else "gone")
    return Message(
        lines(
            view.say(f"offer.{answer}"),
            (which(view, on, theirs),),
            *(facts(view.lookup, on, view.lang, private=False) if theirs else ()),
        )
    )


def which(view: View, on: Roster, theirs: Sequence[Claim]) -> str:
    """'一米阳台 #1 3号楼': the activity, and where in it these claims are."""
    name = headline(view.lookup, on, view.lang)
    return f"{name} {what(view.lookup, on, list(theirs), view.lang)}".strip() if theirs else name


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    on = view.lookup.roster(post.occurrence_id)
    return () if on is None else (*view.say("line.offer"), f" {which_and_when(view, on)}")


# ------------------------------------------------------------ answered


def answer(turn: Turn, post: Post, *, yes: bool) -> None:
    """接受 and 谢绝 under an offer."""
    claim = turn.session.get(Claim, (turn.here.id, post.claim_id))
    on = roster_by_id(turn.work, post.occurrence_id)
    meant = claim is not None and on is not None and str(claim.changes) == post.occasion
    came = withdrawing.answer_offer(turn.work, on, claim, yes=yes) if meant and on and claim else Refusal("no_offer")
    if isinstance(came, Refusal):
        if claim is not None and claim.promised == CLAIMED and yes:
            turn.tell("offer.accepted")
            return
        if yes and on is not None and on.moves_up(turn.member.id):
            joining.join(turn, Wish("join", occurrence=on.occurrence.id, typed=not turn.pressed))
            return  # it was passed on, and nobody took it
        turn.refuse(came)
        return
    if yes and on is not None and claim is not None and turn.kind(on.occurrence).keeps(on.occurrence):
        # now it may be told
        body = Told(verb="join", claims=((claim.id, claim.changes),))
        turn.privately("readback", member_id=claim.member_id, body=body, occurrence_id=on.occurrence.id)
    said = "accepted" if yes else "declined"
    posts.settle(turn.session, post, turn.now, replace(Offer.of(post), answer=said))
    turn.seen_done(f"offer.{said}")


def accept(turn: Turn, press: Press) -> None:
    answer(turn, press.post, yes=True)


def decline(turn: Turn, press: Press) -> None:
    answer(turn, press.post, yes=False)


def in_words(turn: Turn, intent: str) -> bool:
    """接受 or 谢绝 from somebody who read of their place in the group: the one offer that stands for them is meant."""
    if not turn.chat.private:
        return False
    offers = turn.session.exec(
        select(Post)
        .join(Claim, (col(Claim.community_id) == Post.community_id) & (col(Claim.id) == Post.claim_id))
        .where(
            Post.community_id == turn.here.id,
            Post.kind == OFFER.name,
            Post.member_id == turn.member.id,
            Claim.promised == OFFERED,
        )
        .order_by(col(Post.id).desc())
    ).all()
    if len({post.claim_id for post in offers}) != 1:
        return False
    answer(turn, offers[0], yes=intent == "accept")
    return True


OFFER = PostKind(
    "offer",
    Offer,
    offer,
    urgency=SOON,
    follows="offering",
    means_activity=True,
    presses={"accept": accept, "decline": decline},
    labels={"accept": in_words, "decline": in_words},
    unheard=one_line,
    line=in_public,
)
OFFER_ENDS = PostKind("offer_ends", act=withdrawing.pass_on_place, urgency=SOON)
SETTLED_AT_START = PostKind("settled", act=deadlines.settled)
