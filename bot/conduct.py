"""How the bot is to behave, as it is written in the settings: `[manners]` and `[safety]`."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, StrictBool, StrictInt

from bot.values import QuietTime, Reminding
from core.manners import Manners
from core.settings import Table


class Conduct(Table):
    quiet: QuietTime = Field(Manners().quiet, description="a span of the day or 'off'", examples=['"22:00-07:00"'])
    group_budget: StrictInt = Field(
        Manners().group_budget, ge=0, le=100, description="a whole number from 0 to 100", examples=["6"]
    )
    late_hours: StrictInt = Field(
        Manners().late // timedelta(hours=1), ge=0, le=168, description="a whole number of hours", examples=["24"]
    )
    under_filled: Reminding = Field(
        Manners().under_filled, description="a list of reminders", examples=['["48h", "12h"]']
    )
    morning: str = Field("", pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$", description="a time of day", examples=['"07:30"'])
    roster_ahead: StrictInt = Field(
        Manners().roster_ahead, ge=0, le=28, description="a whole number of days from 0 to 28", examples=["2"]
    )
    weekly_roster: StrictBool = Field(Manners().weekly_roster, description="true or false", examples=["true"])
    keeps_people: StrictInt = Field(
        Manners().keeps_people, ge=0, le=366, description="a whole number of days from 0 to 366", examples=["30"]
    )
    share: StrictInt = Field(
        Manners().share, ge=10, le=10_000, description="a whole number from 10 to 10000", examples=["60"]
    )
    chat_share: StrictInt = Field(
        Manners().chat_share, ge=60, le=100_000, description="a whole number from 60 to 100000", examples=["600"]
    )


class Safety(Table):
    two_at_night: StrictBool = Field(False, description="true or false", examples=["true"])
    dark: QuietTime = Field(Manners().dark, description="a span of the day or 'off'", examples=['"18:00-06:00"'])
