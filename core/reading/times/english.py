"""English days: the language puts its numbers elsewhere (March 14th, the first Saturday of May)."""

from __future__ import annotations

from core.reading.times.cursor import END, Found, unit_name
from core.reading.times.faces import Faces
from core.reading.times.hours import how_long
from core.reading.times.moments import INNER, NOTHING
from core.reading.times.values import Clock, Moment, Ordinal, Rel, Shift

BEFORE_YEAR = frozenset(
    "between and for in of since during by before after until till from to year early late".split()  # noqa: SIM905 - as they are said
)
BEFORE_DAY = frozenset({"the", "on", "on the"})
AFTER_DAY = frozenset({"at", "in the morning", "in the afternoon", "in the evening"})

NAMES = frozenset({"march", "april", "may", "june", "august"})
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "mr.", "mrs.", "aunt", "auntie", "uncle"})
OF_PEOPLE = frozenset(
    {"has", "is", "was", "said", "says", "came", "comes", "lives", "likes", "knows", "went", "asked", "told", "gave"}
)
ANY_SUCH = frozenset({"one", "some", "lovely", "nice", "great", "quiet", "wonderful", "long", "such"})
NO_THINGS = frozenset(
    {"is", "was", "would", "will", "works", "we", "we're", "i", "i'm", "they", "it", "please", "for", "in", "and",
     "but", "or", "if", "then"}
)  # fmt: skip
"""Words behind a day: the third is fine."""


class English(Faces):
    """Moments with the English productions tried first."""

    def fragment(self, i: int, said: Moment) -> Found[Moment]:
        if self.at(i).text in NAMES and (self._name(i) or (self.at(i).text in {"may", "march"} and self.verb(i))):
            return None
        part = self.at(i).moment
        if part is not None and part.part and self._vague(i):
            return None  # one evening, a lovely evening
        if self.at(i).text[:1].isascii():
            for production in (
                self.length_from,
                self.hours_from,
                self.weeks_on,
                self.day_and_weeks,
                self.weekday_from,
                self.week_of,
                self.section_of,
                self.month_day,
                self.nth_of,
                self.half_past,
                self.face,
                self.hour,
                self.year,
            ):
                if found := production(i, said):
                    return found
        return super().fragment(i, said)

    def of_a_rule(self, i: int, found: tuple[Moment, int]) -> bool:
        """9-10am the first Saturday of every month: the day belongs to what is said behind it."""
        said, j = found
        if len(said.weekdays or ()) > 3:
            return True  # starting next week, Monday to Friday
        if not self.at(i).text[:1].isascii() or not (said.ordinal or isinstance(said.day, int)):
            return False
        return self.at(self.skip(j, "of")).mark("rule") in ("month", "year")

    def _vague(self, i: int) -> bool:
        """Whether a part of the day is any such, or one that was spoken of."""
        words = self.before(i).text.split()[-1:]
        return bool(words) and words[0] in ANY_SUCH

    def _name(self, i: int) -> bool:
        """Whether it is somebody: Mr March, April has the key."""
        title = self.before(i).text.split()[-1:]
        follows = self.after(i + 1).text.split()[:1]
        return bool(title and title[0] in TITLES) or (
            self.before(i) is END and bool(follows and follows[0] in OF_PEOPLE)
        )

    def verb(self, i: int) -> bool:
        """Whether this "may" allows something, or this "march" is one, rather than names a month."""
        if self.at(i).text == "march":
            return self.before(i).text in {"the", "a", "our", "long"} and not self.after(i + 1).number
        if (
            self.before(i).text in BEFORE_YEAR
            or self.before(i).mark("section_of")
            or self.before(i).says("ordinal_tail")
        ):
            return False
        before, after = self.before(i), self.after(i + 1)
        return not (
            len(self.tokens) == 1 or before.text.isdigit() or after.number or after.mark("nth") or after.says("to")
        )

    # ------------------------------------------------------------ days

    def month_day(self, i: int, said: Moment) -> Found[Moment]:
        """March 14th, 14 March 2026, October 2026, the 20th, on 15."""
        token = self.at(i)
        month = token.moment
        if month is not None and month.month is not None and month.lunar is None and not month.day:
            day = self.day_number(self.skip(i + 1, "of", gaps=2))
            if day and len(self.at(day[1] - 1).text) != 4:
                return self.with_year(month | Moment(day=day[0]), day[1])
            return self.with_year(month, i + 1)
        day = self.day_number(i)
        if day is None or said.day is not None:
            return None
        j = self.skip(day[1], "of", gaps=3)
        month = self.at(j).moment
        if month is not None and month.month is not None and not month.day and self.at(j).text.isascii():
            return self.with_year(month | Moment(day=day[0]), j + 1)
        if (said.month is not None and said.week is not None) or self.counts(day[1]):
            return None
        return (Moment(day=day[0]), day[1]) if self._day_alone(i, day[1], said) else None

    def _day_alone(self, i: int, j: int, said: Moment) -> bool:
        """Whether a number without a month names a day: the 20th, and on 15 where nothing else follows."""
        of_day = self.before(i).text in BEFORE_DAY
        tail = self.at(j - 1).says("ordinal_tail") or self.at(i).says("nth")
        if tail and (of_day or said.dated) and not self.weekday_at(j):
            return self.before(i).text != "the" or not self._thing_follows(j)
        if tail and self.after(j).text == "at":
            return True  # 28th at 2
        return of_day and (self.at(j).text in {"", ",", ".", "!"} or self.after(j).text in AFTER_DAY)

    def _thing_follows(self, i: int) -> bool:
        """Whether a thing is counted that has no time: the second gate."""
        follows = self.after(i)
        return follows.other and (follows.text.split() or ["is"])[0] not in NO_THINGS

    def weekday_at(self, i: int) -> bool:
        """Whether a weekday or a unit follows: the 3rd Saturday is no 3rd."""
        token = self.after(i)
        return token.unit is not None or (
            token.moment is not None and token.moment.weekdays is not None and self.at(i).text != ","
        )

    def with_year(self, said: Moment, i: int) -> tuple[Moment, int]:
        """The year after a month or a day, if there is one."""
        if said.year is not None:
            return said, i
        j = self.skip(i, gaps=2)
        number = self.at(j).number
        if (
            number is not None
            and len(number.text) == 4
            and number.whole is not None
            and 1900 <= number.whole <= 2100
            and not self.counts(j + 1)
        ):
            return said | Moment(year=number.whole), j + 1
        return said, i

    def day_number(self, i: int) -> Found[int]:
        """14, 14th, fourteenth; not an hour, not a number of things."""
        token = self.at(i)
        if (nth := token.mark("nth")) is not None and int(nth) > 0:
            return int(nth), i + 1
        if (
            token.number is None
            or token.number.whole is None
            or not 1 <= token.number.whole <= 31
            or not (token.text.isdigit() or (token.number.value > 1 and self.before(i).moment))
        ):
            return None
        if self.at(i + 1).says("ordinal_tail"):
            return token.number.whole, i + 2
        after = self.after(i + 1)
        if after.says("ampm") or after.says("oclock") or after.unit is not None or after.glued:
            return None
        return token.number.whole, i + 1

    def nth_of(self, i: int, _said: Moment) -> Found[Moment]:
        """The first Saturday of May, the last day, the 3rd week, last Monday of March."""
        token = self.at(i)
        if named := self._named_nth(i):
            return named
        n, j = int(token.mark("nth") or 0), i + 1
        if not n and token.whole and self.at(j).says("ordinal_tail"):
            n, j = token.whole, i + 2
        if not n or n > 53:
            return None
        j = self.skip(j, gaps=1)
        many = self.at(j).whole or 1
        if many > 1 or self.at(j).whole:
            if many >= 53:
                return None
            j = self.skip(j + 1, gaps=1)
        token = self.at(j)
        if token.moment is not None and token.moment.weekdays is not None and token.moment.week is None:
            return Moment(ordinal=Ordinal(n, "weekday"), weekdays=token.moment.weekdays), j + 1
        if token.counts not in ("day", "week", "workday", "weekend", "month", "quarter"):
            return None
        if token.counts == "quarter":
            return (Moment(section=f"q{n}"), j + 1) if 1 <= n <= 4 else None
        if many > 1 and self.first_monthly >= i and not self.of_month(j + 1):
            return None  # the last 3 days: a stretch up to now
        ordinal = Ordinal(n, unit_name(token.counts), many)
        month = self.skip(j + 1, "of", gaps=5)
        unit = self.at(month).unit
        if ordinal.unit == "day" and self.of_month(j + 1) and unit is not None and unit.name == "month":
            return Moment(ordinal=ordinal, month=Rel(0)), month + 1  # of the month is of this one
        return Moment(ordinal=ordinal), j + 1

    def _named_nth(self, i: int) -> Found[Moment]:
        """Every second Tuesday of the month, and last Monday of March, in which last is no week."""
        token, j = self.at(i), self.skip(i + 1, gaps=1) + 1
        if token.text == "every second" and self.of_month(j):
            days = (self.after(i + 1).moment or NOTHING).weekdays
            return (Moment(ordinal=Ordinal(2, "weekday"), weekdays=days), j) if days else None
        said = token.moment
        if said is None or said.week != Rel(-1) or "last" not in token.text or not self.of_month(i + 1):
            return None
        if said.weekdays is not None:
            return Moment(ordinal=Ordinal(-1, "weekday"), weekdays=said.weekdays), i + 1
        return Moment(ordinal=Ordinal(-1, "weekend" if said.section else "week")), i + 1

    def of_month(self, i: int) -> bool:
        """Whether "of May", "of the month", "in 2026" follows."""
        j = self.skip(i, gaps=1)
        if self.at(j).text not in {"of", "in"} and not self.at(j).text.startswith("of "):
            return False
        token = self.at(self.skip(j, "of", "from", gaps=4))
        moment = token.moment or self.at(j).moment
        return (
            (moment is not None and (moment.month is not None or moment.year is not None))
            or (token.number is not None and len(token.text) == 4)
            or token.says("rule")
            or (token.unit is not None and token.unit.name in ("month", "year"))
        )

    def section_of(self, i: int, said: Moment) -> Found[Moment]:
        """The end of April, early next month, mid-March, late 2026."""
        where = self.at(i).mark("section_of")
        if where not in INNER:
            return None
        j = self.skip(i + 1, "of", gaps=4)
        token = self.at(j)
        month = token.moment
        if (
            month is not None
            and month.part is None
            and month.weekdays is None
            and (month.month is not None or month.year is not None or month.week is not None)
        ):
            whole, j = self.with_year(month, j + 1)
            return whole | Moment(section=where), j
        if found := self.year(j, said, sure=True):
            return found[0] | Moment(section=where), found[1]
        return None

    def year(self, i: int, said: Moment, sure: bool = False) -> Found[Moment]:
        """in 2026, since 2019."""
        number = self.at(i).number
        if (
            number is None
            or len(number.text) != 4
            or number.whole is None
            or not 1900 <= number.whole <= 2100
            or said.year is not None
        ):
            return None
        follows = self.after(i + 1).moment
        month = follows is not None and (follows.month is not None or follows.section is not None)
        named = (
            self.before(i).text in BEFORE_YEAR
            or sure
            or said.month is not None
            or said.section is not None
            or said.feast is not None
            or month
        )
        return (Moment(year=number.whole), i + 1) if named and not self.counts(i + 1) else None

    def weeks_on(self, i: int, said: Moment) -> Found[Moment]:
        """Three Fridays from now, 2 Thursdays ago."""
        number = self.at(i).number
        j = self.skip(i + 1, gaps=1)
        weekday = self.at(j).mark("weekdays")
        if number is None or not number.whole or weekday is None or said.dated:
            return None
        k = self.skip(j + 1, gaps=1)
        sign = (self.at(k).says("later")) - (self.at(k).says("ago"))
        shift = Shift(sign * number.whole, "day", int(weekday))
        return (Moment(day=Rel(0), shift=shift), k + 1) if sign else None

    def day_and_weeks(self, i: int, said: Moment) -> Found[Moment]:
        """Friday week, Thursday fortnight, tomorrow week: so many weeks after that day."""
        day = self.at(i).moment
        unit = self.after(i + 1).unit
        if day is None or said.dated or unit is None or self.at(i + 1).gap is False:
            return None
        weeks = {"week": 1, "fortnight": 2}.get(unit.name, 0)
        if not weeks or not (day == Moment(weekdays=day.weekdays) or day == Moment(day=day.day)):
            return None
        return day | Moment(shift=Shift(weeks, "week")), self.skip(i + 1, gaps=1) + 1

    def weekday_from(self, i: int, said: Moment) -> Found[Moment]:
        """The Friday before Christmas, Monday after Easter, Friday after next."""
        weekday = self.at(i).moment
        if weekday is None or said.dated or weekday.weekdays is None or weekday != Moment(weekdays=weekday.weekdays):
            return None
        j = self.skip(i + 1, gaps=1)
        k = self.skip(j + 1, gaps=1)
        if self.at(j).text == "after" and self.at(k).text == "next":
            return Moment(day=Rel(0), shift=Shift(2, "day", weekday.weekdays[0])), k + 1
        sign = {"after": 1, "before": -1}.get(self.at(j).text, 0)
        day = self.moment(self.skip(j + 1, "of")) if sign else None
        if day is None or not day[0].feast or day[0].shift is not None:
            return None
        return day[0] | Moment(shift=Shift(sign, "day", weekday.weekdays[0])), day[1]

    def week_of(self, i: int, said: Moment) -> Found[Moment]:
        """The week of October 6th."""
        if not self.at(i).says("week_of") or said.dated:
            return None
        day = self.moment(self.skip(i + 1, "of"))
        if day is None or not (isinstance(day[0].day, int) or day[0].feast) or day[0].timed or day[0].shift:
            return None
        return day[0] | Moment(shift=Shift(0, "week")), day[1]

    def hours_from(self, i: int, _said: Moment) -> Found[Moment]:
        """Half an hour before noon, an hour after midnight."""
        found = self.length(i) if self.at(i).number is not None else None
        if found is None or found[0].unit not in ("hour", "minute"):
            return None
        j = self.skip(found[1], gaps=1)
        sign = {"after": 1, "before": -1}.get(self.at(j).text, 0)
        noon = self.after(j + 1).moment
        if not sign or noon is None or noon.clock is None or not noon.clock.exact:
            return None
        minute = noon.clock.hour * 60 + noon.clock.minute + sign * int(how_long(found[0]).total_seconds() // 60)
        return Moment(clock=Clock(minute // 60 % 24, minute % 60, exact=True)), self.skip(j + 1, gaps=1) + 1

    def length_from(self, i: int, said: Moment) -> Found[Moment]:
        """Two weeks from Friday, three days after Easter, a day before Christmas."""
        if said.dated or self.at(i).number is None:
            return None
        found = self.length(i)
        if (
            found is None
            or found[0].unit not in ("day", "week", "month", "year", "workday")
            or found[0].many.denominator != 1
        ):
            return None
        j = self.skip(found[1], gaps=1)
        sign = {"from": 1, "after": 1, "before": -1}.get(self.at(j).text, 0)
        if found[0].unit == "week" and (self.at(j).text == "on" or isinstance((self.at(j).moment or NOTHING).day, Rel)):
            sign, j = 1, j - (self.at(j).text != "on")  # a week on Thursday, a week today
        day = self.moment(self.skip(j + 1, "of")) if sign else None
        if day is None or day[0].shift is not None or not (day[0].day or day[0].feast or day[0].weekdays):
            return None
        return day[0] | Moment(shift=Shift(sign * int(found[0].many), found[0].unit)), day[1]
