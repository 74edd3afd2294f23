"""送学上门: study material carried to those who cannot come, household by household, over some days."""

from __future__ import annotations

from pathlib import Path

from core.feature import Feature
from core.features.study.talk import hears
from core.households import Households
from core.reading.parts import called
from core.visited import with_register

FOLDER = Path(__file__).parent


class Study(Households):
    """Households to which the month's material is carried."""

    carries = True


FEATURE = Feature(folder=FOLDER, activity=Study(called(FOLDER)), hears=hears, completes=with_register)
