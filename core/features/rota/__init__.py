"""排班: who might take which open duty of a month, proposed to a coordinator and asked of each."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.rota.asked import ALL, look_next, who_can
from core.features.rota.settings import Table
from core.features.rota.shown import ASK, PROPOSAL
from core.features.rota.talk import hears, propose
from core.reading.parts import Spelt

ROTA = Spelt(
    "rota",
    zh="(?:请|帮我|帮忙)*(?:排班表?|排一?[个下]班|安排值班|排值班)",
    en="(?:please )?(?:make |propose |plan )?(?:the |a )?(?:rota|duty plan)(?: for| of)?",
    words=True,
)
WHO_CAN = Spelt(
    "who_can",
    zh="(?:问一?[问下]|问问看)?(?:大家)?(?:(?:(?P<m>这个月|本月|下个?月)的?)?(?:谁什么时候(?:能|可以|有空)(?:来|值班)?|大家什么时候(?:能|可以|有空)(?:来|值班)?|谁哪个时段(?:能|可以)来))",
    en="(?:please )?(?:ask )?who can(?: come| do duty)? when",
    words=True,
)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(ROTA, propose, who="coordinators"), Verb(WHO_CAN, who_can, who="coordinators")),
    posts=(PROPOSAL, ASK, *ALL),
    settings=Table,
    hears=hears,
    begins=look_next,
)
