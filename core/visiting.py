"""What may be set for visits."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, StrictInt, field_validator

from core import settings
from core.manners import Reminder, read_reminder

AT_ONCE = "at once"


class Visiting(settings.Table):
    """What may be set for visits."""

    details: str = Field(
        "eve 19:00",
        description="when visitors read whom they go to, and where: 'eve 19:00', '2h', '2d' or 'at once'",
        examples=['"eve 19:00"'],
    )
    details_hours: StrictInt = Field(
        24,
        ge=0,
        le=336,
        description="so many hours after its end whom a visit went to goes from the visitors' screens: 0 to 336",
        examples=["24"],
    )
    forgotten_days: StrictInt = Field(
        60,
        ge=1,
        le=3_650,
        description="after how many days without a visit somebody is named: 1 to 3650",
        examples=["60"],
    )

    reports_kept_days: StrictInt = Field(
        365,
        ge=1,
        le=3_650,
        description="after how many days what visitors reported is dropped, at night: 1 to 3650",
        examples=["365"],
    )
    reads_kept_days: StrictInt = Field(
        1_095,
        ge=30,
        le=3_650,
        description="after how many days it is dropped who read what of whom: 30 to 3650",
        examples=["1095"],
    )

    @field_validator("details")
    @classmethod
    def readable(cls, value: str) -> str:
        if value.strip().lower() != AT_ONCE:
            read_reminder(value)
        return value

    @property
    def lasts(self) -> timedelta:
        """How long after the end visitors may still read whom they went to: to ring up, to bring an umbrella back."""
        return timedelta(hours=self.details_hours)

    @property
    def opening(self) -> Reminder | None:
        """When they come, as a reminder; None for at once."""
        return None if self.details.strip().lower() == AT_ONCE else read_reminder(self.details)
