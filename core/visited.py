"""Who of the register a posting of visits names: they take the place of what was written of them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from core.activities import CLOSED, DRAFT, OPEN, Occurrence, Slot
from core.claims import Roster
from core.confided import Confided
from core.elders import Elder, Known, called, known, last_visits, lives, named
from core.excused import carried_to
from core.kind import Arrangement, Wanted
from core.reading import Posting
from core.reading.parts import flat_in, names_in
from core.said.visits import EACH, EXCUSED, LISTS, LONG_AGO, OVER, SAYS_NOTHING, ReadElder
from core.visiting import Visiting
from core.words.clean import tidy_line
from core.work import Work


def with_register(work: Work, posting: Posting, plan: Arrangement) -> Arrangement:
    """The plan, with everybody of the register whom it names, whole, as a household of their own.

    One who lives elsewhere than it was said is not meant, and of two of one name none is until it is said which.
    """
    people = known(work.session, work.here.id)
    plan = to_excused(work, posting, plan)
    if not people:
        return plan
    plan = replace(plan, slots=tuple(at_home(people, slot) for slot in plan.slots))
    apart = [plan.title_confided, plan.place_confided, plan.confided]
    words = "\n".join(each.privately() for each in apart)
    there = {slot.elder for slot in plan.slots}
    meant = [each for each in only(named(people, words), plan.place, flat_in(words)) if each.id not in there]
    meant += of_age(work, people, words, [each.id for each in meant])
    meant += not_visited(work, people, words, [each.id for each in meant])
    if not meant:
        return plan
    plan = households(plan, posting, meant, each=EACH.search(words) is not None)
    said = [each.said for each in meant]
    title, place, rest = (Confided(LISTS.sub("", rest_of(each.privately(), said)).strip(" ，,、")) for each in apart)
    return replace(plan, title_confided=title, place_confided=place, confided=rest)


def to_excused(work: Work, posting: Posting, plan: Arrangement) -> Arrangement:
    """The plan with a household for each who excused themselves last time, where they are asked for: 请假的送上门.

    Where somebody of exactly their name is on the register, and only one is, theirs; of another it is known who only.
    """
    apart = ("title_confided", "place_confided", "confided")
    if not any(EXCUSED.search(getattr(plan, name).privately()) for name in apart):
        return plan
    slots = [slot for slot in plan.slots if slot.label or slot.elder or slot.confided]
    there = {slot.elder for slot in slots} - {0}
    for n, who in enumerate(carried_to(work), len(slots) + 1):
        found = called(work.session, work.here.id, who.name)
        elder, home = (found[0].id, found[0].said.building) if len(found) == 1 else (0, "")
        if elder in there:
            continue
        known_as = Confided("" if elder else who.name)
        slots.append(Wanted(home or str(n), known_as, min=posting.min, max=posting.max or 1, elder=elder))
    title, place, rest = (
        Confided(EACH.sub("", EXCUSED.sub("", getattr(plan, name).privately())).strip(" ，,、")) for name in apart
    )
    plan = replace(plan, title_confided=title, place_confided=place, confided=rest)
    return replace(plan, slots=tuple(slots) or plan.slots)


def at_home(people: Sequence[Known], slot: Wanted) -> Wanted:
    """A household that was said, with whom of the register it names."""
    words = slot.confided.privately()
    found = only(named(people, words), "" if slot.label.isdecimal() else slot.label, flat_in(words))
    if len(found) != 1:
        return slot
    who = found[0]
    label = who.said.building if slot.label.isdecimal() and who.said.building else slot.label
    return replace(slot, label=label, elder=who.id, confided=Confided(rest_of(words, [who.said], label)))


def only(found: Sequence[Known], building: str, flat: str) -> list[Known]:
    """Those who may live where it was said; of several of one name none."""
    alone = len(found) == 1  # of several the one building or flat that is said is not that of all
    here = [each for each in found if lives(each.said, building if alone else "", flat if alone else "")]
    if len({each.said.name for each in here}) < len(here):
        here = [each for each in found if building and lives(each.said, building, flat)]
    names = [each.said.name for each in here]
    return [each for each in here if names.count(each.said.name) == 1]


def of_age(work: Work, people: Sequence[Known], words: str, but: Sequence[int]) -> list[Known]:
    """Everybody of so many years and more, where they are asked for: 80岁以上."""
    found = OVER.search(words)
    if found is None:
        return []
    oldest = work.now.astimezone(work.here.tz).year - int(found["age"] or found["over"])
    return [p for p in people if p.id not in but and p.said.born.isdecimal() and int(p.said.born) <= oldest]


def not_visited(work: Work, people: Sequence[Known], words: str, but: Sequence[int]) -> list[Known]:
    """Everybody whom nobody has visited for long, longest first, where they are asked for: 很久没去的."""
    if LONG_AGO.search(words) is None:
        return []
    been = last_visits(work.session, work.here.id, work.now)
    since = work.now - timedelta(days=work.here.settings(Visiting).forgotten_days)
    never = datetime.min.replace(tzinfo=UTC)
    waiting = [(been.get(p.id, (None, False))[0] or never, p) for p in people if p.id not in but]
    return [p for at, p in sorted(waiting, key=lambda each: each[0]) if at < since]


def households(plan: Arrangement, posting: Posting, meant: Sequence[Known], *, each: bool) -> Arrangement:
    """The plan with a household for each of these: in the place of those that were only counted, or beside others."""
    left = list(meant)
    slots: list[Wanted] = []
    for said in plan.slots:
        slot = said
        free = not slot.elder and not slot.confided
        fits = [p for p in left if free and (slot.label.isdecimal() or lives(p.said, slot.label))]
        if slot.label and fits:
            who = fits[0]
            left.remove(who)
            slot = replace(slot, elder=who.id, label=who.said.building or slot.label)
        if slot.label:
            slots.append(slot)
    if not left:
        return replace(plan, slots=tuple(slots))
    most, least = posting.max, posting.min
    if most is not None and not each and len(left) > 1:
        most, least = -(-most // len(left)), None
    if len(left) == 1 and not slots:
        who = left[0]
        alone = Wanted(elder=who.id, min=least, max=most)
        return replace(plan, place=plan.place or who.said.building, slots=(alone,))
    slots += [Wanted(p.said.building or str(n), elder=p.id, min=least, max=most) for n, p in enumerate(left, 1)]
    return replace(plan, place="", slots=tuple(slots))


def rest_of(words: str, said: Sequence[ReadElder], label: str = "") -> str:
    """What else was said than whom it is about and where they live; '' where nothing was."""
    rest = words.removeprefix(label)
    for each in said:
        rest = rest.replace(each.name, " ")
        if each.flat:
            rest = re.sub(rf"(?:flat |room )?(?<!\d){re.escape(each.flat)}(?!\d)室?", " ", rest, flags=re.IGNORECASE)
        rest = rest.replace(each.phone, " ") if each.phone else rest
        rest = rest.replace(each.building, " ") if each.building else rest
    rest = EACH.sub(" ", rest)
    return "\n".join(tidy_line(line).strip(" ，,、") for line in rest.splitlines() if SAYS_NOTHING.sub("", line))


def waiting_for(work: Work, row: Elder) -> list[tuple[Slot, str]]:
    """Households of what is not over that name somebody of this name who lives there, with what else was said."""
    person = Known(row.id, row.read())
    coming = select(Occurrence).where(
        Occurrence.community_id == work.here.id,
        col(Occurrence.state).in_((DRAFT, OPEN, CLOSED)),
        (col(Occurrence.starts_at).is_(None)) | (col(Occurrence.starts_at) > work.now),
    )
    found = []
    for o in work.session.exec(coming).all():
        slots = work.session.exec(
            select(Slot).where(Slot.community_id == work.here.id, Slot.occurrence_id == o.id)
        ).all()
        for slot in slots if work.kind(o).confides else ():
            alone = len(slots) == 1
            whole = [slot.confided, *((o.title_confided, o.place_confided, o.confided) if alone else ())]
            words = "\n".join(each.privately() for each in whole)
            at = slot.label or (o.place if alone else "")
            if not slot.elder_id and named([person], words) and lives(person.said, at, flat_in(words)):
                found.append((slot, rest_of(slot.confided.privately(), [person.said])))
                if alone:
                    o.title_confided = Confided(rest_of(o.title_confided.privately(), [person.said]))
                    o.place_confided = Confided(rest_of(o.place_confided.privately(), [person.said]))
                    o.confided = Confided(rest_of(o.confided.privately(), [person.said]))
                    work.session.add(o)
    return found


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody whom an activity names and the register does not know: what is said of them. `namesakes`: it knows
    several of that name, or one who lives elsewhere.
    """

    name: str
    words: str
    namesakes: int = 0


def strangers_in(session: Session, community_id: int, on: Roster) -> list[Stranger]:
    """Forms of address with a name in what is confided of an activity, where nobody of the register is meant."""
    o, found = on.occurrence, []
    whole = "\n".join(each.privately() for each in (o.title_confided, o.place_confided, o.confided))
    alone = len(on.slots) == 1
    parts = [(slot.label, slot.confided.privately()) for slot in on.slots if not slot.elder_id]
    for label, words in [*parts, ("" if not alone else o.place, whole)]:
        for name in names_in(words):
            at = label if not label.isdecimal() else ""
            said = f"{name}\n{at if at not in words else ''}{without(words, name)}"
            found.append(Stranger(name, said, len(called(session, community_id, name))))
    return list({each.name: each for each in found}.values())


def without(words: str, name: str) -> str:
    return words.replace(name, " ", 1)
