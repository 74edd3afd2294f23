"""How long each kind of data is kept: what is older is dropped at night. What happened stays: who served, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field, StrictInt

from core import settings

Kind = Literal["drafts", "confided", "pictures", "words", "calls", "wellbeing", "consents", "log"]
"""What has an age of its own here; features set theirs in their own sections."""


class Keeping(settings.Table):
    """Days, by kind, counted from when it was of use last: an activity's end, a matter's close, the word said."""

    drafts_days: StrictInt = Field(
        90,
        ge=1,
        le=3_650,
        description="after how many days drafts that were never posted, and what stood before a change, are dropped",
        examples=["90"],
    )
    confided_days: StrictInt = Field(
        365,
        ge=1,
        le=3_650,
        description="after how many days what was confided with an activity is dropped, reasons for absence too",
        examples=["365"],
    )
    pictures_days: StrictInt = Field(
        365,
        ge=1,
        le=3_650,
        description="after how many days pictures of closed matters and of meetings are dropped",
        examples=["365"],
    )
    words_days: StrictInt = Field(
        180,
        ge=1,
        le=3_650,
        description="after how many days words passed on, and cards and lists shown privately, are taken away",
        examples=["180"],
    )
    calls_days: StrictInt = Field(
        90,
        ge=1,
        le=3_650,
        description="after how many days it is dropped who was to be rung up",
        examples=["90"],
    )
    wellbeing_days: StrictInt = Field(
        90,
        ge=1,
        le=3_650,
        description="after how many days it is dropped what was answered to the morning's question",
        examples=["90"],
    )
    consents_days: StrictInt = Field(
        1_095,
        ge=30,
        le=3_650,
        description="after how many days the record of a consent that was withdrawn is dropped",
        examples=["1095"],
    )
    log_days: StrictInt = Field(
        1_095,
        ge=30,
        le=3_650,
        description="after how many days lines of who did what are dropped",
        examples=["1095"],
    )

    def days(self, kind: Kind) -> timedelta:
        """How long this kind is kept."""
        return timedelta(days=getattr(self, f"{kind}_days"))
