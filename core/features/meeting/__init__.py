"""组织生活会: the people of a list are invited, and come, excuse themselves, or are asked once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.feature import Feature, Verb
from core.features.meeting.book import BOOK, BOOK_FILE, ask
from core.features.meeting.talk import carry_round, hears, minutes, not_heard
from core.kind import ActivityKind, Arrangement
from core.reading import Posting
from core.reading.kinds import called
from core.reading.verbs import Spelt
from core.words import text


class Meeting(ActivityKind):
    attends = True

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """As any other; its own name is read as 生活会 behind a word for organising, and is whole again."""
        plan, name = super().arrange(posting, lang), text(lang, f"{self.name}.name")
        return replace(plan, title=name) if name.endswith(plan.title) else plan


MINUTES = Spelt(
    "minutes",
    zh="(?:记|写)?(?:一下)?(?:会议记录|会议纪要|会议内容|开会记录|记会议)",
    en="(?:meeting )?minutes(?: of the meeting)?",
    words=True,
)
ROUND = Spelt(
    "carry_round",
    zh="(?:把|给)?(?:请假|没来|没到|缺席)(?:的|的人|的同志|的党员|开会的)*(?:都)?(?:安排|排)?(?:送学|送)?(?:上门|到家)(?:送学)?(?:吧)?",
    en="(?:make a |a )?(?:round|visits?|study) (?:for|to) (?:those |the )?(?:excused|absent|who were excused)"
    "|(?:bring|carry) (?:it|the minutes) to (?:those |the )?(?:excused|absent|who were excused)",
    words=True,
)
NOT_HEARD = Spelt(
    "not_heard",
    zh="(?:这个?月|本月)(?:还)?(?:有)?(?:谁|哪些人)?(?:还)?(?:没|没有)(?:听到|传达到)(?:的)?(?:人)?(?:有谁|有哪些|是谁)?",
    en="(?:who (?:has|have) )?(?:not heard|heard nothing)(?: anything)? this month",
)
BOOKED = Spelt(
    "meeting_book",
    zh="(?:看看?|查|给我|要)?(?:会议簿|会议本|会议台账|开会台账|会议登记簿)",
    en="(?:the )?(?:meeting book|book of meetings)",
    words=True,
)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    activity=Meeting(called(FOLDER)),
    verbs=(
        Verb(MINUTES, minutes, who="coordinators"),
        Verb(BOOKED, ask, who="coordinators"),
        Verb(ROUND, carry_round, who="coordinators"),
        Verb(NOT_HEARD, not_heard, who="coordinators"),
    ),
    posts=(BOOK, BOOK_FILE),
    hears=hears,
)
