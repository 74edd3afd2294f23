"""A kind of activity: what it wants of people and what it shows of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING

from core.activities import PERSON, Occurrence, Slot
from core.claims import Claim, Roster
from core.confided import Confided
from core.manners import Reminder
from core.reading import Posting
from core.reading.parts import HAN_DIGITS, Kind, near_place, number, places_in, read_bare, read_place, same_place
from core.words import text
from core.words.clean import tidy_line, tidy_text

if TYPE_CHECKING:
    from core.here import Here


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot to be made: see `activities.Slot`."""

    label: str = ""
    confided: Confided = field(default_factory=Confided)
    min: int | None = None
    max: int | None = None
    unit: str = PERSON
    elder: int = 0  # who of the register is visited there


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a posting becomes: the parts everybody may see, and what those who promised see in their place."""

    title: str = ""
    place: str = ""
    bring: str = ""
    note: str = ""
    title_confided: Confided = field(default_factory=Confided)
    place_confided: Confided = field(default_factory=Confided)
    bring_confided: Confided = field(default_factory=Confided)
    confided: Confided = field(default_factory=Confided)
    slots: tuple[Wanted, ...] = field(default=(Wanted(),))

    def onto(self, o: Occurrence) -> None:
        """Write it into an activity; its slots are rows of their own."""
        for part in fields(self):
            if part.name != "slots":
                setattr(o, part.name, getattr(self, part.name))


class ActivityKind:
    """One kind of activity: patrols, visits. What is here is what most kinds do; a kind overrides where it differs.

    Every method is pure: it looks at rows and returns words or values. None of them may raise for anything a person
    can write. The contract is `tests/features/contract.py`.
    """

    readback: str = "readback"
    """The kind of post that says back what was promised."""
    attends: bool = False
    """Everybody whom it is for is asked whether they come: who cannot, excuses themselves."""
    confides: bool = False
    """Groups see kind, building, time and how many only."""
    asks_around: bool = True
    """Whether people, and then the group, are asked while too few have promised."""
    ends: str = ""
    """The key of what one presses at its end, where it is no duty from which one comes home safely."""
    on_duty: bool = False
    """Whether those who go are looked after: who is not there, or not back, is asked, and others in the end."""

    def __init__(self, called: Kind) -> None:
        """`called`: what people call it. Its name, 'patrol', is that of its feature."""
        self.called = called

    @property
    def name(self) -> str:
        return self.called.name

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """What this posting becomes, its words tidied."""
        return Arrangement(
            title=tidy_line(posting.title or "", 40) or text(lang, f"{self.name}.name"),
            place=tidy_line(posting.place or "", 60),
            bring=tidy_line(posting.bring or "", 80),
            note=tidy_text(posting.rest or "", 300),
            confided=Confided(tidy_text(posting.contact, 200)),
            slots=self.slots(posting),
        )

    def keeps(self, o: Occurrence) -> bool:
        """Whether there is something of it that only those who promised may read: all of a visit, whom to ring up."""
        return self.confides or bool(o.confided)

    def rounds(self, o: Occurrence) -> bool:
        """Whether this one goes over days, so that each household is visited on whichever of them."""
        return False

    def material(self, o: Occurrence) -> bool:
        """Whether who goes picks something up first, to carry it there."""
        return False

    def opening(self, here: Here, o: Occurrence) -> Reminder | None:
        """From when on those who go may read what is confided of it, as a reminder; None: as soon as they promise."""
        return None

    def opens(self, here: Here, o: Occurrence) -> datetime | None:
        """The moment from which those who go may read what is confided of it; None: as soon as they promise."""
        opening = self.opening(here, o)
        begins = o.report_at or o.starts_at
        return None if opening is None or begins is None else opening.due(begins, here.tz)

    def slots(self, posting: Posting) -> tuple[Wanted, ...]:
        if posting.slots:
            return tuple(Wanted(label=tidy_line(slot.label, 30), min=slot.min, max=slot.max) for slot in posting.slots)
        return (Wanted(min=posting.min, max=posting.max),)

    def title(self, occurrence: Occurrence, lang: str) -> str:
        """What everybody may call it."""
        return occurrence.title or text(lang, f"{self.name}.name")

    def slot_label(self, slot: Slot, lang: str) -> str:
        """What everybody may call a slot; '' where there is nothing to tell apart."""
        return slot.label

    def slot_name(self, roster: Roster, slot: Slot, lang: str) -> str:
        """What everybody may call a slot of this roster: two that are called alike are told apart by number, 3号楼①."""
        label = self.slot_label(slot, lang)
        alike = [each.id for each in roster.slots if label and self.slot_label(each, lang) == label]
        return f"{label}{numbered(alike.index(slot.id) + 1)}" if len(alike) > 1 else label

    apart = ""
    """The label of the slot of those who come and fill no place that is wanted; '' where there are none."""

    def thing(self, claim: Claim, lang: str) -> str:
        """What a claim brings, for the roster; '' for nothing but the person."""
        return ""

    def join_key(self, roster: Roster) -> str:
        """The catalogue key of the roster's join button."""
        return "action.join"

    def thing_key(self, roster: Roster) -> str:
        """The catalogue key of the question what is brought; `missing` is a fact of it."""
        return "ask.thing"

    def report_key(self, roster: Roster) -> str:
        """The catalogue key of when they are to be there, before it begins."""
        return "activity.report"

    def comes_early(self, roster: Roster, theirs: Sequence[Claim]) -> bool:
        """Whether who holds these claims is to be there before it begins, where that was said."""
        return True

    def slot_key(self, roster: Roster) -> str:
        """The catalogue key of the question which slot is meant."""
        return "ask.slot"

    def count(self, n: int, unit: str, lang: str) -> str:
        """So many of what a slot counts, in words."""
        return text(lang, "count.person", n=n)

    def chooses(self, roster: Roster) -> bool:
        """Whether a bare join is asked which slot: named places are not alike. Else it takes the first with room."""
        return len(roster.slots) > 1

    def pools(self, roster: Roster) -> bool:
        """Whether who waits, waits for whichever slot falls free first; else only for the one they named."""
        return not self.chooses(roster)

    def asks_thing(self, roster: Roster) -> bool:
        """Whether a join must say what is brought."""
        return False

    def slot_called(self, roster: Roster, slot: Slot) -> str:
        """By what people may ask for a slot: its label, or where the activity is if that is its only one."""
        label = self.slot_label(slot, "zh")
        return label or (roster.occurrence.place if len(roster.slots) == 1 else "")

    def slots_for(self, roster: Roster, thing: str) -> tuple[Slot, ...]:
        """The slots that the words said with a join name, whole: one, several (then it is asked), or none.

        13号楼 never means 3号楼: whoever is sent to the wrong door is told of a stranger.
        """
        wish = squeeze(thing)
        if not wish:
            return ()
        exact = tuple(s for s in roster.slots if squeeze(self.slot_name(roster, s, "zh")) == wish)
        called = [(slot, self.slot_called(roster, slot)) for slot in roster.slots]
        whole = tuple(s for s, label in called if label and (squeeze(label) == wish or same_place(thing, label)))
        return exact if len(exact) == 1 else whole

    def slots_near(self, roster: Roster, thing: str) -> tuple[Slot, ...]:
        """The slots that may be meant by words that name none whole: to be asked about, never taken for granted."""
        return tuple(s for s in roster.slots if (label := self.slot_called(roster, s)) and near_place(thing, label))

    def minds(self, roster: Roster, thing: str) -> bool:
        """Whether these words, which name none of the slots, must not be passed over: they are about another place."""
        if self.chooses(roster):
            return True
        known = [read_place(self.slot_called(roster, slot)) for slot in roster.slots]
        comparable = self.confides or None not in known
        if read_bare(thing):
            return comparable and any(place is not None and place.numbered for place in known)
        return comparable and bool(places_in(thing))

    def watches(self, o: Occurrence, words: str) -> bool:
        """Whether those who go look at something broken that was found, as these words tell."""
        return False

    def hint(self, roster: Roster, theirs: Sequence[Claim], lang: str) -> str:
        """A kind word beside what was promised, or ''."""
        return ""

    def expected(self, roster: Roster, lang: str) -> str:
        """A line on how many are expected, or ''."""
        return ""

    def missing(self, roster: Roster, lang: str) -> str:
        """A last line of the roster that says what is still wanted, or ''."""
        return ""


def numbered(n: int) -> str:
    """①, ② ... ⑳, then (21)."""
    return chr(ord("①") + n - 1) if n <= 20 else f"({n})"


_SPELT = re.compile(rf"[{HAN_DIGITS}]{{1,6}}(?=号|幢|栋|单元)")


def squeeze(words: str) -> str:
    """Words without white space, case and full-width forms, 三号楼 as 3号楼: to compare what people type with ours."""
    folded = "".join(unicodedata.normalize("NFKC", words).lower().split())
    return _SPELT.sub(lambda found: str(number(found[0]) or found[0]), folded)
