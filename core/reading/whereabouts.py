"""Where an activity takes place or people meet, in the words of a posting."""

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.kinds import Kind, Kinds, any_of
from core.reading.open_words import HAN_PLACE
from core.reading.page import Page

_END = (
    r"门口|大门|[东南西北正前后侧]门|\d号门|[一二三四]号门|门|岗亭|门岗|门卫室?|活动室|活动中心|广场|"
    r"居委会?|居民区|花园|公园|食堂|会议室|会所|楼|室|厅|凉亭|亭子?|中心|驿站|站|服务点|点|警务室|"
    r"院子?|操场|路口|"
    r"[一二三四五六七八九十\d]楼|大厅|大堂|门厅|阅览室|架空层|健身区|健身点|传达室|阳台|球场|礼堂|角|车棚|书屋|"
    r"之家|党群|工作室|学校|敬老院|养老院|医院|主路|大道|步道|路|弄|弄堂|小区|河边|湖边|池边|树下|"
    r"桥头|桥|前|旁边?|边上|对面|楼下|楼上|底楼|天台|老地方|空地|平台|长廊|走廊|绿地|草坪|[a-z]座|"
    r"车库|[东西南北两]侧|楼道|投放点|超市|幼儿园|小学|中学|便利店|地下室|连廊|池塘|篮球场|乒乓房|门面|快递柜|广播室|会客厅|议事厅|客堂间|地铁站|公交站|停车场|菜场|垃圾房|物业|宣传栏|"
    r"布告栏|石桌|花坛|里|内|处"
)
_WORD = r"[^¦,。;:!?()\[\]【】\s]"
PLACE_ZH = rf"{_WORD}{{0,14}}?(?:{_END})"
LABELLED = re.compile(
    r"(?:集合地点|活动地点|会合地点|见面地点|碰头地点|用餐地点|巡逻地点|地\s?点|地址|集合点|集合|位置|"
    r"场地|区域|路线|where|place|location|venue|meeting point|meeting place|meet|"
    r"address)\s?:[¦\s,]*(?:(?:at|in|by|在|到|于)\s)?(?P<place>[^¦,。;\n]+)"
)
_MEET = (
    r"(?:集合|碰头|碰面|见面|会合|汇合|出发|集中|集结|点名|签到|报到|开饭|举行|举办|进行|开始|开席|开会|聚餐|"
    r"用餐|吃饭|等候|等|见|领取?[^¦,。;\s]{0,6}|取[^¦,。;\s]{0,4})"
)
LABELLED_BARE = re.compile(
    r"(?:^|[\n¦])\s*(?:集合地点|活动地点|地点|地址|集合点|where|place|venue)\s+(?P<place>[^¦,。;\n]+)"
)
"""A line of a notice without its colon."""
MEETING = re.compile(
    rf"(?:在|到|于|去|至|从)?(?P<place>{_WORD}{{1,14}}?){_MEET}(?=[¦,。;:!?()\[\]【】\s~]|$|后|好|吧|哦|啦|了)"
)
MEETING_AT = re.compile(
    rf"(?:集合|碰头|见面|会合)(?:地点|点)?\s?(?:在|于|:)?\s?(?P<place>{PLACE_ZH})(?=[¦,。;:!?()\[\]【】\s]|$)"
)
AT = re.compile(rf"(?:在|于|到|地点(?:在|是|为|设在)?)(?P<place>{PLACE_ZH})(?=[¦,。;:!?()\[\]【】\s]|$|{_MEET})")
_EN_NOUN = (
    r"gate|room|hall|centre|center|square|garden|entrance|canteen|pavilion|office|lobby|courtyard|"
    r"park|kitchen|playground|clubhouse|post|library|"
    r"yard|corner|path|lawn|bench|benches|church|school|hospital|station|stop|bridge|tree|crossing|"
    r"gym|terrace|field|court|market|door|roof|house|committee|stairs|basement|floor|point|balcony|"
    r"balconies|gatehouse|desk|hut|booth|kiosk|fountain|pond|steps|porch|plaza|street|road|lane|avenue"
)
_EN_NAME = (
    rf"(?:the |our )?(?:[\w'’-]+ ){{0,4}}?(?:{_EN_NOUN})(?! (?:{_EN_NOUN})\b)(?: \d+|"
    rf" [a-d]\b)?(?: (?:of|in front of|by|near|at|on|"
    rf"outside) (?:the )?(?:[\w'’-]+ ){{0,3}}?(?:{_EN_NOUN}|building \d+|block \d+))?|"
    rf"(?:the )?(?:building|block|stairwell|gate|room|flat) \d+(?: (?:{_EN_NOUN}))?"
)
EN_MEET = r"(?:we )?(?:meet(?:ing)?(?: up)?|gather(?:ing)?|assembl(?:e|ing)|start(?:ing)?|held|starts|muster|meetup)"
EN_AT = re.compile(
    rf"(?:{EN_MEET}[\s¦]*)?\b(?:at|in|by|outside|near|from|in front of|on|point)\b\s(?P<place>{_EN_NAME})(?![a-z])"
)
EN_MEET_PLACE = re.compile(rf"{EN_MEET}[\s¦:]*(?:at |in |by |outside )?(?P<place>{_EN_NAME})(?![a-z])")
EN_WHOLE = re.compile(
    rf"(?:(?:at|in|by|near|outside|on) )?(?P<place>{_EN_NAME})(?: (?:please|meet(?:ing)?|gather(?:ing)?)(?: point)?)?"
)
WHOLE = re.compile(rf"(?:在|到|去|于)?(?P<place>{PLACE_ZH})(?:集合|见)?")
NOT_PLACES = re.compile(
    r"^(?:这里|那里|家里|里|内|处|点|角|边|前|旁|门|室|楼|路|院|厅|站|桥|弄|一点|早点|准点|几点|重点|"
    r"上门|送学上门|全楼|专门|部门|热门|出门|敲门|入门|时间内|心里|手里|以前|之前|提前|节前|饭前|年前|"
    r"目前|午前|(?:the |my |her |his |their )?house|家|家门|自己家|她家|他家|"
    r"早一点|晚一点|早点|晚点|元旦|春节|冬至|端午|中秋|国庆|重阳|元宵|清明|"
    r"balcon(?:y|ies)|the balcon(?:y|ies)|群里|小区里|聚餐|大家|我们)$|"
    r"点前|以内|之内|人以|月内|天内|周内|带|做|烧|报名|愿意|"
    r"可以|请|需要|志愿者|巡逻队|老人|陪|看医生|去医院|巡逻(?!点|岗|队)|慰问|浇|种|修剪|清理|整理|打扫|看望"
)


@lru_cache(16)
def beside(kinds: Kinds) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A place right before the kind (南门巡逻, south gate patrol), and one right behind it (visit to building 3)."""
    at, after = any_of(kind.at for kind in kinds), any_of(kind.after for kind in kinds)
    return (
        re.compile(rf"(?:在|到)?(?P<place>{HAN_PLACE})(?=(?:义务|夜间|平安|开展|举行|进行)?(?:{at}))"),
        re.compile(rf"(?P<place>{_EN_NAME})(?= (?:(?:night|evening|morning|safety) )?(?:{at})\b)"),
        re.compile(
            rf"\b(?:{after}) (?:(?:to|at|in|by) )?"
            r"(?P<place>(?:building|block) \d+(?: \w+)??|(?:[a-z]+ )?gate)(?=\s*(?:[¦,.;:!?\n]|$))"
        ),
    )


def place(page: Page, kinds: Kinds, kind: Kind | None = None) -> str | None:
    """The place, struck out; None when none is named. A phrase that only names the `kind` is none."""
    before, en_before, en_after = beside(kinds)
    for pattern in (
        LABELLED,
        LABELLED_BARE,
        MEETING_AT,
        MEETING,
        AT,
        before,
        EN_MEET_PLACE,
        EN_AT,
        en_before,
        en_after,
    ):
        for found in pattern.finditer(page.left):
            start, end = found.span("place")
            text = found["place"].strip()
            if pattern is MEETING:
                text, start = _after_verb(text, start)
            if not text or (pattern not in (LABELLED, LABELLED_BARE) and NOT_PLACES.search(text)):
                continue
            page.strike(found.start(), found.end())
            return _tidy(page.said(start, end))
    for start, end in page.phrases():
        phrase = page.left[start:end].strip()
        if kind and kind.speaks_of(phrase):
            continue
        first = start + len(page.left[start:end]) - len(page.left[start:end].lstrip())
        for pattern in (WHOLE, EN_WHOLE):
            whole = pattern.fullmatch(phrase)
            if whole and not NOT_PLACES.search(whole["place"]):
                said = page.said(first + whole.start("place"), first + whole.end("place"))
                page.strike(start, end)
                return _tidy(said)
    return None


def _after_verb(text: str, start: int) -> tuple[str, int]:
    """大家在东门 is 东门: what stands before the last 在 or 到 is not the place."""
    at = max(text.rfind(word) for word in "在到于")
    return (text[at + 1 :], start + at + 1) if at >= 0 else (text, start)


def _tidy(said: str) -> str:
    said = said.strip(" \t,，、.。:：")
    return re.sub(r"^(?:(?:the|at|in)\s+|[在到于]\s*(?=\S))", "", said, flags=re.IGNORECASE)
