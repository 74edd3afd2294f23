"""慰问: visits to residents who are old, ill or in need. A group learns when, which building and how many; no more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.deeds import dropping
from core.feature import Feature, Verb
from core.features.visit.cards import CARDS
from core.features.visit.entering import ENTERING
from core.features.visit.everything import DATA
from core.features.visit.forgotten import LONG_AGO, MONDAY, ON_MONDAY
from core.features.visit.misplaced import CLEAR, MISPLACED
from core.features.visit.register import from_draft
from core.features.visit.talk import hears
from core.households import Households
from core.reading.parts import Spelt, called
from core.visited import with_register
from core.visiting import Visiting
from core.work import Work

UNDER_DRAFT = Spelt("register", zh="(?!)", en="(?!)")
"""登记 is read with what stands behind it, and by coordinators alone: see `register`."""


def drops(work: Work) -> int:
    """Words of reports, and lines of who read what, by their own ages."""
    said = work.here.settings(Visiting)
    n = dropping.reports(work, work.now - timedelta(days=said.reports_kept_days))
    return n + dropping.reads(work, work.now - timedelta(days=said.reads_kept_days))


FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    activity=Households(called(FOLDER)),
    verbs=(Verb(UNDER_DRAFT, from_draft, who="coordinators"),),
    posts=(*ENTERING, *CARDS, DATA, MISPLACED, CLEAR, LONG_AGO, ON_MONDAY, MONDAY),
    settings=Visiting,
    hears=hears,
    completes=with_register,
    drops=drops,
    formerly=("visits",),
)
