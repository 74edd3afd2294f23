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
        token = self.at(i)
        if token.says("half"):
            minute, j = 30, i + 1
        elif token.says("quarter"):
            minute, j = 15, i + 1
        elif token.number is not None and token.number.whole is not None and 1 <= token.number.whole <= 30:
            minute, j = token.number.whole, i + 1
            k = self.skip(j, gaps=1)
            if (unit := self.at(k).unit) and unit.name == "minute":
                j = k + 1
            elif minute not in MINUTE_WORDS or (
                token.text.isdigit() and minute <= 12 and self.at(self.skip(j, gaps=1)).text == "to"
            ):
                return None  # 5 to 7 is a range, five to seven is not
        else:
            return None
        j = self.skip(j, gaps=1)
        if minute == 30 and token.says("half") and (n := self._bare_hour(j)):
            return Moment(clock=Clock(n, 30)), j + 1  # half six
        sign = 1 if self.at(j).text in {"past", "after"} else -1 if self.at(j).says("to_hour") else 0
        k = self.skip(j + 1, gaps=1)
        hour = self.at(k).number
        moment = self.at(k).moment
        noon = moment.clock if moment else None
        if sign and noon is not None and noon.hour in (12, 24) and self.at(k).text.isalpha():
            total = noon.hour * 60 + sign * minute
            return Moment(clock=Clock(total // 60 % 24, total % 60, exact=True)), k + 1
        if not sign or hour is None or hour.whole is None or not 1 <= hour.whole <= 12 or self.counts(k + 1):
            return None
        if sign < 0 and (
            self.before(i).text in {"from", "between"} or (said.weekdays is not None and token.number is not None)
        ):
            return None  # from 5 to 6 is a range
        half = self.mark(k + 1, "ampm")
        total = hour.whole * 60 + sign * minute
        if half:
            total = (total - 720 * (hour.whole == 12)) + 720 * (half[0] == "pm")
        return Moment(clock=Clock(total // 60 % 24, total % 60, exact=half is not None)), half[1] if half else k + 1

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
            j = self.skip(i + 1, gaps=1)
            found = self.clock(j) or ((moment, j + 1) if (moment := self.at(j).moment) and moment.clock else None)
            if found and found[0].clock and found[0].clock.hour <= 12:
                return Moment(clock=self.halved(found[0].clock, first)), found[1]
            part = {"am": "forenoon", "pm": "afternoon"}[first]
            return (Moment(part=part), i + 1) if said.dated and said.part is None else None
        clock = token.moment.clock if token.moment else None
        if clock is None and (shown := self.pointed(i)):
            late = shown.hour > 12
            if self.mark(i + 1, "ampm"):
                clock = shown
            elif (
                said.part
                or self.before(i).text == "at"
                or (late and (said.dated or (shown.minute > 12 and self._time_beside(i))))
            ):
                return Moment(clock=replace(shown, exact=late)), i + 1
        half = self.mark(i + 1, "ampm") if clock else None
        if clock is not None and half and clock.hour <= 12:
            return Moment(clock=self.halved(clock, half[0])), half[1]
        return None

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
        n = token.number.whole if token.number else None
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
        if self.part_follows(i + 1) and 1 <= n <= 12:
            return Moment(clock=Clock(n)), i + 1
        lasts = self.before(i).text == "from" and self.after(i + 1).says("lasting")
        if (self.before(i).text in {"at", "around", "about", "@"} or lasts) and n:
            return Moment(clock=Clock(n, exact=n > 12)), i + 1
        if self.before(i).text in BEFORE_HOUR or said.dated or said.part or self._range_of_hours(i):
            ranged = self.hour_of_range(i, n)
            if ranged:
                return ranged
        last = self.at(i + 1).text in {"", ".", ",", "!"}  # tonight 8; any time after 6
        if last and 1 <= n <= 12 and (said.part is not None or self.before(i).text in {"after", "before", "by"}):
            return Moment(clock=Clock(n)), i + 1
        return None

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
        token = self.at(k)
        if self.half_past(k, Moment()) or (self.pointed(k) and not self.counts(k + 1)):
            return Moment(clock=Clock(n, exact=n > 12)), i + 1
        end = (
            token.number.whole
            if token.number
            else token.moment.clock.hour
            if token.moment and token.moment.clock
            else None
        )
        bare = token.unit is None and not self.counts(k + 1) and not self.at(k + 1).says("ordinal_tail")
        if (
            end is None
            or end > 24
            or not bare
            or (token.says("pair") and not self.pointed(k))
            or self.after(k + 1).says("to")
        ):
            return None
        follows = self.after(k + 1)
        if follows.moment is not None and follows.moment.month is not None:
            return None  # 13 to 15 July
        return Moment(clock=Clock(n, exact=n > 12)), i + 1
