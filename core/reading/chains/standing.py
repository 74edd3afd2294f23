"""Whether somebody in a chain has cancelled, waits, or is not sure yet."""

from __future__ import annotations

import re

from core.reading.chains.values import Status
from core.reading.one_of import one_of
from core.reading.vocabulary import regex

_EXCUSES = one_of(
    "已经 已 要 临时 突然 先 我 本人 这次 本次 那天 当天 今天 明天 周一 周二 周三 周四 周五 周六 周日 周末 家里 "
    "家 家中 身体不适 身体不舒服 "
    "生病 有点 有 急 点 事 事情 因 因为 由于 单位 加班 不好意思 抱歉 对不起 需 需要 sorry , ， ; ； ! 、"
)
_OFF = one_of(
    "x × 取消 取消报名 取消参加 撤 撤销 撤消 撤回 退 退出 退掉 来不了 去不了 参加不了 走不开 赶不来 来不成 去不成 "
    "不能来 不能去 不能参加 不能到 没法来 没法去 没法参加 "
    "无法来 无法去 无法参加 无法到场 唔来 唔嚟 唔去 来唔到 嚟唔到 唔得闲 "
    "勿来 勿来了 勿去 勿去了 来勿了 去勿了 去勿成 来勿成 勿参加 不来 不去 不参加 不报 不用 不要 算 下次 "
    "没空 没时间 请假 放弃 作废 划掉 删 "
    "删除 删掉 去掉 缺席 "
    "cancel canceled cancelled cancels can't can't_come can't_make_it can't_go can't_attend cannot_come "
    "cannot_make_it cannot "
    "can_not_come not_coming not_going am_not_coming won't_come won't_make_it won't_be_there withdraw withdraws "
    "withdrawn drop_out dropped "
    "dropped_out dropping_out out pulled_out no_longer_coming no_longer_going unable_to_come unable_to_attend "
    "unable_to_make_it"
)
_AFTER_OFF = one_of("了 得 啦 哦 的 吧 一次 接龙 报名 名额 抱歉 不好意思 sorry anymore this_time , ， ; ； 。 . ! ~")
_INTO_WAITING = one_of("列入 作为 算 放 排 先 我 进 报 做 on on_the i'm")
_WAITING_WORDS = one_of(
    "候补 替补 备选 备用 后补 排队 轮候 等位 递补 waitlist waitlisted waiting wait_list wait-list waiting_list "
    "waiting-list standby stand-by "
    "stand_by reserve backup back-up"
)
_AFTER_WAITING = one_of("名单 人员 队员 志愿者 中 一下 吧 list") + r"|第?\d{1,2}位?|第?[一二三四五]位?"
_BEFORE_UNSURE = one_of("还 暂 暂时 先 本人 人 我 i")
_UNSURE_WORDS = one_of(
    "待定 未定 没定 待确认 待确定 不确定 不太确定 不一定 可能 也许 大概 或许 看情况 看时间 看天气 暂定 尽量 "
    "说不定 争取 到时看 到时候看 到时再看 "
    "到时候再看 再看 再定 ? ?? ??? maybe on_hold pending tbd tbc tentative tentatively possibly probably perhaps "
    "not_sure "
    "not_sure_yet unsure might might_come "
    "might_join might_go if_i_can to_be_confirmed unconfirmed"
)
_AFTER_UNSURE = one_of(
    "来 能来 去 能去 到 能到 参加 能参加 会来 能不能来 来不来 是否能来 能否来 能不能去 一下 吧 哦 中 情况 ? 。"
)

# Possessive (*+), for 有点 is also 有 and 点: forty characters of that would be tried in a million ways.
_CANCELLED = re.compile(rf"(?:{_EXCUSES}|\s)*+{_OFF}(?:{_AFTER_OFF}|\s)*+")
_WAITING = re.compile(rf"(?:{_INTO_WAITING}|\s)*{_WAITING_WORDS}(?:{_AFTER_WAITING}|\s)*+")
_UNSURE = re.compile(rf"(?:{_BEFORE_UNSURE}|\s)*{_UNSURE_WORDS}(?:{_AFTER_UNSURE}|\s)*+")
PUT_OFF = re.compile(regex("chains.standing", "put_off"))
"""改下周, 改天, 改到周五: not this time; the words stay in the note."""
_LONGEST = 40  # characters; a longer excuse is a note


def standing(words: str) -> Status | None:
    """The status these plain words state, when they say nothing else."""
    if not 0 < len(words) <= _LONGEST:
        return None
    words = words.replace("’", "'")
    if _CANCELLED.fullmatch(words):
        return "cancelled"
    if _WAITING.fullmatch(words):
        return "waitlist"
    if _UNSURE.fullmatch(words):
        return "tentative"
    return None
