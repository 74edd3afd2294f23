"""感谢名单: who served in a year, by name only of those who agree. No numbers, no order but the alphabet's."""

from __future__ import annotations

from pathlib import Path

from core.consents import Purpose
from core.feature import Feature, Verb
from core.features.thanks.asked import ASK, LIST, PURPOSE, held, off, stops, thank
from core.reading.parts import Spelt

THANKS = Spelt(
    "thanks",
    zh="(?:请|帮我|出|做|写|发|看看?)*(?:年度|年底|今年的?)?(?:的)?(?:感谢|致谢|鸣谢)名单",
    en="(?:make |show )?(?:the |a )?(?:yearly )?thank[- ]?you list(?: for| of)?",
    words=True,
)
OFF = Spelt(
    "thanks_off",
    zh="(?:请)?(?:感谢名单(?:里|上)?)?(?:请)?(?:不要|别|不用|不想|不)(?:再)?(?:写|提|登|放)(?:上)?我(?:的)?(?:名字|姓名)?(?:了|吧)?|"
    "(?:请)?(?:把)?我的名字(?:请)?(?:从感谢名单(?:里|上)?)?(?:不要|别|不用)(?:再)?写(?:了|上)?|"
    "(?:请)?把我(?:的名字)?从感谢名单(?:里|上)?(?:去掉|拿掉|删掉|划掉)(?:吧)?",
    en="(?:please )?(?:do not|don't) name me(?: any ?more)?|(?:please )?take (?:me|my name) off the thank[- ]?you list",
)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(THANKS, thank, who="coordinators"), Verb(OFF, off)),
    posts=(ASK, LIST),
    purposes=(Purpose(PURPOSE, stops, held),),
)
