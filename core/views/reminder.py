"""A reminder for one person, or for the proxy who hears for others."""

from __future__ import annotations

from core import when
from core.activities import CANCELLED
from core.claims import CLAIMED, OFFERED, SEEKING, Claim, Sheet
from core.messages import Message, Span
from core.reminders import stamp
from core.views.details import facts, headline, names
from core.views.look import Look, lines
from core.views.readback import what


def current(look: Look, on: Sheet) -> bool:
    """Whether a reminder's start is still the occurrence's start."""
    return on.occurrence.state != CANCELLED and look.post.occasion.endswith(f"@{stamp(on.occurrence.starts_at)}")


def remind(look: Look) -> Message | None:
    """What begins soon, for everybody this reader hears for. None when they hold no place, or it was moved."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None or on.occurrence.starts_at is None or not current(look, on):
        return None
    theirs = heard(look, on)
    if not theirs or (look.post.message is None and theirs[0].member_id != look.post.member_id):
        return None  # somebody else's post for the same reader says it for all of them
    o, lang, books = on.occurrence, look.lang, look.books
    hour = "@" in look.post.occasion and not look.post.occasion.startswith("eve")
    day = when.near(o.starts_at, books.community.tz, lang, books.now) if o.starts_at else ""
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != look.reader))
    mine = [c for c in theirs if c.member_id == look.reader]
    first = look.say("remind.first", day=day, title=headline(books, on, lang, private=False))
    who: tuple[Span, ...] = ()
    if others:
        who = look.say("remind.with" if mine else "remind.for", names=names(books, others, lang))
    detail = what(books, on, theirs, lang)
    text = lines(first, (detail,) if detail else (), *facts(books, on, lang, private=True, to=theirs), who)
    return Message(text, look.open("here", "done", "leave") if hour else look.open("leave"))


def heard(look: Look, on: Sheet) -> list[Claim]:
    """The claims whose people this reader hears for, their own first."""
    taking = [c for c in on.claims if c.promised in (CLAIMED, OFFERED, SEEKING)]
    theirs = []
    for claim in taking:
        member = look.books.member(claim.member_id)
        if look.reader in (claim.member_id, member.id):
            theirs.append(claim)
        elif member.proxy_id == look.reader:
            ear = look.books.ear(claim.member_id)
            if ear is not None and ear.member_id == look.reader:
                theirs.append(claim)
    return sorted(theirs, key=lambda c: c.member_id != look.reader)
