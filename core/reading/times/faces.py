"""Hours as English says them: half past seven, 7:30 pm, 3 in the morning, at 7, from 9 to 11."""

from __future__ import annotations

from dataclasses import replace

from core.reading.times.cursor import Found
from core.reading.times.moments import Moments
from core.reading.times.values import Clock, Moment, Rel, Token

MINUTE_WORDS = frozenset({5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55})
BEFORE_HOUR = frozenset({"at", "around", "about", "@", "from", "between", "by", "until", "till"})


class Faces(Moments):
    """Moments with the English productions for hours."""

    def before(self, i: int) -> Token:
        """The word before this place."""
        return self.at(i - 2) if self.at(i - 1).gap and self.at(i - 1).text == " " else self.at(i - 1)

    def after(self, i: int) -> Token:
        """The word at this place or, if that is a gap, after it."""
        return self.at(self.skip(i, gaps=1))

    def counts(self, i: int) -> bool:
        """Whether what stands at this place makes the number before it count something: 4 people, 2 hours."""
        token = self.after(i)
        return token.glued or token.unit is not None or token.says("plural")

    def half_past(self, i: int, said: Moment) -> Found[Moment]:
        """half past seven, quarter to eight, ten past 7, 20 minutes to 8 pm."""
        minutes = self._minutes_said(i)
        if minutes is None:
            return None
        minute, j = minutes
        if self.at(i).says("half") and (n := self._bare_hour(j)):
            return Moment(clock=Clock(n, 30)), j + 1  # half six
        sign = 1 if self.at(j).text in {"past", "after"} else -1 if self.at(j).says("to_hour") else 0
        k = self.skip(j + 1, gaps=1)
        hour, noon = self.at(k).whole, self.at(k).moment
        if sign and noon and noon.clock and noon.clock.hour in (12, 24) and self.at(k).text.isalpha():
            return Moment(clock=_shown(noon.clock.hour * 60 + sign * minute, exact=True)), k + 1
        if not sign or hour is None or not 1 <= hour <= 12 or self.counts(k + 1):
            return None
        listed = said.weekdays is not None and self.at(i).number is not None and minute < hour
        if sign < 0 and (listed or self.before(i).text in {"from", "between"}):
            return None  # from 5 to 6 is a range
        total = hour * 60 + sign * minute
        if (half := self.mark(k + 1, "ampm")) is None:
            return Moment(clock=_shown(total)), k + 1
        return Moment(clock=_shown(total - 720 * (hour == 12) + 720 * (half[0] == "pm"), exact=True)), half[1]

    def _minutes_said(self, i: int) -> Found[int]:
        """Half, quarter, ten, 20 minutes; and the place of what follows. 5 to 7 is a range, five to seven is not."""
        token, j = self.at(i), self.skip(i + 1, gaps=1)
        if token.says("half", "quarter"):
            return 30 if token.says("half") else 15, j
        minute = token.whole
        if minute is None or not 1 <= minute <= 30:
            return None
        if self.at(j).counts == "minute":
            return minute, self.skip(j + 1, gaps=1)
        figures = token.text.isdigit() and minute <= 12 and self.at(j).text == "to"
        return None if figures or minute not in MINUTE_WORDS else (minute, j)

    def _bare_hour(self, i: int) -> int:
        """The hour that a number alone is here; 0 for none."""
        number = self.at(i).number
        n = number.whole if number else None
        bare = n is not None and 1 <= n <= 12 and self.at(i).text not in {"a", "an"} and not self.counts(i + 1)
        return n if n is not None and bare and not self.at(i).says("measure") else 0

    def face(self, i: int, said: Moment) -> Found[Moment]:
        """7:30 pm, 8.30pm, 3:20 in the morning, PM 5:00."""
        token = self.at(i)
        if (first := token.mark("ampm")) and said.clock is None:
            return self._half_first(i, said, first)
        half = self.mark(i + 1, "ampm")
        clock = token.moment.clock if token.moment else None
        shown = self.pointed(i) if clock is None else None
        if shown is not None and half is None:
            late = shown.hour > 12
            beside = late and (said.dated or (shown.minute > 12 and self._time_beside(i)))
            hour = said.part or beside or self.before(i).text in BEFORE_HOUR or self.part_follows(i + 1)
            return (Moment(clock=replace(shown, exact=late)), i + 1) if hour else None
        clock = clock or shown
        if clock is None or half is None or clock.hour > 12:
            return None
        return Moment(clock=self.halved(clock, half[0])), half[1]

    def _half_first(self, i: int, said: Moment, half: str) -> Found[Moment]:
        """PM 5:00; Monday pm."""
        j = self.skip(i + 1, gaps=1)
        shown = self.at(j).moment
        found = self.clock(j) or ((shown, j + 1) if shown and shown.clock else None)
        if found and found[0].clock and found[0].clock.hour <= 12:
            return Moment(clock=self.halved(found[0].clock, half)), found[1]
        part = "forenoon" if half == "am" else "afternoon"
        return (Moment(part=part), i + 1) if said.dated and said.part is None else None

    def pointed(self, i: int) -> Clock | None:
        """8.30 as an hour; None for 8.5 and 8-30."""
        both, token = self.at(i).mark("pair"), self.at(i)
        if both is None or token.mark("by") != "." or len(token.text.split(".")[1]) != 2:
            return None
        hour, minute = map(int, both.split())
        return Clock(hour, minute) if hour <= 24 and minute < 60 else None

    def halved(self, clock: Clock, half: str) -> Clock:
        return Clock(clock.hour % 12 + 12 * (half == "pm"), clock.minute, exact=True)

    def hour(self, i: int, said: Moment) -> Found[Moment]:
        """at 7, 3 in the morning, ten thirty, 340pm, 10 tonight, from 9 to 11, Monday 12-4."""
        token = self.at(i)
        n = token.whole
        if n is None or said.clock is not None or token.says("measure") or token.text in {"a", "an"}:
            return None
        if 100 <= n <= 2359 and n % 100 < 60:
            return self._unpointed(i, n, said)
        if not 0 <= n <= 24:
            return None
        if self.at(i + 1).text == "ish" and 1 <= n <= 12:
            return Moment(clock=Clock(n), about=True), i + 2
        if spelt := self.spelt_minutes(i, n):
            return spelt
        if self.counts(i + 1) or self.at(i + 1).says("ordinal_tail") or self.clock(i) is not None:
            return None
        return self._whole_hour(i, n, said)

    def _whole_hour(self, i: int, n: int, said: Moment) -> Found[Moment]:
        """A number that is an hour by what stands around it."""
        before, in_half = self.before(i).text, 1 <= n <= 12
        if in_half and self.part_follows(i + 1):
            return Moment(clock=Clock(n)), i + 1
        lasts = before == "from" and self.after(i + 1).says("lasting")
        if before in {"about", "around"} and self._plural(i + 1):
            return None  # about 5 pounds each
        if n and (lasts or before in {"at", "around", "about", "@"}):
            return Moment(clock=Clock(n, exact=n > 12)), i + 1
        if before in BEFORE_HOUR or said.dated or said.part or self._range_of_hours(i):
            ranged = self.hour_of_range(i, n)
            if ranged:
                return ranged
        last = in_half and self.at(i + 1).text in {"", ".", ",", "!"}  # tonight 8; any time after 6
        bounded = said.part is not None or before in {"after", "before", "by"}
        return (Moment(clock=Clock(n)), i + 1) if last and bounded else None

    def _plural(self, i: int) -> bool:
        """Whether things follow that a number may count: pounds."""
        word = (self.after(i).text.split() or [""])[0]
        return self.after(i).other and len(word) > 3 and word[-1] == "s" and word[-2] != "s"

    def _unpointed(self, i: int, n: int, said: Moment) -> Found[Moment]:
        """340pm, 730 in the evening, tonight 815, at 1830."""
        clock = Clock(n // 100, n % 100)
        if n < 1300 and (half := self.mark(i + 1, "ampm")):
            return Moment(clock=self.halved(clock, half[0])), half[1]
        if n < 1300 and n % 5 == 0 and (self.part_follows(i + 1) or said.part is not None) and not self.counts(i + 1):
            return Moment(clock=clock), i + 1
        spelt = self.before(i).text == "at" or (said.dated and self.at(i).text[0] == "0")  # at 1830, tomorrow 0900
        if len(self.at(i).text) == 4 and spelt and not self.counts(i + 1):
            return Moment(clock=replace(clock, exact=n >= 1300 or self.at(i).text[0] == "0")), i + 1
        return None

    def _range_of_hours(self, i: int) -> bool:
        """Whether what follows shows a range of hours: 6-8 next Monday, 8 to 10 tonight, 4 to quarter past six."""
        k = self.skip(self.skip(i + 1, gaps=1) + 1, gaps=1)
        if self.half_past(k, Moment()) or self.after(k + 1).says("oclock") or self.part_follows(k + 1):
            return True
        day = self.after(k + 1).moment
        if day is not None and day == Moment(part=day.part):  # in the evening this Friday
            day = self.after(self.skip(k + 1, gaps=1) + 1).moment
        return day is not None and (isinstance(day.day, Rel) or day.week is not None)

    def spelt_minutes(self, i: int, n: int) -> Found[Moment]:
        """ten thirty, seven forty-five pm, at 3 15: an hour and its minutes in words."""
        j = self.skip(i + 1, gaps=1) if self.at(i + 1).text in {" ", "-"} else i + 1
        second = self.at(j).number
        minute = second.whole if second else None
        spoken = not self.at(i).text.isdigit() or self.before(i).text in {"at", "around", "about"}
        if minute is None or not 1 <= n <= 12 or not spoken or self.counts(j + 1):
            return None
        if minute not in MINUTE_WORDS and not (10 < minute < 60 and not self.at(j).text.isdigit()):
            return None
        half = self.mark(j + 1, "ampm")
        clock = Clock(n, minute)
        return Moment(clock=self.halved(clock, half[0]) if half else clock), half[1] if half else j + 1

    def part_follows(self, i: int) -> bool:
        """Whether "in the morning", "tonight" or "tomorrow evening" follows a number."""
        j = self.skip(i, gaps=2 if self.at(i).text == "," else 1)
        part = self.at(j).moment
        if part is not None and part == Moment(day=part.day) and isinstance(part.day, Rel) and j > i:
            j, part = self.skip(j + 1, gaps=1), self.after(j + 1).moment
            return part is not None and part.part is not None and self.at(j).text.isascii()
        if part is None or part.part is None or j == i or not self.at(j).text.isascii():
            return False
        return part.day is not None or self.at(j).text.split()[0] in {"in", "at"}

    def hour_of_range(self, i: int, n: int) -> Found[Moment]:
        """The first hour of 9 to 11, when nothing after the second says that they are no hours."""
        j = self.skip(i + 1, gaps=1)
        if not self.at(j).says("to"):
            return None
        k = self.skip(j + 1, gaps=1)
        first = Moment(clock=Clock(n, exact=n > 12)), i + 1
        if self.half_past(k, Moment()) or (self.pointed(k) and not self.counts(k + 1)):
            return first
        token, follows = self.at(k), self.after(k + 1)
        clock = token.moment.clock if token.moment else None
        end = token.whole if token.number else clock.hour if clock else None
        counted = token.unit is not None or self.counts(k + 1) or self.at(k + 1).says("ordinal_tail")
        if end is None or end > 24 or counted or token.says("pair") or follows.says("to"):
            return None
        return None if follows.moment is not None and follows.moment.month is not None else first  # 13 to 15 July


def _shown(minute: int, *, exact: bool = False) -> Clock:
    """So many minutes after midnight, on the clock's face."""
    return Clock(minute // 60 % 24, minute % 60, exact=exact)
