"""Ranges: 到9点, -11:30, 至次日凌晨2点, 9月10号，11号，12号."""

from __future__ import annotations

from dataclasses import replace

from core.reading.times.cursor import Found
from core.reading.times.english import English
from core.reading.times.moments import NOW
from core.reading.times.phrase import Phrase
from core.reading.times.values import Clock, Moment

MOST_DAYS = 31
"""Days of a month in a row; a longer one is walked no further."""


class Ranges(English):
    """The productions for the other side of a range that began with a moment."""

    def other_side(self, i: int, said: Moment, open_end: bool = False) -> Found[Phrase]:
        """到9点, -11:30, 至次日凌晨2点, 和...之间: the end of a range that began with `said`."""
        j = self.skip(i, "since", gaps=2)
        if (now := self._until_now(j)) is not None:
            return Phrase(end=NOW), now
        between = not self.at(j).says("to")
        if not self._parts(j, between=between, open_end=open_end):
            return None
        j = self.skip(j + 1, "of", "until", "from")
        next_day, start = 0, Moment()
        if (said_next := self.at(j).mark("next_day")) is not None:
            days, *parts = said_next.split()
            next_day, start = int(days), Moment(part=parts[0] if parts else None)
            j = self.skip(j + 1, "of")
        if self.at(j).says("now"):
            return Phrase(end=NOW), j + 1
        hour_first = self._hour_first(j, said)
        found = self._pointed_end(j, said) or self.moment(j, start) or self._bare_end(j, said)
        if found and hour_first and found[0].clock and not found[0].dated:
            found = self._row(found[1], found[0]) or found
        if found is None:
            return None
        end, j = found
        after = self.mark(j, "until") or self.mark(j, "within")
        after = after if after and not self.at(after[1] - 1).text.isascii() else None
        if between and not open_end and not (after and self.at(after[1] - 1).text in {"之间", "间"}):
            return None
        return self._both_sides(said, end, j, hour_first, next_day), after[1] if after else j

    def _parts(self, i: int, *, between: bool, open_end: bool) -> bool:
        """Whether the word here parts the sides of a range: 到, or the and of between."""
        if between:
            return self.at(i).says("and") and self.at(i).text not in {"或", "或者", "or"}
        return open_end or self.at(i).mark("to") != "between"

    def _both_sides(self, said: Moment, end: Moment, j: int, hour_first: bool, next_day: int) -> Phrase:
        """The range; what English says behind its end (on Thursday, in the evening) is of both sides."""
        if hour_first and end.dated:  # 9:30 to 11 on Thursday
            day = replace(end, clock=None, part=None if said.part or (said.clock and said.clock.exact) else end.part)
            return Phrase(at=said | day, end=Moment(clock=end.clock, part=end.part))
        if self._shares_part(said, end) and self.at(j - 1).text.isascii():  # 7 to 9 in the evening
            return Phrase(at=said | Moment(part=end.part), end=end, next_day=next_day)
        return Phrase(end=end, next_day=next_day)

    def _shares_part(self, said: Moment, end: Moment) -> bool:
        """Whether the part of the day after the end may be the start's as well."""
        if said.clock is None or end.clock is None or end.part is None:
            return False
        return not said.part and not said.clock.exact and said.clock.hour < end.clock.hour

    def _hour_first(self, i: int, said: Moment) -> bool:
        """Whether the end begins with an hour though no day was said yet."""
        if said.dated or not said.timed:
            return False
        first = self.fragment(i, Moment()) or self._bare_end(i, said)
        return first is not None and first[0].timed and not first[0].dated

    def _until_now(self, i: int) -> int | None:
        """至今."""
        return i + 2 if self.at(i).text == "至" and self.at(i + 1).text == "今" else None

    def spoken_day(self, i: int) -> Found[int]:
        """十五 in 初一、十五 and 每月十五: a day of the lunar month, which needs no 日 or 号."""
        token = self.at(i)
        n = token.number.whole if token.number else None
        if n is None or token.text.isascii() or not 11 <= n <= 30 or self.counts(i + 1):
            return None
        return n, i + 1

    def _pointed_end(self, i: int, said: Moment) -> Found[Moment]:
        """7-8.30, 晚上7点-8.30: no 30th of August where it began with an hour."""
        shown = self.pointed(i) if said.clock is not None else None
        if shown is None or self.counts(i + 1):
            return None
        half = self.mark(i + 1, "ampm")
        return Moment(clock=self.halved(shown, half[0]) if half else shown), half[1] if half else i + 1

    def _bare_end(self, i: int, said: Moment) -> Found[Moment]:
        """from 9 to 11: the end may be a bare hour when the start is a time."""
        token = self.at(i)
        if token.number is None or token.number.whole is None or self.counts(i + 1):
            return None
        if isinstance(said.day, int) and said.month is not None and said.clock is None:
            day = self.day_number(i)
            if day and day[0] > said.day:
                return self.with_year(Moment(day=day[0]), day[1])
        if (
            said.year is not None
            and said.day is None
            and len(token.number.text) == 4
            and 1900 <= token.number.whole <= 2100
        ):
            return Moment(year=token.number.whole), i + 1
        n = token.number.whole
        if (
            said.clock is not None
            and 0 <= n <= 24
            and self.at(i + 1).unit is None
            and not self.at(i + 1).says("ordinal_tail")
        ):
            return Moment(clock=Clock(n, exact=n > 12)), i + 1
        return None

    def day_list(self, i: int, said: Moment) -> Found[Phrase]:
        """9月10号，11号，12号: days in a row are a range."""
        if not isinstance(said.day, int) or said.timed:
            return None
        days, j = self._more_monthdays(said.day, i)
        if len(days) < 2:
            return None
        if days != tuple(range(said.day, said.day + len(days))):
            return Phrase(), j  # 12日、14日、16日: the first of them
        end = replace(said, day=days[-1], weekdays=None)
        return Phrase(end=end), j

    def _more_monthdays(self, day: int, i: int, *, lunar: bool = False) -> tuple[tuple[int, ...], int]:
        """1号和15号, 初一十五."""
        days, j = [day], i
        while len(days) <= MOST_DAYS and ((k := self.skip(j, "and", "of", gaps=5)) > j or lunar or self.at(j).number):
            if lunar and (spoken := self.spoken_day(k)):
                days.append(spoken[0])
                j = spoken[1]
                continue
            english = self.day_number(k) if self.at(k).text.isascii() and self.at(k + 1).says("ordinal_tail") else None
            found = (Moment(day=english[0]), english[1]) if english else None
            found = found or self.numbered(k, Moment()) or self.word(k, Moment())
            if found is None or not isinstance(found[0].day, int) or found[0].month is not None:
                break
            days.append(found[0].day)
            j = found[1]
        return tuple(sorted(set(days))), j
