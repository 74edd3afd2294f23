"""A place fell free for somebody who waits: they accept or decline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col, select

from core import posts
from core.claims import CLAIMED, OFFERED, Claim, Roster
from core.deeds import withdrawing
from core.deeds.group_line import one_line
from core.deeds.undoing import roster_by_id
from core.messages import Message, Span
from core.news import Offer, Told
from core.posts.kind import PostKind, Press
from core.posts.row import OFFER as SOON
from core.posts.row import SETTLED, Post
from core.rules import Refusal
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
    )
    return Message(text, view.open("accept", "decline"))


def answered(view: View, on: Roster, claim: Claim | None) -> Message:
    """How it was answered; what is confided follows in a message of its own."""
    theirs = (claim,) if claim is not None and claim.promised == CLAIMED else ()
    answer = Offer.of(view.post).answer or ("accepted" if theirs else "gone")
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
