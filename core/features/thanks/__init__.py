"""感谢名单: who served in a year, by name only of those who agree. No numbers, no order but the alphabet's."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.thanks.asked import ASK, LIST, thank
from core.reading.verbs import Spelt

THANKS = Spelt(
    "thanks",
    zh="(?:请|帮我|出|做|写|发|看看?)*(?:年度|年底|今年的?)?(?:的)?(?:感谢|致谢|鸣谢)名单",
    en="(?:make |show )?(?:the |a )?(?:yearly )?thank[- ]?you list(?: for| of)?",
    words=True,
)
FOLDER = Path(__file__).parent
FEATURE = Feature(folder=FOLDER, verbs=(Verb(THANKS, thank, who="coordinators"),), posts=(ASK, LIST))
