"""From tokens to phrases: which words stand together, and what they say together.

Every production looks at the tokens from a place on and answers with what it found and the place after it, or None;
none knows what day it is. Each layer rests on the one below: cursor (lengths), clocks, moments, faces and english,
ranges, rhythms, and here the whole phrase.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from core.reading.times.cursor import END, Found
from core.reading.times.moments import NOW
from core.reading.times.phrase import Bound, Phrase
from core.reading.times.rhythms import Rhythms
from core.reading.times.values import Length, Moment, Rel

NO_DOING = frozenset("晚早等迟差过再还先隔约前后有到")
"""Before a length these say when, not how long it takes."""


class Grammar(Rhythms):
    """One text's tokens, and the phrases in them."""

    def phrase(self, i: int) -> Found[Phrase]:
        """The longest phrase that begins exactly here."""
        for production in (
            self.rhythm,
            self.of_every,
            self.stretch,
            self.lasting,
            self.except_,
            self.bounded,
            self.until,
            self.all_day,
        ):
            if found := production(i):
                phrase, end = found
                first, last = self.at(i), self.at(self._trimmed(end) - 1)
                return replace(phrase, words=((first.start, last.end),)), end
        return None

    def all_day(self, i: int) -> Found[Phrase]:
        """全天 and nothing else: today."""
        alone = self.at(i).says("whole_day") and len(self.tokens) == 1
        return (Phrase(at=Moment(day=Rel(0))), i + 1) if alone else None

    def _trimmed(self, end: int) -> int:
        """Without the gaps at the end of what was read."""
        while self.at(end - 1).gap:
            end -= 1
        return end

    def lasting(self, i: int) -> Found[Phrase]:
        """为期2小时, 共3天, 共8次, for 2 hours, (约2小时); also 两点开始，三个小时."""
        if not self.at(i).says("lasting"):
            return self._bare_lasting(i)
        j = self.skip(i + 1, "about", "lasting")
        many = self.at(j).number
        if many is not None and many.whole and self.after(j + 1).says("times"):
            return Phrase(times=many.whole, role="lasting"), self.skip(j + 1, gaps=1) + 1
        found = self.length(j)
        if found is None or self.at(self.skip(found[1])).says("after"):
            return None
        return Phrase(lasting=found[0], role="lasting"), found[1]

    def _bare_lasting(self, i: int) -> Found[Phrase]:
        """Hours between two commas, with nothing of their own but a verb (开45分钟): how long it takes."""
        before = self.at(i - 1)
        verb = bool(before.text) and before.other and not NO_DOING & set(before.text[-3:])
        if not (before.gap or before.says("since") or verb):
            return None
        found = self.length(i)
        if found is None or found[0].unit not in ("hour", "minute") or found[0].many > 12 * 60:
            return None
        ends = self.at(found[1])
        goes_on = verb and ends.other and ends.text[:1] not in "后前内以之就到"  # 打两个钟头牌
        return (Phrase(lasting=found[0], role="lasting"), found[1]) if ends.gap or ends is END or goes_on else None

    def stretch(self, i: int) -> Found[Phrase]:
        """未来7天, 过去两周, 最近三个月, 三天内, 两小时之内, the next 3 days."""
        token = self.at(i)
        if (said := token.mark("stretch")) is not None:
            unit, first, last = said.split()
            if unit == "hour":
                return Phrase(span=Length(Fraction(1), "hour"), bound="back" if first == "-1" else "ahead"), i + 1
            if unit == "year":
                return Phrase(at=Moment(year=Rel(int(first))), end=Moment(year=Rel(int(last)))), i + 1
            return Phrase(at=Moment(day=Rel(int(first))), end=Moment(day=Rel(int(last)))), i + 1
        j = self.skip(i + 1, "of", gaps=2)
        if token.mark("ahead") not in (None, "point"):
            found = self.length(j)
            if found:
                after = self.mark(found[1], "within")
                return Phrase(span=found[0], bound="ahead"), after[1] if after else found[1]
        if token.says("back"):
            found = self.length(j)
            if found and (not token.says("before") or not self.at(found[1]).says("after")):
                after = self.mark(found[1], "within") or self.mark(found[1], "since")
                return Phrase(span=found[0], bound="back"), after[1] if after else found[1]
        found = self.length(i)
        if found:
            inside = self.mark(found[1], "within")
            if inside:
                return Phrase(span=found[0], bound="within"), inside[1]
            since = self.mark(found[1], "since")
            if since and since[0] == "past":
                return Phrase(span=found[0], bound="back"), since[1]
        return None

    def except_(self, i: int) -> Found[Phrase]:
        """除了周三, 国庆节除外, except Fridays."""
        if self.at(i).says("except"):
            found = self._left_out(self.skip(i + 1, "from", "of"))
            after = self.mark(found[1], "except_after") if found else None
            return (found[0], after[1] if after else found[1]) if found else None
        found = self._left_out(i)
        after = self.mark(found[1], "except_after") if found else None
        return (found[0], after[1]) if found and after else None

    def _left_out(self, i: int) -> Found[Phrase]:
        """One or several moments; an hour said with the last (except Sunday at 7) is the rhythm's."""
        found = self.moment(i) or self._rule_as_moment(i)
        if found is None:
            return None
        unless, j = [found[0]], found[1]
        while not unless[-1].timed and (more := self._next_in_list(j)):
            unless.append(more[0])
            j = more[1]
        days = tuple(replace(moment, clock=None, part=None) for moment in unless)
        hour = Moment(clock=unless[-1].clock, part=unless[-1].part)
        return Phrase(at=hour, unless=days, role="unless"), j

    def _rule_as_moment(self, i: int) -> Found[Moment]:
        match self.at(i).mark("rule"):
            case "workdays":
                return Moment(section="workdays"), i + 1
            case "weekends":
                return Moment(section="weekend"), i + 1
        if (day := self.at(i).mark("weekdays")) is not None:
            return Moment(weekdays=(int(day),)), i + 1
        return None

    def _next_in_list(self, i: int) -> Found[Moment]:
        j = self.skip(i, "and")
        return self.moment(j) if j > i else None

    def until(self, i: int) -> Found[Phrase]:
        """到6月底, 持续到6月30日: the end of what was said before."""
        if not self.at(i).says("to") or self.at(i).text.isascii():
            return None
        found = self.moment(self.skip(i + 1, "of", gaps=1))
        if found is None:
            return None
        if not found[0].dated:  # 8点巡到10点: the hour behind a verb that goes on until then
            goes_on = i > 0 and self.at(i - 1).other and found[0].clock is not None
            return (Phrase(at=found[0], role="until"), found[1]) if goes_on else None
        after = self.mark(found[1], "until")
        return Phrase(at=found[0], bound="before", role="until"), after[1] if after else found[1]

    def bounded(self, i: int) -> Found[Phrase]:
        """A moment or a range, with what bounds it: 从..起, 周五前, 3月1日到5日, 7点半以后, until Friday."""
        token = self.at(i)
        if token.says("until"):
            return self._prefixed(i, "before", "until")
        if token.text.isascii() and token.says("before", "after"):
            return self._prefixed(i, "before" if token.says("before") else "after")
        starts = token.says("from") or (token.says("since") and token.text.isascii())
        start = self.skip(i + 1, "of", "from", "about") if starts else i
        found = self.moment(i) or self.moment(start) or self._years(start) or self._now(start)
        if found is None:
            return None
        said, j = found
        since = starts and token.mark("from") in ("since", "between")
        ranged = self.day_list(j, said) or self.other_side(j, said, open_end=since or self._between(i, j))
        if ranged:
            return self._ranged(said, j, *ranged)
        several = said.weekdays and len(said.weekdays) > 1
        if starts and not several and (token.says("since") or token.text in {"自从", "自打"}):
            return Phrase(at=said, bound="after", role="since"), self._suffix(said, j)[1]
        return self._suffix(said, j)

    def _prefixed(self, i: int, bound: Bound, role: Literal["until"] | None = None) -> Found[Phrase]:
        """until Friday, 截止周四, after 5: the bound stands before the moment."""
        start = self.skip(i + 1, "of", "from", "about")
        found = self.moment(start) or self._years(start) or self._now(start)
        return (Phrase(at=found[0], bound=bound, role=role), found[1]) if found else None

    def _ranged(self, said: Moment, i: int, ranged: Phrase, j: int) -> Found[Phrase]:
        """A range that began with `said`, its other side at `i`."""
        end = ranged.end
        if end is None:
            return self._suffix(*(self.moment(j, said) or (said, j)))
        dash = self.at(i).text + self.at(i + 1).text in {"-", " -", "- "}
        if dash and isinstance(said.day, int) and not said.timed and not end.dated:
            return self._suffix(said | end, j)  # 6 Jan 2027 - 6:30 pm
        hours = self._hours_of_days(said, end, j)
        return hours or (replace(ranged, at=said if ranged.at.empty else ranged.at), j)

    def _hours_of_days(self, said: Moment, last: Moment, i: int) -> Found[Phrase]:
        """12月1日-3日 上午9:00-11:00: days from one to another, and then hours from one to another."""
        if said.timed or not (said.calendar and last.calendar and last.timed):
            return None
        more = self.other_side(i, last)
        if more is None or more[0].end is None or more[0].end.dated:
            return None
        hours, days = Moment(clock=last.clock, part=last.part), replace(last, clock=None, part=None)
        return Phrase(at=said | hours, end=days | more[0].end), more[1]

    def _between(self, i: int, j: int) -> bool:
        """Whether "between" was said on the way: Friday between 1pm and 4pm."""
        return any(self.at(k).mark("from") == "between" for k in range(i, j))

    def _years(self, i: int) -> Found[Moment]:
        """2016到2018: two bare years, or a text that is nothing but one."""
        number = self.at(i).number
        if number is None or number.whole is None or len(number.text) != 4 or not 1900 <= number.whole <= 2100:
            return None
        there = self.at(i + 2).number
        both = (
            self.at(i + 1).says("to") and there is not None and there.whole is not None and 1900 <= there.whole <= 2100
        )
        return (Moment(year=number.whole), i + 1) if both or self.figures_alone else None

    def _now(self, i: int) -> Found[Moment]:
        """现在, in a range or when nothing else is said."""
        if not self.at(i).says("now"):
            return None
        alone = len(self.tokens) == 1
        ranged = self.at(i + 1).says("to") or self.at(i + 1).says("since")
        return (NOW, i + 1) if alone or (ranged and self.at(i).text != "今") else None

    def _kept(self, i: int) -> Found[Length]:
        """For how many days a feast is kept: 三天."""
        found = self.length(i)
        if found is None or found[0].unit != "day" or not 1 < found[0].many < 16:
            return None
        return None if self.at(found[1]).says("before", "after", "within") else found

    def _suffix(self, said: Moment, j: int) -> tuple[Phrase, int]:
        """前, 后, 起, 止, 内 after a moment."""
        k = self.skip(j, "of", gaps=1)
        token = self.at(k)
        if said.feast and not said.timed and (kept := self._kept(k)):
            return Phrase(at=said, bound="after", lasting=kept[0]), kept[1]  # 元旦三天
        if not token.text.isascii():
            if token.says("before"):
                return Phrase(at=said, bound="before"), k + 1
            if token.says("until"):
                return Phrase(at=said, bound="before", role="until"), k + 1
            if token.says("since"):
                if said.clock and token.text == "开始":
                    return Phrase(at=said), k + 1  # 7点开始 is when it starts
                lasts = self.length(self.skip(k + 1, "lasting"))
                if (
                    lasts and self.mark(lasts[1], "after") is None and self._how_often(lasts[1]) == lasts[1]
                ):  # 从今天起一周
                    return Phrase(at=said, bound="after", lasting=lasts[0]), lasts[1]
                return Phrase(at=said, bound="after", role="since"), k + 1
            if token.says("after"):
                return Phrase(at=said, bound="after"), k + 1
            if token.says("within"):
                return Phrase(at=said), k + 1
        return Phrase(at=said), j
