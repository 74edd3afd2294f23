"""一米阳台: flowers on the public balconies of named stairwells; so many people for each."""

from __future__ import annotations

from core.feature import Feature


class Balcony(Feature):
    name = "balcony"
    kind = "balcony"
