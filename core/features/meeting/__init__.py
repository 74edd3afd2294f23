"""组织生活会: the people of a list are invited, and come, excuse themselves, or are asked once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.feature import Feature, Verb
from core.features.meeting.book import BOOK, BOOK_FILE, ask
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
from core.reading.kinds import called
from core.reading.meetings import MINUTES_EN, MINUTES_ZH
from core.reading.verbs import Spelt
from core.words import text


class Meeting(ActivityKind):
    attends = True
    asks_around = False  # who was not heard of is asked once, privately; nobody is asked to fill it

    def arrange(self, posting: Posting, lang: str) -> Arrangement:
        """As any other; its own name is read as 生活会 behind a word for organising, and is whole again."""
        plan, name = super().arrange(posting, lang), text(lang, f"{self.name}.name")
        return replace(plan, title=name) if name.endswith(plan.title) else plan


MINUTES = Spelt(
    "minutes",
    zh=MINUTES_ZH,
    en=MINUTES_EN,
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
_ZH, _EN = (
    "(?:会议|开会|会上|这次会|会)(?:的|拍的)?(?:照片|相片|图片)",
    "(?:the )?(?:meeting )?(?:pictures|photos)(?: of the meeting)?",
)
PICTURES = Spelt(
    "meeting_pictures",
    zh=f"(?:我?要?(?:看看?|发)(?:一下)?)?{_ZH}",
    en="(?:show (?:me )?)?(?:the )?(?:meeting (?:pictures|photos)|(?:pictures|photos) of the meeting)",
)
RELEASED = Spelt(
    "release_pictures",
    zh=f"{_ZH}(?:都|全)?(?:可以|能|好)?(?:公开|放行|放进文章|上公众号)(?:了|吧)?|(?:公开|放行){_ZH}",
    en=f"(?:release|publish) {_EN}|{_EN} (?:may|can) be (?:shown|public|published|used)",
)
WITHHELD = Spelt(
    "withhold_pictures",
    zh=f"{_ZH}(?:都|先)?(?:不|不要|别|不能|不可以|勿要)(?:公开|放行|放进文章|上公众号)(?:了|吧)?|(?:收回|撤下|不公开){_ZH}",
    en=f"(?:withhold|do not (?:show|publish)|don't (?:show|publish)) {_EN}|"
    f"{_EN} (?:may|can|must) ?not be (?:shown|public|published|used)",
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
