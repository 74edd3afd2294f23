"""排班: who might take which open duty of a month, proposed to a coordinator and asked of each."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature, Verb
from core.features.rota.settings import Table
from core.features.rota.shown import ASK, PROPOSAL
from core.features.rota.talk import hears, propose
from core.reading.verbs import Spelt

ROTA = Spelt(
    "rota",
    zh="(?:请|帮我|帮忙)*(?:排班表?|排一?[个下]班|安排值班|排值班)",
    en="(?:please )?(?:make |propose |plan )?(?:the |a )?(?:rota|duty plan)(?: for| of)?",
    words=True,
)
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(ROTA, propose, who="coordinators"),),
    posts=(PROPOSAL, ASK),
    settings=Table,
    hears=hears,
)
