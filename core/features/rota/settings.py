"""What may be set for rotas."""

from __future__ import annotations

from pydantic import Field, StrictBool, StrictInt

from core import settings


class Table(settings.Table):
    """What may be set for rotas."""

    nights_a_week: StrictInt = Field(2, ge=1, le=7, description="evenings a week that one is asked for", examples=["2"])
    rest_hours: StrictInt = Field(
        10, ge=0, le=48, description="hours between two duties of one person", examples=["10"]
    )
    times_a_month: StrictInt = Field(8, ge=1, le=31, description="duties a month that one is asked for", examples=["8"])
    ask: StrictBool = Field(
        False, description="true or false: whether coordinators may ask once a month who can when", examples=["true"]
    )
    seconds: StrictInt = Field(3, ge=1, le=20, description="seconds that a better plan is looked for", examples=["3"])
