"""The parts that many messages share: what an activity is, and how a head or a waiting place is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core import claims, when
from core.activities import Occurrence, Slot
from core.claims import Claim, Roster
from core.confided import Confided
from core.confiding import may_read
from core.drafts import read_of
from core.elders import ReadElder
from core.kind import ActivityKind
from core.messages import Confide, Span
from core.reading.parts import at_home
from core.rounds import handed_on
from core.views.lookup import Lookup
from core.visiting import Visiting
from core.words import say, text


def headline(lookup: Lookup, on: Roster, lang: str) -> str:
    """'巡逻 #1'; '巡逻' of one whose roster is not up yet."""
    kind = lookup.kind(on)
    title = kind.title(on.occurrence, lang)
    number = on.occurrence.number
    return title if number is None else text(lang, "activity.headline", title=title, number=number)


def facts(
    lookup: Lookup, on: Roster, lang: str, *, private: bool, to: Sequence[Claim] = (), everywhere: bool = False
) -> list[tuple[Span, ...]]:
    """What there is to know of an activity, a line each: time, being there, place, what to bring, what to note.

    `private`: what is confided takes the place of what everybody knows; what concerns one household is for those whose
    claims (`to`, as `readable` gives them) are there; `everywhere`: of all households.
    """
    o, kind = on.occurrence, lookup.kind(on)
    out: list[tuple[Span, ...]] = [(lookup.when(on, lang),)]
    if o.report_at is not None and o.report_at != o.starts_at:
        out.append(say(lang, kind.report_key(on), value=when.clock(o.report_at, lookup.here.tz, lang)))
    for key, known, confided in (
        ("activity.whom", "", o.title_confided),
        ("activity.place", o.place, o.place_confided),
        ("activity.bring", o.bring, o.bring_confided),
        ("activity.note", o.note, o.confided if kind.confides else Confided()),
    ):
        if private and confided:
            out.append(say(lang, key, value=spoken(confided, lang)))
        elif known:
            out.append(say(lang, key, value=known))
    if private and o.confided and not kind.confides:
        out.append(say(lang, "activity.contact", value=spoken(o.confided, lang)))
    theirs = {claim.slot_id for claim in to} if private else set()
    for slot in on.slots:
        if slot.id in theirs or (private and everywhere):
            out += household(lookup, on, slot, lang, whole=slot.id in theirs)
    return out


def household(lookup: Lookup, on: Roster, slot: Slot, lang: str, *, whole: bool) -> list[tuple[Span, ...]]:
    """What is confided of one household: who of the register lives there, and what else was said.

    `whole`: a line for each thing, as who goes there needs it; else all on one.
    """
    label = lookup.kind(on).slot_name(on, slot, lang)
    also = [spoken(within(slot), lang)] if slot.confided else []
    before = from_before(lookup, on, slot, lang) if whole else []
    if not slot.elder_id:
        return [*(say(lang, "activity.household", label=label, value=value) for value in also), *before]
    who = lookup.elder(slot.elder_id)
    if who is None:
        return [say(lang, "elders.gone_line" if label else "elders.gone_alone", label=label)]
    if not lookup.shares(slot.elder_id):
        return [say(lang, "elders.hidden_line" if label else "elders.hidden_alone", label=label)]
    if whole:
        return [*visitor_lines(who, lang), *(say(lang, "activity.note", value=value) for value in also), *before]
    words = [part for part in (who.name, at_door(who), *(getattr(who, name) for name in HINTS)) if part]
    value: tuple[Span, ...] = (Confide(" · ".join(words)), *(part for value in also for part in (" · ", *value)))
    return [say(lang, "activity.household", label=label, value=value) if label else value]


def from_before(lookup: Lookup, on: Roster, slot: Slot, lang: str) -> list[tuple[Span, ...]]:
    """What who was there before says of a household, where a coordinator passed it on."""
    if not lookup.kind(on).rounds(on.occurrence):
        return []
    last = lookup.once(("again", on.occurrence.id), lambda: again_of(lookup, on.occurrence))
    row = handed_on(lookup.session, slot, last)
    if row is None or row.words.lost or any(claim.id == row.claim_id for claim in on.taking()):
        return []  # nothing, or who said it goes there still
    return [say(lang, "round.from_before", value=(Confide(row.words.privately()),))]


def again_of(lookup: Lookup, o: Occurrence) -> Occurrence | None:
    """As which activity this one was posted."""
    id = read_of(lookup.session, o).again
    return lookup.session.get(Occurrence, (lookup.here.id, id)) if id else None


HINTS = ("phone", "door", "mind", "times")
"""What a visitor must know, besides whom they go to and where."""


def visitor_lines(who: ReadElder, lang: str) -> list[tuple[Span, ...]]:
    """Whom they visit, where, and what to know: no more than that is a visitor's."""
    told = (("name", who.name), ("home", at_door(who)), *((name, getattr(who, name)) for name in HINTS))
    return [say(lang, f"elders.visitor.{name}", value=(Confide(value),)) for name, value in told if value]


def at_door(who: ReadElder) -> str:
    """3号楼502, Building 3 flat 502."""
    if not who.flat or not who.building:
        return who.building or who.flat
    return f"{who.building} flat {who.flat}" if who.building.isascii() else f"{who.building}{who.flat}"


def within(slot: Slot) -> Confided:
    """What is confided of a household, without the building that stands before it: 301王奶奶 of 3号楼301王奶奶."""
    if slot.confided.lost or not slot.label:
        return slot.confided
    words = slot.confided.privately()
    rest = words.removeprefix(slot.label).lstrip(" ，,、：:") if words.startswith(slot.label) else words
    return Confided(rest or words)


def spoken(confided: Confided, lang: str) -> tuple[Span, ...]:
    """Confided words for a private chat; or that they cannot be read any more."""
    return say(lang, "confided.lost") if confided.lost else (Confide(confided.privately()),)


def readable(lookup: Lookup, on: Roster, theirs: Sequence[Claim], reader: int) -> list[Claim]:
    """Of these claims, those of which this member may read what is confided; none where nothing is."""
    if not lookup.kind(on).keeps(on.occurrence):
        return []
    who, opens = lookup.reader(reader), lookup.opens(on)
    lasts = lookup.here.settings(Visiting).lasts
    sure = [claim for claim in theirs if claim.promised == claims.CLAIMED]
    return [c for c in sure if may_read(who, on.occurrence, c, lookup.member(c.member_id).id, lookup.now, opens, lasts)]


def to_come(lookup: Lookup, on: Roster, theirs: Sequence[Claim], reader: int) -> datetime | None:
    """When this member may read what is confided of these claims, where that is still to come."""
    opens = lookup.opens(on)
    if opens is None or lookup.now >= opens or readable(lookup, on, theirs, reader):
        return None
    who = lookup.reader(reader)
    lasts = lookup.here.settings(Visiting).lasts
    later = any(may_read(who, on.occurrence, c, lookup.member(c.member_id).id, opens, None, lasts) for c in theirs)
    return opens if later else None


def limit(kind: ActivityKind, taken: int, wanted: int | None, lang: str, unit: str) -> str:
    """'2/4', or '3人' where as many may come as like."""
    if wanted is not None:
        return f"{taken}/{wanted}"
    return kind.count(taken, unit, lang)


def so_many(kind: ActivityKind, on: Roster, lang: str) -> str:
    """The same of a whole roster: how many of how many that are wanted."""
    return limit(kind, len(on.filling()), on.wanted(), lang, on.unit)


def head(lookup: Lookup, on: Roster, claim: Claim, lang: str) -> str:
    """One head as a roster names it: '陈伯', '陈伯+1', '王阿姨（待确认）'."""
    kind = lookup.kind(on)
    name = called(lookup, on, claim.member_id, lang)
    unit = lookup.member(claim.member_id).unit
    if not unit and (claim.guest_of is not None or (claim.ordinal > 0 and not claim.thing)):
        name = f"{name}+{claim.name or 1}"
    thing = kind.thing(claim, lang)
    if thing:
        name = text(lang, "roster.brings", name=name, thing=thing)
    if claim.promised == claims.OFFERED:
        return text(lang, "roster.offered", name=name)
    if claim.happened == claims.FINISHED and kind.rounds(on.occurrence):
        return text(lang, "round.delivered", name=name)
    if claim.happened == claims.ON_THE_WAY and kind.rounds(on.occurrence):
        return text(lang, "round.material.head_name", name=name)
    if (shown := SEEN_AS.get(claim.happened)) is not None:
        return text(lang, f"roster.{shown}", name=name)
    return name


SEEN_AS = {
    claims.ON_THE_WAY: claims.ON_THE_WAY,
    claims.PRESENT: claims.PRESENT,
    claims.FINISHED: claims.FINISHED,
    claims.LATE: claims.PRESENT,
    claims.LEFT_EARLY: claims.FINISHED,
}
"""What a roster shows of what happened: who came late or left early was there, and nobody is marked as missing."""


def names(lookup: Lookup, ids: Sequence[int], lang: str, on: Roster | None = None) -> str:
    """Names on one line; apart where two `on` a roster have the same."""
    return text(lang, "list.comma").join(called(lookup, on, id, lang) if on else lookup.name(id) for id in ids)


def called(lookup: Lookup, on: Roster, member_id: int, lang: str) -> str:
    """A name as a roster shows it: 王阿姨（2号楼） where another 王阿姨 is on it."""
    apart = lookup.once(("apart", on.occurrence.id), lambda: namesakes(lookup, on)).get(member_id)
    name = lookup.name(member_id)
    return text(lang, "person.apart", name=name, apart=apart) if apart else name


def namesakes(lookup: Lookup, on: Roster) -> dict[int, str]:
    """What tells those of one name apart: the building, if it was said with the name, else who came second."""
    alike: dict[str, dict[int, str]] = {}
    for claim in on.claims:
        who = lookup.member(claim.member_id)
        home = at_home(claim.name)[0] if claim.ordinal == 0 else ""
        known = alike.setdefault(who.name, {})
        known[who.id] = known.get(who.id) or home
    apart: dict[int, str] = {}
    for people in alike.values():
        if len(people) > 1:
            apart |= {id: home for id, home in people.items() if home}
            apart |= {id: f"{n}" for n, id in enumerate((id for id in people if not people[id]), 1) if n > 1}
    return apart
