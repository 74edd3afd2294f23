"""What a posting is called, and whom it visits, which is never part of the title."""

from __future__ import annotations

import re

from core.reading.kinds import Kind
from core.reading.names import looks_like_a_name
from core.reading.page import Page

_FILLER = re.compile(
    r"^(?:请|欢迎|大家|各位|谢谢|感谢|辛苦|收到|风雨无阻|雨天|下雨|准时|报名|踊跃|有空|有兴趣|注意|"
    r"务必|通知|招募|志愿者|需要|人数|时间|地点|备注|要求|及|和|与|的|并|去|在|到|每次|每班|活动|参加|"
    r"统一|集合|一起|谁|哪位|有谁|有没有|缺|\d{1,2}[:点]|"
    r"please|thanks|everyone|all welcome|welcome|rain or shine|volunteers?|needed|wanted|we |for|at|"
    r"in|on|and|with|the|by|meet|people|to|of|each|from|sign up|join|who|anyone|anybody)"
)
LABELS = re.compile(
    r"备注|出发|大家|到|的|地点|对象|各位|和|活动|结束|集合|集合时间|开饭|开始|开席|每家|每人|名称|"
    r"请|同志|同志们|各位同志|集合巡逻|名额|内容|签到|人数|日期|时|时间|需|需要|要|要求|于|在|掌勺的|准备|主题|做菜的|and|arrive|cooks|"
    r"date|helpers|how|many|meet|or|people|place|time|when|where|who"
)
"""What stands before a colon, or around a time, and is no part of a title."""
_LEAD = re.compile(
    r"^(?:我们|大家|一起|组织|开展|进行|举行|举办|安排|计划|准备|打算|拟|将|要|去|做|搞|来|招募|本周|"
    r"本次|需要|想|拟|有|社区|小区|一次|一场|的|在|到|关于|通知|:|\s|a |an |the |our |we |will |have |"
    r"hold |do |go |some |need |for |on |there is |there will be |organi[sz]e |are |planning |plan |"
    r"organi[sz]ing |having |holding )+"
)
_TRAIL = re.compile(
    r"(?:来啦|来了|来咯|活动|志愿者|志愿服务|啦|了|一次|吧|哦|报名|招募|需要?|的|and|for|at|on|by|in|"
    r"with|to|\s)+$"
)
_VISITED = re.compile(
    r"(?P<verb>慰问|看望|探望|探访|走访|关爱|陪伴|陪|看看|上门看|visit(?:ing)?|call on|check on|"
    r"look in on|see)(?:一下|下)?\s?(?!行动|活动|慰问|看望|走访|探访)(?P<whom>[^¦,。;\s][^¦,。;\n]{1,40})"
)
_SOMEBODY = re.compile(
    r"(?:阿姨|叔叔?|伯伯?|爷爷|奶奶|阿婆|阿公|老师|师傅|先生|女士|大爷|大妈|大姐|婆婆|家|老伯|老太|"
    r"爷叔|\b(?:mrs?|ms|miss|auntie|aunty|uncle|grandma|grandpa|granny|old)\b)",
    re.IGNORECASE,
)


LONGEST = 60
"""Letters of a title."""


def title(page: Page, kind: Kind | None, titled: str | None, lang: str) -> tuple[str | None, str | None, str]:
    """The title, who is visited (never in the title), and what nobody has understood. Nothing said is lost."""
    whom: list[str] = []
    called = titled
    leftover: list[str] = []
    for start, end in page.phrases(spaces=True):
        said = page.said(start, end).strip(" \t、-—~·:：")
        folded = page.left[start:end].strip(" \t、-—~·:：")
        if not said or LABELS.fullmatch(folded):
            continue
        if kind and called is None and kind.speaks_of(folded):
            called, visited, over = _named(said, folded, kind, lang)
            whom += visited
            leftover += over
        elif re.search(r"[^\W_]", said):
            leftover.append(said)
    if kind and kind.whom:
        leftover = _visited(whom, leftover)
    comma = "，" if lang == "zh" else ", "
    if kind is None:
        return called, None, comma.join(leftover)
    default = kind.zh if lang == "zh" else kind.en
    called = called or default
    if titled is None and leftover and kind.more_title and called in (kind.zh, kind.en):
        extra = leftover[0]
        if 2 <= len(extra) <= (8 if lang == "zh" else 24) and not _FILLER.match(extra.lower()) and not extra.isdigit():
            called = f"{called} {extra}"
            leftover = leftover[1:]
    if called[LONGEST:].strip():
        leftover.insert(0, called[LONGEST:].strip())
    return called[:LONGEST].strip(), comma.join(dict.fromkeys(whom)) or None, comma.join(leftover)


def _named(said: str, folded: str, kind: Kind, lang: str) -> tuple[str, list[str], list[str]]:
    """The title in a phrase that names the kind, whom it visits, and what is neither."""
    whom: list[str] = []
    over: list[str] = []
    lead = _LEAD.match(folded)
    cut = lead.end() if lead and lead.end() < len(folded) else 0
    said, folded = said[cut:], folded[cut:]
    trail = _TRAIL.search(folded)
    if trail and trail.start() > 0:
        said, folded = said[: trail.start()], folded[: trail.start()]
    if kind.whom and (found := _VISITED.search(folded)):
        visited, after = said[slice(*found.span("whom"))].strip(), said[found.end("whom") :].strip()
        whom.append(visited)
        if _SOMEBODY.search(visited) or looks_like_a_name(visited):
            said = said[: found.start("whom")].strip()
            over += [after] if after else []
    said = said.strip(" 、,，-—")
    if not said or len(said) > (20 if lang == "zh" else 48):
        over += [said] if said else []
        return (kind.zh if lang == "zh" else kind.en), whom, over
    return (said[:1].upper() + said[1:] if said[:1].isascii() else said), whom, over


def _visited(whom: list[str], leftover: list[str]) -> list[str]:
    """Puts who is visited into `whom`, and returns what else is said."""
    kept: list[str] = []
    for phrase in leftover:
        found = _VISITED.search(phrase.lower())
        if not found and _SOMEBODY.search(phrase):
            whom.append(phrase)
        elif found and _SOMEBODY.search(found["whom"]):
            whom.append(phrase[slice(*found.span("whom"))].strip())
            around = _LEAD.sub("", phrase[: found.start("verb")]), phrase[found.end("whom") :]
            kept += [words.strip() for words in around if words.strip()]
        else:
            kept.append(phrase)
    return kept
