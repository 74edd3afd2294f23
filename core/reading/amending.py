"""A posting corrected: only what the words say changes (改成8点, 地点换成南门, 要6个人, 加一个汤)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta, tzinfo

from core.reading import whereabouts
from core.reading.belongings import bring
from core.reading.headcounts import DISHES, LABEL, NUM, WHO, WHO_EN, Wanted, headcount, labels
from core.reading.kinds import BY_NAME, kind_of
from core.reading.page import STRUCK, Page
from core.reading.posting import Posting
from core.reading.roles import number
from core.reading.text import plain
from core.reading.times import TimeReading, read_time
from core.reading.times.compose import statements

READ_AT_MOST = 600
"""Characters of a correction that are looked at."""
MEAL = timedelta(hours=6)
"""A bare hour is taken in the half of the day in which the activity was: nobody moves a patrol by more than this."""


def amend(posting: Posting, text: str, *, base: datetime, lang: str = "zh") -> tuple[Posting, tuple[str, ...]]:
    """The posting with what `text` says changed, and the names of the fields that differ, none when nothing does."""
    page = Page(text[:READ_AT_MOST])
    changed = posting
    for step in (_kind, _title, _group, _time, _slots, _people, _bring, _place):
        changed = step(changed, page, _Said(text[:READ_AT_MOST], base, lang))
    names = tuple(f.name for f in fields(Posting) if getattr(changed, f.name) != getattr(posting, f.name))
    return changed, tuple(name for name in names if name not in ("question", "ambiguous"))


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    base: datetime
    lang: str


_INTO = r"\s?(?:换|改|变|调整|更正|应该|应)?(?:成|为|到|在|是|叫|:|to|is|should be|=)?\s?(?:to\s)?"

# ---------------------------------------------------------------- kind, title, groups

_KIND = re.compile(
    r"(?:不是\S+?[,，]?\s?)?(?:是|改成|换成|改为|类型\S{0,3}|应该是|make it a|it's a|it is a|"
    r"change to|not a \w+,? but a)\s?(?P<kind>义务巡逻|夜巡|巡逻|巡查|慰问|走访|看望|一米阳台|阳台|"
    r"百家饭|百家宴|聚餐|patrol|visit|balcony|potluck)"
)
_NAME = re.compile(
    rf"(?:标题|名称|名字|主题|活动名|题目|title|name){_INTO}(?P<title>[^¦\n,，。;]+)|"
    rf"(?:活动)?叫(?:做)?\s?(?P<called>[^¦\n,，。;]+)|call it (?P<en>[^¦\n,.;]+)"
)
_GROUP = re.compile(
    r"(?:只?(?:发到|发布到|发在|发给)|(?:post|send) (?:it )?(?:only )?(?:to|in))\s?:?\s?(?P<names>[^,。;\n¦]{1,40})"
)


def _kind(posting: Posting, page: Page, _: _Said) -> Posting:
    found = _KIND.search(page.left)
    if not found:
        return posting
    kind, _match = kind_of(found["kind"] if found["kind"] != "阳台" else "一米阳台", asked=True)
    if kind is None:
        return posting
    page.strike(*found.span())
    old = BY_NAME.get(posting.kind or "")
    plain_title = old is None or posting.title in (None, old.zh, old.en)
    title = (kind.en if posting.title and posting.title.isascii() else kind.zh) if plain_title else posting.title
    return replace(posting, kind=kind.name, title=title)


def _title(posting: Posting, page: Page, _: _Said) -> Posting:
    found = page.take(_NAME)
    if not found:
        return posting
    group = next(g for g in ("title", "called", "en") if found[g])
    return replace(posting, title=page.said(*found.span(group)) or posting.title)


def _group(posting: Posting, page: Page, _: _Said) -> Posting:
    found = page.take(_GROUP)
    if not found:
        return posting
    return replace(
        posting, groups=tuple(n.strip() for n in re.split(r"[、&]", page.said(*found.span("names"))) if n.strip())
    )


# ---------------------------------------------------------------- time

_SHIFT = re.compile(r"(?P<late>推迟|延后|延迟|晚|往后推?|推后|后延|later)|(?P<early>提前|提早|早|往前|earlier)")
_LENGTH = re.compile(
    rf"(?P<half>半)(?:个)?(?:小时|钟头)|(?P<n>{NUM}|an?|"
    rf"half an)\s?(?P<and>个半)?(?:个)?\s?(?P<unit>小时|钟头|分钟|刻钟|天|周|个?星期|hours?|minutes?|"
    rf"mins?|days?|weeks?)(?P<plus>半)?"
)
_ENDS = re.compile(r"结束|到.{0,8}(?:为止|结束)|延长|until|\bend(?:s|ing)?\b|散场|收工")
_REPORT = re.compile(
    r"做菜的|烧菜的|掌勺|帮厨|cooks|helpers|提前到|集合时间|集合|签到|报到|到场|碰头|meet|arrive|gather|be there"
)
_DAYS = {"天": 1, "周": 7, "星期": 7, "个星期": 7, "day": 1, "days": 1, "week": 7, "weeks": 7}


def _time(posting: Posting, page: Page, said: _Said) -> Posting:
    if (moved := _moved(posting, page)) is not None:
        return moved
    text = page.left.replace(STRUCK, " ")
    if (weekly := _weekly(posting, page, text)) is not None:
        return weekly
    reading = read_time(text, base=said.base, lang=said.lang)
    if reading.kind is None:
        if reading.question is None or not reading.spans:
            return posting
        _strike(page, reading)
        return replace(posting, question=reading.question, ambiguous=False)
    _strike(page, reading)
    dated, bare = _what_was_said(text)
    if reading.rrule:
        return replace(
            posting, start=None, end=None, report_at=None, rrule=reading.rrule, time=reading.time or posting.time or _clock(posting.start),
            time_end=reading.time_end if reading.time else posting.time_end or _clock(posting.end), since=reading.since or posting.since,
            except_=reading.except_ or posting.except_, question=reading.question, ambiguous=reading.question is not None,
        )  # fmt: skip
    if posting.rrule and not dated and isinstance(reading.start, datetime):
        return _rule_hour(posting, reading, bare, _ENDS.search(text) is not None)
    if (
        _REPORT.search(text)
        and isinstance(reading.start, datetime)
        and isinstance(posting.start, datetime)
        and not dated
    ):
        return replace(posting, report_at=_near(_on(posting.start.date(), reading.start), posting.start, bare))
    if (
        _ENDS.search(text)
        and isinstance(reading.start or reading.end, datetime)
        and isinstance(posting.start, datetime)
    ):
        return _ending(posting, reading, posting.start, dated=dated, bare=bare)
    return _starting(posting, reading, said.base.tzinfo, dated=dated, bare=bare)


_WEEKDAY = re.compile(r"(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])|(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_DAYS_OF = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}
_ONE_DAY = re.compile(r"[这本下]个?(?:周|星期|礼拜)|\d\s?[月日号]|今|明|后天|\b(?:this|next)\b|每|every")


def _weekly(posting: Posting, page: Page, text: str) -> Posting | None:
    """A series moved to other weekdays: 改成周六, said of every Tuesday, is every Saturday."""
    if not (posting.rrule or "").startswith("FREQ=WEEKLY") or _ONE_DAY.search(text):
        return None
    days = [_DAYS_OF.get(m["zh"] or "", (m["en"] or "")[:2].upper()) for m in _WEEKDAY.finditer(text)]
    if not days or _what_was_said(text)[1] or re.search(r"\d", text):
        return None
    for found in list(_WEEKDAY.finditer(page.left)):
        page.strike(*found.span())
    parts = [part for part in (posting.rrule or "").split(";") if not part.startswith("BYDAY=")]
    return replace(posting, rrule=";".join([parts[0], f"BYDAY={','.join(dict.fromkeys(days))}", *parts[1:]]))


def _strike(page: Page, reading: TimeReading) -> None:
    for start, end in reading.spans:
        page.strike(start, end)


def _ending(posting: Posting, reading: TimeReading, start: datetime, *, dated: bool, bare: bool) -> Posting:
    moment = reading.end if isinstance(reading.end, datetime) else reading.start
    assert isinstance(moment, datetime)  # noqa: S101  the caller looked
    end = moment if dated else _on(start.date(), moment)
    while end <= start:
        end += timedelta(hours=12 if bare else 24)
    return replace(posting, end=end, question=None, ambiguous=False)


def _starting(posting: Posting, reading: TimeReading, zone: tzinfo | None, *, dated: bool, bare: bool) -> Posting:
    """A new day, a new hour, or both; what is not said stays, the length and the lead of the meeting time too."""
    old, new = posting.start, reading.start or reading.end
    if new is None:
        return posting
    if not isinstance(new, datetime) or reading.daypart:
        day = new.date() if isinstance(new, datetime) else new
        last = reading.end
        if old and last and not isinstance(last, datetime) and (last - day).days == 6:
            day += timedelta(days=old.weekday())  # 下周: the same weekday
            reading = replace(reading, end=None)
        if isinstance(old, datetime) and not (reading.daypart and not dated):
            start: date | datetime = _on(day, old)
        elif posting.rrule and posting.time:
            start = datetime.combine(day, posting.time, tzinfo=zone)
        else:
            start = day if dated or old is None else old
        return _shifted(posting, start, reading)
    if dated or old is None:
        return _shifted(
            posting,
            new if not bare or not isinstance(old, datetime) else _near(new, _on(new.date(), old), bare),
            reading,
        )
    moved = _on(old.date() if isinstance(old, datetime) else old, new)
    if isinstance(old, datetime):
        moved = _near(moved, old, bare)
    return _shifted(posting, moved, reading, hour=moved.hour - new.hour)


def _shifted(posting: Posting, start: date | datetime, reading: TimeReading, hour: int = 0) -> Posting:
    old, end, report = posting.start, posting.end, posting.report_at
    if (
        isinstance(start, datetime)
        and isinstance(reading.end, datetime)
        and isinstance(reading.start, datetime)
        and not reading.daypart
    ):
        end = start + (reading.end - reading.start)
    elif isinstance(old, datetime) and isinstance(start, datetime):
        end = end + (start - old) if isinstance(end, datetime) else end
    elif isinstance(reading.end, date) and not isinstance(reading.end, datetime) and reading.start != reading.end:
        end = reading.end
    elif not isinstance(start, datetime):
        end = None
    if report and isinstance(old, datetime):
        report = report + (start - old) if isinstance(start, datetime) else None
    if hour and isinstance(end, datetime) and isinstance(start, datetime) and end < start:
        end += timedelta(hours=12)
    question = reading.question if reading.question and reading.question.code not in ("which_half",) else None
    return replace(
        posting, start=start, end=end, report_at=report, rrule=None, time=None, time_end=None, since=None, except_=(),
        question=question, ambiguous=question is not None,
    )  # fmt: skip


def _rule_hour(posting: Posting, reading: TimeReading, bare: bool, ends: bool) -> Posting:
    assert isinstance(reading.start, datetime)  # noqa: S101  the caller looked
    at = reading.start
    if posting.time:
        at = _near(at, _on(at.date(), datetime.combine(at.date(), posting.time, tzinfo=at.tzinfo)), bare)
    if ends:
        return replace(posting, time_end=at.time())
    end = posting.time_end
    if isinstance(reading.end, datetime):
        end = (at + (reading.end - reading.start)).time()
    elif posting.time and posting.time_end:
        day = at.date()
        end = (at + (datetime.combine(day, posting.time_end) - datetime.combine(day, posting.time))).time()
    return replace(posting, time=at.time(), time_end=end, question=None, ambiguous=False)


def _moved(posting: Posting, page: Page) -> Posting | None:
    """推迟一小时, 提前半小时, two days later: everything moves together; None when nothing of the kind is said."""
    way, length = _SHIFT.search(page.left), _LENGTH.search(page.left)
    if not way or not length or abs(way.start() - length.end()) > 4 + len(way[0]) + len(length[0]):
        return None
    if way["early"] and re.search(r"集合|签到|到场|报到|meet|arrive", page.left):
        return None if not isinstance(posting.start, datetime) else _early(posting, page, way, length)
    delta = _delta(length) * (1 if way["late"] else -1)
    page.strike(*way.span())
    page.strike(*length.span())
    if posting.rrule and posting.time:
        day = date(2000, 1, 1)
        at = datetime.combine(day, posting.time) + delta  # noqa: DTZ  a clock face has no zone
        end = (datetime.combine(day, posting.time_end) + delta).time() if posting.time_end else None
        return replace(posting, time=at.time(), time_end=end)
    if posting.start is None:
        return posting
    shift = {name: value + delta for name in ("start", "end", "report_at") if (value := getattr(posting, name))}
    return replace(posting, **shift)


def _early(posting: Posting, page: Page, way: re.Match[str], length: re.Match[str]) -> Posting:
    assert isinstance(posting.start, datetime)  # noqa: S101  the caller looked
    page.strike(*way.span())
    page.strike(*length.span())
    return replace(posting, report_at=posting.start - _delta(length))


def _delta(length: re.Match[str]) -> timedelta:
    if length["half"]:
        return timedelta(minutes=30)
    said, unit = length["n"], length["unit"]
    many = {"a": 1, "an": 1}.get(said) or (0.5 if said == "half an" else number(said) or 0)
    if length["and"] or length["plus"]:
        many += 0.5
    if unit in _DAYS:
        return timedelta(days=many * _DAYS[unit])
    if unit == "刻钟":
        return timedelta(minutes=15 * many)
    return timedelta(minutes=many) if unit.startswith(("分钟", "min")) else timedelta(hours=many)


def _what_was_said(text: str) -> tuple[bool, bool]:
    """Whether a day was said, and whether the hour was left without its half of the day."""
    found = statements(plain(text).text)
    dated = any(s.dated for s in found)
    clocks = [s.at for s in found if s.at.clock is not None]
    return dated, bool(clocks) and not any(at.part or (at.clock and at.clock.exact) for at in clocks)


def _near(moment: datetime, old: datetime, bare: bool) -> datetime:
    """A bare 8点 stays in the half of the day in which the activity was."""
    if not bare:
        return moment
    choices = [moment.replace(hour=moment.hour % 12), moment.replace(hour=moment.hour % 12 + 12)]
    return min(choices, key=lambda choice: abs(choice - old))


def _on(day: date, clock: datetime) -> datetime:
    return datetime.combine(day, clock.timetz()) if clock.tzinfo else datetime.combine(day, clock.time())


def _clock(moment: date | datetime | None) -> time | None:
    return moment.time() if isinstance(moment, datetime) else None


# ---------------------------------------------------------------- places, dishes, people

_DISH = "|".join(f"(?P<{sort}>{words})" for sort, words in DISHES.items())
_MORE = r"(?:再?加|多加|增加|加上|添|再来|再要|多要|多|add|another|one more|plus)"
_LESS = r"(?:减|去掉|少|减少|删|删掉|取消|remove|drop|without|one less|minus)"
DISH_MORE = re.compile(
    rf"{_MORE}\s?(?P<n>{NUM}|a|an|another)?\s?(?:more )?(?:个|道|份|样|盆|碗|"
    rf"锅)?\s?(?:{_DISH})\s?(?P<after>{NUM})?\s?(?:个|道|份|样|盆|碗|锅)?"
)
DISH_NONE = re.compile(
    rf"(?:不要|不用|不需要|没有|去掉|删掉|取消|no more|no|without|drop the|remove the|drop|"
    rf"remove)\s?(?:{_DISH})|(?:{_DISH.replace('?P<', '?P<x_')})\s?(?:不要了?|去掉|取消|不用了?|删掉)"
)
DISH_LESS = re.compile(rf"(?:减|少|减少|少要)\s?(?P<n>{NUM})?\s?(?:个|道|份)?\s?(?:{_DISH})")
DISH_SET = re.compile(
    rf"(?:{_DISH})\s?(?:改|换|要|变|增|减|加)?(?:成|为|到|to)?\s?(?P<n>{NUM})\s?(?:个|道|份|样|盆|碗|"
    rf"锅)?(?!人)|(?P<before>{NUM})\s?(?:个|道|份|样|盆|碗|锅)?\s?(?:{_DISH.replace('?P<', '?P<y_')})"
)
PLACE_MORE = re.compile(r"(?:再?加|加上|增加|添加|还有|add|also)\s?$")
PLACE_NONE = re.compile(
    r"(?:不要|去掉|删掉|取消|不去|减|remove|drop|without)\s?$|^\s?(?:不要了?|去掉|取消|不去了?|删掉|不用去)"
)
PLACE_SET = re.compile(rf"^\s?(?:改|换|要|变|需要)?(?:成|为|到|to)?\s?(?P<n>{NUM})\s?(?:{WHO}|{WHO_EN})")
PER = re.compile(
    rf"每(?:处|户|楼|栋|幢|家|个楼|组|个点|个)(?:改|换|要|变)?(?:成|为|到)?\s?(?P<n>{NUM})\s?{WHO}|"
    rf"(?P<en>{NUM})(?: {WHO_EN})? each"
)
HOMES = re.compile(
    rf"(?:改|换|变|加|减)?(?:成|为|到)?\s?(?P<n>{NUM})\s?(?:户|家)|(?P<en>{NUM}) (?:households?|homes?|families)"
)
PEOPLE_MORE = re.compile(
    rf"(?:再?加|(?<!最)多加|增加|再要|多要|(?<![最至])多|再来|再招)\s?(?P<n>{NUM})\s?{WHO}|"
    rf"(?P<en>{NUM}) more(?: {WHO_EN})?"
)
PEOPLE_LESS = re.compile(
    rf"(?:减|减少|(?<![最至不])少|少要|少招)\s?(?P<n>{NUM})\s?{WHO}|(?P<en>{NUM}) (?:less|fewer)(?: {WHO_EN})?"
)
PEOPLE_SET = re.compile(
    rf"(?:人数|名额|人|people|places|headcount){_INTO}(?P<n>{NUM})(?!\s?[:点月号日])|(?:make it|"
    rf"change to|改成|改为|换成)\s?(?P<m>{NUM})\s?(?:{WHO}|{WHO_EN})"
)


def _slots(posting: Posting, page: Page, _: _Said) -> Posting:
    posting = _dishes(posting, page)
    slots = list(posting.slots)
    known = {slot.label.lower() for slot in slots}
    named = [name for found in LABEL.finditer(page.left) for name in labels(found, page)]
    if PER.search(page.left) and any(name.lower() not in known for name in named):
        return posting  # places and numbers afresh
    if (per := PER.search(page.left)) and slots:
        page.strike(*per.span())
        each = number(per["n"] or per["en"])
        some = [name.lower() for name in named] or known
        slots = [replace(slot, max=each, min=None) if slot.label.lower() in some else slot for slot in slots]
    if (homes := HOMES.search(page.left)) and slots and all(slot.label.isdigit() for slot in slots):
        page.strike(*homes.span())
        many = min(number(homes["n"] or homes["en"]) or len(slots), 40)
        slots = [replace(slots[0], label=str(n + 1)) for n in range(max(1, many))]
    for found in list(LABEL.finditer(page.left)):
        slots = _one_place(slots, found, page)
    return replace(posting, slots=tuple(slots)) if tuple(slots) != posting.slots else posting


def _one_place(slots: list[Wanted], found: re.Match[str], page: Page) -> list[Wanted]:
    """One place named in a correction: more of them, none of it, or another number."""
    named = labels(found, page)
    before, after = page.left[max(0, found.start() - 8) : found.start()], page.left[found.end() : found.end() + 16]
    known = {slot.label.lower() for slot in slots}
    if PLACE_NONE.search(before) or PLACE_NONE.match(after):
        if not any(name.lower() in known for name in named):
            return slots
        page.strike(found.start(), found.end())
        return [slot for slot in slots if slot.label.lower() not in [name.lower() for name in named]]
    size = PLACE_SET.match(after)
    many = number(size["n"]) if size else None
    if size and any(name.lower() in known for name in named):
        page.strike(found.start(), found.end() + size.end())
        wanted = [name.lower() for name in named]
        return [replace(slot, max=many, min=None) if slot.label.lower() in wanted else slot for slot in slots]
    if slots and PLACE_MORE.search(before):
        page.strike(found.start(), found.end() + (size.end() if size else 0))
        most = many if size else slots[-1].max
        return slots + [Wanted(name, most, None, name) for name in named if name.lower() not in known]
    return slots


def _dishes(posting: Posting, page: Page) -> Posting:
    if posting.kind != "potluck" and not any(slot.label in DISHES for slot in posting.slots):
        return posting
    slots = {slot.label: slot for slot in posting.slots}
    for pattern, change in ((DISH_NONE, None), (DISH_MORE, 1), (DISH_LESS, -1), (DISH_SET, 0)):
        for found in list(pattern.finditer(page.left)):
            groups = found.groupdict()
            sort = next(s for s in DISHES if groups.get(s) or groups.get(f"x_{s}") or groups.get(f"y_{s}"))
            said = groups.get(sort) or groups.get(f"x_{sort}") or groups.get(f"y_{sort}") or ""
            page.strike(*found.span())
            digits = groups.get("n") or groups.get("after") or groups.get("before")
            many = (number(digits) if digits not in (None, "a", "an", "another") else 1) or 1
            old = slots.get(sort)
            if change is None:
                slots.pop(sort, None)
            elif change == 0:
                slots[sort] = Wanted(sort, many, None, old.said if old else said)
            else:
                slots[sort] = Wanted(
                    sort, max(0, (old.max if old and old.max else 0) + change * many), None, old.said if old else said
                )
    kept = tuple(slot for slot in slots.values() if slot.max != 0)
    return replace(posting, slots=kept) if kept != posting.slots else posting


def _people(posting: Posting, page: Page, _: _Said) -> Posting:
    if (found := PEOPLE_MORE.search(page.left)) or (found := PEOPLE_LESS.search(page.left)):
        sign = 1 if PEOPLE_MORE.search(page.left) else -1
        page.strike(*found.span())
        if posting.max is None:
            return posting
        most = max(1, posting.max + sign * (number(found["n"] or found["en"]) or 0))
        return replace(posting, max=most, min=min(posting.min, most) if posting.min else posting.min)
    if found := PEOPLE_SET.search(page.left):
        page.strike(*found.span())
        return replace(posting, min=None, max=number(found["n"] or found["m"]))
    count = headcount(page, homes=posting.kind == "visit")
    changed = posting
    if count.slots:
        changed = replace(changed, slots=count.slots, min=None, max=None)
    elif count.said:
        low, high = count.min, count.max
        if low is not None and high is None and posting.max is not None and posting.max >= low:
            high = posting.max
        changed = replace(changed, min=low, max=high)
    return changed


# ---------------------------------------------------------------- what to bring, where

_NO_BRING = re.compile(
    r"(?:不用|不要|不需要|无需|不必|别)(?:自)?带(?:东西|任何东西|\S{0,6})?(?:了)?|(?:no need to|don't|"
    r"do not) bring(?: anything| \w+)?|nothing to bring"
)
_ALSO_BRING = re.compile(r"(?:还要?|再|也要?|另外|also)\s?(?:自?带|bring)")
_PLACE = re.compile(
    rf"(?:集合地点|活动地点|地点|集合点|位置|地方|集合(?!时间)|the place|place|location|venue|where|"
    rf"meeting point|meet(?:ing)?){_INTO}(?:at |in |by )?(?P<place>[^¦,，。;!\n]+)"
)
_TO = re.compile(
    r"(?:换到|换在|改到|改在|挪到|移到|搬到|转到|换成|改成|改为|move(?:d)? (?:it )?to|"
    r"change(?:d)? (?:it )?to|make it|now)\s?(?:at |in |by )?(?:the )?(?P<place>[^¦,，。;!\n]+)"
)
_PLACE_END = re.compile(r"(?:吧|了|集合|哦|啊|见|碰头|谢谢|please|thanks|instead)+$")


def _bring(posting: Posting, page: Page, _: _Said) -> Posting:
    if page.take(_NO_BRING):
        return replace(posting, bring=None)
    more = _ALSO_BRING.search(page.left) is not None
    what = bring(page)
    if what is None:
        return posting
    if more and posting.bring and what not in posting.bring:
        joint = "、" if any(ord(c) > 127 for c in what) else ", "
        what = f"{posting.bring}{joint}{what}"
    return replace(posting, bring=what)


def _place(posting: Posting, page: Page, _: _Said) -> Posting:
    for pattern in (_PLACE, _TO):
        if found := pattern.search(page.left):
            said = page.said(*found.span("place"))
            said = re.sub(r"^the ", "", _PLACE_END.sub("", said).strip(" 、,，"), flags=re.IGNORECASE)
            if said and not said.isdigit() and not re.fullmatch(r"[\d点号月日:\s]+", said):
                page.strike(*found.span())
                return replace(posting, place=said)
    where = whereabouts.place(page)
    return replace(posting, place=where) if where else posting
