"""The second door: what sentences are made of, for whoever reads whole ones (`core/said`, a feature's `said.py`).

- Words beside what was written, letter by letter: `clause`, `plain`. Patterns beside the code: `Written`, `Spelt`.
- Numbers and days: `number`, `read_days`, `spell` and its like. Kinds of activity: `Kinds`, `called`.
- People: `same`, `looks_like_a_name`, `at_home`, `names_in`. Places: `places_in`, `same_place`, `flat_in`.
- What is asked of a posting, a correction, a copy of a chain: `says_the_same`, `merge`, `write_chain`.
- What everybody may read: `openly`. What no rule reads: `likely`. What is read before a transaction: `Ahead`.

Nobody outside this folder imports anything of it but from here and from `core.reading` itself: a test says so.
"""

from __future__ import annotations

from core.reading.ahead import SHORT, Ahead, Call, UnreadError, read_all
from core.reading.alike import in_place, speak_alike
from core.reading.amending import answers, corrects, says_the_same
from core.reading.aside import calls_for_people, is_order, speaks_of_else
from core.reading.called import ENGLISH, TITLED, named_whole, names_in
from core.reading.chains import chain_row, merge, merge_row, public_note, write_chain
from core.reading.chains.flats import flat
from core.reading.clauses import Clause, clause
from core.reading.dishes import COURSES
from core.reading.duty import days_in
from core.reading.headcounts import Wanted
from core.reading.heads import headcount
from core.reading.kinds import Kind, Kinds, any_of, called
from core.reading.like_last import as_last_time, like_last_called, of_month, speaks_of_last
from core.reading.likely import likely
from core.reading.names import OTHERS, SURE, another_of, at_home, judged, looks_like_a_name, same
from core.reading.names import find as find_all
from core.reading.names import key as name_key
from core.reading.numerals import DIGITS, FIGURES, NUMBER, number
from core.reading.numerals import HAN as HAN_DIGITS
from core.reading.open_words import DAY, DAY_EN
from core.reading.openly import GONE, Openly, openly
from core.reading.own_verbs import right_name
from core.reading.places import (
    flat_in,
    names_a_place,
    near_place,
    places_in,
    read_bare,
    read_place,
    same_place,
    without_flat,
)
from core.reading.posting import EVERYBODY
from core.reading.posts import as_row as post_row
from core.reading.settling import taken
from core.reading.several_days import Days, read_days
from core.reading.spoken_names import subject
from core.reading.surnames import he_or_she
from core.reading.text import HAN, INVISIBLE, plain
from core.reading.times import as_row as time_row
from core.reading.times import spell, spell_day, spell_part, spell_time
from core.reading.times.almanac import add_months, feast_name, public_holidays
from core.reading.verbs import Spelt, Wholly, spelt
from core.reading.written import Written

__all__ = [
    "COURSES",
    "DAY",
    "DAY_EN",
    "DIGITS",
    "ENGLISH",
    "EVERYBODY",
    "FIGURES",
    "GONE",
    "HAN",
    "HAN_DIGITS",
    "INVISIBLE",
    "NUMBER",
    "OTHERS",
    "SHORT",
    "SURE",
    "TITLED",
    "Ahead",
    "Call",
    "Clause",
    "Days",
    "Kind",
    "Kinds",
    "Openly",
    "Spelt",
    "UnreadError",
    "Wanted",
    "Wholly",
    "Written",
    "add_months",
    "another_of",
    "answers",
    "any_of",
    "as_last_time",
    "at_home",
    "called",
    "calls_for_people",
    "chain_row",
    "clause",
    "corrects",
    "days_in",
    "feast_name",
    "find_all",
    "flat",
    "flat_in",
    "he_or_she",
    "headcount",
    "in_place",
    "is_order",
    "judged",
    "like_last_called",
    "likely",
    "looks_like_a_name",
    "merge",
    "merge_row",
    "name_key",
    "named_whole",
    "names_a_place",
    "names_in",
    "near_place",
    "number",
    "of_month",
    "openly",
    "places_in",
    "plain",
    "post_row",
    "public_holidays",
    "public_note",
    "read_all",
    "read_bare",
    "read_days",
    "read_place",
    "right_name",
    "same",
    "same_place",
    "says_the_same",
    "speak_alike",
    "speaks_of_else",
    "speaks_of_last",
    "spell",
    "spell_day",
    "spell_part",
    "spell_time",
    "spelt",
    "subject",
    "taken",
    "time_row",
    "without_flat",
    "write_chain",
]
