"""报平安: who lives alone is asked each morning, if they want it, whether they are well."""

from __future__ import annotations

from pathlib import Path

from core.consents import Purpose
from core.deeds.morning import stops
from core.feature import Feature, Verb
from core.features.well.shown import ASK, DAY, SET, SILENT, WAITS
from core.features.well.talk import arranged, hears, stopped
from core.morning import PURPOSE, held
from core.reading.parts import Spelt

ARRANGE = Spelt("well_call", zh="报平安", en="(?:daily|morning) call", words=True)
STOP = Spelt("well_stop", zh="不报平安了?", en="no more (?:daily|morning) calls?")
FOLDER = Path(__file__).parent
FEATURE = Feature(
    folder=FOLDER,
    verbs=(Verb(ARRANGE, arranged), Verb(STOP, stopped)),
    posts=(DAY, WAITS, ASK, SILENT, SET),
    hears=hears,
    purposes=(Purpose(PURPOSE, stops, held),),
)
