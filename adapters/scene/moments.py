"""Moments as scenes write them: a date and an hour, or so much later."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.scene.steps import Wrong

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
LATER = re.compile(r"\+(?P<count>\d{1,6})(?P<unit>[mhd])")


def later(now: datetime, count: int, unit: str, zone: ZoneInfo) -> datetime:
    """Hours and minutes pass as they do; days keep the time on the wall."""
    if unit == "d":
        return (now.astimezone(zone) + timedelta(days=count)).astimezone(UTC)
    return now + count * UNITS[unit]


def moment(number: int, said: str, zone: ZoneInfo) -> datetime:
    try:
        local = datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError:
        raise Wrong(number, "`at YYYY-MM-DD HH:MM`, `at +90m`, `at +2h` or `at +3d`") from None
    return local.astimezone(UTC)
