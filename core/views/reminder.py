"""A reminder for one person, or for the proxy who hears for others."""

from __future__ import annotations

from datetime import datetime

from core import when
from core.activities import CANCELLED
from core.claims import FINISHED, ON_THE_WAY, PRESENT, UNKNOWN, Claim, Sheet
from core.confiding import FADES
from core.messages import Message, Span
from core.reminders import stamp
from core.views.books import Books
from core.views.details import facts, headline, names, readable
from core.views.look import Look, lines
from core.views.readback import what


def current(look: Look, on: Sheet) -> bool:
    """Whether a reminder's start is still the occurrence's start."""
    return on.occurrence.state != CANCELLED and look.post.occasion.endswith(f"@{stamp(on.occurrence.starts_at)}")


def long_over(look: Look, on: Sheet) -> bool:
    """Whether nobody reports to it any more, and what was confided of it has gone."""
    return on.occurrence.starts_at is not None and look.books.now >= on.occurrence.ends() + FADES


def remind(look: Look) -> Message | None:
    """What begins soon, for everybody this reader hears for. None when they hold no place, or it was moved.

    One that stands there with confided words in it then says so instead: they are not this reader's any more.
    """
    post, reader = look.post, look.reader
    theirs = heard(look.books, post.occurrence_id, reader)
    if post.confides and post.message is not None:
        on = look.books.sheet(post.occurrence_id)
        if on is not None and (not theirs or not current(look, on) or long_over(look, on)):
            return passed(look, on, theirs)
    if not theirs or (post.message is None and theirs[0].member_id != post.member_id):
        return None  # somebody else's post for the same reader says it for all of them
    if any(claim.member_id != reader for claim in theirs):
        return reminder(look, theirs)  # it says names
    # The key says all that tells one reminder from another: most of those that fall due together are alike.
    on = look.books.sheet(post.occurrence_id)
    sees = on is not None and bool(readable(look.books, on, theirs, reader))
    alike = tuple((c.slot_id, c.promised, c.happened, c.thing, c.portions) for c in theirs)
    key = ("remind", post.occurrence_id, post.occasion, post.state, look.lang, said_at(look).date(), sees, alike)
    return look.books.once(key, lambda: reminder(look, theirs))


def reminder(look: Look, theirs: list[Claim]) -> Message | None:
    """The words of it, and what there is to press."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None or on.occurrence.starts_at is None or not current(look, on):
        return None
    others = any(claim.member_id != look.reader for claim in theirs)
    whom = for_whom(look, theirs) if others else ()
    return Message(lines(*about(look, on, theirs), whom), look.open(*next_steps(look, theirs)))


def passed(look: Look, on: Sheet, theirs: list[Claim]) -> Message:
    """What is left of a reminder whose reader need not go, or not then: which activity it was about, and when it is."""
    if on.occurrence.state == CANCELLED:
        first = look.say("roster.cancelled")
    elif long_over(look, on):
        first = look.say("roster.over")
    else:
        first = () if theirs else look.say("remind.off")
    sure = readable(look.books, on, theirs, look.reader)
    name = (headline(look.books, on, look.lang, private=False),)
    return Message(lines(first, name, *facts(look.books, on, look.lang, private=bool(sure), to=sure)))


def for_whom(look: Look, theirs: list[Claim]) -> tuple[Span, ...]:
    """Whom a proxy is to tell, beside themselves or not."""
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != look.reader))
    mine = any(c.member_id == look.reader for c in theirs)
    return look.say("remind.with" if mine else "remind.for", names=names(look.books, others, look.lang))


def next_steps(look: Look, theirs: list[Claim]) -> tuple[str, ...]:
    """What there is to press: to leave on the eve; on the day what comes next, from setting out to the end."""
    happened = {claim.happened for claim in theirs}
    if look.post.occasion.startswith("eve"):
        return ("leave",) if happened <= {UNKNOWN} else ()
    if happened <= {FINISHED}:
        return ()
    if happened <= {PRESENT, FINISHED}:
        return ("done",)
    return ("here", "done", "leave") if happened <= {ON_THE_WAY} else ("on_the_way", "here", "done", "leave")


def said_at(look: Look) -> datetime:
    """The moment from which 今天 and 明天 are counted: an edit does not turn a reminder of the eve into another."""
    return look.books.now if look.post.message is None else max(look.post.due, look.post.not_before)


def about(look: Look, on: Sheet, theirs: list[Claim]) -> list[tuple[Span, ...]]:
    """The lines that are the same for everybody with such claims: when, what, where."""
    starts = on.occurrence.starts_at
    assert starts is not None  # noqa: S101 - what has no start is not reminded of
    day = when.near(starts, look.books.here.tz, look.lang, said_at(look))
    first = look.say("remind.first", day=day, title=headline(look.books, on, look.lang, private=False))
    detail = what(look.books, on, theirs, look.lang)
    sure = readable(look.books, on, theirs, look.reader)
    return [first, (detail,) if detail else (), *facts(look.books, on, look.lang, private=bool(sure), to=sure)]


def heard(books: Books, occurrence_id: int, reader: int) -> list[Claim]:
    """The claims whose people this reader hears for, their own first."""
    own, proxied = books.once(("heard", occurrence_id), lambda: ears(books, occurrence_id))
    return [*own.get(reader, ()), *proxied.get(reader, ())] if proxied else own.get(reader, [])


def ears(books: Books, occurrence_id: int) -> tuple[dict[int, list[Claim]], dict[int, list[Claim]]]:
    """For everybody who hears anything of this activity: their own claims, and those they hear for others."""
    on = books.sheet(occurrence_id)
    holders = {} if on is None else on.holders()
    books.expect(set(holders))
    own: dict[int, list[Claim]] = {}
    proxied: dict[int, list[Claim]] = {}
    for member_id, theirs in holders.items():
        own.setdefault(books.member(member_id).id, []).extend(theirs)
        if books.member(member_id).proxy_id is None:
            continue
        ear = books.ear(member_id)
        if ear is not None and ear.member_id != member_id:
            proxied.setdefault(ear.member_id, []).extend(theirs)
    return own, proxied
