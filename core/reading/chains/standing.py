"""Whether somebody in a chain has cancelled, waits, or is not sure yet."""

from __future__ import annotations

import re

from core.reading.chains.values import Status

_CANCELLED = re.compile(
    r"(?:已经?|要|临时|突然|先|我|本人|这次|本次|那天|当天|今天|周[一二三四五六日末]|家里?|家中|身体不适|身体不舒服|有|急|点|事情?|因|因为|由于|单位"
    r"|不好意思|抱歉|对不起|需要?|sorry|[,，;!\s])*"
    r"(?:取消(?:报名|参加)?|撤销?|撤回|退出?|退掉|(?:来|去|参加|走|赶)不(?:了|成)|不能(?:来|去|参加|到)|没法(?:来|去|参加)|无法(?:来|去|参加|到场)"
    r"|不(?:来|去|参加|报)|没空|没时间|请假|放弃|作废|划掉|删除?|删掉|去掉|缺席"
    r"|cancell?(?:ed|s)?|(?:i )?(?:can'?t|can’t|cannot|can not)(?: (?:come|make it|go|attend))?|(?:am )?not (?:coming|going)|won'?t (?:come|make it|be there)"
    r"|withdrawn?|withdraws|dropp(?:ed|ing) out|drop out|dropped|out|pulled out|no longer (?:coming|going))"
    r"(?:了|啦|哦|的|吧|一次|接龙|报名|名额|抱歉|不好意思|sorry|anymore|this time|[,，;。.!~\s])*"
)
_WAITING = re.compile(
    r"(?:列入|作为|算|放|排|先|我|进|报|做|on (?:the )?|i'?m )*"
    r"(?:候补|替补|备选|备用|后补|排队|轮候|等位|递补|wait(?:ing)?[ -]?list(?:ed)?|waiting|stand-?by|reserve|back-?up)"
    r"(?:名单|人员|队员|志愿者|中|一下|吧|第?\d{1,2}位?|第?[一二三四五]位?|\s|list)*"
)
_UNSURE = re.compile(
    r"(?:还|暂时?|先|本人|人|我|i )*"
    r"(?:待定|未定|没定|待确认|待确定|不确定|不太确定|不一定|可能|也许|大概|或许|看情况|看时间|看天气|暂定|尽量|说不定|争取|到时候?再?看|再看|再定"
    r"|[??]+|maybe|tbd|tbc|tentative(?:ly)?|possibly|probably|perhaps|not sure(?: yet)?|unsure|might(?: come| join| go)?|if i can|to be confirmed|unconfirmed)"
    r"(?:能?来|能?去|能?到|参加|会来|一下|吧|哦|中|情况|[??。]|\s)*"
)
CROSSES = frozenset("❌✖✗✘❎🚫⛔")
"""Signs put beside a name to cross it out."""


def standing(words: str) -> Status | None:
    """The status these plain words state, when they say nothing else."""
    if not words or len(words) > 40:
        return None
    if _CANCELLED.fullmatch(words):
        return "cancelled"
    if _WAITING.fullmatch(words):
        return "waitlist"
    if _UNSURE.fullmatch(words):
        return "tentative"
    return None
