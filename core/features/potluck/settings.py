"""What may be set for meals."""

from __future__ import annotations

from pydantic import Field, StrictBool, StrictInt

from core import settings


class Table(settings.Table):
    """What may be set for meals."""

    eaters: StrictBool = Field(
        True, description="true or false: whether people may come who bring nothing", examples=["true"]
    )
    diets_kept_days: StrictInt = Field(
        365,
        ge=1,
        le=3_650,
        description="after how many days without a meal it is dropped what somebody must not eat: 1 to 3650",
        examples=["365"],
    )
