"""What may be set for meals."""

from __future__ import annotations

from pydantic import Field, StrictBool

from core import settings


class Table(settings.Table):
    """What may be set for meals."""

    eaters: StrictBool = Field(
        True, description="true or false: whether people may come who bring nothing", examples=["true"]
    )
