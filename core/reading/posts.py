"""A posting: the sentence or the few lines with which a coordinator says what shall take place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from core.reading import whereabouts
from core.reading.headcounts import Wanted, headcount
from core.reading.kinds import BY_NAME, Kind, kind_of
from core.reading.names import looks_like_a_name
from core.reading.page import Page
from core.reading.question import Question
from core.reading.roles import number
from core.reading.times import TimeReading, read_time, read_times


@dataclass(frozen=True, slots=True)
class Posting:
    """What was understood of a posting; None for what it does not say.

    `start` and `end` are dates, or aware datetimes in the zone of `base`. A rule (`rrule`) has `time`, `time_end`,
    `since` and `except_` instead. `report_at`: be there. `whom` is who is visited and nobody else's business: it is
    never part of `title`. `question`: what must be asked; with `ambiguous` there is a best reading all the same.
    """

    kind: str | None = None
    title: str | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    report_at: datetime | None = None
    rrule: str | None = None
    time: time | None = None
    time_end: time | None = None
    since: date | None = None
    except_: tuple[date, ...] = ()
    place: str | None = None
    min: int | None = None
    max: int | None = None
    slots: tuple[Wanted, ...] = ()
    bring: str | None = None
    whom: str | None = None
    rest: str = ""
    groups: tuple[str, ...] = ()
    question: Question | None = None
    ambiguous: bool = False


READ_AT_MOST = 2_000
"""Characters of a posting that are looked at; the rest stays in `rest`."""


def read_post(text: str, *, base: datetime, lang: str = "zh") -> Posting:
    """What `text` posts, seen from `base` (aware, the community's zone). `kind` None: it posts nothing we know."""
    page = Page(text[:READ_AT_MOST])
    asked = page.take(_COMMAND) is not None
    groups = _groups(page)
    kind, _ = kind_of(page.left, asked=asked)
    titled = _labelled(page, _TITLE)
    when = _when(page, text[:READ_AT_MOST], base, lang)
    whom = _labelled(page, _WHOM)
    bring = _bring(page)
    count = headcount(page, homes=kind is not None and kind.name == "visit")
    if kind is None and any(slot.label in ("cold", "hot", "staple") for slot in count.slots):
        kind = BY_NAME["potluck"]
    place = whereabouts.place(page)
    title, named, rest = _title(page, kind, titled, lang)
    posting = Posting(
        kind=kind.name if kind else None, title=title, place=place, min=count.min, max=count.max, slots=count.slots,
        bring=bring, whom=whom or named, rest=rest + text[READ_AT_MOST:].strip(), groups=groups,
    )  # fmt: skip
    return _with_time(posting, when)


# ---------------------------------------------------------------- the command, groups, labelled lines

_COMMAND = re.compile(r"^\s*[/!]?(?:发布活动|发布|发起|新建活动|新活动|发个活动|post activity|post|publish|new activity|new|announce)(?:@\w+)?[\s:,]+(?:an? |the )?|^\s*[/!]?(?:发布|发起)(?:一个|一次|个)?")
_GROUPS = re.compile(r"(?:只?(?:发到|发布到|发在|发给|转到|推送到)|(?:post|send|publish) (?:it |this )?(?:only )?(?:to|in)|(?:only )?(?:to|in) (?:the )?group)\s?:?\s?(?P<names>[^,。;\n¦]{1,40})")
_TITLE = re.compile(r"(?:活动名称|活动主题|主题|标题|名称|活动内容|项目|活动|title|what|activity|event)\s?:\s*(?P<value>[^\n]+)")
_WHOM = re.compile(r"(?:慰问对象|走访对象|探访对象|看望对象|服务对象|对象|被慰问人|for whom|whom|who is visited|visiting)\s?:\s*(?P<value>[^\n¦,。;]+)")


def _groups(page: Page) -> tuple[str, ...]:
    found = page.take(_GROUPS)
    if not found:
        return ()
    names = page.said(*found.span("names"))
    return tuple(name.strip() for name in re.split(r"[、&]| and ", names) if name.strip())


def _labelled(page: Page, pattern: re.Pattern[str]) -> str | None:
    found = page.take(pattern)
    return (page.said(*found.span("value")) or None) if found else None


# ---------------------------------------------------------------- when

_MEET = r"集合|签到|报到|到场|到齐|到位|到岗|碰头|碰面|会合|进场|到达|报道"
_MEET_AFTER = re.compile(rf"\s?(?:前|之前|左右|准时|就|先|在|于)*(?:在?[^\s,。;:\d]{{0,10}}?)(?:{_MEET}|到(?!\d)|来(?:准备|帮忙|布置)|准备(?:食材|场地)?)|\s?(?:at [a-z ]{{0,30}})?(?:meet|gather|assembl|arriv|setup|set-up|check-in|for (?:set-?up|cooks|prep))")
_MEET_BEFORE = re.compile(
    rf"(?:{_MEET}|做菜的|烧菜的|掌勺的|厨师|帮厨的?|志愿者|布置的)(?:时间|的|人员|请|需|要|都|们)*[:：\s,]*(?:[^\s,，。;；:：\d]{{0,8}}[:：\s])?$|"
    r"(?:arriv\w*|be there|be here|meet(?:ing)?(?: up| time)?|gather\w*|assembl\w*|report(?: for duty)?|check-?in|cooks|helpers|come|set-?up|show up|please come)(?: (?:at|by|from|time|are there|arrive|please|the|[a-z]+ gate))*[\s:]*$"
)
_EARLY = re.compile(
    rf"(?:提前|提早|早)\s?(?P<n>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}|半|一刻钟|半个)\s?(?P<unit>个?小时|分钟|刻钟|钟头)?(?:到|集合|签到|到场|报到|来|到达|到岗)?|"
    r"(?P<en>\d{1,3}|ten|five|fifteen|twenty|thirty|half an|an|a quarter of an) ?(?P<en_unit>minutes?|mins?|hours?) (?:early|earlier|before(?:hand)?|ahead|in advance)"
)
_EN_EARLY = {"ten": 10, "five": 5, "fifteen": 15, "twenty": 20, "thirty": 30, "half an": 30, "an": 60, "a quarter of an": 15}


@dataclass(frozen=True, slots=True)
class _When:
    main: TimeReading
    report_at: datetime | None = None


def _when(page: Page, text: str, base: datetime, lang: str) -> _When:
    """The time of the activity and the time to be there, both struck out on the page."""
    early = _early(page, text)
    times = [t for t in read_times(text, base=base, lang=lang) if not (early and _inside(t, early[1]))]
    main = read_time(text, base=base, lang=lang)
    report: datetime | None = None
    marked = [t for t in times if isinstance(t.start, datetime) and not t.daypart and _is_meeting(t, text)]
    others = [t for t in times if t not in marked and (t.rrule or (isinstance(t.start, datetime) and not t.daypart))]
    if marked and others:
        first = marked[0]
        assert isinstance(first.start, datetime)  # noqa: S101  only such are marked
        if main in marked or main.spans == first.spans:
            main = _on_the_day_of(others[0], first)
        report = first.start
        page.strike_written(first.spans)
    page.strike_written(main.spans)
    for other in times:
        if other.spans != main.spans and (isinstance(other.start, datetime) and not other.daypart):
            page.strike_written(other.spans)
    if isinstance(main.start, datetime):
        if report:
            report = datetime.combine(main.start.date(), report.timetz()) if report > main.start else report
        elif early:
            report = main.start - early[0]
    if main.rrule or not isinstance(main.start, datetime):
        report = None
    return _When(main, report)


def _on_the_day_of(other: TimeReading, said: TimeReading) -> TimeReading:
    """Both are on one day, the one that was said with it."""
    if other.rrule or not isinstance(other.start, datetime) or not isinstance(said.start, datetime):
        return other
    shift = timedelta(days=(said.start.date() - other.start.date()).days)
    end = other.end + shift if isinstance(other.end, datetime) else other.end
    return replace(other, start=other.start + shift, end=end, spans=(*said.spans, *other.spans))


def _is_meeting(reading: TimeReading, text: str) -> bool:
    start, end = reading.spans[0][0], reading.spans[-1][1]
    before = text[max(0, start - 24) : start].lower()
    return bool(_MEET_AFTER.match(text[end : end + 24].lower()) or _MEET_BEFORE.search(before))


def _early(page: Page, text: str) -> tuple[timedelta, tuple[int, int]] | None:
    found = _EARLY.search(page.left)
    if not found or not (found["unit"] or found["n"] == "一刻钟" or found["en"]):
        return None
    if found["en"]:
        many = int(found["en"]) if found["en"].isdigit() else _EN_EARLY[found["en"]]
        minutes = many * 60 if found["en_unit"].startswith("hour") and found["en"].isdigit() else many
    elif found["n"].startswith("半"):
        minutes = 30
    elif found["unit"] == "刻钟" or found["n"] == "一刻钟":
        minutes = 15 * (number(found["n"]) or 1) if found["unit"] else 15
    else:
        minutes = (number(found["n"]) or 0) * (1 if found["unit"] == "分钟" else 60)
    said = page.said(*found.span())
    at = text.find(said)
    page.strike(*found.span())
    return timedelta(minutes=minutes), (at, at + len(said))


def _inside(reading: TimeReading, span: tuple[int, int]) -> bool:
    return any(span[0] <= start and end <= span[1] for start, end in reading.spans)


def _with_time(posting: Posting, when: _When) -> Posting:
    main = when.main
    question, start, end = main.question, main.start, main.end
    if question is None and main.kind is None:
        question = Question("when")
    if main.daypart and isinstance(start, datetime):
        end = None
        if main.daypart != "noon":
            start = start.date()
            question = question or Question("what_time")
    elif main.gran == "day" and not main.rrule and question is None and posting.kind:
        question = Question("what_time")
    if question and question.code == "which_half" and isinstance(start, datetime):
        # 9:00 for planting needs no question; a patrol at "8点" does.
        question = question if posting.kind == "patrol" and start.hour in (6, 7, 8) else None
    return replace(
        posting, start=start, end=end, report_at=when.report_at, rrule=main.rrule, time=main.time, time_end=main.time_end,
        since=main.since, except_=main.except_, question=question, ambiguous=question is not None and main.kind is not None,
    )  # fmt: skip


# ---------------------------------------------------------------- what to bring

_NOT_BRING = r"(?<!附近一)(?<!地)(?<!一)(?<!不用)(?<!不要)(?<!不需要)(?<!无需)(?<!不必)(?<!不)(?<!别)(?<!绿化)(?<!安全)(?<!磁)(?<!领)"
BRING_LINE = re.compile(r"(?:请?自带|请?自备|需?携带|需要?带|带|物品|工具|准备|携带物品|自备物品|bring|to bring|what to bring|please bring)\s?:\s*(?P<what>[^\n¦。;]+)")
BRING = re.compile(
    rf"(?:请|记得|需要?|要|另外?|麻烦|各自|自己|务必|并|每人|大家|各位|可以?|最好|同时|还要|也)*{_NOT_BRING}(?:自带|自备|携带|带上|带好|带着|备好|戴好|戴上|穿好|带)(?!队|头|小孩|孩子|领|路|动|来|去|回|家属|教|电|班|孙)\s?(?:自己的|一下|点|些|一些)?(?P<what>[^¦,。;:!?()\[\]【】\n]+)"
)
BRING_EN = re.compile(r"(?<!not )(?<!n't )\b(?:please )?(?:bring|carry|byo|take)(?: along| with you| your own| your| own| some)*\s(?P<what>[^¦,.;:!?()\n]+)|(?:with|wear) (?:your |your own |own )(?P<own>[^¦,.;:!?()\n]+)")


def _bring(page: Page) -> str | None:
    for pattern in (BRING_LINE, BRING, BRING_EN):
        found = pattern.search(page.left)
        if not found:
            continue
        group = "what" if found["what"] else "own"
        start, end = found.span(group)
        if pattern is BRING:
            end = start + len(_first_words(page.left[start:end]))
        page.strike(found.start(), end)
        said = re.sub(r"(?:就行|即可|就好|就可以|哦|噢|呀|啊|过来|来|参加|等)+$", "", page.said(start, end))
        said = re.sub(r"\s+(?:please|thanks|with you|along)$", "", said, flags=re.IGNORECASE)
        return said.strip(" 、,，") or None
    return None


def _first_words(text: str) -> str:
    """Up to a space between Chinese words: 手套 活动室集合 is 手套."""
    lead = len(text) - len(text.lstrip())
    found = re.match(r"\S+(?:\s?[、和与及]\s?\S+)*", text[lead:])
    return text[: lead + found.end()] if found else text


# ---------------------------------------------------------------- title, whom, and what is left

_FILLER = re.compile(
    r"^(?:请|欢迎|大家|各位|谢谢|感谢|辛苦|收到|风雨无阻|雨天|下雨|准时|报名|踊跃|有空|有兴趣|注意|务必|通知|招募|志愿者|需要|人数|时间|地点|备注|要求|及|和|与|的|并|去|在|到|每次|每班|活动|参加|统一|集合|一起|"
    r"please|thanks|everyone|all welcome|welcome|rain or shine|volunteers?|needed|wanted|we |for|at|in|on|and|with|the|by|meet|people|to|of|each|from|sign up|join)"
)
_LEAD = re.compile(r"^(?:我们|大家|一起|组织|开展|进行|举行|举办|安排|计划|准备|打算|拟|将|要|去|做|搞|来|招募|本周|本次|需要|想|拟|有|社区|小区|一次|一场|的|在|到|关于|通知|:|\s|a |an |the |our |we |will |have |hold |do |go |some |need |for |on |there is |there will be |organi[sz]e )+")
_TRAIL = re.compile(r"(?:活动|志愿者|志愿服务|啦|了|一次|吧|哦|报名|招募|需要?|的|and|for|at|on|by|in|with|to|\s)+$")
_VISITED = re.compile(r"(?P<verb>慰问|看望|探望|探访|走访|关爱|陪伴|陪|看看|上门看|visit(?:ing)?|call on|check on|look in on|see)(?:一下|下)?\s?(?P<whom>[^¦,。;\s][^¦,。;\n]{1,40})")
_SOMEBODY = re.compile(r"(?:阿姨|叔叔?|伯伯?|爷爷|奶奶|阿婆|阿公|老师|师傅|先生|女士|大爷|大妈|大姐|婆婆|家|老伯|老太|爷叔|\b(?:mrs?|ms|miss|auntie|aunty|uncle|grandma|grandpa|granny|old)\b)", re.IGNORECASE)


def _title(page: Page, kind: Kind | None, titled: str | None, lang: str) -> tuple[str | None, str | None, str]:
    """The title, who is visited (never in the title), and what nobody has understood."""
    whom: str | None = None
    title = titled
    leftover: list[str] = []
    for start, end in page.phrases(spaces=True):
        said = page.said(start, end).strip(" \t、-—~·:：")
        folded = page.left[start:end].strip(" \t、-—~·:：")
        if not said:
            continue
        if kind and title is None and (kind.named.search(folded) or kind.spoken.search(folded)):
            title, whom = _named(said, folded, kind, lang)
        elif re.search(r"[^\W\d_]", said):
            leftover.append(said)
    if kind is None:
        return title, whom, "，".join(leftover) if lang == "zh" else ", ".join(leftover)
    default = kind.zh if lang == "zh" else kind.en
    title = title or default
    if titled is None and leftover and kind.name in ("balcony", "patrol") and title in (kind.zh, kind.en):
        extra = leftover[0]
        if 2 <= len(extra) <= (8 if lang == "zh" else 24) and not _FILLER.match(extra.lower()) and not extra.isdigit():
            title = f"{title} {extra}"
            leftover = leftover[1:]
    return title[:60], whom, ("，" if lang == "zh" else ", ").join(leftover)


def _named(said: str, folded: str, kind: Kind, lang: str) -> tuple[str, str | None]:
    """The title in a phrase that names the kind, and whom it visits."""
    whom: str | None = None
    lead = _LEAD.match(folded)
    cut = lead.end() if lead and lead.end() < len(folded) else 0
    said, folded = said[cut:], folded[cut:]
    trail = _TRAIL.search(folded)
    if trail and trail.start() > 0:
        said, folded = said[: trail.start()], folded[: trail.start()]
    if kind.name == "visit" and (found := _VISITED.search(folded)):
        whom = said[found.start("whom") : found.end("whom")].strip()
        if _SOMEBODY.search(whom) or looks_like_a_name(whom):
            said = said[: found.start("whom")].strip()
    said = said.strip(" 、,，-—")
    if not said or len(said) > (20 if lang == "zh" else 48):
        return (kind.zh if lang == "zh" else kind.en), whom
    return (said[:1].upper() + said[1:] if said[:1].isascii() else said), whom


# ---------------------------------------------------------------- as an object


_DISH_ZH = {"cold": "凉菜", "hot": "热菜", "staple": "主食", "soup": "汤", "sweet": "点心", "fruit": "水果", "drink": "饮料", "meat": "荤菜", "vegetable": "素菜"}


def as_row(posting: Posting, lang: str = "zh") -> dict[str, Any]:
    """The posting as one plain JSON object, local times without a zone."""
    if posting.kind is None:
        return dict.fromkeys(
            ("kind", "title", "start", "end", "report_at", "rrule", "time", "time_end", "place", "min", "max", "slots", "bring", "question")
        )
    return {
        "kind": posting.kind,
        "title": posting.title,
        "start": _iso(posting.start),
        "end": _iso(posting.end),
        "report_at": _iso(posting.report_at),
        "rrule": posting.rrule,
        "time": posting.time.strftime("%H:%M") if posting.time else None,
        "time_end": posting.time_end.strftime("%H:%M") if posting.time_end else None,
        "place": posting.place,
        "min": posting.min,
        "max": posting.max,
        "slots": [{"label": _label(slot, lang), "max": slot.max} for slot in posting.slots] or None,
        "bring": posting.bring,
        "question": posting.question.words(lang) if posting.question else None,
    }


def _label(slot: Wanted, lang: str) -> str:
    if slot.label.isdigit():
        return f"第{slot.label}户" if lang == "zh" else f"Household {slot.label}"
    if slot.label in _DISH_ZH:
        return slot.said or (_DISH_ZH[slot.label] if lang == "zh" else slot.label)
    return slot.label


def _iso(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None
