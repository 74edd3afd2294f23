"""慰问: visits to residents who are old, ill or in need. A group learns when, which building and how many; no more."""

from __future__ import annotations

from pathlib import Path

from core.deeds import retention
from core.deeds.retention import look_again_later
from core.feature import Feature, Verb
from core.features.visit.cards import CARDS
from core.features.visit.forgotten import LONG_AGO, MONDAY, ON_MONDAY
from core.features.visit.misplaced import CLEAR, MISPLACED
from core.features.visit.register import from_draft
from core.features.visit.talk import hears
from core.households import Households
from core.posts.kind import PostKind
from core.posts.row import NOTICE
from core.reading.kinds import called
from core.reading.verbs import Spelt
from core.visited import with_register
from core.visiting import Visiting

UNDER_DRAFT = Spelt("register", zh="(?!)", en="(?!)")
"""登记 is read with what stands behind it, and by coordinators alone: see `register`."""
RETENTION = PostKind("visit.retention", act=retention.at_its_time, urgency=NOTICE, restored=True)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    activity=Households(called(FOLDER)),
    verbs=(Verb(UNDER_DRAFT, from_draft, who="coordinators"),),
    posts=(*CARDS, MISPLACED, CLEAR, LONG_AGO, ON_MONDAY, MONDAY, RETENTION),
    settings=Visiting,
    hears=hears,
    completes=with_register,
    begins=look_again_later,
    formerly=("visits",),
)
