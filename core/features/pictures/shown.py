"""A picture as it is shown: what stands in a group, in large type, with the moment at which it was true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field, StrictInt
from sqlmodel import Session, col, select

from core import posts, settings
from core.deeds.group_line import one_line
from core.drawing import fonts
from core.drawing.values import Drawing, Row, Sheet
from core.messages import Bold, Confide, Mention, Message, Span, words
from core.posts import ENDED, Body, Post, PostKind
from core.posts.row import ANSWER, NOTICE
from core.views.lookup import Lookup
from core.views.view import View, lines


class Pictures(settings.Table):
    """What may be set for pictures."""

    font: str = Field(
        "", description="a font file that can write Chinese; empty to find one, none to draw nothing", examples=['""']
    )
    minutes: StrictInt = Field(
        10, ge=0, description="minutes in which a group is shown one picture of the same", examples=["10"]
    )


@dataclass(frozen=True, slots=True)
class Of(Body):
    """Of which kind of post it is a picture, and when it was asked for."""

    shows: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleared(Body):
    """A message that is to be taken away."""

    clear: str = ""


def picture(view: View) -> Message | None:
    """What a group would read now, drawn, with the same words below. It is never edited: it says when it was so."""
    if view.post.message is not None:
        return None
    found = as_in_group(view.lookup, view.post, view.lang)
    if found is None:
        return Message(view.say("pictures.nothing"))
    text, sheet = found
    stamp = stamped(view)
    said: tuple[Span, ...] = (Bold(stamp),)
    font = fonts.found(view.lookup.here.settings(Pictures).font)
    if font is None:
        return Message(lines(view.say("pictures.no_font"), said, text))
    drawing = Drawing(sheet, stamp, font, view.text("pictures.left", n="{n}"))
    return Message(lines(said, text), picture=drawing.name, drawing=drawing)


def as_in_group(lookup: Lookup, asked: Post, lang: str) -> tuple[tuple[Span, ...], Sheet] | None:
    """What a group reads of it, and as a sheet. Whoever asks for it, privately too: nobody is its reader."""
    kind = lookup.here.posts.get(Of.of(asked).shows)
    if kind is None or kind.pictured is None or kind.render is None:
        return None
    standing = Post(
        community_id=asked.community_id,
        chat_id=asked.chat_id,
        occurrence_id=asked.occurrence_id,
        claim_id=asked.claim_id,
        kind=kind.name,
        due=lookup.now,
        not_before=lookup.now,
    )
    view = View(lookup, standing, lang, private=False)
    message = kind.render(view)
    if message is None:
        return None
    text = public(message.text)
    sheet = kind.pictured.sheet(view) if kind.pictured.sheet is not None else sheet_of(text)
    return None if sheet is None else (text, sheet)


def public(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Without what is confided, should there be any: no picture holds it, and nothing that stands below one. Nobody is
    rung for a picture on which they are.
    """
    kept = (span for span in spans if not isinstance(span, Confide))
    return tuple(words(span) if isinstance(span, Mention) else span for span in kept)


def sheet_of(spans: Iterable[Span]) -> Sheet:
    """Words line by line, the first as the title."""
    rows = list[list[Span]]([[]])
    for span in spans:
        if not isinstance(span, str):
            rows[-1].append(span)
            continue
        first, *rest = span.split("\n")
        rows[-1].append(first)
        rows.extend([line] for line in rest)
    said = [row for line in rows for row in rows_of(line) if row.words.strip()]
    return Sheet(said[0].words if said else "", tuple(said[1:]))


def rows_of(line: list[Span]) -> tuple[Row, ...]:
    """A line; one that begins in bold type as two, what follows below what it is about."""
    first = next((n for n, span in enumerate(line) if words(span).strip()), 0)
    if not line or not isinstance(line[first], Bold):
        return (Row("".join(map(words, line))),)
    head, rest = Row(words(line[first]), strong=True), "".join(map(words, line[first + 1 :])).strip(" ·")
    return (head, Row(rest, under=True)) if rest else (head,)


def stamped(view: View) -> str:
    """周二 14:05 的名单: a picture is read much later, and by then it may be otherwise."""
    kind = view.lookup.here.posts[Of.of(view.post).shows]
    assert kind.pictured is not None  # noqa: S101 - it was drawn just now
    now = view.lookup.now.astimezone(view.lookup.here.tz)
    moment = view.text("pictures.moment", weekday=view.text(f"weekday.{now.weekday()}"), time=f"{now:%H:%M}")
    return view.text(kind.pictured.stamp, moment=moment)


def forget(session: Session, community_id: int, member_id: int) -> None:  # noqa: ARG001 - whoever it is: all of them
    """Somebody is to be known no more: pictures cannot be edited, so those that may show their name are taken away."""
    rows = session.exec(
        select(Post).where(Post.community_id == community_id, Post.kind == PICTURE.name, col(Post.message).is_not(None))
    ).all()
    for post in rows:
        posts.want(
            session,
            community_id,
            post.due,
            CLEAR.name,
            urgency=NOTICE,
            chat_id=post.shown_in,
            occasion=f"{post.id}.{post.life}",
            body=Cleared(clear=post.message or ""),
        )
        post.state, post.pending, post.message = ENDED, False, None
        post.life += 1  # what is asked for again is another message
        session.add(post)


PICTURE = PostKind(
    "pictures.picture", Of, picture, urgency=ANSWER, means_activity=True, unheard=one_line, later=False, chatty=True
)
CLEAR = PostKind("pictures.clear", Cleared, lambda _view: Message(("·",)), urgency=NOTICE, clears=True, later=False)
POSTS = (PICTURE, CLEAR)
