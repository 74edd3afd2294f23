"""What is kept about somebody, for themselves; and whether they want to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import col, func, select

from core import consents, matters, morning, posts, when
from core.audit import AuditLine
from core.claims import LIVE, Claim
from core.confiding import Heard
from core.deeds import rights as deeds
from core.deeds.consenting import take_back
from core.deeds.group_line import one_line
from core.members import Member, Presence
from core.messages import Action, Message, Span
from core.posts.body import Body
from core.posts.kind import PostKind, Press
from core.posts.row import NOTICE, OPEN
from core.rules import Refusal
from core.turn import Turn
from core.views.readback import which_and_when
from core.views.view import View, lines
from core.words import text

MOST = 20
"""So many promises stand there one by one, the last ones."""


def my_data(view: View) -> Message | None:
    """Everything held about its reader: every row that names them, told in words."""
    lookup, id = view.lookup, view.reader
    if not id:
        return None
    who = lookup.member(id)
    out: list[tuple[Span, ...]] = [view.say("my_data.head"), view.say("my_data.name", name=who.name or "?")]
    out += [
        view.say("my_data.account", network=each.network, id=each.id, name=each.name or each.id)
        for each in lookup.accounts(who.id)
    ]
    if who.lang:
        out.append(view.say("my_data.speaks", tongue=view.text(f"my_data.lang.{who.lang}")))
    out += [
        *groups(view, who),
        *spoken_for(view, who),
        *promises(view, who),
        *brought(view, who),
        *mornings(view, who),
        *of_features(view, who),
        *agreed(view, who),
        *logged(view, who),
    ]
    out.append(view.say("my_data.how"))
    return Message(lines(*out), stops(view, who))


def agreed(view: View, who: Member) -> list[tuple[Span, ...]]:
    """What they agreed to, when, before whom; and when they took it back."""
    lookup, out = view.lookup, []
    for row in consents.given(lookup.session, lookup.here.id, member=who.id):
        if row.purpose not in lookup.here.purposes:
            continue
        by = view.text("my_data.yourself") if row.taken_by in (0, who.id) else lookup.name(row.taken_by)
        what, on = view.text(f"consent.what.{row.purpose}"), when.day(row.at, lookup.here.tz, view.lang, row.at)
        out.append(view.say("my_data.agreed", what=what, day=on, who=by, text=row.text))
        if row.ended_at is not None:
            ended = when.day(row.ended_at, lookup.here.tz, view.lang, row.ended_at)
            out[-1] = (*out[-1], *view.say("my_data.taken_back", day=ended))
    return out


def stops(view: View, who: Member) -> tuple[Action, ...]:
    """One press takes one of them back."""
    if view.post.state != OPEN:
        return ()
    rows = consents.given(view.lookup.session, view.lookup.here.id, member=who.id)
    live = dict.fromkeys(r.purpose for r in rows if r.ended_at is None and r.purpose in view.lookup.here.purposes)
    return tuple(view.action("take_back", name, view.text(f"consent.stop.{name}")) for name in live)


def consented(view: View) -> Message | None:
    """我同意过什么: as it stands in 我的资料, alone."""
    if not view.reader:
        return None
    who = view.lookup.member(view.reader)
    found = agreed(view, who)
    if not found:
        return Message(view.say("my_data.agreed_nothing"))
    return Message(lines(view.say("my_data.agreed_head"), *found), stops(view, who))


def taken_back(turn: Turn, press: Press) -> None:
    """不记忌口, 不报平安, 不写名字: at once."""
    purpose = turn.here.purposes.get(press.arg)
    if purpose is None or not consents.holds(turn.session, turn.here.id, purpose.name, member=turn.member.id):
        turn.refuse(Refusal("answered"))
        return
    take_back(turn.work, purpose, turn.member.id)
    posts.touch(turn.session, [press.post], turn.now)
    turn.seen_done("my_data.stopped", what=text(turn.lang, f"consent.what.{purpose.name}"))


def groups(view: View, who: Member) -> list[tuple[Span, ...]]:
    """The groups that they are seen in."""
    lookup = view.lookup
    ids = [account.id for account in lookup.accounts(who.id)]
    rows = lookup.session.exec(
        select(Presence).where(
            Presence.community_id == lookup.here.id, col(Presence.account).in_(ids), ~col(Presence.left)
        )
    ).all()
    chats = [chat for row in rows if (chat := lookup.chat(row.chat_id)) is not None and not chat.private]
    names = dict.fromkeys(chat.name or chat.address for chat in chats)
    return [view.say("my_data.groups", names=view.text("list.comma").join(names))] if names else []


def spoken_for(view: View, who: Member) -> list[tuple[Span, ...]]:
    """For whom they speak, and who speaks for them."""
    lookup = view.lookup
    wards = lookup.session.exec(
        select(Member.name).where(
            Member.community_id == lookup.here.id, Member.proxy_id == who.id, col(Member.merged_into).is_(None)
        )
    ).all()
    out = [view.say("my_data.wards", names=view.text("list.comma").join(wards))] if wards else []
    if who.proxy_id is not None:
        out.append(view.say("my_data.proxy", name=lookup.name(who.proxy_id)))
    return out


def promises(view: View, who: Member) -> list[tuple[Span, ...]]:
    """What they promised, with what is known to have happened: the last ones one by one, and how many in all."""
    lookup = view.lookup
    rows = lookup.session.exec(
        select(Claim)
        .where(Claim.community_id == lookup.here.id, Claim.member_id == who.id)
        .order_by(col(Claim.id).desc())
    ).all()
    if not rows:
        return [view.say("my_data.no_promises")]
    out = [view.say("my_data.promises", n=len(rows))]
    for claim in rows[:MOST]:
        on = lookup.roster(claim.occurrence_id)
        if on is not None and on.occurrence.number is not None:
            state = view.text("my_data.live" if claim.promised in LIVE else "my_data.ended")
            out.append((f"{which_and_when(view, on)} {state}",))
    return out


def brought(view: View, who: Member) -> list[tuple[Span, ...]]:
    """The matters that they brought or share."""
    session, here = view.lookup.session, view.lookup.here.id
    shared = select(matters.MatterShare.matter_id).where(
        matters.MatterShare.community_id == here, matters.MatterShare.member_id == who.id
    )
    rows = session.exec(select(matters.Matter).where(matters.Matter.community_id == here)).all()
    mine = {row.id for row in rows if row.brought_by == who.id} | set(session.exec(shared).all())
    numbers = [view.text("matters.number", n=row.number) for row in rows if row.id in mine and row.number]
    return [view.say("my_data.matters", which=view.text("list.comma").join(numbers))] if numbers else []


def mornings(view: View, who: Member) -> list[tuple[Span, ...]]:
    """When they are asked whether they are well, who looks in on them, and on whom they look in."""
    lookup = view.lookup
    out: list[tuple[Span, ...]] = []
    for post in morning.arrangements(lookup.session, lookup.here.id):
        body, asked = morning.Arranged.of(post), lookup.member(post.member_id)
        if asked.id == who.id:
            near = lookup.name(body.neighbour) if body.neighbour else ""
            out.append(view.say("my_data.morning", at=f"{body.hour:%H:%M}", name=near))
        elif body.neighbour and lookup.member(body.neighbour).id == who.id:
            out.append(view.say("my_data.looks_in", name=asked.name))
    return out


def of_features(view: View, who: Member) -> list[tuple[Span, ...]]:
    """What the features keep of them."""
    here = view.lookup.here
    features = (*here.features.values(), *here.switched_off.values())
    return [line for each in features if each.known is not None for line in each.known(view, who.id)]


def logged(view: View, who: Member) -> list[tuple[Span, ...]]:
    """How many lines of the log are about them, and how often something confided was shown to them."""
    session, here = view.lookup.session, view.lookup.here.id
    n, first = session.exec(
        select(func.count(), func.min(AuditLine.at)).where(
            AuditLine.community_id == here,
            (col(AuditLine.by_member) == who.id) | (col(AuditLine.for_member) == who.id),
        )
    ).one()
    heard = session.exec(
        select(func.count()).select_from(Heard).where(Heard.community_id == here, Heard.member_id == who.id)
    ).one()
    out: list[tuple[Span, ...]] = []
    if n:
        day = when.day(first, view.lookup.here.tz, view.lang, first)
        out.append(view.say("my_data.log", n=n, day=day))
    if heard:
        out.append(view.say("my_data.heard", n=heard))
    return out


# ------------------------------------------------------------ forget me


@dataclass(frozen=True, slots=True)
class Forget(Body):
    done: str = ""


def forget_me(view: View) -> Message:
    """What would happen, named before it does."""
    body = Forget.of(view.post)
    if body.done:
        return Message(view.say(f"forget_me.{body.done}"))
    return Message(view.say("forget_me.ask"), view.open("confirm", "back"))


def forgotten(turn: Turn, press: Press) -> None:
    """确认."""
    if press.post.state != OPEN or turn.member.id != press.post.member_id:
        turn.refuse(Refusal("answered"))
        return
    deeds.forget(turn.work, turn.member, text(turn.here.lang, "forget_me.called"))
    posts.settle(turn.session, press.post, turn.now, replace(Forget.of(press.post), done="done"))
    turn.seen_done("forget_me.done")


def kept(turn: Turn, press: Press) -> None:
    posts.settle(turn.session, press.post, turn.now, replace(Forget.of(press.post), done="back"))
    turn.seen_done("forget_me.back")


STOPS = {"take_back": taken_back}
MY_DATA = PostKind("my_data", render=my_data, presses=STOPS, unheard=one_line, later=False, kept="words")
CONSENTS = PostKind("consents", render=consented, presses=STOPS, unheard=one_line, later=False, kept="words")
FORGET_ME = PostKind(
    "forget_me", Forget, forget_me, presses={"confirm": forgotten, "back": kept}, unheard=one_line, later=False
)
ERASE = PostKind("erase", act=deeds.at_its_time, urgency=NOTICE, restored=True)
