"""Short messages: notices to one person, the lines a group gets, and what a coordinator must know."""

from __future__ import annotations

from collections.abc import Sequence

from core import when
from core.activities import CANCELLED
from core.claims import CLAIMED, OFFERED, Claim, Sheet
from core.members import Account, Presence, groups
from core.messages import Mention, Message, Person, Span
from core.news import as_it_is
from core.posts import OPEN, SETTLED, Post
from core.reminders import stamp
from core.views.details import facts, headline, names, readable
from core.views.look import Look, lines
from core.views.readback import what


def said(look: Look) -> Message | None:
    """A sentence of the catalogue, or several, with its facts."""
    body = look.post.body
    keys = [body["key"], *body.get("more", [])]
    return Message(lines(*(look.say(key, **body.get("facts", {})) for key in keys)))


def quieted(look: Look) -> Message | None:
    """The answer to 安静, with the way back."""
    if look.post.body.get("undone"):
        return Message(look.say("quiet.off"))
    return Message(look.say("quiet.on"), look.open("undo"))


def notice(look: Look) -> Message | None:
    """What changed, and the activity it changed in."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None:
        return None
    body = look.post.body
    key = as_it_is(on, body, look.post.member_id)
    if key != body["key"] and look.post.message is None and look.post.sending is None:
        return None  # nobody was told of it, and it is over
    mine = readable(look.books, on, on.of(look.post.member_id), look.reader) if look.private else []
    text = lines(
        look.say(key, **body.get("facts", {})),
        (headline(look.books, on, look.lang, private=False),),
        *facts(look.books, on, look.lang, private=bool(mine), to=mine),
    )
    undo = body.get("before") and look.post.state == OPEN and not body.get("undone")
    return Message(text, look.open("undo") if undo else ())


def offer(look: Look) -> Message | None:
    """A place fell free for somebody who waits: accept or decline."""
    on = look.books.sheet(look.post.occurrence_id)
    claim = next((c for c in on.claims if c.id == look.post.claim_id), None) if on else None
    # One that was under way when the bot died may stand there: sent again by its key, it is known, and can be answered.
    if on is None or (claim is None and look.post.message is None and look.post.sending is None):
        return None
    if look.post.state == SETTLED or claim is None or claim.promised != OFFERED:
        accepted = claim is not None and claim.promised == CLAIMED
        answer = look.post.body.get("answer", "accepted" if accepted else "gone")
        theirs = (claim,) if accepted and claim is not None else ()
        return Message(
            lines(
                look.say(f"offer.{answer}"),
                (which(look, on, theirs),),
                *(facts(look.books, on, look.lang, private=False) if theirs else ()),  # what is confided follows
            )
        )
    mine = look.reader in (claim.member_id, 0)
    if mine and (claim.guest_of is not None or (claim.ordinal > 0 and not claim.thing)):
        first = look.say("offer.place_guest", n=claim.ordinal)
    else:
        first = look.say("offer.place") if mine else look.say("offer.place_for", name=look.books.name(claim.member_id))
    text = lines(
        first,
        (which(look, on, (claim,)),),
        *facts(look.books, on, look.lang, private=False),
        look.say("offer.question"),
    )
    return Message(text, look.open("accept", "decline"))


def which(look: Look, on: Sheet, theirs: Sequence[Claim]) -> str:
    """'一米阳台 #1 3号楼': the activity, and where in it these claims are."""
    name = headline(look.books, on, look.lang, private=False)
    return f"{name} {what(look.books, on, list(theirs), look.lang)}".strip() if theirs else name


def confirm(look: Look) -> Message | None:
    """What would happen, named before it does."""
    body = look.post.body
    if look.post.state == SETTLED:
        return Message(look.say(body.get("outcome", "confirm.back"), **body.get("facts", {})))
    return Message(look.say(body["key"], **body.get("facts", {})), look.open("confirm", "back"))


def empty(look: Look) -> Message | None:
    """The day before, to the coordinator: nobody has promised yet."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None or on.occurrence.state == CANCELLED or look.post.occasion != stamp(on.occurrence.starts_at):
        return None
    if on.taking() and look.post.message is None:
        return None
    key = "empty.filled" if on.taking() else "empty.nobody"
    return Message(
        lines(
            look.say(key),
            (headline(look.books, on, look.lang, private=False),),
            (look.books.when(on, look.lang),),
        )
    )


def call(look: Look) -> Message | None:
    """People nobody can be reached for by chat: somebody should call them."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None:
        return None
    ids = list(dict.fromkeys(c.member_id for c in on.taking() if look.books.ear(c.member_id) is None))
    if not ids:
        return None
    theirs = readable(look.books, on, [c for c in on.taking() if c.member_id in ids], look.reader)
    return Message(
        lines(
            look.say("call.first", names=names(look.books, ids, look.lang)),
            (headline(look.books, on, look.lang, private=False),),
            *facts(look.books, on, look.lang, private=bool(theirs), to=theirs),
        )
    )


# ------------------------------------------------------------ lines in a group


def line(look: Look) -> Message | None:
    """The one short line in the group for somebody who has no private chat: what was understood, and how to open one.

    It is made of what everybody may know; nothing of a private message is repeated here.
    """
    body = look.post.body
    who = look.say("line.who", name=(mention(look, body["account"]),))
    said = publicly(look)
    ask = look.say("line.open") if body.get("ask") or not said else ()
    return Message(lines((*who, *said) if said else (*who, *ask), ask if said else ()))


def publicly(look: Look) -> tuple[Span, ...]:
    """What of a private message that could not be delivered everybody may read, on one line."""
    post_id = look.post.body.get("about")
    about = look.books.session.get(Post, (look.books.here.id, post_id)) if post_id else None
    if about is None:
        return ()
    if about.rule == "say" and str(about.body["key"]).startswith("refusal."):
        return look.say(about.body["key"], **about.body.get("facts", {}))
    on = look.books.sheet(about.occurrence_id) if about.occurrence_id else None
    if on is None or about.rule not in ("readback", "offer", "notice"):
        return ()
    which = f" {headline(look.books, on, look.lang, private=False)} {look.books.when(on, look.lang)}"
    match about.rule:
        case "offer":
            return (*look.say("line.offer"), which)
        case "notice":
            return (*look.say(as_it_is(on, about.body, about.member_id), **about.body.get("facts", {})), which)
    verb = about.body["verb"]
    ids = dict.fromkeys(c.member_id for c in look.books.claims([claim for claim, _ in about.body["claims"]]))
    others = [id for id in ids if id != about.member_id]
    if others:
        return (*look.say(f"back.{verb}.for", names=names(look.books, others, look.lang)), which)
    return (*look.say(f"line.{verb}"), which)


def mention(look: Look, account: list[str]) -> Mention | str:
    row = look.books.session.get(Account, (look.books.here.id, account[0], account[1]))
    if row is None:
        return "?"
    return Mention(Person(row.network, row.id, look.books.name(row.member_id)))


def lines_for(look: Look, on: Sheet) -> list[Claim]:
    """Claims of people with an account in this network whom a reminder cannot reach privately."""
    chat = look.books.chat(look.post.chat_id)
    out = []
    for claim in on.taking():
        accounts = look.books.accounts(claim.member_id)
        here = chat is not None and any(home(look, on, account) == chat.id for account in accounts)
        if here and look.books.ear(claim.member_id) is None:
            out.append(claim)
    return out


def home(look: Look, on: Sheet, account: Account) -> int:
    """The one group in which somebody is named: where the roster stands and they have been seen; 0 for none."""
    session, community = look.books.session, look.books.here.id
    known = look.books.once(("groups",), lambda: groups(session, community))
    shown = [c.id for c in known if c.network == account.network and c.id in (on.occurrence.chats or [c.id])]
    for id in shown:
        there = session.get(Presence, (community, id, account.id))
        if there is not None and not there.left:
            return id
    return shown[0] if shown else 0


def unheard(look: Look) -> list[tuple[Sheet, list[Claim]]]:
    """What the group's line of this moment has to name: activities, and the people of each."""
    found = []
    for occurrence_id, _ in look.post.body.get("about", []):
        on = look.books.sheet(occurrence_id)
        if on is None or on.occurrence.starts_at is None or on.occurrence.state == CANCELLED:
            continue
        if on.occurrence.starts_at <= look.books.now:
            continue
        theirs = lines_for(look, on)
        if theirs:
            found.append((on, theirs))
    return found


def group_lines(look: Look) -> Message | None:
    """One message for a group: who has a place in what begins soon, and cannot be told privately."""
    found = unheard(look)
    if not found:
        return None
    parts = []
    for on, theirs in found:
        starts = on.occurrence.starts_at
        assert starts is not None  # noqa: S101 - those without a start were left out
        day = when.near(starts, look.books.here.tz, look.lang, look.books.now)
        people = names(look.books, list(dict.fromkeys(c.member_id for c in theirs)), look.lang)
        title = headline(look.books, on, look.lang, private=False)
        at = when.clock(starts, look.books.here.tz, look.lang)
        parts.append(look.say("lines.one", day=day, time=at, title=title, names=people))
    return Message(lines(*parts))
