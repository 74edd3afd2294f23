"""A draft: what was understood of a posting, field by field, before anything reaches a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core import when
from core.activities import DISCARDED, DRAFT
from core.claims import Roster
from core.drafts import LOST, Read, read_of
from core.invited import audience
from core.lists import meant_by
from core.messages import Action, Confide, Message, Span
from core.posts import OPEN, Body
from core.reading.parts import spell_day, spell_time
from core.views.bidden import named
from core.views.details import facts, household
from core.views.places import places
from core.views.view import View, lines
from core.visited import Stranger, strangers_in


@dataclass(frozen=True, slots=True)
class DraftShown(Body):
    older: bool = False  # it was shown anew since


def draft(view: View) -> Message | None:
    """The draft for the coordinator who wrote it, with 发布 only when it can be posted."""
    on = view.lookup.roster(view.post.occurrence_id)
    if on is None:
        return None
    o = on.occurrence
    if o.state == DISCARDED:
        return Message(view.say("draft.discarded"))
    if o.state != DRAFT:
        return Message(view.say("draft.posted", number=o.number or 0, title=title(view, on)))
    if DraftShown.of(view.post).older:
        return Message(view.say("draft.older"))
    text = lines(
        view.say("draft.head", kind=kind_name(view, on)),
        *(both(view, on) if view.lookup.kind(on).keeps(on.occurrence) else single(view, on)),
        series(view, on),
        for_whom(view, on),
        where(view, on),
        question(view, on),
        unknown(view, on),
    )
    usual = view.open("publish", "change", "discard") if may_post(view, on) else view.open("change", "discard")
    more = view.open("register") if strangers(view, on) and "register" in view.lookup.here.verbs else ()
    return Message(text, (*choices(view, on), *usual, *more))


def strangers(view: View, on: Roster) -> list[Stranger]:
    """Those whom it names who are not of the register, for who may put them there."""
    if not view.lookup.kind(on).confides or not view.lookup.reader(view.reader).may("elders"):
        return []
    return strangers_in(view.lookup.session, view.lookup.here.id, on)


def unknown(view: View, on: Roster) -> tuple[Span, ...]:
    """Who is not of the register yet, and of two of one name that it must be said which."""
    found = strangers(view, on) if view.post.state == OPEN else []
    if not found or "register" not in view.lookup.here.verbs:
        return ()
    many = tuple(each for each in found if each.namesakes)
    key, some = ("elders.say_which", many) if many else ("elders.stranger", tuple(found))
    return view.say(key, name=(Confide(view.text("list.comma").join(each.name for each in some)),))


CHOICES = ("first", "second")


def choices(view: View, on: Roster) -> tuple[Action, ...]:
    """The moments of which one is meant, where the posting leaves two."""
    starts = [start for start in read(view, on).posting.choices if start is not None]
    if view.post.state != OPEN or len(starts) != len(CHOICES):
        return ()
    days = len({start.day for start in starts}) > 1
    labels = [
        spell_day(day_of(start), view.lang) if days or not isinstance(start, datetime)
        else spell_time(start.time(), view.lang)
        for start in starts
    ]  # fmt: skip
    return tuple(view.action(verb, label=label) for verb, label in zip(CHOICES, labels, strict=True))


def day_of(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start


def may_post(view: View, on: Roster) -> bool:
    """It has a start, still to come, and nothing that stands in the way was left unanswered."""
    starts = on.occurrence.starts_at
    if starts is None or read(view, on).blocked:
        return False
    return starts > view.lookup.now or (on.occurrence.all_day and on.occurrence.ends() > view.lookup.now)


def read(view: View, on: Roster) -> Read:
    """What was read of the posting."""
    return view.lookup.once(("read", on.occurrence.draft_id), lambda: read_of(view.lookup.session, on.occurrence))


def kind_name(view: View, on: Roster) -> str:
    return view.text(f"{view.lookup.kind(on).name}.name")


def title(view: View, on: Roster) -> str:
    return view.lookup.kind(on).title(on.occurrence, view.lang)


def single(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """Every field as understood."""
    return [
        view.say("draft.title", title=on.occurrence.title) if on.occurrence.title != kind_name(view, on) else (),
        *facts(view.lookup, on, view.lang, private=False),
        *slots(view, on),
    ]


def both(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """Both views of a kind that confides: what the group will see, and what those who promise will.

    Whoever coordinates no more is shown the first only.
    """
    open_part = [view.say("draft.group_sees"), *for_all(view, on)]
    confided = for_volunteers(view, on)
    return [*open_part, view.say("draft.volunteers_see"), *confided] if confided else open_part


def for_all(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """What the group will see."""
    return [(title(view, on),), *facts(view.lookup, on, view.lang, private=False), *slots(view, on)]


def for_volunteers(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """What those who promise will see besides, privately; nothing for a reader who may not arrange it."""
    if not view.lookup.kind(on).keeps(on.occurrence):
        return []
    if not view.lookup.reader(view.reader).may("arrange", on.occurrence.kind):
        return []
    known = for_all(view, on)
    return [
        *(fact for fact in facts(view.lookup, on, view.lang, private=True) if fact not in known),
        *(line for slot in on.slots for line in household(view.lookup, on, slot, view.lang, whole=False)),
    ]


def slots(view: View, on: Roster) -> list[tuple[Span, ...]]:
    """How many are wanted, each place on its own line."""
    if len(on.slots) == 1 and not on.slots[0].label:
        slot = on.slots[0]
        if slot.max is None:
            return [view.say("draft.unlimited")]
        if slot.min is not None and slot.min != slot.max:
            return [view.say("draft.between", min=slot.min, max=slot.max)]
        return [view.say("draft.wanted", n=slot.max)]
    return places(view, on)


def series(view: View, on: Roster) -> tuple[Span, ...]:
    """A rule makes a series: the nearest occurrence goes out first."""
    rule = read(view, on).rule_words
    return view.say("draft.series", rule=rule) if rule else ()


def for_whom(view: View, on: Roster) -> tuple[Span, ...]:
    """The lists that it is for, and how many people that are."""
    o = on.occurrence
    if not o.bidden:
        return ()
    ids = audience(view.lookup.session, o.community_id, o.id)
    people = meant_by(view.lookup.session, o.community_id, ids)
    return view.say(f"audience.draft_{o.bidden}", names=named(view, on), n=len(people))


def where(view: View, on: Roster) -> tuple[Span, ...]:
    """The groups it goes to, when they are not all."""
    chats = [view.lookup.chat(id) for id in on.occurrence.chats]
    names = view.text("list.comma").join(chat.name or chat.address for chat in chats if chat is not None)
    return view.say("draft.groups", names=names) if names else ()


def question(view: View, on: Roster) -> tuple[Span, ...]:
    """What is missing or doubtful. A start that passed while the draft lay there is asked about too."""
    if read(view, on) is LOST:
        return view.say("draft.question", question=view.text("refusal.lost"))
    asked = read(view, on).question
    if asked:
        return view.say("draft.question", question=asked)
    starts = on.occurrence.starts_at
    if starts is not None and not may_post(view, on):
        moment = when.day(starts, view.lookup.here.tz, view.lang, view.lookup.now)
        return view.say("draft.past", day=moment)
    return ()
