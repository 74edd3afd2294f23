"""Saying back what was understood: who, what, weekday and time, with a press to take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core import claims
from core.claims import Claim, Sheet
from core.messages import Message, Span
from core.posts import OPEN
from core.views.books import Books
from core.views.details import facts, headline, names, readable
from core.views.look import Look, lines
from core.words import say, text

UNDO_FOR = timedelta(days=1)


def readback(
    books: Books, body: dict[str, Any], member_id: int, lang: str, *, private: bool, reader: int = 0
) -> tuple[Span, ...]:
    """One or two sentences on what happened to these claims, in the past tense, as they were moved then.

    `member_id` is whom it is for; `reader`, if given, who reads it: their proxy, perhaps.
    `verb` is join, wait, leave, here, done or on_the_way.
    body: {"verb", "claims": [[id, changes], ...], "by"?: the member who did it for the reader}
    """
    theirs = books.claims([id for id, _ in body["claims"]])
    on = books.sheet(theirs[0].occurrence_id) if theirs else None
    if on is None:
        return ()
    others = list(dict.fromkeys(c.member_id for c in theirs if c.member_id != member_id))
    mine = [c for c in theirs if c.member_id == member_id]
    verb = body["verb"]
    if body.get("by"):
        who = books.name(body["by"])
        whom = books.name(member_id) if reader not in (0, member_id) else text(lang, "back.you")
        first = say(lang, f"back.{verb}.by", who=who, whom=whom)
    elif others:
        first = say(lang, f"back.{verb}.for", names=names(books, others, lang))
    else:
        first = say(lang, f"back.{verb}.me", me=books.name(member_id))
    details = what(books, on, theirs, lang)
    heads = say(lang, "back.heads", n=len(mine)) if len(mine) > 1 and not mine[0].thing else ()
    place: tuple[Span, ...] = ()
    if verb == "wait":
        place = say(lang, "back.place", n=1 + on.waiting().index(theirs[0])) if theirs[0] in on.waiting() else ()
    sure = readable(books, on, theirs, reader or member_id) if verb == "join" and private else []
    more = tuple(facts(books, on, lang, private=bool(sure), to=sure)[1:]) if verb == "join" and private else ()
    place_known = books.feature(on).open_place(on.occurrence) if verb == "join" and not more else ""
    public = say(lang, "back.at", place=place_known) if place_known else ()
    return lines(
        first,
        (f"{headline(books, on, lang, private=False)} {details}".strip(),),
        (books.when(on, lang),),
        public,
        *more,
        heads,
        place,
    )


def what(books: Books, on: Sheet, theirs: list[Claim], lang: str) -> str:
    """The slots and the dishes of these claims, where there is something to tell apart."""
    feature, parts = books.feature(on), []
    for claim in theirs:
        slot = on.slot(claim.slot_id)
        anywhere = claim.promised == claims.WAITLISTED and feature.pools(on)
        label = feature.slot_label(slot, lang) if slot and len(on.slots) > 1 and not anywhere else ""
        thing = feature.thing(claim, lang)
        if label or thing:
            parts.append(text(lang, "back.what", label=label, thing=thing).strip())
    return text(lang, "list.comma").join(dict.fromkeys(parts))


def shown_back(look: Look) -> Message | None:
    """The read-back as a post: with 撤销 while the claims are as this message left them, for a day."""
    body = look.post.body
    spans = readback(look.books, body, look.post.member_id, look.lang, private=look.private, reader=look.reader)
    if not spans:
        return None
    if body.get("undone"):
        key = "back.undone_waits" if body["undone"] == "waits" else "back.undone"
        return Message(lines(look.say(key), *about(look, body)))
    return Message(spans, look.open("undo") if may_undo(look) else ())


def about(look: Look, body: dict[str, Any]) -> list[tuple[Span, ...]]:
    """Which activity it was, and when."""
    theirs = look.books.claims([id for id, _ in body["claims"]])
    on = look.books.sheet(theirs[0].occurrence_id) if theirs else None
    return (
        [] if on is None else [(headline(look.books, on, look.lang, private=False),), (look.books.when(on, look.lang),)]
    )


def may_undo(look: Look) -> bool:
    """Whether nothing has changed since: an undo lives until the next change, or for a day."""
    now = {c.id: c.changes for c in look.books.claims([id for id, _ in look.post.body["claims"]])}
    fresh = look.books.now - look.post.due < UNDO_FOR
    return fresh and look.post.state == OPEN and all(now.get(id) == n for id, n in look.post.body["claims"])
