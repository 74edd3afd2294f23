"""Kinds that go to people at home: a group learns when, which building and how many; no more."""

from __future__ import annotations

import re

from core.activities import Occurrence, Slot
from core.claims import Roster
from core.confided import Confided
from core.here import Here
from core.kind import ActivityKind, Arrangement, Wanted
from core.manners import Reminder
from core.reading import Posting
from core.reading.parts import HAN_DIGITS, without_flat
from core.reading.parts import Wanted as Asked
from core.rounds import is_round
from core.visiting import Visiting
from core.words import text
from core.words.clean import tidy_line, tidy_text

BUILDING = re.compile(
    rf"(?:(?<![\da-z])[a-z]?\d{{1,3}}|(?<![{HAN_DIGITS}])[{HAN_DIGITS}]{{1,6}})\s*(?:号楼|号门|幢|栋)|"
    r"\b(?:building|block)\s*\d{1,3}\b",
    re.IGNORECASE,
)
"""The part of a household's words that everybody may see: its number whole, as it is what people go by."""


HOUSEHOLDS = re.compile(r"(?:^|(?<=[，,]))\s*\d{1,2}\s*(?:户|家|households?)\s*(?:[，,]|$)", re.IGNORECASE)
"""How many homes there are: the roster says it already."""


class Households(ActivityKind):
    confides = True
    on_duty = True
    carries = False
    """Whether each visit of it takes something along."""

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """Title, place, names, flats and free text all go to those who promised; everybody else sees the building."""
        place, parts = posting.place or "", [posting.whom, HOUSEHOLDS.sub("", posting.rest), posting.contact]
        named = {found[0] for part in parts for found in BUILDING.finditer(part or "")}
        if not posting.slots and not building(place, bare=False) and len(named) == 1:
            place, parts = named.pop(), [*parts, place]  # the one building said anywhere is where it is
        title, place = tidy_line(posting.title or "", 40), tidy_line(place, 60)
        known, says_nothing = building(place, bare=False), [text(any_, f"{self.name}.name") for any_ in ("zh", "en")]
        says_nothing += [self.called.zh, self.called.en]
        return Arrangement(
            place=known,
            title_confided=Confided(title if title not in says_nothing else ""),
            place_confided=Confided(place if place != known else ""),
            bring_confided=Confided(tidy_line(posting.bring or "", 80)),
            confided=Confided(tidy_text("\n".join(part for part in parts if part), 300)),
            slots=self.slots(posting),
        )

    def opening(self, here: Here, o: Occurrence) -> Reminder | None:
        return here.settings(Visiting).opening

    def rounds(self, o: Occurrence) -> bool:
        return is_round(o)

    def material(self, o: Occurrence) -> bool:
        return is_round(o) and (self.carries or bool(o.bring or o.bring_confided))

    def chooses(self, roster: Roster) -> bool:
        return False  # whoever comes is sent where somebody is still needed

    def slots(self, posting: Posting) -> tuple[Wanted, ...]:
        """A slot for each household, called by its building, or by its turn where no building was said.

        What else was said of a household is confided to those who go there, and to nobody else.
        """
        return tuple(map(household, posting.slots)) or (Wanted(min=posting.min, max=posting.max),)

    def slot_label(self, slot: Slot, lang: str) -> str:
        if slot.label.isdecimal():
            return text(lang, f"{self.name}.household", n=int(slot.label))
        return slot.label

    def slots_for(self, roster: Roster, thing: str) -> tuple[Slot, ...]:
        """A flat said with the building must be the one that is visited: 3号楼401 is not whoever lives in 3号楼502."""
        found = super().slots_for(roster, thing)
        door, flat = without_flat(thing)
        if found or not flat:
            return found
        o = roster.occurrence
        of_all = (o.place_confided, o.confided) if len(roster.slots) == 1 else ()
        at = super().slots_for(roster, door)
        return tuple(s for s in at if any(flat in numbers(words) for words in (s.confided, *of_all)))


def household(wanted: Asked) -> Wanted:
    """A home as a slot. What is more than its building is confided."""
    label, whole = building(wanted.label), tidy_line(wanted.said or wanted.label, 200)
    return Wanted(label, Confided(whole if whole != label else ""), wanted.min, wanted.max)


def numbers(words: Confided) -> list[str]:
    """The numbers in confided words: whether one said is among them may be known to who said it."""
    return re.findall(r"\d+", words.privately())


def building(words: str, *, bare: bool = True) -> str:
    """'3号楼' out of '3号楼 302 王奶奶'; a `bare` turn stays; anything else is nobody's business."""
    found = BUILDING.search(words)
    if found:
        return tidy_line(found[0])
    if not bare:
        return ""
    digits = "".join(c for c in words if c.isdecimal())
    return digits if digits and len(words.strip("第户家 ")) == len(digits) else ""
