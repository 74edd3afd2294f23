"""百家饭: families bring dishes; the roster says of each kind how many there are, and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.activities import ASIDE, PERSON, Slot
from core.claims import Claim, Roster
from core.consents import Purpose
from core.feature import Feature, Verb
from core.features.potluck import diets, minding, over
from core.features.potluck.changing import EATING, eating
from core.features.potluck.dishes import bare, course_named, course_of
from core.features.potluck.mine import ASKED, CHANGED, DISH_BACK
from core.features.potluck.settings import Table
from core.features.potluck.talk import carry_change, hear
from core.kind import ActivityKind, Arrangement, Wanted, squeeze
from core.reading import Posting
from core.reading.parts import COURSES, Spelt, called, names_a_place
from core.words import text
from core.words.clean import tidy_line

DISH = "dish"
ELSEWHERE = {
    "fruit": ("sweet", "cold", "hot"),
    "drink": ("sweet", "soup", "cold", "hot"),
    "meat": ("hot",),
    "vegetable": ("hot", "cold"),
    "hot": ("meat", "vegetable"),
    "cold": ("hot", "vegetable"),
    "soup": ("hot",),
    "staple": ("sweet", "hot"),
    "sweet": ("staple", "hot"),
}
"""Where a dish goes whose own course has no line: 八宝饭 to the hot dishes."""


COOKS = re.compile(
    r"(?:请|各位|要)?(?:烧菜|做菜|带菜|掌勺|下厨|厨房|厨师|主厨|烹饪)(?:的)?(?:人|邻居|朋友|师傅|各位|家庭)?(?:们)?(?:请|先)?[来到]?|"
    r"(?:the )?(?:cooks?|those (?:who )?(?:cook|cooking)|whoever cooks)(?: to)?(?: come| arrive| be there)?",
    re.IGNORECASE,
)
"""What is left of 烧菜的10点到 once the hour is read."""


class Potluck(ActivityKind):
    asks_around = False  # what is missing stands on its roster, and people bring what they like
    readback = DISH_BACK.name
    apart = EATING
    ends = "action.over"

    def chooses(self, roster: Roster) -> bool:
        return False  # the dish says which course it is, or it is asked

    def pools(self, roster: Roster) -> bool:
        return not self.asks_thing(roster)

    def slots(self, posting: Posting) -> tuple[Wanted, ...]:
        """A slot for each kind of dish; one for dishes of any kind; or one of people, where people are counted."""
        if not posting.slots:
            most = None if posting.expected else posting.max
            own: tuple[Wanted, ...] = (Wanted(min=posting.min, max=most, unit=DISH if most is None else PERSON),)
        else:
            own = tuple(
                Wanted(label=course_named(w.label) or tidy_line(w.label, 30), min=w.min, max=w.max, unit=DISH)
                for w in posting.slots
            )
        expected = posting.expected or (posting.max if posting.slots else None)
        return (*own, Wanted(label=EATING, min=expected, unit=ASIDE)) if expected else own

    def slot_label(self, slot: Slot, lang: str) -> str:
        if slot.label == EATING and slot.unit == ASIDE:
            return text(lang, "potluck.eating")
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
        return "potluck.which_course_of" if self.asks_thing(roster) else "ask.slot"

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """做菜的10点到 says when cooks are there, and is no note."""
        plan = super().arrange(posting, lang)
        return replace(plan, note="" if COOKS.fullmatch(plan.note) else plan.note)

    def report_key(self, roster: Roster) -> str:
        return "potluck.report" if self.asks_thing(roster) else super().report_key(roster)

    def comes_early(self, roster: Roster, theirs: Sequence[Claim]) -> bool:
        """Who cooks, not who only eats."""
        return not self.asks_thing(roster) or any(claim.thing for claim in theirs)

    def count(self, n: int, unit: str, lang: str) -> str:
        return text(lang, "potluck.dishes" if unit == DISH else "count.person", n=n)

    def asks_thing(self, roster: Roster) -> bool:
        return any(slot.of_things for slot in roster.slots)

    def slots_for(self, roster: Roster, thing: str) -> tuple[Slot, ...]:
        """The course that a dish belongs to, if the name gives it away; else any, and it is asked."""
        if not thing or not self.asks_thing(roster) or names_a_place(thing):
            return ()
        named = tuple(s for s in roster.slots if squeeze(s.label) and squeeze(s.label) in squeeze(thing))
        course = course_of(thing)
        fits = tuple(s for s in roster.slots if s.label == course)
        for other in ELSEWHERE.get(course, ()) if not fits else ():
            fits = fits or tuple(s for s in roster.slots if s.label == other)
        return named or fits or tuple(roster.slots)

    def expected(self, roster: Roster, lang: str) -> str:
        """60人吃，够40人: how many are expected, and for how many what is promised is enough."""
        slot = eating(roster)
        if slot is None or not slot.min:
            return ""
        enough = sum(claim.portions or 0 for claim in roster.filling())
        return text(lang, "potluck.enough" if enough else "potluck.expected", n=slot.min, enough=enough)

    def hint(self, roster: Roster, theirs: Sequence[Claim], lang: str) -> str:
        """That somebody else brings the same dish: two are welcome, and it can be changed."""
        own = [claim for claim in theirs if claim.thing]
        ids = {claim.member_id for claim in own}
        others = [claim for claim in roster.taking() if claim.thing and claim.member_id not in ids]
        theirs_too = {squeeze(bare(claim.thing)) for claim in others}
        twice = [name for c in own if squeeze(name := bare(c.thing)) in theirs_too]
        return text(lang, "potluck.twice", dish=twice[0]) if twice else ""

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
CHANGE = Verb(Spelt("change_dish", zh="(?!)", en="(?!)"), carry_change)
"""Said of a dish by its name; see `said`."""
DIET = Spelt(
    "diet",
    zh="(?:我的|我有|改|看看?|查)?(?:忌口|忌食|过敏)(?:的?(?:单子|名单|有哪些|有谁))?",
    en="(?:my )?(?:diet|diets|allergies|dietary needs)",
    words=True,
)
DIET_OFF = Spelt(
    "diet_off",
    zh="(?:请|我)?(?:不要|不用|别|不想)(?:再)?(?:记|写|存|留)(?:着|下)?(?:我的)?忌口(?:了)?|"
    "(?:请)?不(?:再)?(?:记|写)(?:我的)?忌口(?:了)?|(?:请)?(?:把)?(?:我的)?忌口(?:请)?(?:不要|不用|别|不)(?:再)?(?:记|写|留)(?:着)?了?|"
    "(?:请)?(?:收回|撤回|删掉|删除|忘掉|去掉)(?:我的)?忌口(?:的?同意)?|(?:请)?把?(?:我的)?忌口(?:删掉|删了|去掉|抹掉)(?:吧)?",
    en="(?:please )?(?:do not|don't|stop) keep(?:ing)? my diet|"
    "(?:please )?(?:forget|delete|remove) my (?:diet|allergies)",
)
"""One word, as it was given by one."""
FEATURE = Feature(
    folder=FOLDER,
    activity=Potluck(called(FOLDER)),
    verbs=(CHANGE, Verb(DIET, minding.carry), Verb(DIET_OFF, minding.off)),
    posts=(DISH_BACK, ASKED, CHANGED, minding.ASK_DIET, minding.KEEP_DIET, minding.LIST_DIETS),
    settings=Table,
    hears=hear,
    tables=(diets.Diet,),
    on_rosters=minding.on_rosters,
    on_reminders=minding.on_reminders,
    claimed=minding.first_time,
    begins=over.catch_up,
    known=minding.known,
    forgets=diets.forget,
    drops=diets.drops,
    purposes=(Purpose(diets.PURPOSE, diets.stops, diets.held),),
)
