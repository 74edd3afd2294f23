"""百家饭: families bring dishes; the roster says of each kind how many there are, and what is still missing."""

from __future__ import annotations

from pathlib import Path

from core.activities import PERSON, Slot
from core.claims import Claim, Roster
from core.feature import Feature
from core.features.potluck.dishes import COURSES, course_named, course_of
from core.kind import ActivityKind, Wanted, squeeze
from core.reading import Posting
from core.reading.kinds import called
from core.words import text
from core.words.clean import tidy_line

DISH = "dish"


class Potluck(ActivityKind):
    def chooses(self, roster: Roster) -> bool:
        return False  # the dish says which course it is, or it is asked

    def pools(self, roster: Roster) -> bool:
        return not self.asks_thing(roster)

    def slots(self, posting: Posting) -> tuple[Wanted, ...]:
        """A slot for each kind of dish; one for dishes of any kind; or one of people, where people are counted."""
        if not posting.slots:
            return (Wanted(min=posting.min, max=posting.max, unit=DISH if posting.max is None else PERSON),)
        return tuple(
            Wanted(label=course_named(w.label) or tidy_line(w.label, 30), min=w.min, max=w.max, unit=DISH)
            for w in posting.slots
        )

    def slot_label(self, slot: Slot, lang: str) -> str:
        return text(lang, f"potluck.course.{slot.label}") if slot.label in COURSES else slot.label

    def thing(self, claim: Claim, lang: str) -> str:
        if not claim.thing or claim.portions is None:
            return claim.thing
        return text(lang, "potluck.portions", dish=claim.thing, n=claim.portions)

    def join_key(self, roster: Roster) -> str:
        return "potluck.bring" if self.asks_thing(roster) else "action.join"

    def thing_key(self, roster: Roster) -> str:
        return "potluck.which_dish"

    def slot_key(self, roster: Roster) -> str:
        return "potluck.which_course" if self.asks_thing(roster) else "ask.slot"

    def count(self, n: int, unit: str, lang: str) -> str:
        return text(lang, "potluck.dishes" if unit == DISH else "count.person", n=n)

    def asks_thing(self, roster: Roster) -> bool:
        return any(slot.of_things for slot in roster.slots)

    def slots_for(self, roster: Roster, thing: str) -> tuple[Slot, ...]:
        """The course that a dish belongs to, if the name gives it away; else any, and it is asked."""
        if not thing or not self.asks_thing(roster):
            return ()
        named = tuple(s for s in roster.slots if squeeze(s.label) and squeeze(s.label) in squeeze(thing))
        course = course_of(thing)
        fits = tuple(s for s in roster.slots if s.label == course)
        return named or fits or tuple(roster.slots)

    def missing(self, roster: Roster, lang: str) -> str:
        if not self.asks_thing(roster):
            return ""
        gaps = [
            text(lang, "potluck.gap", course=self.slot_label(slot, lang), n=left)
            for slot in roster.slots
            if (left := roster.left(slot)) is not None and left > 0
        ]
        return text(lang, "potluck.missing", gaps=text(lang, "list.comma").join(gaps)) if gaps else ""


FOLDER = Path(__file__).parent
FEATURE = Feature(folder=FOLDER, activity=Potluck(called(FOLDER)))
