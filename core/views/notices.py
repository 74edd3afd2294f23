"""Short messages: notices to one person, the lines a group gets, and what a coordinator must know."""

from __future__ import annotations

from collections.abc import Sequence

from core import when
from core.activities import CANCELLED
from core.claims import CLAIMED, OFFERED, Claim, Roster
from core.members import Account, Presence, groups
from core.messages import Mention, Message, Person, Span
from core.news import as_it_is
from core.posts import OPEN, SETTLED, Post
from core.reminders import stamp
from core.views.details import facts, headline, names, readable
from core.views.readback import what
from core.views.view import View, lines


def said(view: View) -> Message | None:
    """A sentence of the catalogue, or several, with its facts."""
    body = view.post.body
    keys = [body["key"], *body.get("more", [])]
    return Message(lines(*(view.say(key, **body.get("facts", {})) for key in keys)))


def quieted(view: View) -> Message | None:
    """The answer to 安静, with the way back."""
    if view.post.body.get("undone"):
        return Message(view.say("quiet.off"))
    return Message(view.say("quiet.on"), view.open("undo"))


def notice(view: View) -> Message | None:
    """What changed, and the activity it changed in."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    body = view.post.body
    key = as_it_is(on, body, view.post.member_id)
    if key != body["key"] and view.post.message is None and view.post.sending is None:
        return None  # nobody was told of it, and it is over
    mine = readable(view.lookup, on, on.of(view.post.member_id), view.reader) if view.private else []
    text = lines(
        view.say(key, **body.get("facts", {})),
        (headline(view.lookup, on, view.lang, private=False),),
        *facts(view.lookup, on, view.lang, private=bool(mine), to=mine),
    )
    undo = body.get("before") and view.post.state == OPEN and not body.get("undone")
    return Message(text, view.open("undo") if undo else ())


def offer(view: View) -> Message | None:
    """A place fell free for somebody who waits: accept or decline."""
    on = view.lookup.roster(view.post.occurrence_id)
    claim = next((c for c in on.claims if c.id == view.post.claim_id), None) if on else None
    # One that was under way when the bot died may stand there: sent again by its key, it is known, and can be answered.
    if on is None or (claim is None and view.post.message is None and view.post.sending is None):
        return None
    if view.post.state == SETTLED or claim is None or claim.promised != OFFERED:
        accepted = claim is not None and claim.promised == CLAIMED
        answer = view.post.body.get("answer", "accepted" if accepted else "gone")
        theirs = (claim,) if accepted and claim is not None else ()
        return Message(
            lines(
                view.say(f"offer.{answer}"),
                (which(view, on, theirs),),
                *(facts(view.lookup, on, view.lang, private=False) if theirs else ()),  # what is confided follows
            )
        )
    mine = view.reader in (claim.member_id, 0)
    if mine and (claim.guest_of is not None or (claim.ordinal > 0 and not claim.thing)):
        first = view.say("offer.place_guest", n=claim.ordinal)
    else:
        first = view.say("offer.place") if mine else view.say("offer.place_for", name=view.lookup.name(claim.member_id))
    text = lines(
        first,
        (which(view, on, (claim,)),),
        *facts(view.lookup, on, view.lang, private=False),
        view.say("offer.question"),
    )
    return Message(text, view.open("accept", "decline"))


def which(view: View, on: Roster, theirs: Sequence[Claim]) -> str:
    """'一米阳台 #1 3号楼': the activity, and where in it these claims are."""
    name = headline(view.lookup, on, view.lang, private=False)
    return f"{name} {what(view.lookup, on, list(theirs), view.lang)}".strip() if theirs else name


def confirm(view: View) -> Message | None:
    """What would happen, named before it does."""
    body = view.post.body
    if view.post.state == SETTLED:
        return Message(view.say(body.get("outcome", "confirm.back"), **body.get("facts", {})))
    return Message(view.say(body["key"], **body.get("facts", {})), view.open("confirm", "back"))


def empty(view: View) -> Message | None:
    """The day before, to the coordinator: nobody has promised yet."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED or view.post.occasion != stamp(on.occurrence.starts_at):
        return None
    if on.taking() and view.post.message is None:
        return None
    key = "empty.filled" if on.taking() else "empty.nobody"
    return Message(
        lines(
            view.say(key),
            (headline(view.lookup, on, view.lang, private=False),),
            (view.lookup.when(on, view.lang),),
        )
    )


def call(view: View) -> Message | None:
    """People nobody can be reached for by chat: somebody should call them."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    ids = list(dict.fromkeys(c.member_id for c in on.taking() if view.lookup.recipient(c.member_id) is None))
    if not ids:
        return None
    theirs = readable(view.lookup, on, [c for c in on.taking() if c.member_id in ids], view.reader)
    return Message(
        lines(
            view.say("call.first", names=names(view.lookup, ids, view.lang)),
            (headline(view.lookup, on, view.lang, private=False),),
            *facts(view.lookup, on, view.lang, private=bool(theirs), to=theirs),
        )
    )


# ------------------------------------------------------------ lines in a group


def line(view: View) -> Message | None:
    """The one short line in the group for somebody who has no private chat: what was understood, and how to open one.

    It is made of what everybody may know; nothing of a private message is repeated here.
    """
    body = view.post.body
    who = view.say("line.who", name=(mention(view, body["account"]),))
    said = publicly(view)
    ask = view.say("line.open") if body.get("ask") or not said else ()
    return Message(lines((*who, *said) if said else (*who, *ask), ask if said else ()))


def publicly(view: View) -> tuple[Span, ...]:
    """What of a private message that could not be delivered everybody may read, on one line."""
    post_id = view.post.body.get("about")
    about = view.lookup.session.get(Post, (view.lookup.here.id, post_id)) if post_id else None
    if about is None:
        return ()
    if about.kind == "say" and str(about.body["key"]).startswith("refusal."):
        return view.say(about.body["key"], **about.body.get("facts", {}))
    on = view.lookup.roster(about.occurrence_id) if about.occurrence_id else None
    if on is None or about.kind not in ("readback", "offer", "notice"):
        return ()
    which = f" {headline(view.lookup, on, view.lang, private=False)} {view.lookup.when(on, view.lang)}"
    match about.kind:
        case "offer":
            return (*view.say("line.offer"), which)
        case "notice":
            return (*view.say(as_it_is(on, about.body, about.member_id), **about.body.get("facts", {})), which)
    verb = about.body["verb"]
    ids = dict.fromkeys(c.member_id for c in view.lookup.claims([claim for claim, _ in about.body["claims"]]))
    others = [id for id in ids if id != about.member_id]
    if others:
        return (*view.say(f"back.{verb}.for", names=names(view.lookup, others, view.lang)), which)
    return (*view.say(f"line.{verb}"), which)


def mention(view: View, account: list[str]) -> Mention | str:
    row = view.lookup.session.get(Account, (view.lookup.here.id, account[0], account[1]))
    if row is None:
        return "?"
    return Mention(Person(row.network, row.id, view.lookup.name(row.member_id)))


def lines_for(view: View, on: Roster) -> list[Claim]:
    """Claims of people with an account in this network whom a reminder cannot reach privately."""
    chat = view.lookup.chat(view.post.chat_id)
    out = []
    for claim in on.taking():
        accounts = view.lookup.accounts(claim.member_id)
        here = chat is not None and any(home(view, on, account) == chat.id for account in accounts)
        if here and view.lookup.recipient(claim.member_id) is None:
            out.append(claim)
    return out


def home(view: View, on: Roster, account: Account) -> int:
    """The one group in which somebody is named: where the roster stands and they have been seen; 0 for none."""
    session, community = view.lookup.session, view.lookup.here.id
    known = view.lookup.once(("groups",), lambda: groups(session, community))
    shown = [c.id for c in known if c.network == account.network and c.id in (on.occurrence.chats or [c.id])]
    for id in shown:
        there = session.get(Presence, (community, id, account.id))
        if there is not None and not there.left:
            return id
    return shown[0] if shown else 0


def unheard(view: View) -> list[tuple[Roster, list[Claim]]]:
    """What the group's line of this moment has to name: activities, and the people of each."""
    found = []
    for occurrence_id, _ in view.post.body.get("about", []):
        on = view.lookup.roster(occurrence_id)
        if on is None or on.occurrence.starts_at is None or on.occurrence.state == CANCELLED:
            continue
        if on.occurrence.starts_at <= view.lookup.now:
            continue
        theirs = lines_for(view, on)
        if theirs:
            found.append((on, theirs))
    return found


def group_lines(view: View) -> Message | None:
    """One message for a group: who has a place in what begins soon, and cannot be told privately."""
    found = unheard(view)
    if not found:
        return None
    parts = []
    for on, theirs in found:
        starts = on.occurrence.starts_at
        assert starts is not None  # noqa: S101 - those without a start were left out
        day = when.near(starts, view.lookup.here.tz, view.lang, view.lookup.now)
        people = names(view.lookup, list(dict.fromkeys(c.member_id for c in theirs)), view.lang)
        title = headline(view.lookup, on, view.lang, private=False)
        at = when.clock(starts, view.lookup.here.tz, view.lang)
        parts.append(view.say("lines.one", day=day, time=at, title=title, names=people))
    return Message(lines(*parts))
