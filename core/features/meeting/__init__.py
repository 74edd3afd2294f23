"""组织生活会: the people of a list are invited, and come, excuse themselves, or are asked once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.feature import Feature, Verb
from core.features.meeting.book import BOOK, BOOK_FILE, ask
from core.features.meeting.said import BOOKED, MINUTES, NOT_HEARD, PICTURES, RELEASED, ROUND, WITHHELD
from core.features.meeting.talk import (
    carry_round,
    hears,
    minutes,
    not_heard,
    release_pictures,
    show_pictures,
    withhold_pictures,
)
from core.kind import ActivityKind, Arrangement
from core.reading import Posting
from core.reading.parts import called
from core.words import text


class Meeting(ActivityKind):
    attends = True
    asks_around = False  # who was not heard of is asked once, privately; nobody is asked to fill it

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """As any other; its own name is read as 生活会 behind a word for organising, and is whole again."""
        plan, name = super().arrange(posting, lang), text(lang, f"{self.name}.name")
        return replace(plan, title=name) if name.endswith(plan.title) else plan


FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    activity=Meeting(called(FOLDER)),
    verbs=(
        Verb(MINUTES, minutes, who="coordinators"),
        Verb(RELEASED, release_pictures, who="coordinators"),
        Verb(WITHHELD, withhold_pictures, who="coordinators"),
        Verb(PICTURES, show_pictures),
        Verb(BOOKED, ask, who="coordinators"),
        Verb(ROUND, carry_round, who="coordinators"),
        Verb(NOT_HEARD, not_heard, who="coordinators"),
    ),
    posts=(BOOK, BOOK_FILE),
    hears=hears,
)
