"""Which kind of activity a text speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the words that name it, those that only speak of it, and its plain title in both languages."""

    name: str
    named: re.Pattern[str]
    spoken: re.Pattern[str]
    zh: str
    en: str


def _kind(name: str, zh: str, en: str, named: str, spoken: str) -> Kind:
    return Kind(name, re.compile(named), re.compile(spoken), zh, en)


KINDS = (
    _kind(
        "potluck",
        "百家饭",
        "Potluck",
        r"百家[饭宴菜]|邻里[饭宴]|长桌宴|pot[ -]?luck|hundred[ -]family (?:meal|feast|dinner)",
        (
            r"聚餐|年夜饭|团圆饭|(?:每家|每户|各家|一家)(?:出|带|做|烧)?一(?:个|道)?菜|shared? (?:meal|dinner|lunch)|"
            r"community (?:meal|dinner|lunch)|bring a dish|dish to share"
        ),
    ),
    _kind(
        "balcony",
        "一米阳台",
        "Balcony",
        (
            r"一米阳台|阳台(?:种|浇|养|补|护|花|绿|整|清|修|剪|换|松|除|施|美|播|移|栽|认养|植)|"
            r"one-?\s?met(?:re|er) balcon|balcon(?:y|ies) (?:plant|water|garden|flower|care|clean|day|green|"
            r"weed|prun|tend)"
        ),
        r"种花|栽花|补苗|浇花|种植|养花|换盆|移栽|播种|种(?:月季|绣球|太阳花|矮牵牛|三角梅|向日葵|多肉|"
        r"薄荷|蔬菜|草花|菊花|茉莉)|给(?:阳台|花)|阳台上?的?(?:花|植物|绿植|月季)|(?:花盆|花箱|花架|"
        r"花苗).{0,6}(?:整理|清理|种|摆|搬)|"
        r"balcon(?:y|ies)|\bplanting\b|\bplant (?:flowers|roses|seedlings|bulbs|tulips)|"
        r"water(?:ing)? the (?:flowers|plants|balcon)|repotting|flower boxes",
    ),
    _kind(
        "visit",
        "慰问",
        "Visit",
        (
            r"慰问|探访|走访|看望|探望|送学上门|上门送学|送温暖|关爱(?:行动|老人|独居|活动|探访|上门|慰问)?|"
            r"\b(?:home|elder|welfare) visits?\b|study at the door"
        ),
        (
            r"探视|上门(?:看|送|陪|关心|探|服务|聊)|陪陪?.{0,8}?(?:老人|独居|伯伯|阿姨|奶奶|爷爷|老伯|阿婆)|(?:去|给|"
            r"为).{0,10}(?:老人|独居|孤老|高龄|党员|奶奶|爷爷|阿婆|老党员).{0,8}(?:送|看|过生日|读报|祝寿|"
            r"理发)|给.{0,8}(?:老人|孤老|老党员|奶奶|阿婆|爷爷).{0,4}送|\bvisit(?:s|ing)?\b|"
            r"\bcall(?:ing)? on\b|\bcheck(?:ing)? on\b|\blook(?:ing)? in on\b"
        ),
    ),
    _kind(
        "patrol",
        "巡逻",
        "Patrol",
        (
            r"巡逻|夜巡|晨巡|日巡|早巡|晚巡|巡防|巡更|巡查|护绿|绿化(?:监督|保护|检查|巡)|\bpatrol(?:s|"
            r"ling)?\b|green watch|night watch|neighbou?rhood watch"
        ),
        r"站岗|执勤|值勤|巡视|平安守护|[走绕]小区|小区[里内]?[走转巡兜]|"
        r"看护绿化|安全检查|\bwatch (?:duty|shift)\b|walk the estate|night round",
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}

NOTICE = re.compile(
    r"停水|停电|停气|检修|维修|抢修|施工|漏水|渗水|请勿|外墙|封闭|清障|改造|保洁公司|物业(?:将|公司|"
    r"通知|会|安排|检查)|敬请谅解|带来不便|电梯|通知如下|缴费|收费|小偷|抓获|讲座|党课|义诊|义剪|"
    r"巡逻队(?:已|昨|抓)|巡逻车|no (?:hot )?water|power (?:cut|outage)|maintenance|repair|closed|"
    r"construction|museum|exhibition|"
    r"doctor'?s? visit|school visit|\bvisit (?:our |the )?(?:website|page|museum|shop|exhibition|link|"
    r"clinic|dentist|doctor)|inspection"
)
"""What notices and other people's events say. Only a kind named outright stands against it, and not a spoken one."""


def kind_of(text: str, *, asked: bool = False) -> tuple[Kind | None, re.Match[str] | None]:
    """The kind named in plain `text`, where; None when it is none of ours. `asked`: it was said to be an activity."""
    found = [(match.start(), kind, match) for kind in KINDS if (match := kind.named.search(text))]
    notice = not asked and NOTICE.search(text) is not None
    if found and not notice:
        _, kind, match = min(found, key=lambda row: (row[0], KINDS.index(row[1])))
        return kind, match
    if notice:
        return None, None
    for kind in KINDS:
        if match := kind.spoken.search(text):
            return kind, match
    return None, None
