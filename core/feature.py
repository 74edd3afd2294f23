"""The shape of a feature: one kind of activity, with what it wants of people and what it shows of itself."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from core.activities import Occurrence, Slot
from core.claims import Claim, Sheet
from core.reading.kinds import Kind
from core.reading.numerals import number
from core.reading.posts import Posting
from core.words import text
from core.words.clean import tidy_line, tidy_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot to be made: see `activities.Slot`."""

    label: str = ""
    confided: str = ""
    min: int | None = None
    max: int | None = None
    unit: str = "person"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a posting becomes: the parts everybody may see, and the part for those who promised."""

    title: str
    place: str = ""
    bring: str = ""
    note: str = ""
    confided: str = ""
    slots: tuple[Wanted, ...] = field(default=(Wanted(),))


class Feature:
    """One kind of activity. What is here is what most kinds do; a kind overrides where it differs.

    Every method is pure: it looks at rows and returns words or values. None of them may raise for anything a person
    can write. The contract is `tests/features/contract.py`.
    """

    called: Kind
    """What people call it. Its name, 'patrol', is that of its folder, its rows and its settings too."""
    confides: bool = False
    """Groups see kind, building, time and how many only."""
    join_label: str = "action.join"

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
            slots=self.slots(posting),
        )

    def slots(self, posting: Posting) -> tuple[Wanted, ...]:
        if posting.slots:
            return tuple(Wanted(label=tidy_line(slot.label, 30), min=slot.min, max=slot.max) for slot in posting.slots)
        return (Wanted(min=posting.min, max=posting.max),)

    def title(self, occurrence: Occurrence, lang: str, *, private: bool) -> str:
        """What to call it. A kind that confides is called by its kind wherever others can read."""
        if self.confides and not private:
            return text(lang, f"{self.name}.name")
        return occurrence.title or text(lang, f"{self.name}.name")

    def slot_label(self, slot: Slot, lang: str) -> str:
        """What everybody may call a slot; '' where there is nothing to tell apart."""
        return slot.label

    def thing(self, claim: Claim, lang: str) -> str:
        """What a claim brings, for the roster; '' for nothing but the person."""
        return ""

    def join_key(self, sheet: Sheet) -> str:
        """The catalogue key of the roster's join button."""
        return self.join_label

    def chooses(self, sheet: Sheet) -> bool:
        """Whether a bare join is asked which slot: named places are not alike. Else it takes the first with room."""
        return len(sheet.slots) > 1

    def pools(self, sheet: Sheet) -> bool:
        """Whether who waits, waits for whichever slot falls free first; else only for the one they named."""
        return not self.chooses(sheet)

    def open_place(self, occurrence: Occurrence) -> str:
        """The part of the place that everybody may know."""
        return "" if self.confides else occurrence.place

    def asks_thing(self, sheet: Sheet) -> bool:
        """Whether a join must say what is brought."""
        return False

    def slots_for(self, sheet: Sheet, thing: str) -> tuple[Slot, ...]:
        """The slots that the words said with a join can mean: one, several (then it is asked), or none."""
        wish = squeeze(thing)
        if not wish:
            return ()
        exact = tuple(s for s in sheet.slots if squeeze(s.label) == wish)
        return exact or tuple(s for s in sheet.slots if s.label and squeeze(s.label) in wish)

    def missing(self, sheet: Sheet, lang: str) -> str:
        """A last line of the roster that says what is still wanted, or ''."""
        return ""


_SPELT = re.compile(r"[一二两三四五六七八九十]{1,3}(?=号|幢|栋|单元)")


def squeeze(words: str) -> str:
    """Words without white space, case and full-width forms, 三号楼 as 3号楼: to compare what people type with ours."""
    folded = "".join(unicodedata.normalize("NFKC", words).lower().split())
    return _SPELT.sub(lambda found: str(number(found[0]) or found[0]), folded)
