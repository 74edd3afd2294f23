"""Manners: when the bot may speak of its own accord, how often, and when it reminds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from core.keeping import Keeping

REMINDER = "'eve 19:00', '1h', '30m' or '2d'"
QUIET = "'22:00-07:00' or 'off'"
MINUTE = timedelta(minutes=1)


NINE = time(9)
"""When people are told by day what nobody asked for."""


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when clocks in `zone` show `at` on `day`.

    A time that the clocks skip means the first moment after the gap; one that they show twice means the first.
    """
    local = datetime.combine(day, at, zone)
    early, late = (local.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    if early.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None) or early >= late:
        return min(early, late)
    while late - early > timedelta(microseconds=1):  # the clocks skip `at`: close in on the moment when they do
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset():
            early = middle
        else:
            late = middle
    return late


def morning_after(moment: datetime, zone: ZoneInfo) -> datetime:
    """Nine o'clock of the next morning."""
    return wall(moment.astimezone(zone).date() + timedelta(days=1), NINE, zone)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder before a start: so many `days` earlier by the calendar, or `before` by the stopwatch.

    With `days`, `at` is the time of day, None for the start's own. `name` is what rows of posts are told apart by.
    """

    name: str
    days: int | None = None
    at: time | None = None
    before: timedelta | None = None

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"eve {self.at:%H:%M}" if self.at is not None else self.name

    def due(self, starts_at: datetime, zone: ZoneInfo) -> datetime:
        """When to remind of what starts at `starts_at` (aware), in UTC. 19:00 stays 19:00 when the clocks change."""
        if self.before is not None:
            return starts_at.astimezone(UTC) - self.before
        start = starts_at.astimezone(zone)
        at = self.at if self.at is not None else start.time().replace(fold=0)
        return wall(start.date() - timedelta(days=self.days or 0), at, zone)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The time of day when groups are left in peace: from `begins` until just before `ends`, often over midnight."""

    begins: time
    ends: time

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    def covers(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether it is quiet at `moment` (aware)."""
        return self._span(moment, zone) is not None

    def until(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When one may speak again, in UTC: `moment` itself when it is not quiet then."""
        span = self._span(moment, zone)
        return span[1] if span else moment.astimezone(UTC)

    def before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The last minute before it became quiet, in UTC: `moment` itself when it is not quiet then."""
        span = self._span(moment, zone)
        return span[0] - MINUTE if span else moment.astimezone(UTC)

    def _span(self, moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """Begin and end of the quiet time around `moment`, in UTC, or None."""
        today = moment.astimezone(zone).date()
        overnight = timedelta(days=1 if self.ends <= self.begins else 0)
        for day in (today - timedelta(days=1), today):
            begins, ends = wall(day, self.begins, zone), wall(day + overnight, self.ends, zone)
            if begins <= moment < ends:
                return begins, ends
        return None


def read_reminder(text: str) -> Reminder:
    """A reminder as it is written in the settings. Raises ValueError with a sentence that says what may be written."""
    words = text.strip().lower()
    if match := re.fullmatch(r"eve +(\d{1,2}:\d\d)", words):
        return Reminder("eve", days=1, at=_time(match[1], REMINDER))
    if match := re.fullmatch(r"([1-9]\d{0,3}) ?([mhd])", words):
        number = int(match[1])
        if match[2] == "d":
            return Reminder(f"{number}d", days=number)
        before = timedelta(hours=number) if match[2] == "h" else timedelta(minutes=number)
        hours, rest = divmod(before, timedelta(hours=1))
        return Reminder(f"{before // MINUTE}m" if rest else f"{hours}h", before=before)
    raise ValueError(f"{_shown(text)} is not a reminder; write {REMINDER}")


def read_quiet(text: str) -> Quiet | None:
    """The quiet time as it is written in the settings, None for 'off'. Raises ValueError as `read_reminder` does."""
    words = text.strip().lower()
    if words == "off":
        return None
    match = re.fullmatch(r"(\d{1,2}:\d\d) ?[-–] ?(\d{1,2}:\d\d)", words)
    if match is None:
        raise ValueError(f"{_shown(text)} is not a span of the day; write {QUIET}")
    quiet = Quiet(_time(match[1], QUIET), _time(match[2], QUIET))
    if quiet.begins == quiet.ends:
        raise ValueError(f"{_shown(text)} begins and ends at the same time; write {QUIET}")
    return quiet


def _time(text: str, example: str) -> time:
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"there is no {text} on a clock; write {example}")
    return time(hour, minute)


def _shown(text: str) -> str:
    """The text in quotes, or no word of it when it is long: it may be a secret, put on the wrong line."""
    return repr(text) if len(text) <= 20 else "this"


USUAL = (read_reminder("eve 19:00"), read_reminder("1h"))
"""The reminders of a kind for which nothing is said."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How one community wants its bot to behave."""

    quiet: Quiet | None = Quiet(time(22), time(7))
    group_budget: int = 6  # messages of the bot's own accord, per group and day
    reminders: Mapping[str, tuple[Reminder, ...]] = field(default_factory=dict)  # per kind, where something is said
    sections: tuple[BaseModel, ...] = ()  # what is said in the sections of features
    late: timedelta = timedelta(hours=24)  # with less than this to go a stand-in is sought for who leaves
    under_filled: tuple[Reminder, ...] = (read_reminder("48h"), read_reminder("12h"))  # when that is looked at
    two_at_night: bool = False  # a duty in the dark and a first visit need two
    dark: Quiet | None = Quiet(time(18), time(6))
    morning: time | None = None  # when each group reads what there is to do on this day
    weekly_roster: bool = False  # all days of a week of what repeats are up at once, in one message
    roster_ahead: int = 2  # days before its start by which the roster of one in a series is up
    share: int = 60  # messages and presses of one person that are taken in, a minute
    chat_share: int = 600  # and of one chat
    keeps_people: int = 30  # days for which they stay neighbours whose group the bot was taken out of
    keeping: Keeping = field(default_factory=Keeping)  # how long each kind of data is kept
    administrators_coordinate: bool = True  # a group's administrators are coordinators


DEFAULT = Manners()
