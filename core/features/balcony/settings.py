"""What may be set for balconies."""

from __future__ import annotations

from pydantic import Field, StrictInt

from core import settings


class Care(settings.Table):
    """What may be set for balconies."""

    summer_days: StrictInt = Field(2, ge=1, description="days between waterings from June to September", examples=["2"])
    mild_days: StrictInt = Field(4, ge=1, description="days between waterings in spring and autumn", examples=["4"])
    winter_days: StrictInt = Field(
        10, ge=1, description="days between waterings from December to February", examples=["10"]
    )
