"""Two who change places: the one is asked, 同意 or 不换; the other reads what came of it."""

from __future__ import annotations

from core.activities import Occurrence
from core.claims import Claim
from core.deeds.group_line import one_line
from core.messages import Message, Span
from core.posts.kind import PostKind, Press, Typed
from core.posts.row import OFFER, OPEN, Post
from core.talk import exchanging
from core.talk.exchanging import Exchange
from core.turn import Turn
from core.views.details import headline
from core.views.view import View, lines


def exchange(view: View) -> Message | None:
    """What each would have, seen from the one who is asked."""
    body = Exchange.of(view.post)
    claims = [view.lookup.session.get(Claim, (view.lookup.here.id, id)) for id, _ in (body.mine, body.theirs)]
    mine, theirs = (place(view, claim) for claim in claims)
    if not mine or not theirs:
        return None
    who = view.lookup.name(body.by)
    if body.answer or view.post.state != OPEN:
        return Message(view.say(f"exchange.{body.answer or 'gone'}"))
    text = lines(
        view.say("exchange.first", who=who),
        view.say("exchange.they", who=who, what=theirs),
        view.say("exchange.you", what=mine),
        view.say("exchange.question"),
    )
    return Message(text, view.open("agree", "keep"))


def place(view: View, claim: Claim | None) -> str:
    """'巡逻 #1 12月1日周二晚上7点到9点'."""
    row = None if claim is None else view.lookup.session.get(Occurrence, (claim.community_id, claim.occurrence_id))
    on = None if row is None else view.lookup.roster(row.id)
    return "" if on is None else f"{headline(view.lookup, on, view.lang)} {view.lookup.when(on, view.lang)}"


def exchanged(view: View) -> Message | None:
    """What came of it, for the one who asked: their new day, or that all is as it was."""
    body = Exchange.of(view.post)
    claim = view.lookup.session.get(Claim, (view.lookup.here.id, body.theirs[0]))
    said = view.say(f"exchanged.{body.answer}", who=view.lookup.name(body.by))
    if body.answer != "agreed":
        return Message(said)
    return Message(lines(said, view.say("exchanged.yours", what=place(view, claim))))


def in_public(view: View, post: Post) -> tuple[Span, ...]:
    return view.say("exchange.line", who=view.lookup.name(Exchange.of(post).by))


def agree(turn: Turn, press: Press) -> None:
    exchanging.answer(turn, press.post, yes=True)


def keep(turn: Turn, press: Press) -> None:
    exchanging.answer(turn, press.post, yes=False)


EXCHANGE = PostKind(
    "exchange",
    Exchange,
    exchange,
    urgency=OFFER,
    presses={"agree": agree, "keep": keep},
    means={
        "agree": Typed(
            words=("同意换", "好", "好的", "可以", "行", "换", "换吧", "ok", "yes"), intents=("agree", "yes")
        ),
        "keep": Typed(words=("不同意", "不行", "不", "不好", "no"), intents=("keep", "no")),
    },
    unheard=one_line,
    line=in_public,
)
EXCHANGED = PostKind("exchanged", Exchange, exchanged, urgency=OFFER)
