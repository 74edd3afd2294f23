"""Two records that are one person: what would become whose, and that it did, to be taken back for a month."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import col, func, select

from core import posts
from core.claims import LIVE, Claim
from core.deeds.group_line import one_line
from core.members import Member
from core.messages import Message
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN
from core.rules import Refusal
from core.talk import linking
from core.talk.linking import PARTED_WITHIN, LinkedShown, LinkShown
from core.talk.undoing import undoes
from core.turn import Turn
from core.views.view import View, lines


def called(view: View, id: int) -> str:
    """A name, with the networks on which they are known."""
    networks = [account.network for account in view.lookup.accounts(id)]
    name = view.lookup.name(id)
    comma = view.text("list.comma")
    return view.text("link.of", name=name, networks=comma.join(dict.fromkeys(networks))) if networks else name


def link(view: View) -> Message | None:
    """Named before it is done: whose accounts, and how many promises, become whose."""
    body, lookup = LinkShown.of(view.post), view.lookup
    if body.answer:
        return Message(view.say(f"link.{body.answer}", name=lookup.name(body.who)))
    n = lookup.session.exec(
        select(func.count()).where(
            Claim.community_id == lookup.here.id, Claim.member_id == body.twin, col(Claim.promised).in_(LIVE)
        )
    ).one()
    ask = "link.ask_code" if body.by_code else "link.ask"
    text = view.say(ask, twin=called(view, body.twin), who=called(view, body.who))
    ranks = lookup.coordinators()
    rank = view.say("link.rank") if len({body.twin in ranks, body.who in ranks}) == 2 else ()
    return Message(lines(text, view.say("link.moves", n=n), rank), view.open("confirm", "back"))


def linked(view: View) -> Message | None:
    """By the names that they have now: who is forgotten has none here either."""
    body, here = LinkedShown.of(view.post), view.lookup.here.id
    twin, who = (view.lookup.session.get(Member, (here, id)) for id in (body.twin, body.who))
    if twin is None or who is None:
        return None
    if body.undone:
        return Message(view.say("link.parted", name=twin.name))
    text = view.say("link.told", twin=twin.name, who=who.name, by=view.lookup.name(body.by))
    may_part = view.lookup.now - view.post.due < PARTED_WITHIN
    return Message(text, view.open("undo") if may_part else ())


def confirm(turn: Turn, press: Press) -> None:
    linking.confirm(turn, press.post)


def back(turn: Turn, press: Press) -> None:
    if press.post.state != OPEN:
        turn.refuse(Refusal("answered"))
        return
    posts.settle(turn.session, press.post, turn.now, replace(LinkShown.of(press.post), answer="back"))
    turn.seen_done("link.back")


LINK = PostKind("link", LinkShown, link, presses={"confirm": confirm, "back": back}, unheard=one_line, later=False)
LINKED = PostKind("linked", LinkedShown, linked, urgency=NOTICE, presses={"undo": undoes(linking.part)})
