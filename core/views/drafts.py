"""A draft: what was understood of a posting, field by field, before anything reaches a group."""

from __future__ import annotations

from core import when
from core.activities import DISCARDED, DRAFT
from core.claims import Sheet
from core.messages import Confide, Message, Span
from core.views.board import places
from core.views.details import facts
from core.views.look import Look, lines


def draft(look: Look) -> Message | None:
    """The draft for the coordinator who wrote it, with 发布 only when it can be posted."""
    on = look.books.sheet(look.post.occurrence_id)
    if on is None:
        return None
    o = on.occurrence
    if o.state == DISCARDED:
        return Message(look.say("draft.discarded"))
    if o.state != DRAFT:
        return Message(look.say("draft.posted", number=o.number or 0, title=title(look, on)))
    if look.post.body.get("older"):
        return Message(look.say("draft.older"))
    text = lines(
        look.say("draft.head", kind=kind_name(look, on)),
        *(both(look, on) if look.books.feature(on).confides else single(look, on)),
        series(look, on),
        where(look, on),
        question(look, on),
    )
    return Message(
        text, look.open("publish", "change", "discard") if may_post(look, on) else look.open("change", "discard")
    )


def may_post(look: Look, on: Sheet) -> bool:
    """It has a start, still to come, and nothing that stands in the way was left unanswered."""
    starts = on.occurrence.starts_at
    if starts is None or on.occurrence.draft.get("blocked"):
        return False
    return starts > look.books.now or (on.occurrence.all_day and on.occurrence.ends() > look.books.now)


def kind_name(look: Look, on: Sheet) -> str:
    return look.text(f"{look.books.feature(on).name}.name")


def title(look: Look, on: Sheet) -> str:
    return look.books.feature(on).title(on.occurrence, look.lang, private=False)


def single(look: Look, on: Sheet) -> list[tuple[Span, ...]]:
    """Every field as understood."""
    return [
        look.say("draft.title", title=on.occurrence.title) if on.occurrence.title != kind_name(look, on) else (),
        *facts(look.books, on, look.lang, private=False),
        *slots(look, on),
    ]


def both(look: Look, on: Sheet) -> list[tuple[Span, ...]]:
    """Both views of a kind that confides: what the group will see, and what those who promise will.

    Whoever coordinates no more is shown the first only.
    """
    open_part = [
        look.say("draft.group_sees"),
        (title(look, on),),
        *facts(look.books, on, look.lang, private=False),
        *slots(look, on),
    ]
    if not look.books.reader(look.reader).coordinates:
        return open_part
    confided = [
        look.say("draft.slot_confided", label=slot.label, text=(Confide(slot.confided),))
        for slot in on.slots
        if slot.confided and slot.confided != slot.label
    ]
    return [
        *open_part,
        look.say("draft.volunteers_see"),
        *facts(look.books, on, look.lang, private=True)[1:],
        *confided,
    ]


def slots(look: Look, on: Sheet) -> list[tuple[Span, ...]]:
    """How many are wanted, each place on its own line."""
    if len(on.slots) == 1 and not on.slots[0].label:
        slot = on.slots[0]
        if slot.max is None:
            return [look.say("draft.unlimited")]
        if slot.min is not None and slot.min != slot.max:
            return [look.say("draft.between", min=slot.min, max=slot.max)]
        return [look.say("draft.wanted", n=slot.max)]
    return places(look, on)


def series(look: Look, on: Sheet) -> tuple[Span, ...]:
    """A rule makes a series: the nearest occurrence goes out first."""
    rule = on.occurrence.draft.get("rule_words", "")
    return look.say("draft.series", rule=rule) if rule else ()


def where(look: Look, on: Sheet) -> tuple[Span, ...]:
    """The groups it goes to, when they are not all."""
    chats = [look.books.chat(id) for id in on.occurrence.chats]
    names = look.text("list.comma").join(chat.name or chat.address for chat in chats if chat is not None)
    return look.say("draft.groups", names=names) if names else ()


def question(look: Look, on: Sheet) -> tuple[Span, ...]:
    """What is missing or doubtful. A start that passed while the draft lay there is asked about too."""
    asked = on.occurrence.draft.get("question", "")
    if asked:
        return look.say("draft.question", question=asked)
    starts = on.occurrence.starts_at
    if starts is not None and not may_post(look, on):
        moment = when.day(starts, look.books.here.tz, look.lang, look.books.now)
        return look.say("draft.past", day=moment)
    return ()
